-- The unchecked original, under a key of its own: only who may check opens it, and it dies first.
create table intake.original (
  municipality_id int not null,
  report_id uuid not null,
  original_key uuid not null,
  texts platform.sealed not null,
  marks platform.sealed not null,
  checked_by uuid not null,
  checked_on date not null,
  destroy_on date not null,
  primary key (municipality_id, report_id),
  foreign key (municipality_id, report_id) references intake.report (municipality_id, id) on delete cascade
);
comment on column intake.original.destroy_on is 'at the latest; accepting the checked text ends it at once';
create policy reach on intake.original as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) = 'program'
  or ((select access.reaches('originals'))
    and exists (select 1 from intake.report r where r.municipality_id = original.municipality_id and r.id = original.report_id))
);
-- What the mailbox and lists need to know: nobody checked it yet, somebody did, it was accepted as it stands.
alter table intake.report
  add column checked text check (checked in ('done', 'accepted'));
