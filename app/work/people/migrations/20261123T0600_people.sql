create schema people;

-- An appointment that waits for a second person.
create table people.proposal (
  municipality_id int not null,
  id uuid not null,
  person_id uuid not null,
  role text not null,
  proposed_by uuid not null,
  proposed_on date not null,
  primary key (municipality_id, id)
);
