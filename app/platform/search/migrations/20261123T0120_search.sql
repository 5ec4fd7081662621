create schema search;

-- Keyed stems of sealed texts. Unlogged: never in a WAL archive or backup, empty after a crash, then made anew.
create unlogged table search.token (
  municipality_id int not null,
  token bigint not null,
  record_id uuid not null,
  primary key (municipality_id, token, record_id)
);
create index token_record on search.token (municipality_id, record_id);

-- Unlogged like the tokens, so that both are lost together: no row = the index has to be made anew.
create unlogged table search.built (
  municipality_id int not null,
  at timestamptz not null,
  primary key (municipality_id)
);
