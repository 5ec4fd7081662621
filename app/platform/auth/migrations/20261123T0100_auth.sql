create schema auth;

create table auth.person (
  municipality_id int not null,
  id uuid not null,
  name text not null,
  mail text,
  phone text,
  language text not null default 'de',
  employed boolean not null default true,
  undertaken_on date,
  left_on date,
  primary key (municipality_id, id)
);
create unique index person_mail on auth.person (municipality_id, lower(mail)) where mail is not null;

-- A role of the model, held by a person from a day on, perhaps until a day.
create table auth.appointment (
  municipality_id int not null,
  id uuid not null,
  person_id uuid not null,
  role text not null,
  area text,
  from_on date not null,
  until_on date,
  appointed_by uuid,
  second_by uuid,
  primary key (municipality_id, id),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id)
);
create index appointment_person on auth.appointment (municipality_id, person_id);
create index appointment_role on auth.appointment (municipality_id, role);

-- While somebody is away, the deputy gets tasks, clocks and grants.
create table auth.absence (
  municipality_id int not null,
  id uuid not null,
  person_id uuid not null,
  deputy_id uuid not null,
  from_on date not null,
  until_on date,
  set_by uuid not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id),
  foreign key (municipality_id, deputy_id) references auth.person (municipality_id, id)
);
create index absence_deputy on auth.absence (municipality_id, deputy_id);

create table auth.session (
  municipality_id int not null,
  token_hash bytea not null,
  person_id uuid not null,
  device text not null default '',
  started_on date not null,
  expires_at timestamptz not null,
  primary key (municipality_id, token_hash),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id)
);
create index session_person on auth.session (municipality_id, person_id);

-- Who stands behind a session: asked before any setting is made, hence not bound by the tenant policy.
-- Own roles and those of the people she stands in for today; `stands_for` names them, so exclusions can follow.
create function auth.enter(m int, token bytea, at timestamptz, today date)
  returns table (person_id uuid, name text, language text, roles text[], stands_for uuid[])
  language plpgsql security definer set search_path = '' as $$
begin
  perform set_config('app.upkeep', 'on', true);
  return query
  with me as (
    select p.id, p.name, p.language from auth.session s
      join auth.person p on p.municipality_id = s.municipality_id and p.id = s.person_id
     where s.municipality_id = m and s.token_hash = token and s.expires_at > at and (p.left_on is null or p.left_on > today)
  ), absent as (
    select a.person_id as id from auth.absence a, me
     where a.municipality_id = m and a.deputy_id = me.id and a.from_on <= today and (a.until_on is null or a.until_on >= today)
  ), held as (
    select distinct ap.role from auth.appointment ap
     where ap.municipality_id = m and ap.from_on <= today and (ap.until_on is null or ap.until_on >= today)
       and (ap.person_id = (select me.id from me) or ap.person_id in (select absent.id from absent))
  )
  select me.id, me.name, me.language,
         coalesce((select array_agg(held.role order by held.role) from held), '{}'),
         coalesce((select array_agg(absent.id) from absent), '{}') from me;
  perform set_config('app.upkeep', '', true);
end $$;
revoke all on function auth.enter(int, bytea, timestamptz, date) from public;
grant execute on function auth.enter(int, bytea, timestamptz, date) to besonnen_app;
