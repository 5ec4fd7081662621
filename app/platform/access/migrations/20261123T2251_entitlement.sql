-- What somebody may do because she has shown a proof of it: a course, a licence. The proof itself is not kept.
create table access.entitlement (
  municipality_id int not null,
  id uuid not null,
  person_id uuid not null,
  entitlement text not null check (length(entitlement) between 1 and 40),
  seen_on date not null,
  seen_by uuid not null,
  -- Last day; null = until somebody ends it.
  until_on date,
  primary key (municipality_id, id),
  unique (municipality_id, person_id, entitlement),
  check (seen_by <> person_id),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id) on delete cascade
);
create policy reach on access.entitlement as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) is distinct from 'public');
