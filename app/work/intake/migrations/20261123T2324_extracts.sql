-- Names and ways to reach people are no part of an extract.
create policy extract on intake.contact_entry as restrictive for select to besonnen_app using (
  case_id is null or case_id not in (select access.extracts()));
