-- In a flood, look-alikes fold into a pile that one answer empties. The sketch is made of keyed hashes.
alter table intake.report
  add column likeness bigint[],
  add column pile uuid;
comment on column intake.report.likeness is 'smallest keyed hashes of its word sequences; only of reports that came in a flood';
comment on column intake.report.pile is 'the first report of the pile this one looks like';
create index report_likeness on intake.report using gin (likeness) where likeness is not null;
create index report_pile on intake.report (municipality_id, pile) where pile is not null;
