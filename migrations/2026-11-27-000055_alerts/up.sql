-- Staff are told of a promotion, too: of one that was stopped where it was to begin.
alter table outbox add column promotion_number bigint check (promotion_number > 0);
