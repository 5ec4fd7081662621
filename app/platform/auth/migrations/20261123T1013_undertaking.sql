-- Who may set an absence for her when she is ill, without reading anything of hers.
alter table auth.person add column superior_id uuid;
alter table auth.person add constraint not_own_superior check (superior_id is distinct from id);

-- Whoever is not employed starts only with a dated undertaking; before it, roles and grants lie still, lent ones too.
create function auth.fit(employed boolean, undertaken_on date, left_on date, today date) returns boolean
  language sql immutable as $$
  select (employed or coalesce(undertaken_on <= today, false)) and (left_on is null or left_on > today)
$$;
grant execute on function auth.fit(boolean, date, date, date) to besonnen_app, besonnen_seal, besonnen_shred, besonnen_backup;

create or replace function auth.enter(m int, token bytea, at timestamptz, today date)
  returns table (person_id uuid, name text, language text, roles text[], stands_for uuid[])
  language plpgsql security definer set search_path = '' as $$
begin
  perform set_config('app.upkeep', 'on', true);
  return query
  with me as (
    select p.id, p.name, p.language, auth.fit(p.employed, p.undertaken_on, p.left_on, today) as fit from auth.session s
      join auth.person p on p.municipality_id = s.municipality_id and p.id = s.person_id
     where s.municipality_id = m and s.token_hash = token and s.expires_at > at and (p.left_on is null or p.left_on > today)
  ), absent as (
    select a.person_id as id, auth.fit(p.employed, p.undertaken_on, p.left_on, today) as fit from auth.absence a
      join me on a.deputy_id = me.id
      join auth.person p on p.municipality_id = a.municipality_id and p.id = a.person_id
     where a.municipality_id = m and a.from_on <= today and (a.until_on is null or a.until_on >= today)
  ), held as (
    select distinct ap.role from auth.appointment ap
     where ap.municipality_id = m and ap.from_on <= today and (ap.until_on is null or ap.until_on >= today)
       and (select me.fit from me)
       and (ap.person_id = (select me.id from me) or ap.person_id in (select absent.id from absent where absent.fit))
  )
  select me.id, me.name, me.language,
         coalesce((select array_agg(held.role order by held.role) from held), '{}'),
         coalesce((select array_agg(absent.id) from absent), '{}') from me;
  perform set_config('app.upkeep', '', true);
end $$;

create or replace function access.persons() returns setof uuid language sql stable as $$
  select p.id from auth.person p
   where auth.fit(p.employed, p.undertaken_on, p.left_on, access.today())
     and (p.id = access.person() or p.id in (
       select a.person_id from auth.absence a
        where a.deputy_id = access.person()
          and a.from_on <= access.today() and (a.until_on is null or a.until_on >= access.today())))
     and exists (
       select from auth.person me
        where me.id = access.person() and auth.fit(me.employed, me.undertaken_on, me.left_on, access.today()))
$$;
