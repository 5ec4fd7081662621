-- Counted when the first answer is given, so that closing days entered later change no past year.
alter table intake.report
  add column working_days_to_answer int,
  add column was_watched boolean not null default false;
alter table intake.figure
  add column working_days_to_answer int,
  add column was_watched boolean not null default false;
comment on column intake.report.was_watched is 'it was watched for a while, whatever became of it since';
