-- A session has a name of its own beside the hash of its token, so that a form can end it.
alter table auth.session add column id uuid not null default gen_random_uuid();
create unique index session_id on auth.session (municipality_id, id);

-- A key that lies in a device of the person; here only its public half.
create table auth.passkey (
  municipality_id int not null,
  id uuid not null,
  person_id uuid not null,
  credential text not null,
  public_key bytea not null,
  counter bigint not null,
  name text not null,
  added_on date not null,
  used_on date,
  primary key (municipality_id, id),
  unique (municipality_id, credential),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id)
);
create index passkey_person on auth.passkey (municipality_id, person_id);

-- A question answered by a passkey counts once: what was answered is kept until it would be too old anyway.
create table auth.spent_challenge (
  municipality_id int not null,
  hash bytea not null,
  expires_at timestamptz not null,
  primary key (municipality_id, hash)
);

-- Stands in for the app's code once; keyed hash under a key that lies outside the database.
create table auth.recovery_code (
  municipality_id int not null,
  person_id uuid not null,
  code_hash bytea not null,
  primary key (municipality_id, person_id, code_hash),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id)
);

-- Given after everything was lost: what there was of passkeys and codes ends when it is used.
alter table auth.invitation add column anew boolean not null default false;
