create schema intake;

-- Plain columns are what lists, clocks and policies need; everything people wrote is sealed.
create table intake.report (
  municipality_id int not null,
  id uuid not null,
  received_on date not null,
  channel text not null check (channel in ('web', 'callback', 'api', 'phone', 'counter', 'letter', 'mail', 'partner', 'import')),
  language text not null,
  anonymity text not null check (anonymity in ('anonymous', 'office', 'named')),
  area text not null,
  subject text not null,
  wish text check (wish in ('talk', 'advice', 'inform')),
  danger boolean not null default false,
  occurred_on date,
  step text not null,
  step_kind text not null,
  model_version uuid not null,
  due_at timestamptz,
  owner_role text,
  rank int not null default 1 check (rank in (0, 1)),
  waiting_since timestamptz not null,
  first_answer_on date,
  content_key uuid not null,
  contact_key uuid,
  headline platform.sealed not null,
  observed platform.sealed not null,
  concluded platform.sealed,
  contact platform.sealed,
  receipt bytea,
  held_for text check (held_for in ('substitute')),
  -- The substitute who decided about it has read it, and may see what she released.
  released_by uuid,
  case_id uuid,
  entered_by uuid,
  synthetic boolean not null default false,
  version int not null default 1,
  primary key (municipality_id, id)
);
comment on column intake.report.waiting_since is 'calendar day only for anonymous reports';
comment on column intake.report.rank is '0 ongoing danger, 1 everything else: lists sort by it';
create unique index report_receipt on intake.report (municipality_id, receipt) where receipt is not null;
create index report_inbox on intake.report (municipality_id, rank, waiting_since, id) where case_id is null and step_kind <> 'closed';
create index report_case on intake.report (municipality_id, case_id) where case_id is not null;

-- Residents reach exactly the report whose code they typed; staff by reach or grant, and never when barred.
create policy reach on intake.report as restrictive for select to besonnen_app using (
  case current_setting('app.reach', true)
    when 'program' then true
    when 'public' then receipt = decode(current_setting('app.receipt', true), 'hex')
    else (held_for is null or (select access.reaches('substitute')))
      and ((select access.reaches('reports')) or entered_by = (select access.person()) or (held_for is not null and (select access.reaches('substitute')))
        or id in (select g.record_id from access.grant g where g.person_id = (select access.person()) and g.from_on <= (select access.today()) and (g.until_on is null or g.until_on >= (select access.today()))))
      and id not in (select b.record_id from access.barred b where b.person_id = (select access.person()))
  end
);

create table intake.message (
  municipality_id int not null,
  id uuid not null,
  report_id uuid not null,
  number int not null,
  sent_on date not null,
  sender text not null check (sender in ('reporter', 'office')),
  language text not null,
  text platform.sealed not null,
  primary key (municipality_id, id),
  unique (municipality_id, report_id, number),
  foreign key (municipality_id, report_id) references intake.report (municipality_id, id)
);
create policy reach on intake.message as restrictive for select to besonnen_app using (
  exists (select 1 from intake.report r where r.municipality_id = message.municipality_id and r.id = message.report_id)
);

-- Whom the reporter does not want to read it: an office of the model, or words typed. The substitute resolves it.
create table intake.exclusion (
  municipality_id int not null,
  report_id uuid not null,
  number int not null,
  reader text,
  typed platform.sealed,
  primary key (municipality_id, report_id, number),
  foreign key (municipality_id, report_id) references intake.report (municipality_id, id)
);
create policy reach on intake.exclusion as restrictive for select to besonnen_app using (
  exists (select 1 from intake.report r where r.municipality_id = exclusion.municipality_id and r.id = exclusion.report_id)
);

-- Answers to requests that carried an Idempotency-Key, sealed under a key that only the caller holds.
create table intake.idempotent (
  municipality_id int not null,
  key_hash bytea not null,
  body_hash bytea not null,
  answer bytea,
  expires_on date not null,
  primary key (municipality_id, key_hash)
);
comment on column intake.idempotent.expires_on is 'a day, not a time: it must not tell when an anonymous report came';
