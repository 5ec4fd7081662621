-- A step of a report that needs a second person. She sees question and reason, so the row can be read without the report.
create table intake.proposal (
  municipality_id int not null,
  id uuid not null,
  report_id uuid not null,
  model_version uuid not null,
  from_step text not null,
  to_step text not null,
  effect text not null check (effect in ('waits', 'at-once')),
  proposed_by uuid not null,
  proposed_on date not null,
  lapses_at timestamptz,
  content_key uuid not null,
  reason platform.sealed not null,
  payload platform.sealed not null,
  answered_by uuid,
  answered_on date,
  agreed boolean,
  primary key (municipality_id, id),
  foreign key (municipality_id, report_id) references intake.report (municipality_id, id) on delete cascade
);
create unique index report_proposal_open on intake.proposal (municipality_id, report_id) where answered_on is null;
create policy reach on intake.proposal as restrictive for select to besonnen_app using (
  exists (select 1 from intake.report r where r.municipality_id = proposal.municipality_id and r.id = proposal.report_id)
  or ((select access.reaches('second'))
    and report_id not in (select b.record_id from access.barred b where b.person_id = (select access.person())))
);
-- Why nothing was opened: a reason of the model.
alter table intake.report add column because text;

-- What is handed to somebody else, on which ground, and whether whoever reported agreed.
create table intake.referral (
  municipality_id int not null,
  id uuid not null,
  report_id uuid not null,
  content_key uuid not null,
  office text,
  basis text not null check (basis in ('consent', 'told', 'law', 'no-person')),
  state text not null check (state in ('asked', 'agreed', 'refused', 'waits', 'handed', 'withdrawn')),
  letter platform.sealed not null,
  made_by uuid not null,
  made_on date not null,
  answered_on date,
  handed_on date,
  primary key (municipality_id, id),
  foreign key (municipality_id, report_id) references intake.report (municipality_id, id) on delete cascade
);
create unique index referral_open on intake.referral (municipality_id, report_id) where state in ('asked', 'agreed', 'waits');
create policy reach on intake.referral as restrictive for select to besonnen_app using (
  exists (select 1 from intake.report r where r.municipality_id = referral.municipality_id and r.id = referral.report_id)
);
