-- Photographs are kept as JPEG; the kind is seen from the first bytes.
comment on column newsletter.picture.png is 'PNG, or JPEG for a photograph';
