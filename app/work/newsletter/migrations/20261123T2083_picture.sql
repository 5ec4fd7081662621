-- Pictures of an issue, made anew by us. They travel inside the mail: nothing is fetched when it is opened.
create table newsletter.picture (
  municipality_id int not null,
  id uuid not null,
  issue_id uuid not null,
  png bytea not null,
  width int not null,
  height int not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, issue_id) references newsletter.issue (municipality_id, id)
);
create index picture_issue on newsletter.picture (municipality_id, issue_id);
