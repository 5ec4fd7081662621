-- Somebody has lost every way in. The number was shown to whoever asked; two others must hear it from her.
create table people.recovery (
  municipality_id int not null,
  id uuid not null,
  person_id uuid not null,
  number_hash bytea not null,
  asked_at timestamptz not null,
  first_by uuid,
  second_by uuid,
  -- From when on the one-time link may be handed over.
  ready_at timestamptz,
  primary key (municipality_id, id),
  check (first_by is distinct from second_by or first_by is null),
  check ((second_by is null) = (ready_at is null)),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id)
);
create index recovery_person on people.recovery (municipality_id, person_id);
