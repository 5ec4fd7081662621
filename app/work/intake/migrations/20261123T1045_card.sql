-- Receipt codes made beforehand, for contact points to hand out. Only a keyed hash of each is kept; with its report a
-- card's code moves there and the row goes, so that nothing tells afterwards that there was a card.
create table intake.card (
  municipality_id int not null,
  receipt bytea not null,
  until_on date not null,
  primary key (municipality_id, receipt)
);
comment on column intake.card.receipt is 'keyed hash of the code under the lookup key, as in intake.report';
comment on column intake.card.until_on is 'unused cards are worth nothing after this day';
create index card_until on intake.card (municipality_id, until_on);
