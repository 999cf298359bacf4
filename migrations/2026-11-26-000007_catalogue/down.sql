drop policy payments on guilds;
revoke select on guilds from maxis_payments;
drop table product_keys, price_history, prices, variants, product_contents, products, plans, shops;
drop function app.keys_left(text, text);
