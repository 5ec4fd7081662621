create schema mail;

-- One row per mail. It holds no text and no address: both are made at sending from kind, thing and person.
create table mail.delivery (
  municipality_id int not null,
  id uuid not null,
  kind text not null,
  fingerprint bytea not null,
  person_id uuid,
  thing text,
  priority int not null check (priority in (0, 1, 2)),
  state text not null default 'due' check (state in ('due', 'leased', 'sent', 'failed', 'bounced', 'dropped')),
  due_at timestamptz,
  first_tried_at timestamptz,
  lease uuid,
  attempts int not null default 0,
  reply int,
  settled_on date,
  primary key (municipality_id, id),
  unique (municipality_id, fingerprint),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id),
  check ((state in ('due', 'leased')) = (due_at is not null)),
  check ((state in ('due', 'leased')) = (settled_on is null))
);
comment on column mail.delivery.fingerprint is 'keyed hash of what must not be queued twice';
comment on column mail.delivery.due_at is 'while leased: when the lease ends; gone once settled, because it could tell when an anonymous report came';
comment on column mail.delivery.reply is 'status code of the mail server, never its words';
create index delivery_due on mail.delivery (municipality_id, priority, due_at) where due_at is not null;
create index delivery_settled on mail.delivery (municipality_id, settled_on) where settled_on is not null;

-- How somebody wants to be told: at once, or gathered on working mornings. No row: at once.
create table mail.wish (
  municipality_id int not null,
  person_id uuid not null,
  gathered boolean not null,
  primary key (municipality_id, person_id),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id)
);

-- The postman asks across municipalities, and learns nothing but where something waits and how urgent it is.
create function mail.with_due_deliveries(at timestamptz) returns table (municipality_id int, priority int)
  language plpgsql security definer set search_path = '' as $$
begin
  perform set_config('app.upkeep', 'on', true);
  return query select d.municipality_id, min(d.priority) from mail.delivery d
    where d.due_at is not null and d.due_at <= at group by d.municipality_id order by 2, 1;
  perform set_config('app.upkeep', '', true);
end $$;
revoke all on function mail.with_due_deliveries(timestamptz) from public;
grant execute on function mail.with_due_deliveries(timestamptz) to besonnen_app;
