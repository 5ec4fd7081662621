-- What the model asks of whoever checks a report, as far as it is chosen from a list: whom one heard, how sure it is.
alter table intake.report add column asked jsonb not null default '{}';
