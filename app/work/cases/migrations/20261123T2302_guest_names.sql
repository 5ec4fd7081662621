-- A guest of another municipality reads of the persons who work here nothing but names, and only of those who stand in the
-- course that was ticked for her. The rows themselves, with mail, phone and superior, stay closed: she sees her own.
create function cases.name_in_course(person uuid) returns text
  language sql stable strict security definer set search_path = '' as $$
  select p.name from auth.person p
   where current_setting('app.reach', true) = 'guest' and p.id = person
     and p.municipality_id = nullif(current_setting('app.municipality', true), '')::int
     and exists (select from cases.guest g
       join cases.entry e on e.municipality_id = g.municipality_id and e.case_id = g.case_id
      where g.municipality_id = p.municipality_id and g.person_id = access.person() and g.state = 'standing'
        and g.until_on >= access.today() and 'course' = any (g.parts) and p.id in (e.by_person, e.person_id))
$$;
revoke all on function cases.name_in_course(uuid) from public;
grant execute on function cases.name_in_course(uuid) to besonnen_app;

alter policy guest on auth.person using (
  not (current_setting('app.reach', true) = 'guest') or id = (select access.person()));
