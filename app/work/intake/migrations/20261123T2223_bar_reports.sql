-- Whoever is kept from a case is kept from the reports it was made of, also when that comes after they were joined.
-- Inherited: a report that leaves the case leaves this behind.
create function intake.bar_reports() returns trigger language plpgsql security definer set search_path = '' as $$
declare before text := current_setting('app.upkeep', true);
begin
  perform set_config('app.upkeep', 'on', true);
  insert into access.barred (municipality_id, record_id, person_id, inherited)
    select r.municipality_id, r.id, new.person_id, true from intake.report r
     where r.municipality_id = new.municipality_id and r.case_id = new.record_id
    on conflict do nothing;
  perform set_config('app.upkeep', coalesce(before, ''), true);
  return null;
end $$;
create trigger bar_reports after insert on access.barred for each row execute function intake.bar_reports();
