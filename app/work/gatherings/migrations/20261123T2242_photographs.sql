-- Photographs are kept as JPEG: as PNG they would be many times as large, or look bad.
alter table gatherings.file drop constraint file_kind_check;
alter table gatherings.file add check (kind in ('pdf', 'png', 'jpeg'));
