-- One office speaks for the network of an installation.
create unique index municipality_one_seat on platform.municipality (kind) where kind = 'state';
