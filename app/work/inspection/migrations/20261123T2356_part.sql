-- The substitute answers for what only she reads in a request of her own: nobody who knows of the request it answers
-- (answers) sees it. She names who decides with her (second_by); that person, and nobody in her place, reads the extract.
alter table inspection.request
  add column answers uuid,
  add column second_by uuid,
  add foreign key (municipality_id, answers) references inspection.request (municipality_id, id) on delete set null (answers),
  add foreign key (municipality_id, second_by) references auth.person (municipality_id, id),
  add check (quiet or (answers is null and second_by is null)),
  add check (second_by is null or second_by is distinct from proposed_by);
comment on column inspection.request.answers is 'the request this is the substitute''s part of';
comment on column inspection.request.second_by is 'decides about a quiet request; nobody of the coordination office';
create unique index request_part on inspection.request (municipality_id, answers) where ended_on is null;

drop policy reach on inspection.request;
create policy reach on inspection.request as restrictive for select to besonnen_app using (
  case current_setting('app.reach', true)
    when 'program' then true
    when 'public' then false
    else case when quiet
        then (select access.reaches('substitute')) or (laid and second_by = (select access.person()))
        else (select access.reaches('inspection')) or (laid and (select access.reaches('second')))
          or (basis = 'gdpr' and (select access.reaches('substitute'))) end
      and not exists (select 1 from access.barred b
        where b.person_id = (select access.person()) and b.record_id = any (cases || reports))
  end
);
