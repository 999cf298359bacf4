drop table giveaway_requests;
drop trigger entries_are_counted on giveaway_entries;
drop function app.entries_are_counted();
drop table giveaway_crowds;
drop policy payments on promotion_counters;
create policy payments on promotion_counters for select to maxis_payments using ((select app.duty()) = 'payments');
revoke insert, update on promotion_counters from maxis_payments;
revoke insert on promotions from maxis_payments;
-- Without it anybody could use what one person won.
delete from promotions where for_user is not null;
alter table promotions drop column for_user;
update giveaways set prize = 'hand', prize_days = null, prize_cap = null where prize = 'coupon';
alter table giveaways
  drop constraint giveaways_coupon, drop constraint giveaways_coupon_amount,
  drop column prize_percent, drop column prize_minor, drop column prize_currency, drop column prize_cap,
  drop constraint giveaways_prize_check,
  add constraint giveaways_prize_check check (prize in ('plan', 'role', 'product', 'hand'));
