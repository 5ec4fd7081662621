-- What somebody who handles cases says of herself: whether she has time, and which languages she speaks with parties.
create table cases.readiness (
  municipality_id int not null,
  person_id uuid not null,
  time text not null check (time in ('yes', 'some', 'no')),
  languages text[] not null default '{}',
  said_on date not null,
  primary key (municipality_id, person_id)
);

-- "I have worked for no side in this matter": before somebody begins with a case.
create table cases.declaration (
  municipality_id int not null,
  case_id uuid not null,
  person_id uuid not null,
  declared_on date not null,
  primary key (municipality_id, case_id, person_id),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id)
);
create policy reach on cases.declaration as restrictive for select to besonnen_app using (
  exists (select 1 from cases."case" c where c.municipality_id = declaration.municipality_id and c.id = declaration.case_id)
);
create policy reach on cases.readiness as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) <> 'public'
);
