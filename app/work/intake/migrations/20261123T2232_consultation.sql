-- A contact point asks colleagues about a matter of its own and names nobody. Question and answer go when it ends.
create table intake.consultation (
  municipality_id int not null,
  id uuid not null,
  asked_by uuid not null,
  asked_on date not null,
  subject text not null,
  ethnicised boolean,
  content_key uuid not null,
  question platform.sealed not null,
  answer platform.sealed,
  answered_by uuid,
  answered_on date,
  primary key (municipality_id, id),
  check ((answer is null) = (answered_on is null))
);
create policy reach on intake.consultation as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) = 'program'
  or asked_by = (select access.person())
  or (select access.reaches('reports'))
);

-- What stays of it: subject and month, and nobody's name.
create table intake.consulted (
  municipality_id int not null,
  id uuid not null,
  month date not null check (extract(day from month) = 1),
  subject text not null,
  ethnicised boolean,
  ended_as text not null check (ended_as in ('stays', 'advised')),
  primary key (municipality_id, id)
);
comment on table intake.consulted is 'app: select, insert';
create policy reach on intake.consulted as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) = 'program' or (select access.reaches('reports'))
);
