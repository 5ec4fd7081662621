-- A register or list that is being taken over. Its rows lie sealed in parts until each is taken in; the source itself is
-- never kept, and what came from it is known as long as it may be undone.
create table intake.import (
  municipality_id int not null,
  id uuid not null,
  kind text not null check (kind in ('register', 'list')),
  state text not null check (state in ('draft', 'running', 'done', 'undoing', 'undone')),
  made_on date not null,
  made_by uuid not null,
  content_key uuid not null,
  settings platform.sealed not null,
  lines int not null,
  cases int not null default 0,
  figures int not null default 0,
  reports int not null default 0,
  left_out int not null default 0,
  undo_until date,
  primary key (municipality_id, id)
);
comment on column intake.import.settings is 'headings, which column holds what, and where running rows go';

create table intake.import_part (
  municipality_id int not null,
  import_id uuid not null,
  number int not null,
  content platform.sealed not null,
  primary key (municipality_id, import_id, number),
  foreign key (municipality_id, import_id) references intake.import (municipality_id, id) on delete cascade
);

-- What an import made. Forgotten after fourteen days: from then on nothing leads from a figure to where it came from.
create table intake.import_item (
  municipality_id int not null,
  import_id uuid not null,
  record_id uuid not null,
  kind text not null check (kind in ('case', 'figure', 'report')),
  primary key (municipality_id, import_id, record_id),
  foreign key (municipality_id, import_id) references intake.import (municipality_id, id) on delete cascade
);

do $$
declare name text;
begin
  foreach name in array array['import', 'import_part', 'import_item'] loop
    execute format('create policy reach on intake.%1$I as restrictive for select to besonnen_app using (
      current_setting(''app.reach'', true) <> ''public'')', name);
  end loop;
end $$;
