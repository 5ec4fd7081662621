-- What the program does by itself at set times: the last time it was done, in the transaction that did it.
create table platform.timed (
  municipality_id int not null,
  name text not null,
  slot text not null,
  primary key (municipality_id, name)
);
