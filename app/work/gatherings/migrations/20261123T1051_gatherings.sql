create schema gatherings;

-- What everybody may read stands plain; the way into the room is sealed, because it is mailed and never published.
create table gatherings.gathering (
  municipality_id int not null,
  id uuid not null,
  slug text not null,
  kind text not null check (kind in ('conference', 'citizens-dialogue', 'round-table', 'area-round', 'course-session')),
  state text not null default 'draft' check (state in ('draft', 'announced', 'cancelled')),
  title text not null,
  summary text not null,
  -- Title and summary in further languages: { "en": { "title": …, "summary": … } }
  translations jsonb not null default '{}',
  on_day date not null,
  from_time text not null check (from_time ~ '^[0-2][0-9]:[0-5][0-9]$'),
  until_time text not null check (until_time ~ '^[0-2][0-9]:[0-5][0-9]$' and until_time > from_time),
  deadline date not null,
  places int check (places >= 0),
  by_hand boolean not null default false,
  listed boolean not null default true,
  place text,
  online text check (online in ('fixed', 'teams', 'bigbluebutton', 'jitsi')),
  content_key uuid not null,
  room platform.sealed,
  instructions platform.sealed,
  ask_needs boolean not null default true,
  needs_reader text,
  questions jsonb not null default '[]',
  priority_groups jsonb not null default '[]',
  programme jsonb not null default '[]',
  materials jsonb not null default '[]',
  proceedings text,
  published_on date,
  delete_on date not null,
  sequence int not null default 0,
  changed_at timestamptz not null,
  last_received_at timestamptz,
  version int not null default 1,
  primary key (municipality_id, id),
  unique (municipality_id, slug)
);
comment on column gatherings.gathering.on_day is 'day and times by the clocks in Europe/Berlin; the moment is derived';
comment on column gatherings.gathering.deadline is 'the last day that counts: closed from the midnight after it';
comment on column gatherings.gathering.sequence is 'of the calendar invitation: grows with every change people must see';
create index gathering_day on gatherings.gathering (municipality_id, on_day, id);

create table gatherings.registration (
  municipality_id int not null,
  id uuid not null,
  gathering_id uuid not null,
  state text not null check (state in ('confirmed', 'waiting', 'offered', 'lapsed', 'withdrawn', 'refused')),
  rank int not null default 0,
  late boolean not null default false,
  received_at timestamptz not null,
  offered_until timestamptz,
  language text not null,
  key_id uuid not null,
  name platform.sealed not null,
  mail platform.sealed not null,
  answers platform.sealed,
  mail_hash bytea not null,
  sequence int not null default 0,
  attended_at timestamptz,
  ended_on date,
  primary key (municipality_id, id),
  foreign key (municipality_id, gathering_id) references gatherings.gathering (municipality_id, id),
  check ((state = 'offered') = (offered_until is not null)),
  check ((state in ('lapsed', 'withdrawn', 'refused')) = (ended_on is not null))
);
comment on column gatherings.registration.mail_hash is 'keyed hash of the address in its one spelling, different for every gathering';
create unique index registration_once on gatherings.registration (municipality_id, gathering_id, mail_hash) where ended_on is null;
create index registration_list on gatherings.registration (municipality_id, gathering_id, state, late, rank, received_at, id);
create index registration_offered on gatherings.registration (municipality_id, offered_until) where offered_until is not null;
create index registration_ended on gatherings.registration (municipality_id, ended_on) where ended_on is not null;

-- Names and addresses are for those who run gatherings, and for the program when somebody shows her own link.
create policy reach on gatherings.registration as restrictive for select to besonnen_app using (
  (select access.reaches('program')) or (select access.reaches('gatherings'))
);

-- What somebody needs in order to take part says much about her: apart, under keys of its own, for one role only.
create table gatherings.need (
  municipality_id int not null,
  registration_id uuid not null,
  gathering_id uuid not null,
  reader text not null,
  key_id uuid not null,
  name platform.sealed not null,
  need platform.sealed not null,
  delete_on date not null,
  primary key (municipality_id, registration_id),
  foreign key (municipality_id, registration_id) references gatherings.registration (municipality_id, id) on delete cascade
);
create index need_gathering on gatherings.need (municipality_id, gathering_id);
create index need_delete on gatherings.need (municipality_id, delete_on);
create policy reach on gatherings.need as restrictive for select to besonnen_app using (
  (select access.reaches('program'))
  or exists (select 1 from auth.appointment a
              where a.municipality_id = need.municipality_id and a.person_id in (select access.persons()) and a.role = need.reader
                and a.from_on <= (select access.today()) and (a.until_on is null or a.until_on >= (select access.today())))
);

-- When which mail leaves by itself.
create table gatherings.rule (
  municipality_id int not null,
  id uuid not null,
  gathering_id uuid not null,
  letter text not null check (letter in ('link', 'feedback')),
  anchor text not null check (anchor in ('start', 'end', 'deadline')),
  side text not null check (side in ('before', 'after')),
  amount int not null check (amount between 0 and 60),
  unit text not null check (unit in ('hours', 'days')),
  clock text check (clock ~ '^[0-2][0-9]:[0-5][0-9]$'),
  missed text not null check (missed in ('at-once', 'drop')),
  primary key (municipality_id, id),
  unique (municipality_id, gathering_id, letter),
  foreign key (municipality_id, gathering_id) references gatherings.gathering (municipality_id, id)
);

-- One row per rule and person: what is sent is never sent again, what is not yet sent follows a changed rule.
create table gatherings.reminder (
  municipality_id int not null,
  rule_id uuid not null,
  registration_id uuid not null,
  due_at timestamptz,
  primary key (municipality_id, rule_id, registration_id),
  foreign key (municipality_id, rule_id) references gatherings.rule (municipality_id, id),
  foreign key (municipality_id, registration_id) references gatherings.registration (municipality_id, id) on delete cascade
);
comment on column gatherings.reminder.due_at is 'gone once the mail stands in the ledger';
create index reminder_due on gatherings.reminder (municipality_id, due_at) where due_at is not null;
create index reminder_registration on gatherings.reminder (municipality_id, registration_id);

-- Feedback: who may still answer, and what was answered. Nothing leads from one to the other; a used token is gone.
create table gatherings.feedback_token (
  municipality_id int not null,
  gathering_id uuid not null,
  token_hash bytea not null,
  primary key (municipality_id, token_hash),
  foreign key (municipality_id, gathering_id) references gatherings.gathering (municipality_id, id)
);
create index feedback_token_gathering on gatherings.feedback_token (municipality_id, gathering_id);
create table gatherings.feedback (
  municipality_id int not null,
  id uuid not null,
  gathering_id uuid not null,
  answered_on date not null,
  worth int check (worth between 1 and 5),
  understood int check (understood between 1 and 5),
  heard int check (heard between 1 and 5),
  key_id uuid,
  remark platform.sealed,
  primary key (municipality_id, id),
  foreign key (municipality_id, gathering_id) references gatherings.gathering (municipality_id, id)
);
create index feedback_gathering on gatherings.feedback (municipality_id, gathering_id);

-- The video service of a municipality. Its secrets are sealed.
create table gatherings.service (
  municipality_id int not null,
  provider text not null check (provider in ('teams', 'bigbluebutton', 'jitsi')),
  key_id uuid not null,
  settings platform.sealed not null,
  tested_on date,
  primary key (municipality_id, provider)
);
