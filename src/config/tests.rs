//! Loading, precedence, problems, and the table in docs/SETTINGS.md.

use std::{collections::BTreeSet, fmt::Write as _, path::Path};

use super::*;

fn load(environment: &[(&str, &str)], file: &str) -> Result<Settings, Vec<Problem>> {
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Settings::load(&Sources::from_environment(environment).with_file("shellia.toml", file))
}

fn problems(environment: &[(&str, &str)], file: &str) -> Vec<String> {
    load(environment, file).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn the_defaults_stand_alone() {
    let settings = load(&[], "").unwrap();
    assert_eq!(settings.discord.shards, Shards::All);
    assert!(settings.discord.message_content && !settings.discord.guild_members);
    assert_eq!(settings.maxis.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.shellia.listen.to_string(), "127.0.0.1:8081");
    assert_eq!(settings.database.data_dir, Path::new("data"));
    assert!(settings.database.url.is_none());
    assert_eq!(settings.tickets.sla_hours, SlaHours { critical: 12, high: 24, medium: 48, low: 72 });
    assert_eq!(settings.tickets.reopen_days, 7);
    assert_eq!(settings.locale.default, Language::French);
    assert_eq!(settings.locale.time_zone.iana_name(), Some("Europe/Paris"));
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
    let file = "[maxis]\nlisten = '0.0.0.0:1'\n[tickets]\nreopen_days = 3\nchannel_id = 123456789012345678\n";
    let settings = load(&[("MAXIS_LISTEN", "0.0.0.0:2")], file).unwrap();
    assert_eq!(settings.maxis.listen.port(), 2);
    assert_eq!(settings.tickets.reopen_days, 3);
    assert_eq!(settings.tickets.channel_id.unwrap().get(), 123_456_789_012_345_678);
    assert_eq!(settings.tickets.auto_close_days, 7);
}

#[test]
fn an_empty_variable_counts_as_unset() {
    let settings = load(&[("DATABASE_URL", ""), ("MAXIS_LISTEN", " ")], "").unwrap();
    assert!(settings.database.url.is_none());
    assert_eq!(settings.maxis.listen.port(), 8080);
}

#[test]
fn the_names_of_the_first_version_work() {
    let settings = load(
        &[
            ("MAXIS_DISCORD_TOKEN", "a"),
            ("SHELLIA_DISCORD_TOKEN", "b"),
            ("MAXIS_API_KEY", "0123456789abcdef"),
            ("MAXIS_API_URL", "http://maxis-vm:8080/api"),
            ("DATABASE_URL", "postgres://app:pw@db:5432/x"),
            ("STRIPE_SECRET_KEY", "sk_test_1"),
        ],
        "",
    )
    .unwrap();
    assert_eq!(settings.maxis.discord_token.as_ref().unwrap().expose(), "a");
    assert_eq!(settings.maxis.api_key, settings.shellia.api_key);
    assert_eq!(settings.shellia.maxis_api_url.as_ref().unwrap().as_str(), "http://maxis-vm:8080/api");
    assert!(settings.validate(Role::Both).is_empty(), "{:?}", settings.validate(Role::Both));
}

#[test]
fn every_value_is_read_from_the_environment() {
    let settings = load(
        &[
            ("SHARDS", "0-7/16"),
            ("DISCORD_MESSAGE_CONTENT", "no"),
            ("DISCORD_GUILD_MEMBERS", "yes"),
            ("TICKETS_ATTACHMENT_TYPES", "image/png, TEXT/plain"),
            ("TICKETS_SLA_LOW_HOURS", "100"),
            ("SHELLIA_LOCALE", "en"),
            ("SHELLIA_TIME_ZONE", "America/Montreal"),
            ("LOG_JSON", "1"),
            ("RUST_LOG", "shellia=debug,warn"),
        ],
        "",
    )
    .unwrap();
    assert_eq!(settings.discord.shards, Shards::Part(ShardPlan::new(0, 7, 16).unwrap()));
    assert!(!settings.discord.message_content && settings.discord.guild_members);
    assert_eq!(settings.tickets.attachments.types, ["image/png", "text/plain"]);
    assert_eq!(settings.tickets.sla_hours.low, 100);
    assert_eq!(settings.locale.default.code(), "en");
    assert!(settings.log.json);
    assert_eq!(settings.log.filter, "shellia=debug,warn");
}

#[test]
fn all_problems_are_told_at_once() {
    let file = "[maxis]\nlisen = 'x'\ntoken = 'secret1'\n[tickets]\nreopen_days = -1\n[locale]\ndefault = 'de'\n";
    let environment = [
        ("DATABASE_URL", "mysql://u:secret2@h/d"),
        ("DISCORD_API_URL", "http://u:secret3@h/api"),
        ("SHARDS", "7-0/16"),
        ("SHELLIA_TIME_ZONE", "Paris"),
        ("LIMIT_GUILD_COMMANDS_PER_MINUTE", "many"),
        ("SUPPORT_ROLE_ID", "@support"),
        ("TICKETS_ATTACHMENT_TYPES", "png"),
        ("LOG_JSON", "maybe"),
        ("RUST_LOG", "shellia=loud"),
    ];
    let told = problems(&environment, file).join("\n");
    insta::assert_snapshot!(told, @r"
    maxis.lisen (shellia.toml): is not a setting. Did you mean `maxis.listen`.
    maxis.token (shellia.toml): is not a setting. Did you mean `maxis.discord_token`.
    DISCORD_API_URL (environment): holds a user name or a password. Remove what stands before the `@`.
    SHARDS (environment): `7-0/16` is not a shard plan. Write `all` or `first-last/total` with first <= last < total, such as `0-7/16`.
    DATABASE_URL (environment): is not a PostgreSQL connection string. Write postgres://USER:PASSWORD@HOST:PORT/DATABASE, with %40 for an `@` inside the password.
    SUPPORT_ROLE_ID (environment): `@support` is not a Discord id. Turn on Developer Mode in Discord, right-click the channel or the role, and choose Copy ID.
    tickets.reopen_days (shellia.toml): `-1` does not fit. Write a whole number from 0 to 366.
    TICKETS_ATTACHMENT_TYPES (environment): `png` is not a content type. Write types such as image/png or image/*.
    locale.default (shellia.toml): `de` is not a language of this program. Write fr or en.
    SHELLIA_TIME_ZONE (environment): `Paris` is not a time zone. Write a name such as Europe/Paris or UTC.
    LIMIT_GUILD_COMMANDS_PER_MINUTE (environment): `many` does not fit. Write a whole number from 1 to 1000000.
    RUST_LOG (environment): `shellia=loud` is not a log filter. Write a level (error, warn, info, debug, trace), or a list such as shellia=debug,warn.
    LOG_JSON (environment): `maybe` is neither true nor false. Write true or false.
    ");
    assert!(!told.contains("secret"));
}

#[test]
fn every_setting_of_the_table_is_read() {
    for key in KEYS {
        // No setting is a date.
        let told = problems(&[], &format!("{} = 1979-05-27\n", key.toml));
        assert!(told.len() == 1 && told.concat().starts_with(key.toml), "{}: {told:?}", key.toml);
    }
}

#[test]
fn a_broken_file_names_the_line_and_quotes_nothing() {
    let told = problems(&[], "[maxis]\ndiscord_token = secret\n").join("\n");
    insta::assert_snapshot!(told, @"shellia.toml: line 2 is not TOML: string values must be quoted, expected literal string. Put text between quotes and each table name between square brackets.");
    assert!(!told.contains("secret"));
}

#[test]
fn the_former_database_names_are_not_passed_over() {
    let former = ("SUPABASE_URL", "https://x.supabase.co");
    insta::assert_snapshot!(problems(&[former], "").join("\n"), @"SUPABASE_URL: is no longer read. Set DATABASE_URL to the connection string that Supabase shows under Connect, with the application's login.");
    assert!(load(&[former, ("DATABASE_URL", "postgres://a:b@h/d")], "").is_ok());
}

#[test]
fn a_role_says_what_it_lacks() {
    let told = |environment: &[(&str, &str)], role| {
        let lines: Vec<String> = load(environment, "")
            .unwrap()
            .validate(role)
            .iter()
            .map(|p| format!("{}: {}", p.setting, p.what))
            .collect();
        lines.join("\n")
    };
    insta::assert_snapshot!(told(&[], Role::Both), @r"
    MAXIS_DISCORD_TOKEN: is not set
    SHELLIA_DISCORD_TOKEN: is not set
    ");
    insta::assert_snapshot!(told(&[("MAXIS_DISCORD_TOKEN", "t"), ("MAXIS_API_KEY", "short")], Role::Commerce), @"MAXIS_API_KEY: is shorter than 16 characters");
    insta::assert_snapshot!(
        told(&[("SHELLIA_DISCORD_TOKEN", "votre_token"), ("MAXIS_API_URL", "http://m/api")], Role::Controller),
        @r"
    SHELLIA_DISCORD_TOKEN: still holds the text of the example
    MAXIS_API_KEY: is not set, and MAXIS_API_URL is
    "
    );
    let odd = [
        ("MAXIS_DISCORD_TOKEN", "same"),
        ("SHELLIA_DISCORD_TOKEN", "same"),
        ("SHELLIA_LISTEN", "127.0.0.1:8080"),
        ("STRIPE_SECRET_KEY", "pk_live_1"),
        ("STRIPE_WEBHOOK_SECRET_OLD", "we_1"),
        ("TICKETS_ATTACHMENT_QUOTA_BYTES", "5"),
        ("DATABASE_POOL_SIZE", "60"),
    ];
    insta::assert_snapshot!(told(&odd, Role::Both), @r"
    DATABASE_POOL_SIZE: is more than the private PostgreSQL takes (50)
    TICKETS_ATTACHMENT_MAX_BYTES: is larger than what one member may keep in all
    STRIPE_SECRET_KEY: is not a secret key
    STRIPE_WEBHOOK_SECRET_OLD: is not a signing secret
    STRIPE_WEBHOOK_SECRET: is not set, and STRIPE_WEBHOOK_SECRET_OLD is
    SHELLIA_DISCORD_TOKEN: is the same as MAXIS_DISCORD_TOKEN
    SHELLIA_LISTEN: is the same address as MAXIS_LISTEN
    ");
}

/// Everything that is wrong with settings for a role.
fn all_problems(environment: &[(&str, &str)], file: &str, role: Role) -> String {
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let sources = Sources::from_environment(environment).with_file("shellia.toml", file);
    let told: Vec<String> = Settings::draft(&sources, role).problems.iter().map(ToString::to_string).collect();
    told.join("\n")
}

#[test]
fn what_cannot_be_read_and_what_the_role_lacks_are_told_together() {
    let odd = [("MAXIS_LISTEN", "8080"), ("MAXIS_API_KEY", "short"), ("TICKETS_REOPEN_DAYS", "soon")];
    insta::assert_snapshot!(all_problems(&odd, "", Role::Commerce), @r"
    MAXIS_LISTEN (environment): `8080` is not an address to listen on. Write an IP address and a port, such as 127.0.0.1:8080 or 0.0.0.0:8080.
    TICKETS_REOPEN_DAYS (environment): `soon` does not fit. Write a whole number from 0 to 366.
    MAXIS_DISCORD_TOKEN: is not set. Copy the token of Maxis from Discord's developer page, Bot, Reset Token.
    MAXIS_API_KEY: is shorter than 16 characters. Write a long random text, such as the output of `openssl rand -hex 32`.
    ");
}

#[test]
fn what_cannot_be_read_is_not_also_said_to_be_missing() {
    let file = "[maxis]\ndiscord_token = 5\n[database]\nurl = 7\npool_size = 60\n";
    insta::assert_snapshot!(all_problems(&[], file, Role::Both), @r"
    maxis.discord_token (shellia.toml): is not a text. Put the value between quotes.
    database.url (shellia.toml): is not a text. Put the value between quotes.
    SHELLIA_DISCORD_TOKEN: is not set. Copy the token of Shellia from Discord's developer page, Bot, Reset Token.
    ");
    // Both would listen on the same address by default: nobody chose that.
    let listen = [("MAXIS_LISTEN", "here"), ("SHELLIA_LISTEN", "127.0.0.1:8080")];
    assert!(!all_problems(&listen, "", Role::Both).contains("same address"));
    assert!(!all_problems(&[], "[maxis\n", Role::Both).contains("not set"));
}

#[test]
fn a_live_key_does_not_travel_unencrypted_and_a_missing_webhook_secret_is_told() {
    let stripe = |key, url| load(&[("STRIPE_SECRET_KEY", key), ("STRIPE_API_URL", url)], "").unwrap().stripe;
    let live = stripe("rk_live_1", "http://127.0.0.1:9/stripe");
    assert!(live.is_live());
    let told = |stripe: &Stripe| stripe.advice().map(|advice| advice.setting);
    assert_eq!(told(&live).as_deref(), Some("STRIPE_WEBHOOK_SECRET"));
    let settings = |url| {
        let environment = [("MAXIS_DISCORD_TOKEN", "t"), ("STRIPE_SECRET_KEY", "sk_live_1"), ("STRIPE_API_URL", url)];
        load(&environment, "").unwrap().validate(Role::Commerce)
    };
    assert_eq!(settings("http://stripe.local").len(), 1);
    assert!(settings("https://stripe.local").is_empty());
    assert!(!stripe("sk_test_1", "http://127.0.0.1:9/stripe").is_live());
    assert_eq!(told(&load(&[], "").unwrap().stripe), None);
}

#[test]
fn the_shop_has_its_defaults_and_bounds() {
    let shop = load(&[], "").unwrap().shop;
    assert_eq!(shop.return_url.as_str(), "https://discord.com/channels/@me");
    assert_eq!((shop.grace_days, shop.checkout_minutes, shop.refund_cap_minor), (3, 60, 5000));
    let told = problems(&[("SHOP_CHECKOUT_MINUTES", "30"), ("SHOP_RETURN_URL", "discord://me")], "").join("\n");
    insta::assert_snapshot!(told, @r"
    SHOP_RETURN_URL (environment): is not the address of a page. Write an address that starts with https://.
    SHOP_CHECKOUT_MINUTES (environment): `30` does not fit. Write a whole number from 31 to 1440.
    ");
}

#[test]
fn printing_settings_shows_no_secret() {
    let secrets = KEYS.iter().filter(|key| key.secret);
    let value = |key: &str| if key == "MAXIS_PEER_KEYS" { "eu=hidden" } else { "postgres://u:hidden@h/d" };
    let mut environment: Vec<(&str, &str)> = secrets.map(|key| (key.env, value(key.env))).collect();
    environment.push(("MAXIS_PEERS", "eu=https://eu.example/api"));
    let printed = format!("{:?}", load(&environment, "").unwrap());
    assert!(printed.contains("***"));
    assert!(!printed.contains("hidden"), "{printed}");
}

#[test]
fn a_dotenv_file_is_read_and_the_real_environment_wins() {
    let directory = tempfile::tempdir().unwrap();
    let dotenv =
        "\u{feff}export MAXIS_DISCORD_TOKEN=from-file\n# note\nMAXIS_LISTEN='0.0.0.0:5'\nRUST_LOG=debug # why\n";
    std::fs::write(directory.path().join(".env"), dotenv).unwrap();
    let environment = [("MAXIS_LISTEN".to_owned(), "0.0.0.0:6".to_owned())];
    let settings = Settings::load(&Sources::read(directory.path(), None, environment).unwrap()).unwrap();
    assert_eq!(settings.maxis.discord_token.unwrap().expose(), "from-file");
    assert_eq!(settings.maxis.listen.port(), 6);
    assert_eq!(settings.log.filter, "debug");
}

#[test]
fn files_that_cannot_be_read_are_problems_without_their_text() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join(".env"), "MAXIS_LISTEN=0.0.0.0:1\nMAXIS_DISCORD_TOKEN='hidden\n").unwrap();
    let told: Vec<String> = Sources::read(directory.path(), Some(Path::new("none.toml")), [])
        .err()
        .unwrap()
        .iter()
        .map(|problem| problem.to_string().replace(&directory.path().display().to_string(), "DIR"))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    DIR/none.toml: cannot be read: No such file or directory (os error 2). Check the path and the file's permissions.
    DIR/.env: the entry after MAXIS_LISTEN cannot be read. Write NAME=value, with single quotes around a value that holds spaces, `#` or `$`.
    ");
}

#[test]
fn the_table_and_the_defaults_name_the_same_settings() {
    let mut table = "";
    let mut named = BTreeSet::new();
    let mut lines = String::new();
    for line in sources::DEFAULTS.lines() {
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_end_matches(']');
        }
        let Some((name, _)) = line.trim_start_matches("# ").split_once(" = ") else {
            continue;
        };
        if !name.contains(' ') {
            named.insert(format!("{table}.{name}"));
            writeln!(lines, "{table}.{name}").unwrap();
        }
    }
    assert_eq!(named, KEYS.iter().map(|key| key.toml.to_owned()).collect::<BTreeSet<_>>(), "{lines}");
}

/// Set `UPDATE_DOCS=1` to write the page instead of comparing it.
#[test]
fn the_settings_page_is_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/SETTINGS.md");
    let page = settings_page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), page, "run the tests once with UPDATE_DOCS=1");
}

#[test]
fn a_name_that_looks_like_a_setting_is_a_hint_and_its_value_is_not_told() {
    let named = |name: &str| (name.to_owned(), "hush-hush".to_owned());
    let sources = Sources::from_environment(["SHELLIA_DISCORD_TOKN", "MAXIS_LISTEN", "HOME", "PGPORT"].map(named));
    let told: Vec<String> = sources.slips().iter().map(ToString::to_string).collect();
    let expected = "SHELLIA_DISCORD_TOKN (environment): is not a setting and looks like one. \
                    Did you mean `SHELLIA_DISCORD_TOKEN`.";
    assert_eq!(told, [expected]);
}

fn settings_page() -> String {
    let mut problems = Vec::new();
    let defaults = Sources::default().merge(&mut problems);
    let mut page = String::from(PAGE_HEAD);
    for key in KEYS {
        let default = defaults.0.get(key.toml).map(|given| format!("`{}`", given.value)).unwrap_or_default();
        let secret = if key.secret { "yes" } else { "" };
        writeln!(page, "| `{}` | `{}` | {default} | {secret} | {} |", key.env, key.toml, key.about).unwrap();
    }
    page
}

const PAGE_HEAD: &str = "\
# Settings

Each setting has a name in the environment and one in the settings file. What comes first wins:

1. the environment;
2. a `.env` file in the working directory (put a value that holds `$`, `#` or spaces between single quotes);
3. the file given by `--config FILE`, else `config/shellia.toml` where it exists;
4. the defaults, `config/default.toml`, compiled into the program.

An empty variable counts as unset. An unknown name in the file is refused, with the nearest known name.
Secrets are never printed. `shellia check` tells every problem of a role at once.

This page is generated from `src/config/keys.rs`: run the tests with `UPDATE_DOCS=1` after a change.

| Environment | File | Default | Secret | What it is |
|---|---|---|---|---|
";
