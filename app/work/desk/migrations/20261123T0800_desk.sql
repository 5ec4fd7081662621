create schema desk;

-- The address of somebody's deadlines for her own calendar. Only the hash of its secret is kept: shown once, renewable.
create table desk.calendar (
  municipality_id int not null,
  person_id uuid not null,
  secret_hash bytea not null,
  made_on date not null,
  primary key (municipality_id, person_id),
  unique (municipality_id, secret_hash),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id)
);
