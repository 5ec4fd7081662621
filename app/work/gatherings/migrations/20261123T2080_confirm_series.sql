-- Where the organiser wants it, a place or a rank in the list holds only once its address is confirmed.
alter table gatherings.gathering
  add column confirm_mail boolean not null default false,
  -- The dates of one series; each has its own registrations.
  add column series_id uuid;
create index gathering_series on gatherings.gathering (municipality_id, series_id, on_day) where series_id is not null;
alter table gatherings.registration add column confirm_until timestamptz;
comment on column gatherings.registration.confirm_until is 'until when the address must be confirmed; gone once it is, kept where it never was';
create index registration_unconfirmed on gatherings.registration (municipality_id, confirm_until)
  where confirm_until is not null and ended_on is null;
