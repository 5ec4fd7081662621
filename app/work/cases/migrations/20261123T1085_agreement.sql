-- What the parties agreed, clause by clause. A signed version is never changed: a new one replaces it once it is signed.
create table cases.agreement (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  number int not null,
  state text not null default 'draft' check (state in ('draft', 'signed', 'replaced')),
  made_on date not null,
  made_by uuid not null,
  signed_on date,
  -- Where the signed paper lies.
  proof platform.sealed,
  version int not null default 1,
  primary key (municipality_id, id),
  unique (municipality_id, case_id, number),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id)
);
create unique index agreement_draft on cases.agreement (municipality_id, case_id) where state = 'draft';

create table cases.clause (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  agreement_id uuid not null,
  place int not null,
  who platform.sealed not null,
  what platform.sealed not null,
  -- What may be told of it, and to whom; null = nothing to anybody.
  tell platform.sealed,
  due_on date,
  primary key (municipality_id, id),
  foreign key (municipality_id, agreement_id) references cases.agreement (municipality_id, id) on delete cascade
);

-- Does this clause hold? Asked on a day, answered with a word.
create table cases.clause_look (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  clause_id uuid not null,
  due_on date not null,
  done_on date,
  done_by uuid,
  holding text check (holding in ('yes', 'partly', 'no', 'unknown')),
  note platform.sealed,
  primary key (municipality_id, id),
  foreign key (municipality_id, clause_id) references cases.clause (municipality_id, id) on delete cascade
);
create index clause_look_open on cases.clause_look (municipality_id, due_on) where done_on is null;

do $$
declare name text;
begin
  foreach name in array array['agreement', 'clause', 'clause_look'] loop
    execute format('create policy reach on cases.%1$I as restrictive for select to besonnen_app using (
      exists (select 1 from cases."case" c where c.municipality_id = %1$I.municipality_id and c.id = %1$I.case_id))', name);
  end loop;
end $$;
