-- Records that belong together keep away whoever is kept from one of them. What came over from another record is
-- marked, so that it goes again when they are parted.
alter table access.barred add column inherited boolean not null default false;
