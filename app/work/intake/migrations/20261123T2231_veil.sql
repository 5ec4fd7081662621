-- Somebody judged that this text should not be read by accident: it is folded where it is opened and stands in no list.
alter table intake.report add column veil text check (veil in ('hate', 'threat', 'violence'));
-- The interpreter never comes near the report, so her text carries the mark itself.
alter table intake.translation add column veil text check (veil in ('hate', 'threat', 'violence'));
