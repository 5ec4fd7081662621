-- Whose grants count for whoever asks: her own, and those of the persons she stands in for today. What keeps somebody
-- away is never lent: access.barred is asked for her alone, and names deputies itself.
create function access.persons() returns setof uuid language sql stable as $$
  select access.person()
  union
  select a.person_id from auth.absence a
   where a.deputy_id = access.person()
     and a.from_on <= access.today() and (a.until_on is null or a.until_on >= access.today())
$$;
grant execute on function access.persons() to besonnen_app, besonnen_seal, besonnen_shred, besonnen_backup;
