-- What happens in a case: process only. Every text is sealed under the key of its case and dies with it.
alter table cases."case" add column channel text, add column level text, add column answers platform.sealed;

-- Dated versions of what is known; the newest counts.
create table cases.assessment (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  number int not null,
  made_on date not null,
  made_by uuid not null,
  matter platform.sealed not null,
  next_step platform.sealed not null,
  notes platform.sealed,
  answers platform.sealed,
  primary key (municipality_id, id),
  unique (municipality_id, case_id, number),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id)
);

create table cases.session (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  held_on date not null,
  attended text[] not null,
  format text,
  next_step platform.sealed not null,
  noted_by uuid not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id)
);

create table cases.measure (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  what platform.sealed not null,
  owner platform.sealed not null,
  due_on date not null,
  state text not null default 'open' check (state in ('open', 'done', 'dropped')),
  ended_on date,
  primary key (municipality_id, id),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id)
);

create table cases.follow_up (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  due_on date not null,
  done_on date,
  holding text check (holding in ('yes', 'partly', 'no', 'unknown')),
  note platform.sealed,
  primary key (municipality_id, id),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id)
);

-- The course of events: what, when, by whom; `step` and `person` say where to and about whom.
create table cases.entry (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  at timestamptz not null,
  kind text not null,
  by_person uuid,
  step text,
  person_id uuid,
  note platform.sealed,
  primary key (municipality_id, id),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id)
);
create index entry_case on cases.entry (municipality_id, case_id, at);

-- A step that needs a second person. She sees question and reason, so the row can be read without the case.
create table cases.proposal (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  model_version uuid not null,
  from_step text not null,
  to_step text not null,
  effect text not null check (effect in ('waits', 'at-once')),
  proposed_by uuid not null,
  proposed_on date not null,
  lapses_at timestamptz,
  reason platform.sealed not null,
  payload platform.sealed,
  content_key uuid not null,
  answered_by uuid,
  answered_on date,
  agreed boolean,
  primary key (municipality_id, id),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id)
);
create unique index proposal_open on cases.proposal (municipality_id, case_id) where answered_on is null;

-- Numbers that survive the deletion of a case: no text, and no id that leads back to it.
create table cases.figure (
  municipality_id int not null,
  id uuid not null,
  month date not null,
  area text not null,
  subject text not null,
  channel text,
  level text,
  outcome text not null,
  hours_quarters int not null,
  days_to_assess int,
  days_to_close int not null,
  sessions int not null,
  again boolean not null,
  primary key (municipality_id, id)
);
comment on table cases.figure is 'app: select, insert';

do $$
declare name text;
begin
  foreach name in array array['assessment', 'session', 'measure', 'follow_up', 'entry'] loop
    execute format('create policy reach on cases.%1$I as restrictive for select to besonnen_app using (
      exists (select 1 from cases."case" c where c.municipality_id = %1$I.municipality_id and c.id = %1$I.case_id))', name);
  end loop;
end $$;
create policy reach on cases.proposal as restrictive for select to besonnen_app using (
  exists (select 1 from cases."case" c where c.municipality_id = proposal.municipality_id and c.id = proposal.case_id)
  or ((select access.reaches('second'))
    and case_id not in (select b.record_id from access.barred b where b.person_id = (select access.person())))
);
create policy reach on cases.figure as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) <> 'public'
);
