-- How much time somebody says she has for a case, and until when that holds. Said by herself; nothing is counted from it.
alter table cases.readiness
  add column hours int check (hours between 1 and 40),
  add column until_on date;
