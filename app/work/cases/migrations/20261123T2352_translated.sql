-- The clauses in other languages, with who translated them and the German words they were translated from, JSON. It lies
-- beside the clauses, is read by whoever reads them and dies with them; which languages there are is sealed as well.
alter table cases.agreement add column translated platform.sealed;
