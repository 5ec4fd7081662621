-- A letter that was handed out: which, when, how, and its words as they were then. Every way a case is worked on has the
-- same letters, so a row tells nothing of it.
create table cases.letter (
  municipality_id int not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('invitation', 'confidentiality', 'closing')),
  given_on date not null,
  way text not null check (way in ('post', 'hand', 'mail')),
  party_id uuid,
  -- The letter itself, JSON.
  text platform.sealed not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, case_id) references cases."case" (municipality_id, id) on delete cascade,
  foreign key (municipality_id, party_id) references cases.party (municipality_id, id)
);
create index letter_case on cases.letter (municipality_id, case_id);
create policy reach on cases.letter as restrictive for select to besonnen_app using (
  exists (select 1 from cases."case" c where c.municipality_id = letter.municipality_id and c.id = letter.case_id));
