-- Reports that tell of one matter go on together behind the first of them; each keeps its own mailbox. What was merged
-- can be parted again, so every joining keeps where the report stood before.
alter table intake.report
  add column merged_into uuid,
  add constraint report_merged_into foreign key (municipality_id, merged_into)
    references intake.report (municipality_id, id) on delete set null (merged_into),
  add constraint report_not_into_itself check (merged_into <> id);
comment on column intake.report.merged_into is 'the report this one goes on with; that one is merged into none';
create index report_merged on intake.report (municipality_id, merged_into) where merged_into is not null;

create table intake.joining (
  municipality_id int not null,
  id uuid not null,
  report_id uuid not null,
  into_report uuid,
  into_case uuid,
  reason platform.sealed not null,
  joined_on date not null,
  joined_by uuid not null,
  from_step text not null,
  from_version uuid not null,
  parted_on date,
  parted_by uuid,
  primary key (municipality_id, id),
  foreign key (municipality_id, report_id) references intake.report (municipality_id, id) on delete cascade,
  check (into_report is not null or into_case is not null)
);
comment on column intake.joining.reason is 'sealed under the key of the report that joined';
create unique index joining_open on intake.joining (municipality_id, report_id) where parted_on is null;
create policy reach on intake.joining as restrictive for select to besonnen_app using (
  exists (select 1 from intake.report r where r.municipality_id = joining.municipality_id and r.id = joining.report_id)
);
