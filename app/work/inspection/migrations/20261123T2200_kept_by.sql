-- Who sees to a request while it runs; who noted and who prepared it stays written down beside.
alter table inspection.request add column kept_by uuid;
update inspection.request set kept_by = coalesce(proposed_by, made_by) where ended_on is null;
alter table inspection.request add foreign key (municipality_id, kept_by) references auth.person (municipality_id, id);
comment on column inspection.request.kept_by is 'empty: nobody in particular; whoever prepares requests is told';
