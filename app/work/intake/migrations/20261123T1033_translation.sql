-- One text to be put into German, and what came of it. The interpreter comes near this row and nothing else: neither
-- the report nor its other messages have to be visible for it.
create table intake.translation (
  municipality_id int not null,
  id uuid not null,
  report_id uuid not null,
  message_id uuid,
  content_key uuid not null,
  language text not null,
  source platform.sealed not null,
  text platform.sealed,
  interpreter uuid,
  asked_on date not null,
  until_on date not null,
  ended boolean not null default false,
  done_on date,
  version int not null default 1,
  primary key (municipality_id, id),
  foreign key (municipality_id, report_id) references intake.report (municipality_id, id) on delete cascade,
  foreign key (municipality_id, message_id) references intake.message (municipality_id, id) on delete cascade
);
comment on column intake.translation.message_id is 'empty: the text of the report itself';
comment on column intake.translation.ended is 'the interpreter sees it no more: checked, or taken back';
create unique index translation_text on intake.translation (municipality_id, report_id, message_id) nulls not distinct;
create index translation_interpreter on intake.translation (municipality_id, interpreter) where interpreter is not null;
create policy reach on intake.translation as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) = 'program'
  or (interpreter = (select access.person()) and not ended and until_on >= (select access.today())
    and report_id not in (select b.record_id from access.barred b where b.person_id = (select access.person())))
  or (current_setting('app.reach', true) <> 'public'
    and exists (select 1 from intake.report r where r.municipality_id = translation.municipality_id and r.id = translation.report_id))
);
alter table intake.report
  add column translated text check (translated in ('asked', 'done', 'not-needed'));
