-- Which of these numbers are borne already, also by cases nobody may see who opens one: a number drawn twice would refuse
-- the whole transaction, and among ten thousand two are equal in one time of ten.
create function cases.borne(numbers text[]) returns setof text
  language sql stable strict security definer set search_path = '' as $$
  select c.number from cases.case c
   where c.municipality_id = nullif(current_setting('app.municipality', true), '')::int and c.number = any (numbers)
$$;
revoke all on function cases.borne(text[]) from public;
grant execute on function cases.borne(text[]) to besonnen_app;
