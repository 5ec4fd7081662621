alter policy reach on cases."case" using (
  case current_setting('app.reach', true)
    when 'program' then true
    when 'public' then false
    else ((select access.reaches('cases')) or id in (select access.granted())) and id not in (select access.closed())
  end);

-- Where nothing narrows, whoever sees the case sees these; extracts are for interpreters and others who see only parts.
alter policy reach on cases.assessment using (
  exists (select from cases."case" c where c.municipality_id = assessment.municipality_id and c.id = assessment.case_id)
  and ((select access.reaches('cases')) or (select access.reaches('program'))
       or case_id in (select access.granted('{interpreter,extract}'))));
alter policy reach on cases.map using (
  exists (select from cases."case" c where c.municipality_id = map.municipality_id and c.id = map.case_id)
  and ((select access.reaches('cases')) or (select access.reaches('program'))
       or case_id in (select access.granted('{interpreter,extract}'))));
alter policy reach on cases.party using (
  exists (select from cases."case" c where c.municipality_id = party.municipality_id and c.id = party.case_id)
  and ((select access.reaches('cases')) or (select access.reaches('program'))
       or case_id in (select access.granted('{interpreter,extract}'))));
alter policy reach on cases.choice using (
  exists (select from cases."case" c where c.municipality_id = choice.municipality_id and c.id = choice.case_id)
  and ((select access.reaches('cases')) or (select access.reaches('program'))
       or case_id in (select access.granted('{interpreter,extract,guest}'))));

alter policy reach on cases.proposal using (
  exists (select from cases."case" c where c.municipality_id = proposal.municipality_id and c.id = proposal.case_id)
  or ((select access.reaches('second')) and case_id not in (select access.closed())));

-- Whether the person acting is a guest of a case; called for guests only.
create function cases.guest_of(record uuid) returns boolean language sql stable as $$
  select exists (select 1 from cases.guest g
    where g.case_id = record and g.person_id = access.person() and g.state = 'standing')
$$;
alter policy guest on platform.record_key using (
  not (current_setting('app.reach', true) = 'guest') or (class = 'case' and cases.guest_of(record_id)));
