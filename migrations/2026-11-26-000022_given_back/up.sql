-- What is left of a purchase whose money went back in part, or came here again.

-- All of its money went back, and then the bank returned it: a subscription that was ended by that gives access to the end of the
-- period that was paid.
alter table orders add column refund_returned boolean not null default false;
-- What of a credit is taken back, because a part of the purchase's money went back.
alter table referrals add column back_minor bigint not null default 0
  constraint referrals_back check (back_minor between 0 and coalesce(amount_minor, 0));
grant select (back_minor) on referrals to maxis_member;
