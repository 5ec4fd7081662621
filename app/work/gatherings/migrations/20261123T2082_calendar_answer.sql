-- What somebody's calendar program answered to the invitation; shown to the organiser, never acted upon.
alter table gatherings.registration
  add column calendar_answer text check (calendar_answer in ('accepted', 'declined', 'tentative')),
  add column calendar_answer_at timestamptz;
