//! What the scene's two guilds sell, and what one member of each bought: Marie in the first, Olga in the second.

/// The order and the delivery of Marie hold her secret, those of Olga the other guild's word; what is on show holds none of
/// Marie's.
pub const SHELF: &str = "
    -- Marie's order has a number that no other has, in no guild.
    create temporary table of_guild (guild bigint, member bigint, word text, name text, n bigint);
    insert into of_guild values (100, 11, 'SECRETMARIE', 'Jeu', 7001), (200, 16, 'OTHERGUILD', 'OTHERGUILD', 1);
    insert into shops (guild_id, loaded_at, updated_at) select guild, now(), now() from of_guild;
    insert into plans (guild_id, code, name, created_at, updated_at) select guild, 'pro', name, now(), now() from of_guild;
    -- The product's code names to whom it was delivered.
    insert into products (guild_id, code, name, kind, created_at, updated_at)
        select guild, 'of-' || member, name, 'key', now(), now() from of_guild;
    insert into product_contents (guild_id, product, body, updated_at) select guild, 'of-' || member, word, now() from of_guild;
    insert into variants (guild_id, product, code, name) select guild, 'of-' || member, 'standard', name from of_guild;
    insert into prices select guild, 'product/of-' || member || '/standard', 'eur', 500, now() from of_guild;
    insert into price_history (guild_id, item, currency, amount_minor, since)
        select guild, 'product/of-' || member || '/standard', 'eur', 500, now() from of_guild;
    insert into product_keys (guild_id, product, variant, secret, order_number, user_id, delivered_at, added_at)
        select guild, 'of-' || member, 'standard', word || '-1', n, member, now(), now() from of_guild;
    insert into product_keys (guild_id, product, variant, secret, added_at)
        select guild, 'of-' || member, 'standard', word || '-2', now() from of_guild;
    insert into order_counters select guild, n + 2 from of_guild;
    insert into customers (guild_id, user_id, customer_id, create_key, created_at)
        select guild, member, word || guild, 'c' || guild, now() from of_guild;
    insert into orders (guild_id, number, user_id, recipient_id, user_name, locale, request, kind, mode, product, variant, title,
        currency, list_minor, total_minor, state, reserved, checkout_key, created_at, paid_at, updated_at)
        select guild, n, member, member, 'x', 'fr', 'o1', 'product', 'payment', 'of-' || member, 'standard', word, 'eur', 500, 500,
        'fulfilled', false, 'k1-' || guild, now(), now(), now() from of_guild;
    -- A gift that waits to be paid: who is to get it reads nothing of it.
    insert into orders (guild_id, number, user_id, recipient_id, user_name, locale, request, kind, mode, product, variant, title,
        currency, list_minor, total_minor, state, reserved, checkout_key, created_at, updated_at)
        select guild, n + 1, member, 12, 'x', 'fr', 'o2', 'product', 'payment', 'of-' || member, 'standard', 'Cadeau', 'eur', 500, 500,
        'pending', true, 'k2-' || guild, now(), now() from of_guild where guild = 100;
    -- One that was handed over: who got it reads what was delivered, and not the order.
    insert into orders (guild_id, number, user_id, recipient_id, user_name, locale, request, kind, mode, product, variant, title,
        currency, list_minor, total_minor, state, reserved, checkout_key, created_at, paid_at, updated_at)
        select guild, n + 2, member, 12, 'x', 'fr', 'o3', 'product', 'payment', 'of-' || member, 'standard', 'Offert', 'eur', 500, 500,
        'fulfilled', false, 'k3-' || guild, now(), now(), now() from of_guild where guild = 100;
    insert into deliveries (guild_id, order_number, user_id, kind, product, delivered_at, giver_id, title, quantity)
        select guild, n + 2, 12, 'text', null, now(), member, 'Offert', 1 from of_guild where guild = 100;
    insert into subscriptions (guild_id, id, user_id, plan, period, state, currency, amount_minor, period_end, started_at,
        updated_at) select guild, word || guild, member, 'pro', 'month', 'active', 'eur', 999, now(), now(), now() from of_guild;
    insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, reason, created_at, updated_at)
        select guild, member, 'plan', 'pro', 'grant', 'grant/1', now(), word, now(), now() from of_guild;
    insert into granted_roles select guild, member, 70, 'given', now(), now() from of_guild;
    insert into role_alerts select guild, 70, 'gone', now() from of_guild;
    insert into deliveries (guild_id, order_number, user_id, kind, product, body, delivered_at)
        select guild, n, member, 'key', 'of-' || member, word, now() from of_guild;
    insert into invoices (guild_id, id, user_id, currency, amount_minor, url, paid_at)
        select guild, 'in' || guild, member, 'eur', 999, word, now() from of_guild;
    insert into refunds (guild_id, order_number, user_id, amount_minor, currency, reason, state, send_key, created_at)
        select guild, n, member, 100, 'eur', word, 'requested', 's' || guild, now() from of_guild;
    insert into reclaims (guild_id, order_number, user_id, subscription_id, customer_id, currency, amount_minor, send_key, created_at)
        select guild, n, member, word || guild, 'cus', 'eur', 100, 't' || guild, now() from of_guild;
    insert into ledger (guild_id, txn, account, currency, amount_minor, customer_id, at)
        select guild, 'sale/1', account, 'eur', amount, member, now()
        from of_guild, (values ('provider', 500), ('revenue', -500)) as line(account, amount);
    insert into provider_events values ('evt_1', 'checkout.session.completed', 'cs_1', true, now(), now());
    insert into payment_tasks (kind, object, guild_id, due_at, created_at)
        select 'session', 'cs_' || guild, guild, now(), now() from of_guild;
    insert into shop_audit (guild_id, actor_id, action, subject, new_value, at)
        select guild, 6, 'product_added', 'of-' || member, word, now() from of_guild;
    insert into promotion_counters select guild, 2 from of_guild;
    insert into promotions (guild_id, number, kind, percent_hundredths, currency, target, code, starts_at, ends_at, made_by, reason,
        request, state, created_at, updated_at)
        select guild, 1, 'manual', 1000, 'eur', 'everything', null, now(), now() + interval '2 days', 6, name, 'p1', 'active', now(), now()
        from of_guild;
    insert into promotions (guild_id, number, kind, percent_hundredths, currency, target, code, starts_at, ends_at, made_by, reason,
        request, state, created_at, updated_at)
        select guild, 2, 'manual', 2000, 'eur', 'everything', word, now(), now() + interval '2 days', 6, name, 'p2', 'active', now(), now()
        from of_guild;
    insert into promotion_uses select guild, 1, 2, member, 'used', 100, 'eur', now(), now() from of_guild;
    insert into remembered_codes select guild, member, 2, now() from of_guild;
    insert into referral_codes select guild, member, word, now() from of_guild;
    insert into referrals (guild_id, user_id, friend_id, state, created_at, updated_at)
        select guild, member, 17, 'waiting', now(), now() from of_guild;
    insert into reminders select guild, member, now() from of_guild;
    insert into credit_uses select guild, 1, member, 'used', 100, 'eur', now() from of_guild;
    insert into mrr_changes (guild_id, subscription_id, at, currency, before_minor, after_minor, kind)
        select guild, word || guild, now(), 'eur', 0, 999, 'new' from of_guild;
    insert into trials select guild, member, n, word, now() from of_guild;
    insert into subscription_changes (guild_id, user_id, subscription_id, request, kind, change_key, created_at)
        select guild, member, word || guild, 'q1', 'end', 'change-' || guild, now() from of_guild;
    insert into giveaway_counters select guild, n from of_guild;
    insert into giveaways (guild_id, number, host_id, request, channel_id, title, description, winners, prize, requirements,
        claim_hours, source, source_value, state, starts_at, ends_at, created_at, updated_at)
        select guild, n, 6, 'g1', 50, name, '', 1, 'hand', '{}', 48, 'none', repeat('cd', 32), 'open', now(), now() + interval '2 days',
        now(), now() from of_guild;
    insert into giveaway_secrets select guild, n, repeat('ab', 32), repeat('ef', 32) from of_guild;
    insert into giveaway_entries select guild, n, member, 1, now() from of_guild;
    insert into giveaway_places (guild_id, giveaway, rank, place, user_id, state, created_at, updated_at)
        select guild, n, 1, 1, member, 'pending', now(), now() from of_guild;
    insert into giveaway_repeats select guild, n, 4, 1080, 'Europe/Paris', 3600, now(), 6, now() from of_guild;
    insert into milestone_watches (guild_id, channel_id, set_by, members, peak, seen_at, look_at, created_at, updated_at)
        select guild, 50, 6, 40, 60, now(), now() + interval '1 year', now(), now() from of_guild;
    insert into milestones (guild_id, members, reward, hours, winners, created_at, updated_at)
        select guild, 100, name, 72, 3, now(), now() from of_guild;
    insert into giveaway_requests select guild, 'k1', repeat('ab', 32), n, 6, now() from of_guild;
    insert into giveaway_log select guild, n, 0, 0, 0, jsonb_build_object('drawn', jsonb_build_object('winners', array[1])), word, repeat('ab', 32) from of_guild;
    insert into agent_switch (guild_id) select guild from of_guild;
    insert into agent_plans (guild_id, number, key, asked, wanted, effect, digest, tier, approvals_needed, state, made_by, made_at,
        expires_at) select guild, 1, 'k1', repeat('ab', 32), to_json(word), to_json(word), repeat('ab', 32), 'one', 1, 'waiting', 6, now(),
        now() + interval '10 minutes' from of_guild;
    insert into agent_approvals select guild, 1, 6, now() from of_guild;
    insert into canned_replies (guild_id, title, body, made_by, updated_at) select guild, name, name, 6, now() from of_guild;
    insert into privacy_requests (guild_id, user_id, kind, state, locale, asked_at, due_at)
        select guild, member, 'erasure', 'asked', 'fr', now(), now() + interval '30 days' from of_guild;
    insert into retention select guild, 'tickets', 365, 6, now() from of_guild;
    -- Of Sam and of Nora, who are staff of one guild each.
    insert into saved_views (guild_id, user_id, name, query) values (100, 14, 'Urgents', ''), (200, 15, 'OTHERGUILD', '');
    insert into panel_sessions (token_hash, user_id, name, locale, via, browser, made_at, seen_at, ends_at)
        select sha256(word::bytea), member, word, 'fr', 'discord', word, now(), now(), now() + interval '1 day' from of_guild;
    insert into panel_links (token_hash, guild_id, user_id, made_at, ends_at)
        select sha256(word::bytea), guild, member, now(), now() + interval '15 minutes' from of_guild;
    insert into panel_sign_ins (user_id, via, outcome, network, at) select member, 'discord', 'in', word, now() from of_guild;
    insert into agent_audit (guild_id, at, actor_id, action, plan, words) select guild, now(), 6, 'planned', 1, word from of_guild;
    drop table of_guild;";
