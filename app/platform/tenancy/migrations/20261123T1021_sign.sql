-- The town sign: what stands at the head of every page, and what was said about the machines before this one.
alter table platform.municipality
  add column accent text check (accent ~ '^#[0-9a-f]{6}$'),
  -- First half of the picture's hash: part of its address, so that a new picture has a new one.
  add column arms text check (arms ~ '^[0-9a-f]{16}$'),
  add column proxy_logs text check (proxy_logs in ('none', 'short', 'full')),
  add column proxy_days int check (proxy_days between 1 and 400),
  add column proxy_on date,
  add constraint proxy_said check ((proxy_logs is null) = (proxy_on is null));

-- The app may only read the directory; its own sign a municipality changes through this door. Absent = unchanged.
create function platform.set_town_sign(wanted jsonb) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  update platform.municipality set
    name = case when wanted ? 'name' then wanted ->> 'name' else name end,
    kind = case when wanted ? 'kind' then wanted ->> 'kind' else kind end,
    accent = case when wanted ? 'accent' then wanted ->> 'accent' else accent end,
    arms = case when wanted ? 'arms' then wanted ->> 'arms' else arms end,
    opened_at = case when wanted ? 'opened_at' then (wanted ->> 'opened_at')::timestamptz else opened_at end,
    proxy_logs = case when wanted ? 'proxy_logs' then wanted ->> 'proxy_logs' else proxy_logs end,
    proxy_days = case when wanted ? 'proxy_days' then (wanted ->> 'proxy_days')::int else proxy_days end,
    proxy_on = case when wanted ? 'proxy_on' then (wanted ->> 'proxy_on')::date else proxy_on end
  where id = nullif(current_setting('app.municipality', true), '')::int;
end $$;
revoke all on function platform.set_town_sign(jsonb) from public;
grant execute on function platform.set_town_sign(jsonb) to besonnen_app;
