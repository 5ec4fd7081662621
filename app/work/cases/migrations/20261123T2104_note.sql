-- A handler's own note about a case: read by nobody else, under a key that dies when the case is closed.
create table cases.note (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  note_key uuid not null,
  text platform.sealed not null,
  version int not null default 1,
  primary key (municipality_id, id),
  unique (municipality_id, case_id, person_id),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id) on delete cascade
);
create policy reach on cases.note as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) = 'program'
  or (person_id = (select access.person())
    and exists (select 1 from cases."case" c where c.municipality_id = note.municipality_id and c.id = note.case_id))
);
