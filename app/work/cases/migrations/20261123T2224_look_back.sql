-- How somebody who worked on a case looks back at it: read by nobody else, under a key of the class of own notes.
create table cases.look_back (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  note_key uuid not null,
  said platform.sealed not null,
  written_on date not null,
  version int not null default 1,
  primary key (municipality_id, id),
  unique (municipality_id, case_id, person_id),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id) on delete cascade
);
create policy reach on cases.look_back as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) = 'program'
  or (person_id = (select access.person())
    and exists (select 1 from cases."case" c where c.municipality_id = look_back.municipality_id and c.id = look_back.case_id))
);
