-- Every case that hangs together with this one, however it does and through whatever lies between; itself included. For
-- keeping somebody away from all of them: whoever is kept away, or keeps away, need not see the others.
create function cases.hanging_together(m int, record uuid) returns setof uuid
  language sql stable security definer set search_path = '' as $$
  with recursive near(id) as (
    select record
    union
    select case when l.from_case = n.id then l.to_case else l.from_case end
      from cases.link l join near n on n.id in (l.from_case, l.to_case)
     where l.municipality_id = m and l.ended_at is null
  ) select id from near
$$;
revoke all on function cases.hanging_together(int, uuid) from public;
grant execute on function cases.hanging_together(int, uuid) to besonnen_app;

-- One linking or keeping away at a time: neither misses what the other is about to write.
create function cases.hold_links(m int) returns void language sql set search_path = '' as $$
  select pg_catalog.pg_advisory_xact_lock(4711003, m)
$$;
revoke all on function cases.hold_links(int) from public;
grant execute on function cases.hold_links(int) to besonnen_app;

-- Binds what is linked in whatever way, not one matter only. It ends no grant any more: that is done, and written into the
-- audit, by whoever keeps somebody away (`platform/access`).
create or replace function cases.bar_matter() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform cases.hold_links(new.municipality_id);
  insert into access.barred (municipality_id, record_id, person_id)
    select new.municipality_id, other, new.person_id
      from cases.hanging_together(new.municipality_id, new.record_id) other where other <> new.record_id
    on conflict do nothing;
  return null;
end $$;
alter trigger bar_matter on access.barred rename to bar_linked;
alter function cases.bar_matter() rename to bar_linked;

-- What was linked before this held.
insert into access.barred (municipality_id, record_id, person_id)
  select b.municipality_id, other, b.person_id from access.barred b, cases.hanging_together(b.municipality_id, b.record_id) other
   where other <> b.record_id
  on conflict do nothing;
