alter policy reach on intake.report using (
  case current_setting('app.reach', true)
    when 'program' then true
    when 'public' then receipt = decode(current_setting('app.receipt', true), 'hex')
    else (held_for is null or (select access.reaches('substitute')))
      and ((select access.reaches('reports'))
        or entered_by = (select access.person()) or released_by = (select access.person())
        or (held_for is not null and (select access.reaches('substitute')))
        or id in (select access.granted())
        or id in (select intake.read_by_office()))
      and id not in (select access.closed())
  end);

alter policy reach on intake.contact_entry using (
  current_setting('app.reach', true) = 'program'
  or (((select access.reaches('contacts')) or (from_check and (select access.reaches('originals'))))
    and exists (select from intake.report r
      where r.municipality_id = contact_entry.municipality_id and r.id = contact_entry.report_id))
  or ((select access.reaches('contacts')) and case_id is not null
    and ((select access.reaches('cases')) or case_id in (select access.granted()))
    and case_id not in (select access.closed()) and report_id not in (select access.closed())));

alter policy reach on intake.proposal using (
  exists (select from intake.report r where r.municipality_id = proposal.municipality_id and r.id = proposal.report_id)
  or ((select access.reaches('second')) and report_id not in (select access.closed())));

alter policy reach on intake.translation using (
  current_setting('app.reach', true) = 'program'
  or (interpreter = (select access.person()) and not ended and until_on >= (select access.today())
    and report_id not in (select access.closed()))
  or (current_setting('app.reach', true) <> 'public'
    and exists (select from intake.report r
      where r.municipality_id = translation.municipality_id and r.id = translation.report_id)));
