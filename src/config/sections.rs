//! Reads each table of the settings. Values are read before any is missed, so that all problems are kept.

use super::{
    Attachments, Database, Discord, Draws, Gate, Limits, Locale, Log, Maxis, Plans, Privacy, Shellia, Shop, SlaHours,
    Stripe, Tickets,
    read::{
        Reader, beacon_key, content_types, database_url, discord_id, instance, language, listen, log_filter, number,
        page_url, path, peer_keys, peers, secret, shards, time_zone, web_url, web_urls, week_time, yes_no,
    },
};

/// A year: longer would be a slip.
const MOST_DAYS: u32 = 366;
/// Ten years.
const MOST_KEPT_DAYS: u32 = 3650;
const MOST_HOURS: u32 = MOST_DAYS * 24;
/// The largest number that TOML and PostgreSQL both hold.
const MOST_BYTES: u64 = i64::MAX.unsigned_abs();

impl Discord {
    pub(super) fn read(r: &mut Reader) -> Option<Self> {
        let api_url = r.optional("discord.api_url", web_url(&["http", "https"]));
        let gateway_url = r.optional("discord.gateway_url", web_url(&["ws", "wss"]));
        let shards = r.required("discord.shards", shards);
        let message_content = r.required("discord.message_content", yes_no);
        let guild_members = r.required("discord.guild_members", yes_no);
        Some(Self {
            api_url,
            gateway_url,
            shards: shards?,
            message_content: message_content?,
            guild_members: guild_members?,
        })
    }
}

impl Maxis {
    pub(super) fn read(r: &mut Reader) -> Option<Self> {
        let discord_token = r.optional("maxis.discord_token", secret);
        let api_key = r.optional("maxis.api_key", secret);
        let api_key_old = r.optional("maxis.api_key_old", secret);
        let api_per_minute = r.required("maxis.api_per_minute", number(1..=1_000_000));
        let gate = Gate::read(r);
        let name = r.required("maxis.name", instance);
        let listen = r.required("maxis.listen", listen);
        Some(Self {
            discord_token,
            api_key,
            api_key_old,
            api_per_minute: api_per_minute?,
            gate: gate?,
            name: name?,
            listen: listen?,
        })
    }
}

impl Shellia {
    pub(super) fn read(r: &mut Reader) -> Option<Self> {
        let discord_token = r.optional("shellia.discord_token", secret);
        let maxis_api_url = r.optional("shellia.maxis_api_url", web_url(&["http", "https"]));
        let maxis_cert = r.optional("shellia.maxis_cert", path);
        let api_key = r.optional("shellia.api_key", secret);
        let maxis_name = r.required("shellia.maxis_name", instance);
        let peers = r.optional("shellia.peers", peers).unwrap_or_default();
        let peer_keys = r.optional("shellia.peer_keys", peer_keys).unwrap_or_default();
        let listen = r.required("shellia.listen", listen);
        let report_at = r.required("shellia.report_at", week_time);
        Some(Self {
            discord_token,
            maxis_api_url,
            maxis_name: maxis_name?,
            maxis_cert,
            api_key,
            peers,
            peer_keys,
            listen: listen?,
            report_at: report_at?,
        })
    }
}

impl Database {
    pub(super) fn read(r: &mut Reader) -> Option<Self> {
        let url = r.optional("database.url", database_url);
        let migration_url = r.optional("database.migration_url", database_url);
        let data_dir = r.required("database.data_dir", path);
        let pg_bin = r.optional("database.pg_bin", path);
        let pool_size = r.required("database.pool_size", number(1..=1000));
        Some(Self { url, migration_url, data_dir: data_dir?, pg_bin, pool_size: pool_size? })
    }
}

impl Tickets {
    pub(super) fn read(r: &mut Reader) -> Option<Self> {
        let channel_id = r.optional("tickets.channel_id", discord_id);
        let staff_channel_id = r.optional("tickets.staff_channel_id", discord_id);
        let support_role_id = r.optional("tickets.support_role_id", discord_id);
        let operator_role_id = r.optional("tickets.operator_role_id", discord_id);
        let auto_close_days = r.required("tickets.auto_close_days", number(0..=MOST_DAYS));
        let reopen_days = r.required("tickets.reopen_days", number(0..=MOST_DAYS));
        let open_max = r.required("tickets.open_max", number(0..=1_000_000));
        let reminder_percent = r.required("tickets.reminder_percent", number(1..=100));
        let sla_hours = SlaHours::read(r);
        let attachments = Attachments::read(r);
        Some(Self {
            channel_id,
            staff_channel_id,
            support_role_id,
            operator_role_id,
            auto_close_days: auto_close_days?,
            reopen_days: reopen_days?,
            open_max: open_max?,
            reminder_percent: reminder_percent?,
            sla_hours: sla_hours?,
            attachments: attachments?,
        })
    }
}

impl SlaHours {
    fn read(r: &mut Reader) -> Option<Self> {
        let critical = r.required("tickets.sla_hours.critical", number(1..=MOST_HOURS));
        let high = r.required("tickets.sla_hours.high", number(1..=MOST_HOURS));
        let medium = r.required("tickets.sla_hours.medium", number(1..=MOST_HOURS));
        let low = r.required("tickets.sla_hours.low", number(1..=MOST_HOURS));
        Some(Self { critical: critical?, high: high?, medium: medium?, low: low? })
    }
}

impl Attachments {
    fn read(r: &mut Reader) -> Option<Self> {
        let max_bytes = r.required("tickets.attachments.max_bytes", number(1..=MOST_BYTES));
        let types = r.required("tickets.attachments.types", content_types);
        let member_quota_bytes = r.required("tickets.attachments.member_quota_bytes", number(1..=MOST_BYTES));
        let days = r.required("tickets.attachments.days", number(1..=MOST_DAYS));
        Some(Self { max_bytes: max_bytes?, types: types?, member_quota_bytes: member_quota_bytes?, days: days? })
    }
}

impl Locale {
    pub(super) fn read(r: &mut Reader) -> Option<Self> {
        let default = r.required("locale.default", language);
        let time_zone = r.required("locale.time_zone", time_zone);
        Some(Self { default: default?, time_zone: time_zone? })
    }
}

impl Limits {
    pub(super) fn read(r: &mut Reader) -> Option<Self> {
        let member = r.required("limits.member_commands_per_minute", number(1..=1_000_000));
        let guild = r.required("limits.guild_commands_per_minute", number(1..=1_000_000));
        Some(Self { member_commands_per_minute: member?, guild_commands_per_minute: guild? })
    }
}

impl Stripe {
    pub(super) fn read(r: &mut Reader) -> Option<Self> {
        let api_url = r.required("stripe.api_url", web_url(&["http", "https"]));
        let secret_key = r.optional("stripe.secret_key", secret);
        let webhook_secret = r.optional("stripe.webhook_secret", secret);
        let webhook_secret_old = r.optional("stripe.webhook_secret_old", secret);
        let tax = r.required("stripe.tax", yes_no);
        Some(Self { api_url: api_url?, secret_key, webhook_secret, webhook_secret_old, tax: tax? })
    }
}

/// Stripe takes 30 minutes to 24 hours, counted from when it hears of the checkout (Stripe, "Create a Checkout Session:
/// expires_at"); the minute above is for the way there.
const CHECKOUT_MINUTES: std::ops::RangeInclusive<u32> = 31..=24 * 60;
/// Longer than Stripe goes on trying to be paid.
const MOST_GRACE_DAYS: u32 = 60;
/// The largest amount that Stripe takes, in minor units (Stripe, "Charges: amount").
const MOST_MINOR: i64 = 99_999_999;

impl Shop {
    pub(super) fn read(r: &mut Reader) -> Option<Self> {
        let return_url = r.required("shop.return_url", page_url);
        let grace_days = r.required("shop.grace_days", number(0..=MOST_GRACE_DAYS));
        let checkout_minutes = r.required("shop.checkout_minutes", number(CHECKOUT_MINUTES));
        let refund_cap_minor = r.required("shop.refund_cap_minor", number(0..=MOST_MINOR));
        let promotion_cap_percent = r.required("shop.promotion_cap_percent", number(1..=99));
        let catalogue = r.optional("shop.catalogue", path);
        Some(Self {
            return_url: return_url?,
            grace_days: grace_days?,
            checkout_minutes: checkout_minutes?,
            refund_cap_minor: refund_cap_minor?,
            promotion_cap_percent: promotion_cap_percent?,
            catalogue,
        })
    }
}

impl Plans {
    pub(super) fn read(r: &mut Reader) -> Option<Self> {
        let budget_minor = r.required("plans.budget_minor", number(0..=MOST_MINOR));
        let small_budget_minor = r.required("plans.small_budget_minor", number(0..=MOST_MINOR));
        Some(Self { budget_minor: budget_minor?, small_budget_minor: small_budget_minor? })
    }
}

impl Privacy {
    pub(super) fn read(r: &mut Reader) -> Option<Self> {
        let ticket_days = r.required("privacy.ticket_days", number(0..=MOST_KEPT_DAYS));
        let audit_days = r.required("privacy.audit_days", number(0..=MOST_KEPT_DAYS));
        let event_days = r.required("privacy.event_days", number(0..=MOST_KEPT_DAYS));
        Some(Self { ticket_days: ticket_days?, audit_days: audit_days?, event_days: event_days? })
    }
}

impl Draws {
    pub(super) fn read(r: &mut Reader) -> Option<Self> {
        let relays = r.required("draws.relays", web_urls);
        let sandbox_key = r.optional("draws.sandbox_key", beacon_key);
        Some(Self { relays: relays?, sandbox_key })
    }
}

impl Log {
    pub(super) fn read(r: &mut Reader) -> Option<Self> {
        let filter = r.required("log.filter", log_filter);
        let json = r.required("log.json", yes_no);
        Some(Self { filter: filter?, json: json? })
    }
}
