-- A proposal may also end a role; of one role of one person there is at most one.
alter table people.proposal add column ends boolean not null default false;
create unique index proposal_once on people.proposal (municipality_id, person_id, role);
