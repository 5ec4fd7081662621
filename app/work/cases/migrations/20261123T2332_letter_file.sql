-- The file that was given out in place of the program's words, where somebody changed them by hand before printing.
-- Every case may have one beside a letter, whichever way it is worked on, so a row tells nothing of that.
create table cases.letter_file (
  municipality_id int not null,
  letter_id uuid not null,
  kind text not null check (kind in ('docx', 'pdf', 'png', 'jpeg')),
  content platform.sealed not null,
  primary key (municipality_id, letter_id),
  foreign key (municipality_id, letter_id) references cases.letter (municipality_id, id) on delete cascade
);
comment on table cases.letter_file is 'app: select, insert';
create policy reach on cases.letter_file as restrictive for select to besonnen_app using (
  exists (select 1 from cases.letter l
           where l.municipality_id = letter_file.municipality_id and l.id = letter_file.letter_id));
