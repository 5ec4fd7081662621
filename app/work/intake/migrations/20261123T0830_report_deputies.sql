-- Deputies come near what was granted to whoever is away.
alter policy reach on intake.report using (
  case current_setting('app.reach', true)
    when 'program' then true
    when 'public' then receipt = decode(current_setting('app.receipt', true), 'hex')
    else (held_for is null or (select access.reaches('substitute')))
      and ((select access.reaches('reports')) or entered_by = (select access.person()) or released_by = (select access.person()) or (held_for is not null and (select access.reaches('substitute')))
        or id in (select g.record_id from access.grant g where g.person_id in (select access.persons()) and g.from_on <= (select access.today()) and (g.until_on is null or g.until_on >= (select access.today()))))
      and id not in (select b.record_id from access.barred b where b.person_id = (select access.person()))
  end
);
