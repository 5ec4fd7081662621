-- Whom the administration's own sign-in service means by a subject; a hash, because only equality is asked.
create table auth.identity (
  municipality_id int not null,
  subject_hash bytea not null,
  person_id uuid not null,
  primary key (municipality_id, subject_hash),
  unique (municipality_id, person_id),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id)
);
