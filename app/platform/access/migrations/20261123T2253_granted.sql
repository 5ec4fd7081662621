-- Said once, and called by the policies instead of being written into each: a policy is set up anew for every statement
-- that touches its table, whether it is needed or not; a function only when it is called.

-- The records the person acting may open today, through grants to her or to somebody she stands in for, except as these.
create function access.granted(except_as text[] default '{}') returns setof uuid
  language plpgsql stable as $$
begin
  return query
  select g.record_id from access."grant" g
   where g.person_id in (select access.persons()) and g.role <> all (except_as)
     and g.from_on <= access.today() and (g.until_on is null or g.until_on >= access.today());
end $$;

-- The records that stay closed to the person acting, whatever she is granted.
create function access.closed() returns setof uuid
  language plpgsql stable as $$
begin
  return query select b.record_id from access.barred b where b.person_id = access.person();
end $$;
