-- Somebody of another municipality who works on one case here. `town` is hers; her name is as it was typed and, once her
-- office has agreed, as that office wrote it. No policy asks for `town`: she comes in as a person of this municipality.
create table cases.guest (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  town int not null,
  name text not null,
  purpose text not null check (purpose in ('joint', 'know', 'advise')),
  basis text not null check (basis in ('consent', 'duty', 'assistance')),
  extent text not null check (extent in ('extract', 'case')),
  until_on date not null,
  state text not null default 'asked' check (state in ('asked', 'standing', 'ended')),
  asked_by uuid not null,
  asked_on date not null,
  person_id uuid,
  primary key (municipality_id, id),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id) on delete cascade,
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id),
  check (state <> 'standing' or person_id is not null)
);
create index guest_case on cases.guest (municipality_id, case_id);
create policy reach on cases.guest as restrictive for select to besonnen_app using (
  exists (select 1 from cases."case" c where c.municipality_id = guest.municipality_id and c.id = guest.case_id)
);

-- The same as her own municipality knows it: that there is a case elsewhere, and nothing of what it is about.
create table cases.invited (
  municipality_id int not null,
  id uuid not null,
  owner int not null,
  name text not null,
  purpose text not null check (purpose in ('joint', 'know', 'advise')),
  basis text not null check (basis in ('consent', 'duty', 'assistance')),
  extent text not null check (extent in ('extract', 'case')),
  until_on date not null,
  state text not null default 'asked' check (state in ('asked', 'standing', 'ended')),
  -- Here, and who she is there.
  person_id uuid,
  guest_id uuid,
  answered_by uuid,
  primary key (municipality_id, id),
  foreign key (municipality_id, person_id) references auth.person (municipality_id, id),
  check (state <> 'standing' or (person_id is not null and guest_id is not null))
);
create policy reach on cases.invited as restrictive for select to besonnen_app using (
  (select access.reaches('program')) or (select access.reaches('cases')) or person_id = (select access.person())
);

-- A guest has neither account nor role; who looks after people does not look after her.
alter table auth.person add column guest boolean not null default false;

-- How a case is worked on is not told to guests either.
alter policy reach on cases.choice using (
  exists (select 1 from cases."case" c where c.municipality_id = choice.municipality_id and c.id = choice.case_id)
  and ((select access.reaches('cases')) or (select access.reaches('program'))
    or exists (select 1 from access.grant g where g.municipality_id = choice.municipality_id and g.record_id = choice.case_id
      and g.person_id in (select access.persons()) and g.role not in ('interpreter', 'extract', 'guest')
      and g.from_on <= (select access.today()) and (g.until_on is null or g.until_on >= (select access.today()))))
);
