drop policy from_payments on events;
drop policy from_payments on outbox;
revoke insert on outbox, events from maxis_payments;
drop index outbox_of_order;
alter table events drop column order_number;
alter table outbox drop column order_number;
drop policy delivered_read on product_contents;
drop table shop_audit, payment_tasks, provider_events, ledger, refunds, invoices, trials, deliveries, granted_roles, entitlements,
  subscriptions, orders, customers, order_counters;
drop function app.ledger_balances();
revoke select on product_contents from maxis_member;
