-- Later messages of whoever reported are checked like the report itself. An original is that of the report or of one
-- message; its id is computed, so that the program before this one goes on writing originals of reports.
alter table intake.original add column message_id uuid;
alter table intake.original add column id uuid not null generated always as (coalesce(message_id, report_id)) stored;
alter table intake.original drop constraint original_pkey;
alter table intake.original add primary key (municipality_id, id);
alter table intake.original add foreign key (municipality_id, message_id)
  references intake.message (municipality_id, id) on delete cascade;
create index original_report on intake.original (municipality_id, report_id);
comment on column intake.original.message_id is 'empty: the text of the report itself';

alter table intake.message
  add column checked text check (checked in ('done', 'accepted')),
  add column version int not null default 1;

-- From which message a passage was moved here; empty: from the report itself, or written by hand.
alter table intake.contact_entry add column message_id uuid;
