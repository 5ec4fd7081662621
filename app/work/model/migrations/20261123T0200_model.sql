create schema model;

-- Every version a municipality ever published, as it was published. Cases stay pinned to theirs.
create table model.version (
  municipality_id int not null,
  id uuid not null,
  number text not null check (number <> ''),
  published_at date not null,
  decided_by text not null,
  note text not null,
  content jsonb not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (municipality_id, id),
  unique (municipality_id, number)
);
comment on table model.version is 'app: select, insert';

-- Which of them is in force: one row a municipality.
create table model.in_force (
  municipality_id int not null,
  version_id uuid not null,
  since timestamptz not null,
  primary key (municipality_id),
  foreign key (municipality_id, version_id) references model.version (municipality_id, id)
);
comment on table model.in_force is 'app: select, insert, update(version_id, since)';
