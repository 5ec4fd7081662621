-- What lives in one browser or for one hour does not travel with a backup.
comment on column auth.session.municipality_id is 'stays: a session belongs to this machine';
comment on column intake.draft.municipality_id is 'stays: an unfinished report lives for an hour';
comment on column intake.idempotent.municipality_id is 'stays: an answer kept for a day';
