-- The records of which the person acting is shown an extract and nothing more: no other grant lets her work on them.
create function access.extracts() returns setof uuid
  language plpgsql stable as $$
begin
  if access.reaches('cases') then return; end if;
  return query
  select g.record_id from access."grant" g
   where g.person_id in (select access.persons()) and g.role in ('interpreter', 'extract')
     and g.from_on <= access.today() and (g.until_on is null or g.until_on >= access.today())
  except select access.granted(array['interpreter', 'extract']);
end $$;
