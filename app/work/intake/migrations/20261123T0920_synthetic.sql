-- The daily probe of the channel. Its mark is made with the installation's key, which does not lie in the database;
-- it is set with the row or never, and nothing clears it.
alter table intake.report
  add column synthetic_mark bytea,
  add constraint report_synthetic check (synthetic = (synthetic_mark is not null));

create function intake.keep_synthetic() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'the mark of a synthetic report is neither set nor cleared afterwards';
end $$;
create trigger keep_synthetic before update on intake.report for each row
  when (old.synthetic is distinct from new.synthetic or old.synthetic_mark is distinct from new.synthetic_mark)
  execute function intake.keep_synthetic();
create index report_synthetic on intake.report (municipality_id, received_on) where synthetic;
