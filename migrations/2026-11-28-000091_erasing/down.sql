drop table staff_posts;
drop trigger not_while_erased on tickets;
drop trigger not_while_erased on orders;
drop trigger not_while_erased on giveaway_entries;
drop function app.not_while_erased();
revoke update (decided_at) on privacy_requests from maxis_privacy;
drop policy payments_read on privacy_requests;
revoke select (guild_id, user_id, kind, state) on privacy_requests from maxis_payments;
