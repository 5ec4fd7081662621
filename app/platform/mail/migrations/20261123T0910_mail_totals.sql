-- For the metrics of the whole installation: how many mails are in which state, of no municipality in particular.
create function mail.totals(at timestamptz) returns table (state text, count bigint, oldest timestamptz)
  language plpgsql security definer set search_path = '' as $$
begin
  perform set_config('app.upkeep', 'on', true);
  return query select d.state, count(*), min(d.due_at) filter (where d.due_at <= at) from mail.delivery d group by d.state;
  perform set_config('app.upkeep', '', true);
end $$;
revoke all on function mail.totals(timestamptz) from public;
grant execute on function mail.totals(timestamptz) to besonnen_app;
