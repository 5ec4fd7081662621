-- What the parties of an agreement allow everybody to read: worded anew, without names, and plain because it is public.
create table cases.commitment (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  clause_id uuid not null,
  who text not null,
  what text not null,
  due_on date,
  state text not null default 'open' check (state in ('open', 'kept', 'dropped')),
  state_on date not null,
  -- The day on which the parties agreed that it may be read.
  agreed_on date not null,
  released_on date not null,
  released_by uuid not null,
  primary key (municipality_id, id),
  unique (municipality_id, clause_id),
  foreign key (municipality_id, clause_id) references cases.clause (municipality_id, id) on delete cascade
);

-- A party is asked over a link whether an agreement holds; used once, good for some weeks.
create table cases.look_link (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  agreement_id uuid not null,
  token bytea not null,
  -- Which party was asked, by role or group.
  party platform.sealed not null,
  made_on date not null,
  until_on date not null,
  used_on date,
  primary key (municipality_id, id),
  unique (municipality_id, token),
  foreign key (municipality_id, agreement_id) references cases.agreement (municipality_id, id) on delete cascade
);

create table cases.look_answer (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  link_id uuid not null,
  clause_id uuid not null,
  holding text not null check (holding in ('yes', 'partly', 'no', 'unknown')),
  note platform.sealed,
  primary key (municipality_id, id),
  unique (municipality_id, link_id, clause_id),
  foreign key (municipality_id, link_id) references cases.look_link (municipality_id, id) on delete cascade,
  foreign key (municipality_id, clause_id) references cases.clause (municipality_id, id) on delete cascade
);

do $$
declare name text;
begin
  foreach name in array array['look_link', 'look_answer'] loop
    execute format('create policy reach on cases.%1$I as restrictive for select to besonnen_app using (
      exists (select 1 from cases."case" c where c.municipality_id = %1$I.municipality_id and c.id = %1$I.case_id))', name);
  end loop;
end $$;
