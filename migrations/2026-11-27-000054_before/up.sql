-- What was asked for an order's units before the promotion that reduces it, where the price list asks more since: a reduction is
-- announced from no higher price (Directive 98/6/EC, article 6a).
alter table orders add column before_minor bigint check (before_minor >= 0 and before_minor < list_minor);
