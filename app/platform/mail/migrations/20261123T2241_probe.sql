-- The last probe mail of a municipality, and what the receiving side could see of its signature. No address.
create table mail.probe (
  municipality_id int not null,
  id uuid not null,
  sent_at timestamptz not null,
  found jsonb,
  primary key (municipality_id)
);
