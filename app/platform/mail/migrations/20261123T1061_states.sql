-- The states a mail goes through, told apart finely enough for a letter to many: what waits because the other side
-- asked for patience is not what has not been tried, and what was refused at the door is not what came back later.
alter table mail.delivery drop constraint delivery_state_check;
alter table mail.delivery drop constraint delivery_check;
alter table mail.delivery drop constraint delivery_check1;
update mail.delivery set state = case state
  when 'due' then 'ready' when 'leased' then 'claimed' when 'sent' then 'accepted'
  when 'failed' then 'refused' when 'dropped' then 'suppressed' else state end;
alter table mail.delivery alter column state set default 'ready';
alter table mail.delivery
  add check (state in ('ready', 'claimed', 'deferred', 'accepted', 'refused', 'bounced', 'suppressed')),
  add check ((state in ('ready', 'claimed', 'deferred')) = (due_at is not null)),
  add check ((state in ('ready', 'claimed', 'deferred')) = (settled_on is null));

-- Mails of one letter to many are counted, paused and resumed together.
alter table mail.delivery add column batch uuid;
-- A report of non-delivery comes days later: such a mail keeps its thing until it is forgotten.
alter table mail.delivery add column traceable boolean not null default false;
comment on column mail.delivery.batch is 'the letter to many this mail is one of; plain, because it is public';
create index delivery_batch on mail.delivery (municipality_id, batch, state) where batch is not null;

-- Asked every second: three short looks into the index for each municipality, however many mails wait.
create or replace function mail.with_due_deliveries(at timestamptz) returns table (municipality_id int, priority int)
  language plpgsql security definer set search_path = '' as $$
begin
  perform set_config('app.upkeep', 'on', true);
  return query select m.id, p.priority from platform.municipality m cross join (values (0), (1), (2)) as p (priority)
    where exists (select 1 from mail.delivery d
      where d.municipality_id = m.id and d.priority = p.priority and d.due_at <= at)
    order by 2, 1;
  perform set_config('app.upkeep', '', true);
end $$;
