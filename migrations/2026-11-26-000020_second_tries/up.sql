-- What an order gives is what was on sale when it was placed; and how often a refund was sent under a new key.

-- Days that one unit gives; 0: for good. Null: an order from before, which gives what the product gives.
alter table orders add column days integer check (days >= 0);
alter table refunds add column resends integer not null default 0 check (resends >= 0);
