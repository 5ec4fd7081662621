-- The Aktenzeichen under which the leading file keeps this matter.
alter table cases."case" add column file_number platform.sealed;
