-- Ending the subscription of an order was given up, after hours of tries: until it is over staff are told so.
alter table orders add column end_failed_at timestamptz;
