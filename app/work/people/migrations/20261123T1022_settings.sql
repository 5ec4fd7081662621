-- What a municipality says about itself, and what had to happen before it went public. All of it may be read by anybody.
create table people.settings (
  municipality_id int not null,
  version int not null,
  -- Fields of the imprint and the privacy notice, see schema of the page.
  about jsonb not null default '{}',
  -- Calendar days on which each condition was met, and by whom.
  assessment_on date,
  council_on date,
  recovery_on date,
  recovery_by uuid,
  probe_on date,
  proxy_by uuid,
  times_on date,
  primary key (municipality_id)
);
comment on table people.settings is 'app: select, insert, update(version, about, assessment_on, council_on, recovery_on, recovery_by, probe_on, proxy_by, times_on)';

-- The coat of arms, always made anew by ourselves: small for pages, large for paper. PNG.
create table people.arms (
  municipality_id int not null,
  hash text not null,
  small bytea not null,
  large bytea not null,
  primary key (municipality_id)
);
