-- Cases that hang together. Read by whoever may open both: whoever sees one only must not learn that there is another.
create table cases.link (
  municipality_id int not null,
  id uuid not null,
  from_case uuid not null,
  to_case uuid not null,
  -- `side`: the first is a side conflict of the second; `follow`: it grew out of the second.
  kind text not null check (kind in ('same', 'side', 'follow')),
  made_at timestamptz not null,
  made_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  -- Why they were parted, under the key of the first.
  reason platform.sealed,
  primary key (municipality_id, id),
  foreign key (municipality_id, from_case) references cases."case" (municipality_id, id) on delete cascade,
  foreign key (municipality_id, to_case) references cases."case" (municipality_id, id) on delete cascade,
  check (from_case <> to_case),
  check ((ended_at is null) = (ended_by is null))
);
create unique index link_once on cases.link (municipality_id, least(from_case, to_case), greatest(from_case, to_case))
  where ended_at is null;
create index link_from on cases.link (municipality_id, from_case);
create index link_to on cases.link (municipality_id, to_case);
create policy reach on cases.link as restrictive for select to besonnen_app using (
  exists (select 1 from cases."case" c where c.municipality_id = link.municipality_id and c.id = link.from_case)
  and exists (select 1 from cases."case" c where c.municipality_id = link.municipality_id and c.id = link.to_case)
);
