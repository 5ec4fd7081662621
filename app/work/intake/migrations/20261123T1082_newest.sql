-- Search shows the newest finds: a frequent word walks this index and stops after fifty.
create index report_newest on intake.report (municipality_id, received_on desc, id);
