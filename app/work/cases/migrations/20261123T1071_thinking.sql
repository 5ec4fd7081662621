-- Who is part of a conflict: roles and groups, never names. A merged party points at the one it became.
create table cases.party (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  stands text not null check (stands in ('party', 'affected', 'supports', 'outside')),
  form text not null check (form in ('person', 'group', 'institution')),
  label platform.sealed not null,
  about platform.sealed,
  merged_into uuid,
  removed_on date,
  added_at timestamptz not null,
  version int not null default 1,
  primary key (municipality_id, id),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id),
  foreign key (municipality_id, merged_into) references cases.party (municipality_id, id),
  check (merged_into <> id)
);
create index party_case on cases.party (municipality_id, case_id, added_at, id);

-- All that helps to think and is not needed; and the view of a second assessor, beside the version it was written to.
alter table cases.assessment add column depth platform.sealed, add column second_of int;

-- The actor map in dated versions: one a day; `edition` counts every save, so that a form knows what it was made from.
create table cases.map (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  number int not null,
  edition int not null,
  made_on date not null,
  made_by uuid not null,
  content platform.sealed not null,
  primary key (municipality_id, id),
  unique (municipality_id, case_id, number),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id)
);

do $$
declare name text;
begin
  foreach name in array array['party', 'map'] loop
    execute format('create policy reach on cases.%1$I as restrictive for select to besonnen_app using (
      exists (select 1 from cases."case" c where c.municipality_id = %1$I.municipality_id and c.id = %1$I.case_id))', name);
  end loop;
end $$;

-- What one transaction writes has one time; `seq` keeps the order in which it was written.
alter table cases.entry add column seq int not null default 0;
create index entry_order on cases.entry (municipality_id, case_id, at, seq);
drop index cases.entry_case;

-- Closed cases are listed with the last closed first.
create index case_closed on cases."case" (municipality_id, closed_on desc, id) where closed_on is not null;

-- Answers to the model's own questions, as far as they are numbers or choices meant for the figures; no text.
alter table cases.figure add column asked jsonb not null default '{}';
