-- How a person proves who she is. The secret of the second factor is sealed; the password only as an argon2id hash.
create table auth.credential (
  municipality_id int not null,
  person_id uuid not null,
  password text not null,
  totp platform.sealed not null,
  totp_key uuid not null,
  -- The last time step that was accepted: a code works once.
  totp_step bigint not null default 0,
  primary key (municipality_id, person_id),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id)
);

-- A one-time way in for a new person, or after a recovery.
create table auth.invitation (
  municipality_id int not null,
  token_hash bytea not null,
  person_id uuid not null,
  expires_at timestamptz not null,
  primary key (municipality_id, token_hash),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id)
);
create index invitation_person on auth.invitation (municipality_id, person_id);
