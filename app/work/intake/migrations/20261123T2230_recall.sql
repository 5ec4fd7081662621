-- Whoever agreed to a referral may take that back, also when it was made; the other office is told then.
alter table intake.referral drop constraint referral_state_check;
alter table intake.referral add constraint referral_state_check
  check (state in ('asked', 'agreed', 'refused', 'waits', 'handed', 'withdrawn', 'recalled'));
alter table intake.referral
  add column recalled_on date,
  add column recall_told_on date,
  add constraint recalled_has_day check ((state = 'recalled') = (recalled_on is not null));
create index referral_recalled on intake.referral (municipality_id, report_id)
  where state = 'recalled' and recall_told_on is null;
