-- What was done at once about ongoing danger: a line for each call and each handing over, never changed afterwards.
create table intake.urgent_entry (
  municipality_id int not null,
  id uuid not null,
  report_id uuid not null,
  content_key uuid not null,
  at timestamptz not null,
  by_person uuid,
  kind text not null check (kind in ('reached', 'not-reached', 'handed', 'second-told', 'note')),
  whom platform.sealed,
  what platform.sealed,
  basis text check (basis in ('danger', 'child', 'consent', 'no-person')),
  primary key (municipality_id, id),
  foreign key (municipality_id, report_id) references intake.report (municipality_id, id) on delete cascade
);
comment on table intake.urgent_entry is 'app: select, insert';
create index urgent_entry_report on intake.urgent_entry (municipality_id, report_id, at);
create policy reach on intake.urgent_entry as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) <> 'public'
  and exists (select 1 from intake.report r where r.municipality_id = urgent_entry.municipality_id and r.id = urgent_entry.report_id)
);
