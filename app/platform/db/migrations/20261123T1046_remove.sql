-- Removes records with all that hangs on them, whatever tables other fields of work have added since. Runs with the
-- rights and under the policies of whoever calls it; what the policies hide stays, and then nothing is removed at all.
create function platform.remove_records(parent regclass, ids uuid[]) returns void
  language plpgsql set search_path = '' as $$
declare
  link record;
  below uuid[];
begin
  if cardinality(ids) = 0 then return; end if;
  for link in
    select c.conrelid::regclass as child, a.attname as via,
           exists (select 1 from pg_catalog.pg_attribute i where i.attrelid = c.conrelid and i.attname = 'id' and i.atttypid = 'pg_catalog.uuid'::regtype) as has_id
      from pg_catalog.pg_constraint c
      join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
     where c.contype = 'f' and c.confrelid = parent and c.confdeltype in ('a', 'r') and cardinality(c.conkey) = 2
  loop
    if link.has_id then
      execute format('select coalesce(array_agg(id), ''{}'') from %s where %I = any ($1)', link.child, link.via) into below using ids;
      perform platform.remove_records(link.child, below);
    else
      execute format('delete from %s where %I = any ($1)', link.child, link.via) using ids;
    end if;
  end loop;
  execute format('delete from %s where id = any ($1)', parent) using ids;
end $$;
grant execute on function platform.remove_records(regclass, uuid[]) to besonnen_app;
