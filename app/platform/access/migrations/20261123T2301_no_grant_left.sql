-- Whoever is kept from a record has no grant for it any more. Ending one is a deed of its own, written into the audit; this
-- only sees to it that nobody forgets.
create function access.no_grant_left() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from access."grant" g
    where g.municipality_id = new.municipality_id and g.record_id = new.record_id and g.person_id = new.person_id
      and (g.until_on is null or g.until_on >= access.today()))
  then raise exception 'a grant is left to somebody who is kept from its record';
  end if;
  return null;
end $$;
revoke all on function access.no_grant_left() from public;
create constraint trigger no_grant_left after insert on access.barred
  deferrable initially deferred for each row execute function access.no_grant_left();
