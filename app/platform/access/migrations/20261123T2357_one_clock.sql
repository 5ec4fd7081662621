-- The program says which day it is in Berlin, so that a grant ends for the policies when it ends for the program. Whoever
-- comes without a day (upkeep, backup) lives by the database's clock.
create or replace function access.today() returns date language sql stable as $$
  select coalesce(nullif(current_setting('app.today', true), '')::date, (now() at time zone 'Europe/Berlin')::date)
$$;
