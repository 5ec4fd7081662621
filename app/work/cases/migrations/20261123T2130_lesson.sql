-- What a case taught. As a draft it lies sealed under the key of its case, and whoever may be the second person reads
-- it once she is asked. Released it is plain and knows its case no more.
create table cases.lesson_draft (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  content_key uuid not null,
  title platform.sealed not null,
  text platform.sealed not null,
  -- What was given back was read by the second person before; a draft was not.
  state text not null default 'draft' check (state in ('draft', 'asked', 'back')),
  drafted_by uuid not null,
  drafted_on date not null,
  version int not null default 1,
  primary key (municipality_id, id),
  unique (municipality_id, case_id),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id)
);
create policy reach on cases.lesson_draft as restrictive for select to besonnen_app using (
  state <> 'draft' or exists (select 1 from cases."case" c
                    where c.municipality_id = lesson_draft.municipality_id and c.id = lesson_draft.case_id));

create table cases.lesson (
  municipality_id int not null,
  id uuid not null,
  title text not null,
  text text not null,
  drafted_by uuid not null,
  released_by uuid not null,
  released_on date not null,
  primary key (municipality_id, id),
  check (drafted_by <> released_by)
);
