-- Those concerned say how it was. A link knows its case and is gone once it is used; an answer knows neither case,
-- link nor day, so that nobody can tell who said what.
create table cases.evaluation_link (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  token bytea not null,
  made_on date not null,
  until_on date not null,
  primary key (municipality_id, id),
  unique (municipality_id, token),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id)
);
create policy reach on cases.evaluation_link as restrictive for select to besonnen_app using (
  exists (select 1 from cases."case" c where c.municipality_id = evaluation_link.municipality_id and c.id = evaluation_link.case_id));

-- Whether anybody of a case has answered; only how many cases those are is ever shown.
alter table cases."case" add column evaluated boolean not null default false;

create table cases.evaluation (
  municipality_id int not null,
  id uuid not null,
  heard text check (heard in ('yes', 'partly', 'no')),
  fair text check (fair in ('yes', 'partly', 'no')),
  better text check (better in ('yes', 'partly', 'no')),
  again text check (again in ('yes', 'partly', 'no')),
  -- Answers are added to what is shown five at a time: one alone could be told from the difference.
  counted boolean not null default false,
  primary key (municipality_id, id)
);
create index evaluation_uncounted on cases.evaluation (municipality_id) where not counted;

-- How many cases the answers come from, those deleted since included.
create table cases.evaluated_cases (
  municipality_id int not null,
  count int not null,
  primary key (municipality_id)
);
