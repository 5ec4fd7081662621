create schema cases;

create table cases."case" (
  municipality_id int not null,
  id uuid not null,
  number text not null,
  opened_on date not null,
  area text not null,
  subject text not null,
  step text not null,
  step_kind text not null,
  model_version uuid not null,
  due_at timestamptz,
  owner_role text,
  closed_on date,
  outcome text,
  hours_quarters int,
  content_key uuid not null,
  matter platform.sealed not null,
  closing_answer platform.sealed,
  version int not null default 1,
  -- Lists sort by these two, kept by the database: open before closed, the next due first, the last closed first.
  list_rank int not null generated always as (case when closed_on is null then 0 else 1 end) stored,
  list_at timestamptz not null default now(),
  primary key (municipality_id, id),
  unique (municipality_id, number)
);
create index case_list on cases."case" (municipality_id, list_rank, list_at, id);

create policy reach on cases."case" as restrictive for select to besonnen_app using (
  case current_setting('app.reach', true)
    when 'program' then true
    when 'public' then false
    else ((select access.reaches('cases'))
        or id in (select g.record_id from access.grant g where g.person_id = (select access.person()) and g.from_on <= (select access.today()) and (g.until_on is null or g.until_on >= (select access.today()))))
      and id not in (select b.record_id from access.barred b where b.person_id = (select access.person()))
  end
);
