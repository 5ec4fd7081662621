-- Of one matter, whoever is kept from one case is kept from all, also when that comes after they were linked, and
-- whoever writes it: she may not see the other cases herself. For good, as it is when they are linked.
create function cases.bar_matter() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  other uuid;
  before text := current_setting('app.upkeep', true);
begin
  perform set_config('app.upkeep', 'on', true);
  for other in
    with recursive matter(id) as (
      select new.record_id
      union
      select case when l.from_case = m.id then l.to_case else l.from_case end
        from cases.link l join matter m on m.id in (l.from_case, l.to_case)
       where l.municipality_id = new.municipality_id and l.kind = 'same' and l.ended_at is null
    ) select id from matter where id <> new.record_id
  loop
    insert into access.barred (municipality_id, record_id, person_id) values (new.municipality_id, other, new.person_id)
      on conflict do nothing;
    delete from access.grant g
     where g.municipality_id = new.municipality_id and g.record_id = other and g.person_id = new.person_id;
  end loop;
  perform set_config('app.upkeep', coalesce(before, ''), true);
  return null;
end $$;
create trigger bar_matter after insert on access.barred for each row execute function cases.bar_matter();
