-- What was agreed, and what parties were written, is no part of an extract.
do $$
declare name text;
begin
  foreach name in array array['agreement', 'clause', 'clause_look', 'letter'] loop
    execute format('create policy extract on cases.%1$I as restrictive for select to besonnen_app using (
      case_id not in (select access.extracts()))', name);
  end loop;
end $$;
