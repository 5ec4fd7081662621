comment on column cases."case".id is 'record: what hangs on it is removed with it';
