-- Which way a case is worked on, in versions. Every choice has a key of its own, whatever the format: so a row does not
-- tell that it is about a mediation, and that one took place can be forgotten before the case is.
create table cases.choice (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  number int not null,
  chosen_on date not null,
  chosen_by uuid not null,
  state text not null check (state in ('waits', 'standing', 'refused')),
  said platform.sealed not null,
  said_key uuid not null,
  primary key (municipality_id, id),
  unique (municipality_id, case_id, number),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id)
);

-- Coordination and handlers only; an interpreter with a grant sees the case, but not how it is worked on.
create policy reach on cases.choice as restrictive for select to besonnen_app using (
  exists (select 1 from cases."case" c where c.municipality_id = choice.municipality_id and c.id = choice.case_id)
  and ((select access.reaches('cases')) or (select access.reaches('program'))
    or exists (select 1 from access.grant g where g.municipality_id = choice.municipality_id and g.record_id = choice.case_id
      and g.person_id in (select access.persons()) and g.role not in ('interpreter', 'extract')
      and g.from_on <= (select access.today()) and (g.until_on is null or g.until_on >= (select access.today()))))
);

-- A second person may be asked for more than a step: whether questions of protection may be overruled, and whether a
-- format that needs approval is approved. `asked` names the role that approves; null = whoever may decide as second.
alter table cases.proposal
  add column subject text not null default 'move' check (subject in ('move', 'gates', 'approval')),
  add column asked text;
