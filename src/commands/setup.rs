//! `/setup`: where support happens, who is staff, language and time zone; with a look at the bot's permissions.

use super::args::Args;
use super::dispatch::Cx;
use super::inspector::{Lacking, Seen};
use super::spec::{Opt, Spec, Type};
use super::zones;
use crate::domain::accounts::{self, Change, Guild};
use crate::domain::shop::roles as shop_roles;
use crate::kernel::reply::{Card, Reply, Tone};
use crate::kernel::words::Speech;
use crate::kernel::{ChannelId, Error, Locale, Rank, Result, RoleId, error::Problem};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

/// Most suggestions while typing (Discord's limit).
const SUGGESTIONS: usize = 25;
/// Roles that one line of advice names.
const ROLES_SHOWN: usize = 20;

pub(super) static COMMANDS: &[&Spec] = &[&SETUP];

static SETUP: Spec = Spec {
    name: "setup",
    rank: Some(Rank::Operator),
    for_managers: true,
    writes: true,
    inspects: true,
    options: &[
        Opt::optional("support_channel", Type::Channel),
        Opt::optional("staff_channel", Type::Channel),
        Opt::optional("support_role", Type::Role),
        Opt::optional("operator_role", Type::Role),
        Opt::optional("language", Type::Choice(&["fr", "en"])),
        Opt::optional("time_zone", Type::Line),
    ],
    run: |cx, args| run(cx, args).boxed(),
    suggest: Some(|_, option, typed| suggest(option, typed)),
    ..Spec::BASE
};

async fn run(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let change = Change {
        locale: args.choice("language").and_then(Locale::from_code),
        time_zone: args.line_if("time_zone").map(|zone| time_zone(zone.as_str())).transpose()?,
        support_channel: args.channel("support_channel"),
        staff_channel: args.channel("staff_channel"),
    };
    let roles = [(Rank::Support, args.role("support_role")), (Rank::Operator, args.role("operator_role"))];
    let chosen: Vec<RoleId> = roles.iter().filter_map(|(_, role)| *role).collect();
    refuse(cx, &change, &chosen)?;
    let (guild, now) = (cx.guild.id, cx.now);
    if !chosen.is_empty() && shop_roles::any_sold(cx.tx()?, guild, &chosen, now).await? {
        return Err(Error::Conflict("setup-sold-role"));
    }
    let mut after = (*cx.guild).clone();
    let named = change != Change::default() || !chosen.is_empty();
    if change != Change::default() {
        accounts::update(cx.tx()?, guild, &change, now).await?;
    }
    for (rank, role) in roles {
        let Some(role) = role else { continue };
        accounts::set_rank_roles(cx.tx()?, guild, rank, &[role]);
        after.ranks.retain(|_, had| *had != rank);
        after.ranks.insert(role, rank);
    }
    after.locale = change.locale.unwrap_or(after.locale);
    after.time_zone = change.time_zone.unwrap_or(after.time_zone);
    after.support_channel = change.support_channel.or(after.support_channel);
    after.staff_channel = change.staff_channel.or(after.staff_channel);
    // Read again once this is committed; until then a reader may see the old settings for some seconds.
    cx.app.guilds.forget(guild);
    let text = if named { changes(&cx.say, &cx.guild, &after) } else { cx.say.t("setup-done") };
    Ok(Reply::private(text).card(card(cx, &after)))
}

/// The settings that were changed, each with what it was before; or that none was.
fn changes(say: &Speech<'_>, before: &Guild, after: &Guild) -> String {
    let both = settings(say, before).into_iter().zip(settings(say, after));
    let changed = both.filter(|((_, old), (_, new))| old != new).map(|((id, old), (_, new))| {
        let setting = say.t(id);
        let args = [("setting", (&setting).into()), ("old", (&old).into()), ("new", (&new).into())];
        say.with("setup-change", &args)
    });
    let lines: Vec<String> = changed.collect();
    if lines.is_empty() {
        return say.t("setup-unchanged");
    }
    format!("{}\n{}", say.t("setup-changed"), lines.join("\n"))
}

/// Refuses what must not be kept: channels and roles that aren't there, and whatever would show tickets to others than staff.
fn refuse(cx: &Cx<'_>, change: &Change, roles: &[RoleId]) -> Result<()> {
    let guild = &cx.guild;
    // The role that everybody has carries the guild's own id (Discord, "Permissions").
    if roles.iter().any(|role| role.get() == guild.id.get()) {
        return Err(Error::Conflict("setup-everyone-role"));
    }
    let support = change.support_channel.or(guild.support_channel);
    let staff = change.staff_channel.or(guild.staff_channel);
    let sets_channel = change.support_channel.is_some() || change.staff_channel.is_some();
    if sets_channel && staff.is_some() && support == staff {
        return Err(Error::Conflict("setup-same-channel"));
    }
    let Some(seen) = &cx.seen else {
        // Tickets are shown there and to them, so it must be known who reads them.
        let trusts = change.staff_channel.is_some() || !roles.is_empty();
        return if trusts { Err(Error::Conflict("setup-unchecked")) } else { Ok(()) };
    };
    let unknown = |channel: Option<ChannelId>| channel.is_some_and(|id| seen.unknown_channels.contains(&id));
    if unknown(change.support_channel) || unknown(change.staff_channel) {
        return Err(Error::Conflict("setup-unknown-channel"));
    }
    if roles.iter().any(|role| seen.unknown_roles.contains(role)) {
        return Err(Error::Conflict("setup-unknown-role"));
    }
    if roles.iter().any(|role| seen.managed_roles.contains(role)) {
        return Err(Error::Conflict("setup-managed-role"));
    }
    if change.staff_channel.is_some_and(|staff| seen.open.contains(&staff)) {
        return Err(Error::Conflict("setup-open-staff-channel"));
    }
    roles.iter().try_for_each(|role| refuse_stranger(seen, staff, *role))
}

/// Refuses as a staff role one that doesn't see the staff channel: it may be every member's. Where no staff channel is known,
/// the answer advises to choose one.
fn refuse_stranger(seen: &Seen, staff: Option<ChannelId>, role: RoleId) -> Result<()> {
    let Some(staff) = staff else { return Ok(()) };
    if seen.shut_out.contains(&(staff, role)) {
        return Err(Error::Conflict("setup-blind-role"));
    }
    // What everybody sees, or the bot doesn't, tells nothing of the role.
    if seen.open.contains(&staff) {
        return Err(Error::Conflict("setup-role-open-channel"));
    }
    if seen.hidden.contains(&staff) {
        return Err(Error::Conflict("setup-role-hidden-channel"));
    }
    Ok(())
}

/// Names shown to somebody whose zone isn't known.
const NEAREST: usize = 5;

/// The IANA name of the time zone that somebody means.
///
/// # Errors
/// [`Error::Argument`] with the nearest names.
pub fn time_zone(typed: &str) -> Result<String> {
    let unknown = || Problem::NotKnown { nearest: zones::near(typed, NEAREST) };
    zones::find(typed).ok_or_else(|| Error::Argument { option: "time_zone", problem: unknown() })
}

fn suggest<'a>(option: &'a str, typed: &'a str) -> BoxFuture<'a, Result<Vec<(String, String)>>> {
    let names = if option == "time_zone" { zones::near(typed, SUGGESTIONS) } else { Vec::new() };
    let choices = names.into_iter().map(|name| (name.clone(), name)).collect();
    futures_util::future::ready(Ok(choices)).boxed()
}

/// Each setting with its value, as they are read.
fn settings(say: &Speech<'_>, guild: &Guild) -> [(&'static str, String); 6] {
    let unset = say.t("setup-unset");
    let channel = |id: Option<ChannelId>| id.map_or_else(|| unset.clone(), |id| format!("<#{id}>"));
    let roles = |rank: Rank| {
        let mut held: Vec<RoleId> =
            guild.ranks.iter().filter(|(_, had)| **had == rank).map(|(role, _)| *role).collect();
        held.sort_unstable();
        let list: Vec<String> = held.iter().map(|role| format!("<@&{role}>")).collect();
        if list.is_empty() { unset.clone() } else { list.join(" ") }
    };
    [
        ("setup-support-channel", channel(guild.support_channel)),
        ("setup-staff-channel", channel(guild.staff_channel)),
        ("setup-support-role", roles(Rank::Support)),
        ("setup-operator-role", roles(Rank::Operator)),
        ("setup-language", say.t(&format!("choice-{}", guild.locale.as_str()))),
        ("setup-time-zone", guild.time_zone.clone()),
    ]
}

/// The settings as they are now, and what the bot lacks.
fn card(cx: &Cx<'_>, guild: &Guild) -> Card {
    let say = &cx.say;
    let mut card = Card::titled(say.t("setup-title"));
    for (id, value) in settings(say, guild) {
        card = card.field(say.t(id), value, true);
    }
    let mut lines = advice(say, cx, guild);
    card.tone = if lines.is_empty() { Tone::Good } else { Tone::Warning };
    if lines.is_empty() {
        lines.push(say.t("setup-all-well"));
    }
    // As some servers want it: nothing that must be mended.
    let support = guild.support_channel.filter(|id| cx.seen.as_ref().is_some_and(|seen| seen.closed.contains(id)));
    lines.extend(support.map(|id| in_place(say, "setup-note-closed", id)));
    card.body = lines.join("\n");
    card
}

/// A line about a channel.
fn in_place(say: &Speech<'_>, id: &'static str, channel: ChannelId) -> String {
    let place = format!("<#{channel}>");
    say.with(id, &[("place", (&place).into())])
}

/// What is still to do, a line each.
fn advice(say: &Speech<'_>, cx: &Cx<'_>, guild: &Guild) -> Vec<String> {
    let mut lines = Vec::new();
    if guild.staff_channel.is_none() {
        lines.push(say.t("setup-advice-staff-channel"));
    }
    if !guild.ranks.values().any(|rank| *rank == Rank::Support) {
        lines.push(say.t("setup-advice-support-role"));
    }
    match &cx.seen {
        None => lines.push(say.t("setup-advice-unchecked")),
        Some(seen) => {
            lines.extend(gone_or_open(say, seen, guild));
            lines.extend(guild.staff_channel.map(|staff| misfits(say, seen, guild, staff)).into_iter().flatten());
            // One that is gone lacks everything, which says nothing.
            let there = |lacking: &&Lacking| lacking.channel.is_none_or(|id| !seen.unknown_channels.contains(&id));
            for lacking in seen.lacking.iter().filter(there) {
                let place = lacking.channel.map_or_else(|| say.t("setup-whole-guild"), |id| format!("<#{id}>"));
                let names: Vec<String> =
                    lacking.permissions.iter().map(|name| say.t(&format!("permission-{name}"))).collect();
                let names = names.join(", ");
                lines.push(
                    say.with("setup-advice-permissions", &[("place", (&place).into()), ("names", (&names).into())]),
                );
            }
        }
    }
    lines
}

/// What is wrong with channels that were set before: deleted since, or opened to everybody.
fn gone_or_open(say: &Speech<'_>, seen: &Seen, guild: &Guild) -> Vec<String> {
    let line = |id: &'static str, channel: ChannelId| in_place(say, id, channel);
    let set = [guild.support_channel, guild.staff_channel].into_iter().flatten();
    let gone = set.filter(|id| seen.unknown_channels.contains(id)).map(|id| line("setup-advice-channel-gone", id));
    let open = guild.staff_channel.filter(|id| seen.open.contains(id));
    gone.chain(open.map(|id| line("setup-advice-open", id))).collect()
}

/// Roles where staff and the readers of the staff channel differ: staff who don't see it, others who do.
fn misfits(say: &Speech<'_>, seen: &Seen, guild: &Guild, staff: ChannelId) -> Vec<String> {
    let of = |pairs: &[(ChannelId, RoleId)], is_staff: bool| {
        let here =
            pairs.iter().filter(|(channel, role)| *channel == staff && guild.ranks.contains_key(role) == is_staff);
        here.map(|(_, role)| *role).collect::<Vec<_>>()
    };
    let line = |id: &'static str, roles: &[RoleId]| {
        let mut names: Vec<String> = roles.iter().take(ROLES_SHOWN).map(|role| format!("<@&{role}>")).collect();
        if roles.len() > ROLES_SHOWN {
            names.push("…".to_owned());
        }
        let (place, names) = (format!("<#{staff}>"), names.join(" "));
        let args = [("place", (&place).into()), ("roles", (&names).into())];
        (!roles.is_empty()).then(|| say.with(id, &args))
    };
    let blind = line("setup-advice-blind-roles", &of(&seen.shut_out, true));
    let others = line("setup-advice-other-readers", &of(&seen.readers, false));
    blind.into_iter().chain(others).collect()
}
