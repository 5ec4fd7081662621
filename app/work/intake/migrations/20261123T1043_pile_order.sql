-- The inbox shows the first open report of a pile in place of all of them.
drop index intake.report_pile;
create index report_pile on intake.report (municipality_id, pile, waiting_since, id)
  where pile is not null and case_id is null and merged_into is null and step_kind <> 'closed';
