-- Names and ways to reach of persons who are no reporters: each entry under a key of its own, behind a right of its own.
create table intake.contact_entry (
  municipality_id int not null,
  id uuid not null,
  report_id uuid not null,
  case_id uuid,
  contact_key uuid not null,
  role platform.sealed,
  name platform.sealed,
  ways platform.sealed,
  note platform.sealed,
  from_check boolean not null default false,
  made_on date not null,
  inform_by date not null,
  informed_on date,
  uninformed platform.sealed,
  version int not null default 1,
  primary key (municipality_id, id),
  foreign key (municipality_id, report_id) references intake.report (municipality_id, id) on delete cascade
);
comment on column intake.contact_entry.inform_by is 'Art. 14 DSGVO: a month after the data came';
comment on column intake.contact_entry.uninformed is 'why the person need not be told';
create index contact_entry_report on intake.contact_entry (municipality_id, report_id);
create index contact_entry_case on intake.contact_entry (municipality_id, case_id) where case_id is not null;
create index contact_entry_inform on intake.contact_entry (municipality_id, inform_by) where informed_on is null;

-- Whoever moved a passage here while checking has read it anyway and may take it back.
create policy reach on intake.contact_entry as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) = 'program'
  or (((select access.reaches('contacts')) or (from_check and (select access.reaches('originals'))))
    and exists (select 1 from intake.report r where r.municipality_id = contact_entry.municipality_id and r.id = contact_entry.report_id))
  or ((select access.reaches('contacts')) and case_id is not null
    and ((select access.reaches('cases'))
      or case_id in (select g.record_id from access.grant g where g.person_id in (select access.persons()) and g.from_on <= (select access.today()) and (g.until_on is null or g.until_on >= (select access.today()))))
    and case_id not in (select b.record_id from access.barred b where b.person_id = (select access.person()))
    and report_id not in (select b.record_id from access.barred b where b.person_id = (select access.person())))
);

-- Found by exact name or number only: keyed hashes, nothing to browse.
create table intake.contact_token (
  municipality_id int not null,
  token bytea not null,
  entry_id uuid not null,
  primary key (municipality_id, token, entry_id),
  foreign key (municipality_id, entry_id) references intake.contact_entry (municipality_id, id) on delete cascade
);
create index contact_token_entry on intake.contact_token (municipality_id, entry_id);
create policy reach on intake.contact_token as restrictive for select to besonnen_app using (
  exists (select 1 from intake.contact_entry e where e.municipality_id = contact_token.municipality_id and e.id = contact_token.entry_id)
);

-- The sheet follows the report into its case, whoever opens or undoes it.
create function intake.contacts_follow() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform set_config('app.upkeep', 'on', true);
  update intake.contact_entry set case_id = new.case_id where municipality_id = new.municipality_id and report_id = new.id;
  perform set_config('app.upkeep', '', true);
  return null;
end $$;
revoke all on function intake.contacts_follow() from public;
create trigger contacts_follow after update of case_id on intake.report for each row
  when (old.case_id is distinct from new.case_id) execute function intake.contacts_follow();
