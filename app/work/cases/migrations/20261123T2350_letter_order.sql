-- Which letter of its case this was: of two on one day the later one is told later.
alter table cases.letter add column nth smallint not null default 1;
