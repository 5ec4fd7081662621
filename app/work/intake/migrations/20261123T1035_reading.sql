-- Offices that read one report beside those who read all: chosen by whoever reported, or passed on to. Persons follow
-- from who is appointed today.
create table intake.reading (
  municipality_id int not null,
  report_id uuid not null,
  role text not null,
  area text not null,
  primary key (municipality_id, report_id, role, area),
  foreign key (municipality_id, report_id) references intake.report (municipality_id, id) on delete cascade
);
comment on column intake.reading.area is 'one area of the office, or * for an office of the whole municipality';
create index reading_role on intake.reading (municipality_id, role);

create function intake.read_by_office() returns setof uuid language sql stable as $$
  select r.report_id from intake.reading r
    join auth.appointment a on a.municipality_id = r.municipality_id and a.role = r.role
     and (r.area = '*' or a.area is null or a.area = r.area)
   where a.person_id in (select access.persons())
     and a.from_on <= access.today() and (a.until_on is null or a.until_on >= access.today())
$$;
revoke all on function intake.read_by_office() from public;
grant execute on function intake.read_by_office() to besonnen_app, besonnen_seal, besonnen_shred, besonnen_backup;

alter policy reach on intake.report using (
  case current_setting('app.reach', true)
    when 'program' then true
    when 'public' then receipt = decode(current_setting('app.receipt', true), 'hex')
    else (held_for is null or (select access.reaches('substitute')))
      and ((select access.reaches('reports')) or entered_by = (select access.person()) or released_by = (select access.person()) or (held_for is not null and (select access.reaches('substitute')))
        or id in (select g.record_id from access.grant g where g.person_id in (select access.persons()) and g.from_on <= (select access.today()) and (g.until_on is null or g.until_on >= (select access.today())))
        or id in (select intake.read_by_office()))
      and id not in (select b.record_id from access.barred b where b.person_id = (select access.person()))
  end
);
