-- Who has looked for a person who asks what is kept about her. Nobody sees everything: whoever is kept from a record does
-- not find it, and what only the substitute reads only she finds. What was found stands nowhere here.
create table inspection.search (
  municipality_id int not null,
  request_id uuid not null,
  made_by uuid not null,
  made_on date not null,
  substitute boolean not null,
  primary key (municipality_id, request_id, made_by),
  foreign key (municipality_id, request_id) references inspection.request (municipality_id, id) on delete cascade
);
create policy reach on inspection.search as restrictive for select to besonnen_app using (
  exists (select 1 from inspection.request r where r.municipality_id = search.municipality_id and r.id = search.request_id));

-- The substitute is asked to look, too: she may know who asks.
drop policy reach on inspection.request;
create policy reach on inspection.request as restrictive for select to besonnen_app using (
  case current_setting('app.reach', true)
    when 'program' then true
    when 'public' then false
    else ((select access.reaches('inspection')) or (laid and (select access.reaches('second')))
        or (basis = 'gdpr' and (select access.reaches('substitute'))))
      and (not quiet or (select access.reaches('substitute')))
      and not exists (select 1 from access.barred b
        where b.person_id = (select access.person()) and b.record_id = any (cases || reports))
  end
);
