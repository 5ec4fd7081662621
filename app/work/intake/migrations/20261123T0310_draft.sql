-- An unfinished report: sealed under a key that only the browser's cookie holds, gone after sixty minutes at most.
create table intake.draft (
  municipality_id int not null,
  id bytea not null,
  made_in int not null,
  content bytea not null,
  primary key (municipality_id, id)
);
comment on column intake.draft.made_in is 'which ten minutes; a row that is still there was made within the hour anyway';
create index draft_made_in on intake.draft (municipality_id, made_in);
-- What was not asked on the form's three pages but said: sealed with the report. The address for a notice has a key of
-- its own, which dies first.
alter table intake.report
  add column extras platform.sealed,
  add column office text,
  add column notice_key uuid,
  add column notice platform.sealed;
comment on column intake.report.office is 'the office the reporter chose to read it, where the model offers another one';
