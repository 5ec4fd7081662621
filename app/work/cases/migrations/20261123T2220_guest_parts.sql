-- What a guest of another municipality is shown is ticked part by part. Without a tick: matter, place, subject, and how
-- it stands.
alter table cases.guest add column parts text[] not null default '{}'
  check (parts <@ array['parties', 'map', 'measures', 'agreement', 'course', 'say']);
alter table cases.invited add column parts text[] not null default '{}'
  check (parts <@ array['parties', 'map', 'measures', 'agreement', 'course', 'say']);
update cases.guest set parts = case extent when 'case' then array['parties', 'measures', 'course', 'say'] else array['measures'] end;
update cases.invited set parts = case extent when 'case' then array['parties', 'measures', 'course', 'say'] else array['measures'] end;
alter table cases.guest drop column extent;
alter table cases.invited drop column extent;

-- The office has agreed; the owner's municipality is being told.
alter table cases.invited drop constraint invited_state_check;
alter table cases.invited add constraint invited_state_check check (state in ('asked', 'agreed', 'standing', 'ended'));

create function cases.guest_sees(record uuid, what text[]) returns boolean language sql stable as $$
  select exists (select 1 from cases.guest g
    where g.case_id = record and g.person_id = access.person() and g.state = 'standing' and g.parts && what)
$$;
grant execute on function cases.guest_sees(uuid, text[]) to besonnen_app;

-- A table without a policy of the name `guest` shows a guest nothing at all and takes nothing from her (closing step).
-- These say what she may see of it. Where there is `guest_adds` as well, she may add rows; she changes none anywhere.
do $$
declare
  one record;
  guest constant text := $g$current_setting('app.reach', true) = 'guest'$g$;
begin
  for one in select * from (values
    ('platform.municipality_key', 'true'),
    ('model.version', 'true'),
    ('access."grant"', 'person_id = (select access.person())'),
    ('access.barred', 'person_id = (select access.person())'),
    ('platform.audit_entry', 'false'),
    -- The key of her case, and no other that hangs on it.
    ('platform.record_key', 'class = ''case'' and exists (select 1 from cases.guest g where g.case_id = record_id
      and g.person_id = (select access.person()) and g.state = ''standing'')'),
    ('cases."case"', 'true'),
    ('cases.guest', 'person_id = (select access.person())'),
    ('cases.party', 'cases.guest_sees(case_id, array[''parties'', ''map''])'),
    ('cases.assessment', 'cases.guest_sees(case_id, array[''parties''])'),
    ('cases.map', 'cases.guest_sees(case_id, array[''map''])'),
    ('cases.measure', 'cases.guest_sees(case_id, array[''measures''])'),
    ('cases.agreement', 'cases.guest_sees(case_id, array[''agreement''])'),
    ('cases.clause', 'cases.guest_sees(case_id, array[''agreement''])'),
    ('cases.entry', 'by_person = (select access.person()) or cases.guest_sees(case_id, array[''course''])'),
    -- Who works here is asked by name for what she reads; whom a grant counts for is asked of it as well.
    ('auth.person', 'true')
  ) as seen (what, rule) loop
    execute format('create policy guest on %s as restrictive for select to besonnen_app using (not (%s) or (%s))', one.what, guest, one.rule);
  end loop;
  create policy guest_adds on platform.audit_entry as restrictive for insert to besonnen_app with check (true);
  execute format('create policy guest_adds on cases.entry as restrictive for insert to besonnen_app with check (not (%s) or cases.guest_sees(case_id, array[''say'']))', guest);
end $$;
