-- Where the model wants it, a second person agrees before somebody takes the register out of the program. She reads
-- who asks and what for; good once and for a day after she agreed.
create table cases.register_request (
  municipality_id int not null,
  id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  purpose text not null check (purpose in ('report', 'audit', 'move', 'request')),
  answered_by uuid,
  answered_at timestamptz,
  agreed boolean,
  primary key (municipality_id, id),
  foreign key (municipality_id, asked_by) references auth.person (municipality_id, id),
  check ((answered_by is null) = (agreed is null) and (answered_at is null) = (agreed is null)),
  check (answered_by is distinct from asked_by)
);
create policy reach on cases.register_request as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) <> 'public'
);
