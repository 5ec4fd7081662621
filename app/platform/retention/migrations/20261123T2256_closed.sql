alter policy reach on platform.deletion_proof using (
  current_setting('app.reach', true) = 'program' or (not quiet and record_id not in (select access.closed())));
alter policy reach on retention.hold using (
  current_setting('app.reach', true) = 'program'
  or ((not quiet or (select access.reaches('substitute'))) and record_id not in (select access.closed())));
