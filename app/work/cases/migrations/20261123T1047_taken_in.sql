-- Figures that came with a register can be taken back with it, for as long as that may be undone.
comment on table cases.figure is 'app: select, insert, delete';
