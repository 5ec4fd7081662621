create schema inspection;

-- Somebody wants to see what the office has. Of the records only what was released is copied (extract); whoever decides
-- reads nothing else. Which records it concerns stands in arrays, so that one policy can ask for all of them.
create table inspection.request (
  municipality_id int not null,
  id uuid not null,
  number text not null,
  basis text not null check (basis in ('ifg', 'gdpr', 'council', 'court', 'police')),
  state text not null default 'open' check (state in ('open', 'proposed', 'decided', 'answered', 'withdrawn')),
  received_on date not null,
  due_on date not null,
  cases uuid[] not null default '{}',
  reports uuid[] not null default '{}',
  quiet boolean not null default false,
  laid boolean not null default false,
  made_by uuid not null,
  made_on date not null,
  proposed_by uuid,
  proposed_on date,
  decided_by uuid,
  decided_on date,
  decision text check (decision in ('full', 'partly', 'refused')),
  released_by uuid,
  ended_on date,
  version int not null default 1,
  content_key uuid not null,
  asker platform.sealed not null,
  wants platform.sealed not null,
  choices platform.sealed,
  extract platform.sealed,
  remark platform.sealed,
  reason platform.sealed,
  primary key (municipality_id, id),
  unique (municipality_id, number),
  foreign key (municipality_id, made_by) references auth.person (municipality_id, id),
  check (decided_by is null or decided_by is distinct from proposed_by),
  check (released_by is null or released_by is distinct from proposed_by),
  check ((state in ('answered', 'withdrawn')) = (ended_on is not null))
);
comment on column inspection.request.quiet is 'concerns what is kept from everybody but the substitute';
comment on column inspection.request.laid is 'was laid before those who decide';
create index request_running on inspection.request (municipality_id, due_on) where ended_on is null;

-- Whoever is kept from one of the records learns nothing of the request, also when she is kept from it later.
create policy reach on inspection.request as restrictive for select to besonnen_app using (
  case current_setting('app.reach', true)
    when 'program' then true
    when 'public' then false
    else ((select access.reaches('inspection')) or (laid and (select access.reaches('second'))))
      and (not quiet or (select access.reaches('substitute')))
      and not exists (select 1 from access.barred b
        where b.person_id = (select access.person()) and b.record_id = any (cases || reports))
  end
);
