-- Who opened a report, for the mailbox: one of three words and the month, nothing finer.
create table intake.opened (
  municipality_id int not null,
  report_id uuid not null,
  month date not null check (extract(day from month) = 1),
  who text not null check (who in ('coordination', 'contact-point', 'specialist')),
  primary key (municipality_id, report_id, month, who),
  foreign key (municipality_id, report_id) references intake.report (municipality_id, id) on delete cascade
);
create policy reach on intake.opened as restrictive for select to besonnen_app using (
  exists (select 1 from intake.report r where r.municipality_id = opened.municipality_id and r.id = opened.report_id)
);
