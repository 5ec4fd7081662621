-- Search shows the newest finds: a frequent word walks this index and stops after fifty.
create index case_newest on cases."case" (municipality_id, opened_on desc, id);
