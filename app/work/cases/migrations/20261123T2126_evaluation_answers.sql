-- What is asked is the model's: the answers are kept by its question, each an option's id.
alter table cases.evaluation
  drop column heard,
  drop column fair,
  drop column better,
  drop column again,
  add column answers jsonb not null default '{}';
