-- Two may hold one record: somebody by hand, and something that runs and needs it (`because`, its id). Each is lifted on
-- its own, and the record is let go with the last. Quiet ones concern what is kept from everybody but the substitute.
alter table retention.hold add column because uuid, add column quiet boolean not null default false;
drop index retention.hold_open;
create unique index hold_open on retention.hold
  (municipality_id, record_id, coalesce(because, '00000000-0000-0000-0000-000000000000')) where lifted_on is null;
alter policy reach on retention.hold using (
  current_setting('app.reach', true) = 'program'
  or ((not quiet or (select access.reaches('substitute')))
    and record_id not in (select b.record_id from access.barred b where b.person_id = (select access.person())))
);
