-- Who may come near one record (grant), and who must not (barred). Both are read by the restrictive policies of
-- the slices whose records they name.
create schema access;

create table access.grant (
  municipality_id int not null,
  record_id uuid not null,
  person_id uuid not null,
  role text not null,
  from_on date not null,
  until_on date,
  given_by uuid not null,
  primary key (municipality_id, record_id, person_id),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id)
);
create index grant_person on access.grant (municipality_id, person_id);

create table access.barred (
  municipality_id int not null,
  record_id uuid not null,
  person_id uuid not null,
  primary key (municipality_id, person_id, record_id),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id)
);
create index barred_record on access.barred (municipality_id, record_id);

-- Today in the municipality's own time zone: grants end at midnight there.
create function access.today() returns date language sql stable as $$ select (now() at time zone 'Europe/Berlin')::date $$;

create function access.person() returns uuid language sql stable as $$
  select nullif(current_setting('app.person', true), '')::uuid
$$;

create function access.reaches(what text) returns boolean language sql stable as $$
  select what = any (string_to_array(current_setting('app.reach', true), ','))
$$;

grant usage on schema access to besonnen_app;
grant execute on all functions in schema access to besonnen_app, besonnen_seal, besonnen_shred, besonnen_backup;
