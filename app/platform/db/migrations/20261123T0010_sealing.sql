-- The sealer asks across municipalities, and learns nothing but where something is not sealed yet.
create function platform.with_unsealed_entries() returns setof int
  language plpgsql security definer set search_path = '' as $$
begin
  perform set_config('app.upkeep', 'on', true);
  return query select distinct e.municipality_id from platform.audit_entry e where e.seal is null;
  perform set_config('app.upkeep', '', true);
end $$;
revoke all on function platform.with_unsealed_entries() from public;
grant usage on schema platform to besonnen_seal;
grant execute on function platform.with_unsealed_entries() to besonnen_seal;
