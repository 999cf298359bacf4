//! The table of settings: one row each. Everything that lists settings (loading, docs/SETTINGS.md, tests) reads it.

/// One setting: its two names and what it is for.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The name in the environment and in `.env`.
    pub env: &'static str,
    /// The name in the settings file, with its table.
    pub toml: &'static str,
    /// Whether the value must never be shown.
    pub secret: bool,
    /// What the setting is, in one sentence without a final stop.
    pub about: &'static str,
}

const fn open(env: &'static str, toml: &'static str, about: &'static str) -> Key {
    Key { env, toml, secret: false, about }
}

const fn secret(env: &'static str, toml: &'static str, about: &'static str) -> Key {
    Key { env, toml, secret: true, about }
}

/// Every setting. `MAXIS_API_KEY` and `MAXIS_NAME` stand twice: the two roles share them.
#[rustfmt::skip]
pub const KEYS: &[Key] = &[
    open("DISCORD_API_URL", "discord.api_url", "Base of Discord's REST API, for a proxy or the sandbox"),
    open("DISCORD_GATEWAY_URL", "discord.gateway_url", "Base of Discord's gateway, for a proxy or the sandbox"),
    open("SHARDS", "discord.shards", "Shards of this process: `all` or `first-last/total`, such as `0-7/16`"),
    open("DISCORD_MESSAGE_CONTENT", "discord.message_content", "Ask for the text of messages (privileged intent); without it, slash commands only"),
    open("DISCORD_GUILD_MEMBERS", "discord.guild_members", "Ask to hear of members (privileged intent): roles moved by hand are put right at once instead of within six hours"),
    secret("MAXIS_DISCORD_TOKEN", "maxis.discord_token", "Token of the Maxis bot"),
    secret("MAXIS_API_KEY", "maxis.api_key", "Key that signs what Shellia asks of the control API; unset: it is shut"),
    secret("MAXIS_API_KEY_OLD", "maxis.api_key_old", "The key before it, while one follows the other"),
    open("MAXIS_API_PER_MINUTE", "maxis.api_per_minute", "Requests to the control API that one address may make in a minute"),
    open("MAXIS_API_KEY_PER_MINUTE", "maxis.api_key_per_minute", "Requests to the control API that may be made with one key in a minute, from wherever"),
    open("MAXIS_API_ALLOW", "maxis.api_allow", "Addresses and networks from which the control API may be asked, separated by commas; unset: from everywhere"),
    open("MAXIS_API_PROXY", "maxis.api_proxy", "Addresses and networks of reverse proxies, whose `X-Forwarded-For` is believed; nobody else's is"),
    open("MAXIS_TLS_CERT", "maxis.tls_cert", "File of the certificate with which Maxis listens, in PEM; unset: no TLS. A changed file is read within a minute"),
    open("MAXIS_TLS_KEY", "maxis.tls_key", "File of that certificate's private key, in PEM"),
    open("MAXIS_PANEL_URL", "maxis.panel_url", "Where browsers reach this Maxis, without a path, such as `https://shop.example`; unset: nobody signs in to the admin panel with Discord. Port 0 stands for the one on which Maxis listens"),
    secret("DISCORD_CLIENT_SECRET", "maxis.discord_client_secret", "OAuth2 secret of the Maxis application, to sign in to the admin panel with Discord; unset: by `shellia admin-link` alone"),
    open("MAXIS_NAME", "maxis.name", "Name of this Maxis, to which Shellia's requests are bound"),
    open("MAXIS_LISTEN", "maxis.listen", "Address of the control API, the Stripe webhook, and the health and metrics pages"),
    secret("SHELLIA_DISCORD_TOKEN", "shellia.discord_token", "Token of the Shellia bot"),
    open("MAXIS_API_URL", "shellia.maxis_api_url", "Where Maxis answers, with its `/api` path"),
    open("MAXIS_NAME", "shellia.maxis_name", "Name of the Maxis that answers there"),
    open("MAXIS_API_CERT", "shellia.maxis_cert", "File of the certificates, in PEM, of which Maxis must show one or one that they vouch for; unset: those of the web's authorities"),
    secret("MAXIS_API_KEY", "shellia.api_key", "Key that signs what Shellia asks of Maxis; it is never sent"),
    open("MAXIS_PEERS", "shellia.peers", "Further Maxis, each as its `MAXIS_NAME`, `=` and its address, separated by commas"),
    secret("MAXIS_PEER_KEYS", "shellia.peer_keys", "Keys of those of them that don't share `MAXIS_API_KEY`, each as name, `=` and key, separated by commas"),
    open("SHELLIA_LISTEN", "shellia.listen", "Address of Shellia's health and metrics pages"),
    open("SHELLIA_REPORT_AT", "shellia.report_at", "Day and hour, in the shop's time zone, at which the weekly recap is posted where `!maxis follow report` was typed"),
    secret("DATABASE_URL", "database.url", "PostgreSQL as the application's login; unset: a private PostgreSQL"),
    secret("MIGRATION_DATABASE_URL", "database.migration_url", "PostgreSQL as the owner of the tables, for `shellia migrate`"),
    open("SHELLIA_DATA_DIR", "database.data_dir", "Where the private PostgreSQL and the attachments live"),
    open("SHELLIA_PG_BIN", "database.pg_bin", "Directory of PostgreSQL's server programs; unset: looked for, else downloaded"),
    open("DATABASE_POOL_SIZE", "database.pool_size", "Connections that one process may hold"),
    open("TICKETS_CHANNEL_ID", "tickets.channel_id", "Channel in which members open tickets (presets `/setup`)"),
    open("TICKETS_STAFF_CHANNEL_ID", "tickets.staff_channel_id", "Channel in which staff sees tickets (presets `/setup`)"),
    open("SUPPORT_ROLE_ID", "tickets.support_role_id", "Role that answers tickets (presets `/setup`)"),
    open("OPERATOR_ROLE_ID", "tickets.operator_role_id", "Role that also changes settings (presets `/setup`)"),
    open("TICKETS_AUTO_CLOSE_DAYS", "tickets.auto_close_days", "Days of silence after which a ticket that waits for the member closes; 0: never"),
    open("TICKETS_REOPEN_DAYS", "tickets.reopen_days", "Days during which the member may reopen; 0: never"),
    open("TICKETS_OPEN_MAX", "tickets.open_max", "Open tickets that a member may have at once, neither resolved nor closed; 0: any number"),
    open("TICKETS_REMINDER_PERCENT", "tickets.reminder_percent", "Part of the time to resolution, in percent, after which staff is reminded; 100: no reminder before the deadline"),
    open("TICKETS_SLA_CRITICAL_HOURS", "tickets.sla_hours.critical", "Hours to resolution of a critical ticket"),
    open("TICKETS_SLA_HIGH_HOURS", "tickets.sla_hours.high", "Hours to resolution of a high-priority ticket"),
    open("TICKETS_SLA_MEDIUM_HOURS", "tickets.sla_hours.medium", "Hours to resolution of a medium-priority ticket"),
    open("TICKETS_SLA_LOW_HOURS", "tickets.sla_hours.low", "Hours to resolution of a low-priority ticket"),
    open("TICKETS_ATTACHMENT_MAX_BYTES", "tickets.attachments.max_bytes", "Largest attachment that is kept, in bytes"),
    open("TICKETS_ATTACHMENT_TYPES", "tickets.attachments.types", "Kinds of attachment that are kept, separated by commas"),
    open("TICKETS_ATTACHMENT_QUOTA_BYTES", "tickets.attachments.member_quota_bytes", "What one member's attachments may take in all, in bytes"),
    open("TICKETS_ATTACHMENT_DAYS", "tickets.attachments.days", "Days after which an attachment is removed"),
    open("SHELLIA_LOCALE", "locale.default", "Language where nobody has chosen: `fr` or `en`"),
    open("SHELLIA_TIME_ZONE", "locale.time_zone", "Time zone in which dates are written where a guild has not chosen"),
    open("LIMIT_MEMBER_COMMANDS_PER_MINUTE", "limits.member_commands_per_minute", "Commands that one member may send in a minute"),
    open("LIMIT_GUILD_COMMANDS_PER_MINUTE", "limits.guild_commands_per_minute", "Commands that one guild may send in a minute"),
    open("STRIPE_API_URL", "stripe.api_url", "Base of Stripe's API, without `/v1`: for a proxy or the sandbox"),
    secret("STRIPE_SECRET_KEY", "stripe.secret_key", "Secret key of the Stripe account; unset: no payments"),
    secret("STRIPE_WEBHOOK_SECRET", "stripe.webhook_secret", "Signing secret of the webhook endpoint; unset: payments are only seen when Stripe is asked"),
    secret("STRIPE_WEBHOOK_SECRET_OLD", "stripe.webhook_secret_old", "The signing secret before it, while Stripe rolls the two over"),
    open("STRIPE_TAX", "stripe.tax", "Let Stripe Tax work out the tax, included in the price"),
    open("SHOP_RETURN_URL", "shop.return_url", "Where Stripe's pages lead back to"),
    open("SHOP_GRACE_DAYS", "shop.grace_days", "Days for which a plan goes on after a renewal was due and not paid"),
    open("SHOP_CHECKOUT_MINUTES", "shop.checkout_minutes", "Minutes for which a checkout can be paid and keeps what it reserved"),
    open("SHOP_REFUND_CAP_MINOR", "shop.refund_cap_minor", "Largest refund that staff below operator may give, in minor units such as cents"),
    open("SHOP_PROMOTION_CAP_PERCENT", "shop.promotion_cap_percent", "Largest discount of a promotion, in percent"),
    open("SHOP_CATALOGUE", "shop.catalogue", "File of the catalogue that a new shop begins with; unset: the one compiled into the program"),
    open("PLANS_BUDGET_MINOR", "plans.budget_minor", "What a promotion may cost that one operator approves for Shellia, in minor units such as cents; above it, two do"),
    open("PLANS_SMALL_BUDGET_MINOR", "plans.small_budget_minor", "What a small one may cost that needs nobody where the dial is at `automatic`, in minor units"),
    open("PRIVACY_TICKET_DAYS", "privacy.ticket_days", "Days after its end for which a ticket keeps its words, where a guild didn't choose (`/retention`); 0: without limit"),
    open("PRIVACY_AUDIT_DAYS", "privacy.audit_days", "Days for which the audit of tickets and shop is kept, where a guild didn't choose; 0: without limit"),
    open("PRIVACY_EVENT_DAYS", "privacy.event_days", "Days for which the names of the payment provider's events are kept; 0: without limit"),
    open("DRAND_RELAYS", "draws.relays", "Relays of drand's public randomness, separated by commas, the first asked first"),
    open("DRAND_SANDBOX_KEY", "draws.sandbox_key", "Public key of a sandbox's beacon, where the relays are one's; draws then prove nothing"),
    open("RUST_LOG", "log.filter", "What is logged, such as `info` or `shellia=debug,warn`"),
    open("LOG_JSON", "log.json", "Write one JSON object per log line"),
];
