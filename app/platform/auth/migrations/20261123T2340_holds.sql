-- Records somebody holds instead of the coordination office; her deputy holds them with her.
drop function auth.enter(int, bytea, timestamptz, date);
create function auth.enter(m int, token bytea, at timestamptz, today date)
  returns table (person_id uuid, name text, language text, roles text[], stands_for uuid[], holds uuid[])
  language plpgsql security definer set search_path = '' as $$
begin
  perform set_config('app.upkeep', 'on', true);
  return query
  with me as (
    select p.id, p.name, p.language, auth.fit(p.employed, p.undertaken_on, p.left_on, today) as fit from auth.session s
      join auth.person p on p.municipality_id = s.municipality_id and p.id = s.person_id
     where s.municipality_id = m and s.token_hash = token and s.expires_at > at and (p.left_on is null or p.left_on > today) and not p.guest
  ), absent as (
    select a.person_id as id, auth.fit(p.employed, p.undertaken_on, p.left_on, today) as fit from auth.absence a
      join me on a.deputy_id = me.id
      join auth.person p on p.municipality_id = a.municipality_id and p.id = a.person_id
     where a.municipality_id = m and a.from_on <= today and (a.until_on is null or a.until_on >= today)
  ), acting as (
    select me.id from me where me.fit
    union all
    select absent.id from absent where absent.fit and (select me.fit from me)
  ), held as (
    select distinct ap.role from auth.appointment ap
     where ap.municipality_id = m and ap.from_on <= today and (ap.until_on is null or ap.until_on >= today)
       and ap.person_id in (select acting.id from acting)
  ), holding as (
    select distinct g.record_id from access."grant" g
     where g.municipality_id = m and g.role = 'holder' and g.from_on <= today and (g.until_on is null or g.until_on >= today)
       and g.person_id in (select acting.id from acting)
       and not exists (select from access.barred b join me on b.person_id = me.id
         where b.municipality_id = m and b.record_id = g.record_id)
  )
  select me.id, me.name, me.language,
         coalesce((select array_agg(held.role order by held.role) from held), '{}'),
         coalesce((select array_agg(absent.id) from absent), '{}'),
         coalesce((select array_agg(holding.record_id) from holding), '{}') from me;
  perform set_config('app.upkeep', '', true);
end $$;
revoke all on function auth.enter(int, bytea, timestamptz, date) from public;
grant execute on function auth.enter(int, bytea, timestamptz, date) to besonnen_app;
