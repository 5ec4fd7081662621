-- Materials staff uploaded. Sealed until the results are published, plain from then on: what anybody may fetch needs no key.
create table gatherings.file (
  municipality_id int not null,
  id uuid not null,
  gathering_id uuid not null,
  title text not null,
  kind text not null check (kind in ('pdf', 'png')),
  bytes int not null,
  sealed platform.sealed,
  content bytea,
  added_at timestamptz not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, gathering_id) references gatherings.gathering (municipality_id, id),
  check ((sealed is null) <> (content is null))
);
create index file_gathering on gatherings.file (municipality_id, gathering_id, added_at);
