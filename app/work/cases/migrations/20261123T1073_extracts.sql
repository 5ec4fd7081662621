-- What is thought about a conflict is for coordination and handlers: an interpreter, or somebody who is shown an extract,
-- has a grant and sees the case, but neither who is part of it nor how it is judged.
do $$
declare name text;
begin
  foreach name in array array['party', 'map', 'assessment'] loop
    execute format('alter policy reach on cases.%1$I using (
      exists (select 1 from cases."case" c where c.municipality_id = %1$I.municipality_id and c.id = %1$I.case_id)
      and ((select access.reaches(''cases'')) or current_setting(''app.reach'', true) = ''program''
        or exists (select 1 from access.grant g where g.municipality_id = %1$I.municipality_id and g.record_id = %1$I.case_id
          and g.person_id in (select access.persons()) and g.role not in (''interpreter'', ''extract'')
          and g.from_on <= (select access.today()) and (g.until_on is null or g.until_on >= (select access.today())))))', name);
  end loop;
end $$;
