-- What a talk came to, in a word. Under which format it was noted stood in plain: nothing but the choice, which has a key
-- of its own, may say so, and a talk without one told that it was a mediation.
alter table cases.session add column result platform.sealed, drop column format;
