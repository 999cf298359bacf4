//! What is posted of a giveaway by itself: its digests, its winners, and what staff must see to.

use super::super::tickets::notices::from_afar;
use super::cards::{action, fair_button};
use super::win::FILE_MAX;
use crate::domain::giveaways::draw::{Event, Log, Source, Terms};
use crate::domain::giveaways::places::Waits;
use crate::domain::giveaways::{Giveaway, PlaceState, Prize, State, Trouble};
use crate::kernel::UserId;
use crate::kernel::reply::{Button, File, Reply, Style};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use sha2::{Digest, Sha256};

/// Winners that are named in one message.
const NAMED: usize = 40;
/// Ranks that were passed over and are told one by one.
const OUT: usize = 3;
/// Characters of a message that are filled (Discord takes 2 000).
const TEXT_MAX: usize = 1_900;

/// What tells a giveaway's messages apart.
pub fn step_of(what: &str, count: impl std::fmt::Display) -> String {
    format!("{what}{count}")
}

fn title(giveaway: &Giveaway) -> String {
    plain(&giveaway.title)
}

/// The terms, with their digest: a message that is never edited.
pub fn terms(say: &Speech<'_>, giveaway: &Giveaway, terms: &Terms) -> Reply {
    let (digest, name) = (terms.digest().to_string(), title(giveaway));
    let source = match terms.source {
        Source::Quicknet { round } => {
            say.with("giveaway-terms-quicknet", &[("round", i64::try_from(round).unwrap_or(i64::MAX).into())])
        }
        Source::Sandbox { round, .. } => {
            say.with("giveaway-terms-sandbox", &[("round", i64::try_from(round).unwrap_or(i64::MAX).into())])
        }
        Source::None { secret_hash } => {
            let hash = secret_hash.to_string();
            say.with("giveaway-terms-none", &[("hash", (&hash).into())])
        }
    };
    let ends = format!("<t:{}:F>", giveaway.ends_at.as_second());
    let id = if giveaway.version == 1 { "giveaway-terms" } else { "giveaway-terms-anew" };
    let text = say.with(
        id,
        &[
            ("number", giveaway.number.into()),
            ("title", (&name).into()),
            ("ends", (&ends).into()),
            ("winners", i64::from(giveaway.winners).into()),
            ("source", (&source).into()),
            ("digest", (&digest).into()),
        ],
    );
    Reply::public(text).button(fair_button(say, giveaway.number, &step_of("terms", giveaway.version)))
}

/// The frozen list, with the digest that commits to it.
pub fn commitment(say: &Speech<'_>, giveaway: &Giveaway) -> Reply {
    let (name, digest) = (title(giveaway), giveaway.commitment.clone().unwrap_or_default());
    let text = say.with(
        "giveaway-commitment",
        &[
            ("number", giveaway.number.into()),
            ("title", (&name).into()),
            ("entries", i64::from(giveaway.entries.unwrap_or(0)).into()),
            ("digest", (&digest).into()),
        ],
    );
    Reply::public(text).button(fair_button(say, giveaway.number, &step_of("commitment", giveaway.version)))
}

/// What the draw needs can't be had: it waits. `id` says for what.
pub fn waits(say: &Speech<'_>, giveaway: &Giveaway, id: &str) -> Reply {
    let name = title(giveaway);
    Reply::public(say.with(id, &[("number", giveaway.number.into()), ("title", (&name).into())]))
}

/// Nobody took part.
pub fn nobody(say: &Speech<'_>, giveaway: &Giveaway) -> Reply {
    let name = title(giveaway);
    let text = say.with("giveaway-nobody", &[("number", giveaway.number.into()), ("title", (&name).into())]);
    Reply::public(text).button(fair_button(say, giveaway.number, NOBODY))
}

/// The step of the message that says so.
pub const NOBODY: &str = "nobody";

/// What was written into the log since it was told last, with its newest hash: first who won, then who follows whom as far as there
/// is room, the newest first; many who were passed over are counted.
pub fn news(say: &Speech<'_>, giveaway: &Giveaway, log: &Log, user: impl Fn(u32) -> Option<UserId>) -> Reply {
    let told = usize::try_from(giveaway.told).unwrap_or(0);
    let mention = |rank: &u32| user(*rank).map_or_else(|| format!("#{rank}"), |user| format!("<@{user}>"));
    let counted = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let (mut called, mut followed, mut out) = (Vec::new(), Vec::new(), Vec::new());
    let name = title(giveaway);
    let heading = [("number", giveaway.number.into()), ("title", (&name).into())];
    let mut first = say.with("giveaway-news", &heading);
    for entry in log.entries().iter().skip(told) {
        match &entry.event {
            Event::Drawn { winners } if winners.is_empty() => first = say.with("giveaway-no-winner", &heading),
            Event::Drawn { winners } => {
                let all: Vec<String> = winners.iter().take(NAMED).map(mention).collect();
                let more = winners.len().saturating_sub(NAMED);
                let mut all = all.join(", ");
                if more > 0 {
                    all = format!("{all} {}", say.with("giveaway-more", &[("more", counted(more).into())]));
                }
                called.extend(winners.iter().take(NAMED).filter_map(|rank| user(*rank)));
                let args = [("count", counted(winners.len()).into()), ("winners", (&all).into())];
                first = say.with("giveaway-won", &heading.iter().cloned().chain(args).collect::<Vec<_>>());
            }
            Event::Disqualified { rank, reason } => {
                let why = say.t(&format!("giveaway-reason-{}", reason.code()));
                out.push(say.with("giveaway-out", &[("rank", i64::from(*rank).into()), ("why", (&why).into())]));
            }
            Event::Rerolled { rank, next, reason } => {
                let why = say.t(&format!("giveaway-reason-{}", reason.code()));
                let (old, new) = (mention(rank), mention(next));
                let args = [("old", (&old).into()), ("new", (&new).into()), ("why", (&why).into())];
                let id = if *next == 0 { "giveaway-nobody-left" } else { "giveaway-rerolled" };
                followed.push((say.with(id, &args), user(*next).filter(|_| *next > 0)));
            }
        }
    }
    let claims = giveaway.claim_hours > 0 && !log.standing().winners().is_empty();
    let mut last = Vec::new();
    if claims && (!called.is_empty() || followed.iter().any(|(_, new)| new.is_some())) {
        last.push(say.with("giveaway-claim-now", &[("hours", i64::from(giveaway.claim_hours).into())]));
    }
    let head = log.head().to_string();
    last.push(say.with("giveaway-head", &[("head", (&head).into())]));
    let length = |text: &String| text.chars().count().saturating_add(1);
    let out = if out.len() > OUT {
        vec![say.with("giveaway-out-many", &[("count", counted(out.len()).into())])]
    } else {
        out
    };
    let taken: usize = last.iter().chain(&out).map(length).sum();
    let mut room = TEXT_MAX.saturating_sub(length(&first)).saturating_sub(taken);
    let all = followed.len();
    let fits = |(line, _): &(String, Option<UserId>)| {
        let left = room.checked_sub(length(line));
        room = left.unwrap_or(0);
        left.is_some()
    };
    let mut shown: Vec<_> = followed.into_iter().rev().take_while(fits).collect();
    shown.reverse();
    let mut lines = vec![first];
    if shown.len() < all {
        lines.push(say.with("giveaway-rerolled-many", &[("count", counted(all.saturating_sub(shown.len())).into())]));
    }
    for (line, new) in shown {
        lines.push(line);
        called.extend(new);
    }
    lines.extend(out.into_iter().chain(last));
    let mut reply = Reply::public(lines.join("\n"));
    reply.mentions = called;
    if claims {
        reply = reply.button(claim_button(say, giveaway));
    }
    reply.button(fair_button(say, giveaway.number, &step_of("log", log.entries().len())))
}

fn claim_button(say: &Speech<'_>, giveaway: &Giveaway) -> Button {
    let claim = Button::new(say.t("button-giveaway-claim"), action("giveaway_claim", giveaway.number));
    claim.style(Style::Success).emoji("🎁")
}

/// A winner, by direct message: a courtesy, and where he claims while nobody reads the giveaway's channel.
pub fn winner(say: &Speech<'_>, giveaway: &Giveaway, (state, waits): (PlaceState, Waits)) -> Reply {
    let (name, channel) = (title(giveaway), format!("<#{}>", giveaway.posts_in()));
    let id = match state {
        PlaceState::Pending if giveaway.trouble.is_some() => "giveaway-told-claim-here",
        PlaceState::Pending => "giveaway-told-claim",
        _ if waits.prize => "giveaway-told-later",
        PlaceState::Claimed => "giveaway-told-hand",
        PlaceState::Delivered | PlaceState::Given | PlaceState::Out => "giveaway-told-delivered",
    };
    let args =
        [("title", (&name).into()), ("channel", (&channel).into()), ("hours", i64::from(giveaway.claim_hours).into())];
    let reply = Reply::private(and_waits(say, say.with(id, &args), waits));
    match state {
        PlaceState::Pending => from_afar(reply.button(claim_button(say, giveaway)), giveaway.guild),
        PlaceState::Claimed | PlaceState::Delivered | PlaceState::Given | PlaceState::Out => reply,
    }
}

/// A text about a prize, with what else of it waits.
pub(super) fn and_waits(say: &Speech<'_>, text: String, waits: Waits) -> String {
    if waits.also { format!("{text}\n{}", say.t("giveaway-also-later")) } else { text }
}

/// Staff: somebody is to be given his prize by hand.
pub fn by_hand(say: &Speech<'_>, giveaway: &Giveaway, user: UserId) -> Reply {
    let (name, who) = (title(giveaway), format!("<@{user}>"));
    let args = [("number", giveaway.number.into()), ("title", (&name).into()), ("winner", (&who).into())];
    let given = action("giveaway_given", giveaway.number).with("member", user);
    // A role is given by the program, but for one that is gone.
    let id = if matches!(giveaway.prize, Prize::Role { .. }) { "giveaway-by-hand-role" } else { "giveaway-by-hand" };
    Reply::public(say.with(id, &args))
        .button(Button::new(say.t("button-giveaway-given"), given).style(Style::Success).emoji("✅"))
}

/// Staff: nothing can be posted in a giveaway's channel.
pub fn trouble(say: &Speech<'_>, giveaway: &Giveaway, trouble: Trouble) -> Reply {
    let (name, channel) = (title(giveaway), format!("<#{}>", giveaway.posts_in()));
    let why = say.t(&format!("giveaway-trouble-{}", trouble.as_str()));
    let args = [
        ("number", giveaway.number.into()),
        ("title", (&name).into()),
        ("channel", (&channel).into()),
        ("why", (&why).into()),
    ];
    Reply::public(say.with(
        match giveaway.state {
            State::Drawn => "giveaway-trouble-drawn",
            State::Done | State::Cancelled => "giveaway-trouble-done",
            State::Scheduled | State::Open | State::Paused | State::Drawing => "giveaway-trouble",
        },
        &args,
    ))
}

/// Staff: a giveaway that comes back could not be made this time.
pub fn not_repeated(say: &Speech<'_>, giveaway: &Giveaway, why: &str) -> Reply {
    let name = title(giveaway);
    let args = [("number", giveaway.number.into()), ("title", (&name).into()), ("why", why.into())];
    Reply::public(say.with("giveaway-not-repeated", &args))
}

/// Staff: a milestone is reached, and its giveaway could not be made.
pub fn milestone_without(say: &Speech<'_>, members: u32, why: &str) -> Reply {
    Reply::public(say.with("milestone-without", &[("members", i64::from(members).into()), ("why", why.into())]))
}

/// All prizes have their owners: the file by which anybody checks the draw; where it is too large to attach, what it is known by.
pub fn done(say: &Speech<'_>, giveaway: &Giveaway, file: Vec<u8>) -> Reply {
    let name = title(giveaway);
    let args = [("number", giveaway.number.into()), ("title", (&name).into())];
    if file.len() <= FILE_MAX {
        let mut reply = Reply::public(say.with("giveaway-done", &args)).button(fair_button(say, giveaway.number, DONE));
        reply.files.push(File { name: format!("giveaway-{}.json", giveaway.number), bytes: file });
        return reply;
    }
    let digest: String = Sha256::digest(&file).iter().map(|byte| format!("{byte:02x}")).collect();
    let size = i64::try_from(file.len() >> 20).unwrap_or(i64::MAX);
    let more = [("size", size.into()), ("digest", (&digest).into())];
    let args: Vec<_> = args.into_iter().chain(more).collect();
    Reply::public(say.with("giveaway-done-large", &args)).button(fair_button(say, giveaway.number, DONE))
}

/// The step of the last message.
pub const DONE: &str = "done";
