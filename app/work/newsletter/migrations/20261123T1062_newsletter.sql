create schema newsletter;

create table newsletter.topic (
  municipality_id int not null,
  id uuid not null,
  name text not null,
  name_en text,
  reach text not null check (reach in ('town', 'network')),
  closed_on date,
  primary key (municipality_id, id)
);
comment on column newsletter.topic.reach is 'town: for whoever lives or works here; network: for other municipalities as well';

-- Every text somebody has ever agreed to, whole, as it stood on the page; named by its own hash.
create table newsletter.wording (
  municipality_id int not null,
  id text not null,
  language text not null,
  text text not null,
  shown_from timestamptz not null,
  primary key (municipality_id, id)
);
comment on table newsletter.wording is 'app: select, insert';

create table newsletter.subscriber (
  municipality_id int not null,
  id uuid not null,
  address platform.sealed not null,
  address_token bytea not null,
  key_id uuid not null,
  state text not null check (state in ('requested', 'confirmed', 'withdrawn')),
  language text not null,
  topics uuid[] not null,
  request uuid not null,
  token_until timestamptz not null,
  requested_at timestamptz not null,
  confirmed_at timestamptz,
  ended_at timestamptz,
  erase_on date,
  bounces int not null default 0,
  primary key (municipality_id, id),
  unique (municipality_id, address_token)
);
comment on column newsletter.subscriber.address_token is 'keyed hash: the same address twice is one subscription';
comment on column newsletter.subscriber.request is 'from it and a key outside the database the links in the confirmation mail are made';
create index subscriber_state on newsletter.subscriber (municipality_id, state, id);
create index subscriber_erase on newsletter.subscriber (municipality_id, erase_on) where erase_on is not null;

-- The ledger of consents: each entry vouches for the one before it. Its detail can be blanked, nothing else changes.
create table newsletter.proof (
  municipality_id int not null,
  number bigint not null,
  subscriber_id uuid not null,
  at timestamptz not null,
  step text not null check (step in ('requested', 'mailed', 'confirmed', 'changed', 'withdrawn', 'imported', 'returned')),
  wording text,
  detail platform.sealed,
  detail_key uuid not null,
  detail_hash bytea not null,
  previous bytea not null,
  hash bytea not null,
  primary key (municipality_id, number),
  foreign key (municipality_id, wording) references newsletter.wording (municipality_id, id)
);
comment on table newsletter.proof is 'app: select, insert, update(detail)';
create index proof_subscriber on newsletter.proof (municipality_id, subscriber_id, number);
create function newsletter.only_blank() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.detail is not null then raise exception 'a proof can be blanked, not changed'; end if;
  return new;
end $$;
create trigger only_blank before update on newsletter.proof for each row execute function newsletter.only_blank();

-- Addresses nothing may be sent to unless their owner asks again. Nobody can read them out of it.
create table newsletter.suppression (
  municipality_id int not null,
  address_token bytea not null,
  reason text not null check (reason in ('withdrawn', 'returned', 'complaint')),
  since_on date not null,
  primary key (municipality_id, address_token)
);

create table newsletter.issue (
  municipality_id int not null,
  id uuid not null,
  number int,
  subject text not null,
  language text not null,
  topics uuid[] not null,
  blocks jsonb not null,
  version int not null default 1,
  state text not null check (state in ('draft', 'asked', 'scheduled', 'sending', 'paused', 'sent', 'stopped')),
  author_id uuid not null,
  asked_by uuid,
  released_by uuid,
  send_at timestamptz,
  begun_at timestamptz,
  finished_at timestamptz,
  filled boolean not null default false,
  after_id uuid,
  recipients int not null default 0,
  changed_at timestamptz not null,
  primary key (municipality_id, id),
  unique (municipality_id, number),
  check (released_by is null or released_by <> asked_by)
);
comment on column newsletter.issue.after_id is 'the last subscriber whose mail stands in the ledger';
create index issue_state on newsletter.issue (municipality_id, state);
