-- Which mails have been written down already: a keyed hash of the message's id, so that none is taken twice.
create table intake.received_mail (
  municipality_id int not null,
  message bytea not null,
  report_id uuid not null,
  primary key (municipality_id, message),
  foreign key (municipality_id, report_id) references intake.report (municipality_id, id) on delete cascade
);
comment on column intake.received_mail.message is 'keyed hash under the lookup key, which stands in no database and no backup';
create index received_mail_report on intake.received_mail (municipality_id, report_id);
