-- An answer of the office on its way into the language of whoever reported: the German text is the source, and it is
-- laid in the mailbox only when somebody of the office has read both. Several may be on their way at once.
alter table intake.translation add column direction text not null default 'in' check (direction in ('in', 'out'));
comment on column intake.translation.direction is 'in: what came, into German; out: an answer, out of German';
drop index intake.translation_text;
create unique index translation_text on intake.translation (municipality_id, report_id, message_id)
  nulls not distinct where direction = 'in';
