-- What was destroyed: written in the transaction that destroys the key, read again when a backup is restored.
create table platform.deletion_proof (
  municipality_id int not null,
  key_id uuid not null,
  class text not null,
  kind text not null,
  record_id uuid not null,
  destroyed_on date not null,
  quiet boolean not null default false,
  cleared boolean not null default false,
  primary key (municipality_id, key_id)
);
comment on table platform.deletion_proof is 'app: select, update(cleared)';
comment on column platform.deletion_proof.quiet is 'of a record that was kept from everybody but the substitute: it stands in no count';
comment on column platform.deletion_proof.cleared is 'the rows that nobody can read any more have been taken away too';
create index deletion_proof_record on platform.deletion_proof (municipality_id, record_id);
create index deletion_proof_open on platform.deletion_proof (municipality_id) where not cleared;
create policy reach on platform.deletion_proof as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) = 'program'
  or (not quiet and record_id not in (select b.record_id from access.barred b where b.person_id = (select access.person())))
);

-- Even the shredder destroys only what is due and not held, and blanks nothing but readings.
create policy due on platform.record_key as restrictive for delete to besonnen_shred using (
  destroy_on is not null and not held
);
create policy readings on platform.audit_entry as restrictive for update to besonnen_shred using (
  lane = 'staff' and seal is not null
  and verb in ('opened', 'read', 'listed', 'searched', 'compared', 'contacts-opened', 'contacts-searched', 'original-opened')
) with check (who = '' and thing = '');

create schema retention;

-- A record that must not be deleted for the time being: who said so, since when, why.
create table retention.hold (
  municipality_id int not null,
  id uuid not null,
  record_id uuid not null,
  kind text not null,
  reason platform.sealed not null,
  reason_key uuid not null,
  set_by uuid not null,
  set_on date not null,
  lifted_by uuid,
  lifted_on date,
  primary key (municipality_id, id),
  foreign key (municipality_id, set_by) references auth.person (municipality_id, id),
  foreign key (municipality_id, lifted_by) references auth.person (municipality_id, id)
);
create unique index hold_open on retention.hold (municipality_id, record_id) where lifted_on is null;
create policy reach on retention.hold as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) = 'program'
  or record_id not in (select b.record_id from access.barred b where b.person_id = (select access.person()))
);

-- What the municipal archive decided beforehand, for each kind of data.
create table retention.archive_decision (
  municipality_id int not null,
  kind text not null,
  decision text not null check (decision in ('offered', 'not-kept')),
  decided_on date not null,
  noted_by uuid not null,
  primary key (municipality_id, kind),
  foreign key (municipality_id, noted_by) references auth.person (municipality_id, id)
);
