-- What a year is told of beyond its counts: times in working days, how cases were worked on as far as that may be told
-- (talks between sides are one, whichever they were), and how far the conflict had gone at the first and at the last
-- look, as thirds of Glasl's nine stages. Figures from before know none of it.
alter table cases.figure
  add column working_days_to_assess int,
  add column working_days_to_close int,
  add column way text check (way in ('one-side', 'talks', 'outreach', 'public', 'consulting', 'place')),
  add column third_first int check (third_first between 1 and 3),
  add column third_last int check (third_last between 1 and 3);

-- Whether what was reached still held when somebody looked: month of the look, months since the closing, answer. No
-- place, no subject, and no id that leads back to the case.
create table cases.holding_figure (
  municipality_id int not null,
  id uuid not null,
  month date not null check (extract(day from month) = 1),
  after_months int not null,
  holding text not null check (holding in ('yes', 'partly', 'no', 'unknown')),
  primary key (municipality_id, id)
);
comment on table cases.holding_figure is 'app: select, insert';
create policy reach on cases.holding_figure as restrictive for select to besonnen_app using (
  current_setting('app.reach', true) <> 'public'
);
