//! Making a giveaway, for operators.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::shop::roles;
use super::super::spec::{Opt, Spec, Type};
use super::{OPERATOR, cards, end, own, payments};
use crate::app::App;
use crate::domain::giveaways::draw::{Hex, Source};
use crate::domain::giveaways::{
    Also, NewGiveaway, NotRoles, Prize, Requirements, SourceKind, TITLE_MAX, reading, roles_of, service,
};
use crate::domain::promotions::Discount;
use crate::domain::shop::catalogue::names::{self, Shelves};
use crate::domain::shop::catalogue::reading::Eyes;
use crate::kernel::error::Problem;
use crate::kernel::reply::Reply;
use crate::kernel::text::plain;
use crate::kernel::until::Until;
use crate::kernel::{ChannelId, Error, GuildId, Result, RoleId};
use futures_util::FutureExt;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Longest description, in characters.
const TEXT_MAX: usize = 1_000;
/// Most days of a plan, of a role, of an account's age.
const DAYS_MAX: i64 = 3_650;
/// For how many days a code counts that is won, where nothing else is said, and at most: as long as any promotion.
const COUPON_DAYS: u32 = 30;
const COUPON_DAYS_MAX: i64 = 90;
/// Hours in which a prize is claimed, where nothing else is said, and at most.
const CLAIM_HOURS: u32 = 48;
const CLAIM_MAX: i64 = 720;
/// What the bot needs to do in the channel, by Discord's names.
const NEEDED: [&str; 4] = ["VIEW_CHANNEL", "SEND_MESSAGES", "EMBED_LINKS", "ATTACH_FILES"];

pub(super) static CREATE: Spec = Spec {
    name: "giveaway_create",
    inspects: true,
    options: &[
        Opt::required("prize", Type::Line).in_form(),
        Opt::required("winners", Type::Int(1, 10_000)).in_form(),
        Opt::required("duration", Type::Duration).in_form(),
        Opt::optional("giveaway_channel", Type::Channel),
        Opt::optional("given_plan", Type::Line),
        Opt::optional("given_role", Type::Role),
        Opt::optional("given_days", Type::Int(1, DAYS_MAX)),
        Opt::optional("won_product", Type::Line),
        Opt::optional("won_variant", Type::Line),
        Opt::optional("won_coupon", Type::Reduction),
        Opt::optional("coupon_days", Type::Int(1, COUPON_DAYS_MAX)),
        Opt::optional("any_role", Type::Line),
        Opt::optional("all_roles", Type::Line),
        Opt::optional("no_role", Type::Line),
        Opt::optional("needs_plan", Type::Line),
        Opt::optional("account_days", Type::Int(1, DAYS_MAX)),
        Opt::optional("member_days", Type::Int(1, DAYS_MAX)),
        Opt::optional("bonus_role", Type::Role),
        Opt::optional("bonus_entries", Type::Int(1, 999)),
        Opt::optional("giveaway_begins", Type::Duration),
        Opt::optional("claim_hours", Type::Int(0, CLAIM_MAX)),
        Opt::optional("fairness", Type::Choice(&["fair_beacon", "fair_secret"])),
        Opt::optional("giveaway_text", Type::Body).in_form().at_most(TEXT_MAX),
    ],
    run: |cx, args| create(cx, args).boxed(),
    ..OPERATOR
};

pub(super) fn wrong<T>(option: &'static str, problem: Problem) -> Result<T> {
    Err(Error::Argument { option, problem })
}

pub(super) fn count(args: &Args, option: &str) -> Option<u32> {
    args.int(option).and_then(|n| u32::try_from(n).ok())
}

/// The moment that an option means.
fn moment(cx: &Cx<'_>, option: &'static str, until: Until, from: Timestamp) -> Result<Timestamp> {
    // A zone was checked when it was set; one that is known no more counts as UTC.
    let zone = TimeZone::get(&cx.guild.time_zone).unwrap_or(TimeZone::UTC);
    until.from(from, &zone).map_err(|problem| Error::Argument { option, problem })
}

/// The roles that a line names.
fn line_of_roles(args: &Args, option: &'static str) -> Result<Vec<RoleId>> {
    let Some(line) = args.line_if(option) else { return Ok(Vec::new()) };
    roles_of(line.as_str()).map_err(|NotRoles| Error::Argument { option, problem: Problem::NotARole })
}

/// What is asked of those who enter; the plan's code is looked up.
async fn requirements(cx: &mut Cx<'_>, args: &Args) -> Result<Requirements> {
    let bonus = match (args.role("bonus_role"), count(args, "bonus_entries")) {
        (Some(role), more) => vec![(role, more.unwrap_or(1))],
        (None, Some(_)) => return wrong("bonus_role", Problem::Missing),
        (None, None) => Vec::new(),
    };
    let plan = match args.line_if("needs_plan") {
        Some(plan) => {
            let mut tx = own(cx).await?;
            let code = names::code(&mut tx, cx.guild.id, Shelves::Plans, ("needs_plan", plan.as_str())).await?;
            tx.end().await?;
            Some(code.to_string())
        }
        None => None,
    };
    Ok(Requirements {
        any_role: line_of_roles(args, "any_role")?,
        all_roles: line_of_roles(args, "all_roles")?,
        no_role: line_of_roles(args, "no_role")?,
        plan,
        account_days: count(args, "account_days").unwrap_or(0),
        member_days: count(args, "member_days").unwrap_or(0),
        bonus,
    })
}

/// What is won: at most one thing that the program gives by itself.
async fn prize(cx: &mut Cx<'_>, args: &Args) -> Result<Prize> {
    let days = count(args, "given_days");
    let coupon = args.reduction("won_coupon").ok();
    if coupon.is_none() && count(args, "coupon_days").is_some() {
        return wrong("won_coupon", Problem::Missing);
    }
    let product = args.line_if("won_product");
    if product.is_none() && args.line_if("won_variant").is_some() {
        return wrong("won_product", Problem::Missing);
    }
    match (args.line_if("given_plan"), args.role("given_role"), product, coupon) {
        (None, None, None, Some(discount)) => self::coupon(cx, args, discount),
        (Some(plan), None, None, None) => {
            let Some(days) = days else { return wrong("given_days", Problem::Missing) };
            let mut tx = own(cx).await?;
            let code = names::code(&mut tx, cx.guild.id, Shelves::Plans, ("given_plan", plan.as_str())).await?;
            tx.end().await?;
            Ok(Prize::Plan { code: code.to_string(), days })
        }
        (None, Some(_), None, None) => {
            let role = roles::harmless(cx, args, "given_role")?;
            role.map_or_else(|| wrong("given_role", Problem::Missing), |role| Ok(Prize::Role { role, days }))
        }
        (None, None, Some(product), None) => {
            let guild = cx.guild.id;
            let mut tx = own(cx).await?;
            let all = Shelves::Products(Eyes::Staff);
            let code = names::code(&mut tx, guild, all, ("won_product", product.as_str())).await?;
            let variant = match args.line_if("won_variant") {
                Some(named) => {
                    variant(&reading::variants(&mut tx, guild, code.as_str()).await?, named.as_str()).map(Some)
                }
                None => reading::first_variant(&mut tx, guild, code.as_str()).await,
            };
            tx.end().await?;
            let variant = variant?.ok_or(Error::Conflict("error-giveaway-no-prize"))?;
            Ok(Prize::Product { code: code.to_string(), variant })
        }
        (None, None, None, None) if days.is_some() => Err(Error::Conflict("error-giveaway-days-of-what")),
        (None, None, None, None) => Ok(Prize::Hand),
        _ => Err(Error::Conflict("error-giveaway-one-prize")),
    }
}

/// The variant that is meant, by its code or its name.
fn variant(all: &[(String, String)], named: &str) -> Result<String> {
    let typed = named.trim().to_lowercase();
    let meant = all.iter().find(|(code, name)| *code == typed || name.to_lowercase() == typed);
    let nearest = || all.iter().map(|(_, name)| plain(name)).take(5).collect();
    meant.map_or_else(|| wrong("won_variant", Problem::NotKnown { nearest: nearest() }), |(code, _)| Ok(code.clone()))
}

/// A code for each winner, within what any promotion may take off.
fn coupon(cx: &Cx<'_>, args: &Args, discount: Discount) -> Result<Prize> {
    let rules = cx.app.promotions;
    let cap = rules.cap().ok_or(Error::Conflict("error-promo-nothing-off"))?;
    if matches!(discount, Discount::Percent(percent) if percent > cap) {
        return wrong("won_coupon", Problem::OverCap { cap: rules.cap_percent, of: None });
    }
    Ok(Prize::Coupon { discount, cap, days: count(args, "coupon_days").unwrap_or(COUPON_DAYS) })
}

/// Makes sure that it can be announced there, and that the roles exist.
pub(super) async fn look(cx: &mut Cx<'_>, channel: ChannelId, asked: &Requirements) -> Result<()> {
    announceable(cx.app, cx.guild.id, channel, asked).await
}

/// Whether a giveaway can be announced in a channel, and the roles that it asks for exist.
///
/// # Errors
/// [`Error::Conflict`] and [`Error::Argument`] where not; [`Error::Unavailable`] when Discord doesn't answer.
pub async fn announceable(app: &App, guild: GuildId, channel: ChannelId, asked: &Requirements) -> Result<()> {
    let bonus = asked.bonus.iter().map(|(role, _)| *role);
    let named = [("any_role", &asked.any_role), ("all_roles", &asked.all_roles), ("no_role", &asked.no_role)];
    let all: Vec<RoleId> = named.iter().flat_map(|(_, all)| all.iter().copied()).chain(bonus).collect();
    let seen = app.inspector.look(guild, &[channel], &all).await?;
    if seen.unknown_channels.contains(&channel) {
        return Err(Error::Conflict("error-giveaway-channel"));
    }
    let lacks = seen.lacking.iter().flat_map(|lacking| &lacking.permissions).any(|name| NEEDED.contains(name));
    if lacks || seen.hidden.contains(&channel) {
        return Err(Error::Conflict("error-giveaway-permissions"));
    }
    let unknown = named.iter().find(|(_, all)| all.iter().any(|role| seen.unknown_roles.contains(role)));
    unknown.map_or(Ok(()), |(option, _)| wrong(option, Problem::NotARole))
}

/// What nobody is told of a giveaway before its time, and where its randomness comes from.
pub struct Secrets {
    /// What the randomness comes from.
    pub source: SourceKind,
    /// The sandbox's key or the secret's hash, in hexadecimal.
    pub value: Option<String>,
    /// 32 random bytes, in hexadecimal.
    pub salt: String,
    /// The secret, in hexadecimal, where the randomness is one.
    pub secret: Option<String>,
}

/// Makes the secrets of a giveaway whose randomness is to be a secret, or the beacon that the program asks.
pub fn secrets(app: &App, wanted: SourceKind) -> Secrets {
    let salt = Hex(rand::random::<[u8; 32]>()).to_string();
    if wanted == SourceKind::None {
        let secret = Hex(rand::random::<[u8; 32]>());
        let value = match Source::secret(&secret) {
            Source::None { secret_hash } => Some(secret_hash.to_string()),
            Source::Quicknet { .. } | Source::Sandbox { .. } => None,
        };
        return Secrets { source: SourceKind::None, value, salt, secret: Some(secret.to_string()) };
    }
    match app.beacon.sandbox_key() {
        Some(key) => Secrets { source: SourceKind::Sandbox, value: Some(key.to_string()), salt, secret: None },
        None => Secrets { source: SourceKind::Quicknet, value: None, salt, secret: None },
    }
}

async fn create(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let description = args.body_if("giveaway_text").map(|text| text.as_str().to_owned()).unwrap_or_default();
    let found = description.chars().count();
    if found > TEXT_MAX {
        return wrong("giveaway_text", Problem::TooLong { max: TEXT_MAX, found });
    }
    let begins =
        args.duration("giveaway_begins").map(|until| moment(cx, "giveaway_begins", until, cx.now)).transpose()?;
    let starts_at = begins.unwrap_or(cx.now);
    let Some(until) = args.duration("duration") else { return wrong("duration", Problem::Missing) };
    let ends_at = moment(cx, "duration", until, starts_at)?;
    cx.app.open_shop(cx.guild.id).await?;
    let channel = args.channel("giveaway_channel").unwrap_or(cx.channel);
    let (asked, prize) = (requirements(cx, args).await?, prize(cx, args).await?);
    look(cx, channel, &asked).await?;
    let wanted = if args.choice("fairness") == Some("fair_secret") { SourceKind::None } else { SourceKind::Quicknet };
    let secrets = secrets(cx.app, wanted);
    let new = NewGiveaway {
        guild: cx.guild.id,
        request: cx.request.to_owned(),
        host: cx.user,
        channel,
        title: crate::kernel::text::shorten(args.line("prize")?.as_str(), TITLE_MAX),
        description,
        winners: count(args, "winners").unwrap_or(1),
        prize,
        also: Also::default(),
        requirements: asked,
        claim_hours: count(args, "claim_hours").unwrap_or(CLAIM_HOURS),
        source: secrets.source,
        source_value: secrets.value,
        salt: secrets.salt,
        secret: secrets.secret,
        starts_at,
        ends_at,
    };
    let mut tx = payments(cx).await?;
    let made = service::create(&mut tx, &new, cx.now).await;
    let made = end(tx, made).await?;
    let (title, where_to) = (plain(&made.title), format!("<#{}>", made.channel));
    let (starts, ends) = (cards::when(made.starts_at), cards::when(made.ends_at));
    let args = [
        ("number", made.number.into()),
        ("title", (&title).into()),
        ("channel", (&where_to).into()),
        ("starts", (&starts).into()),
        ("ends", (&ends).into()),
    ];
    let id = if made.starts_at > cx.now { "giveaway-planned" } else { "giveaway-made" };
    Ok(Reply::private(cx.say.with(id, &args)))
}
