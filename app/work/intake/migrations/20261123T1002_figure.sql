-- Numbers that survive the deletion of a report: no text, and no id that leads back to it.
create table intake.figure (
  municipality_id int not null,
  id uuid not null,
  month date not null check (extract(day from month) = 1),
  area text not null,
  subject text not null,
  channel text not null,
  language text not null,
  danger boolean not null,
  ended_as text not null,
  days_to_answer int,
  primary key (municipality_id, id)
);
comment on table intake.figure is 'app: select, insert';
comment on column intake.figure.ended_as is 'the kind of step it stood at, or case';
create policy reach on intake.figure as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) = 'program'
);
comment on column intake.report.id is 'record: what hangs on it is removed with it';
