//! What a member asks: what there is to ask, a copy, his erasure.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{MEMBER, cards, own_preview};
use crate::app::App;
use crate::domain::privacy::{self, About, RequestKind, RequestState};
use crate::kernel::error::Context;
use crate::kernel::reply::{Action, Button, Card, File, Reply, Style, Tone};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Actor, Error, GuildId, Locale, Result, UserId};
use futures_util::FutureExt;
use jiff::Timestamp;
use serde_json::Value;

/// The most bytes of one file: less than the 10 MB that Discord takes of a bot (Discord, "Uploading Files").
const FILE_MAX: usize = 7_500_000;
/// The most files of one copy.
const PARTS_MAX: i64 = 1000;

pub(super) static PRIVACY: Spec = Spec { name: "privacy", writes: false, run: |cx, _| overview(cx).boxed(), ..MEMBER };

pub(super) static EXPORT: Spec = Spec {
    name: "privacy_export",
    hidden: true,
    // Its answer isn't kept: it would be one more copy of everything.
    writes: false,
    options: &[Opt::optional("privacy_part", Type::Int(1, PARTS_MAX))],
    run: |cx, args| export(cx, args).boxed(),
    ..MEMBER
};

pub(super) static ERASE: Spec =
    Spec { name: "privacy_erase", hidden: true, writes: false, run: |cx, _| erase(cx).boxed(), ..MEMBER };

pub(super) static ASK: Spec = Spec { name: "privacy_ask", hidden: true, run: |cx, _| ask(cx).boxed(), ..MEMBER };

pub(super) static WITHDRAW: Spec =
    Spec { name: "privacy_withdraw", hidden: true, run: |cx, _| withdraw(cx).boxed(), ..MEMBER };

async fn overview(cx: &mut Cx<'_>) -> Result<Reply> {
    let who = (cx.guild.id, cx.user);
    let own = privacy::own(cx.tx()?, who.0, who.1).await?;
    let say = &cx.say;
    let mut card = Card::titled(say.t("privacy-title"));
    card.body = say.t("privacy-body");
    let mut reply = Reply::private("");
    let last = own.iter().find(|one| one.kind == RequestKind::Erasure && one.state != RequestState::Withdrawn);
    if let Some(last) = last {
        let due = cards::day(last.due_at);
        let id = format!("privacy-own-{}", last.state.as_str());
        let reason = last.reason.as_deref().map(plain).unwrap_or_default();
        let text = say.with(&id, &[("day", (&due).into()), ("reason", (&reason).into())]);
        card = card.field(say.t("privacy-field-request"), text, false);
    }
    reply = reply.card(card).button(cards::export_button(say));
    Ok(match last.map(|last| last.state) {
        Some(RequestState::Asked) => reply.button(cards::withdraw_button(say)),
        Some(RequestState::Confirmed) => reply,
        Some(RequestState::Done | RequestState::Refused | RequestState::Withdrawn) | None => {
            reply.button(cards::erase_button(say))
        }
    })
}

/// Reads a copy as the member himself, and writes down that he got it.
async fn copy(
    app: &App,
    who: (GuildId, UserId),
    (about, locale, part): (&About, Locale, i64),
    now: Timestamp,
) -> Result<Value> {
    let mut tx = app.db.begin(&Actor::member(who.0, who.1)).await?;
    if part > 1 {
        let had = privacy::own(&mut tx, who.0, who.1).await?.into_iter().find(|one| one.kind == RequestKind::Export);
        let fresh = had.and_then(|had| had.asked_at.checked_add(privacy::BETWEEN_EXPORTS).ok());
        if fresh.is_none_or(|until| until <= now) {
            return Err(Error::Conflict("error-privacy-part-old"));
        }
    } else {
        privacy::note_export(&mut tx, who, locale, now).await?;
        // The copy says that it was asked for.
        tx.flush().await?;
    }
    let copy = privacy::export(&mut tx, who, about).await?;
    tx.commit().await?;
    Ok(copy)
}

fn about(say: &Speech<'_>, now: Timestamp) -> About {
    let lines = say.t("privacy-readme");
    About { lines: lines.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(), made_at: now }
}

async fn export(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (app, who, now, locale) = (cx.app, (cx.guild.id, cx.user), cx.now, cx.locale());
    let part = args.int("privacy_part").unwrap_or(1);
    let about = about(&cx.say, now);
    let copy = cx.outside(copy(app, who, (&about, locale, part), now)).await??;
    let files = privacy::split(&copy, FILE_MAX);
    let count = i64::try_from(files.len()).internal("counting the files of a copy")?;
    let at = usize::try_from(part.saturating_sub(1)).ok();
    let bytes = at.and_then(|at| files.into_iter().nth(at)).ok_or(Error::Conflict("error-privacy-part-old"))?;
    let day = now.strftime("%Y-%m-%d");
    let name = cx.say.t("privacy-file-name");
    let name = if count > 1 { format!("{name}-{day}-{part}.json") } else { format!("{name}-{day}.json") };
    let text = if count > 1 {
        cx.say.with("privacy-export-part", &[("part", part.into()), ("parts", count.into())])
    } else {
        cx.say.t("privacy-export-done")
    };
    let mut reply = Reply::private(text);
    reply.files.push(File { name, bytes });
    if part < count {
        let next = Action::new("privacy_export").with("privacy_part", part + 1);
        let label = cx.say.with("button-privacy-part", &[("part", (part + 1).into())]);
        reply = reply.button(Button::new(label, next).style(Style::Primary).emoji("💾"));
    }
    Ok(reply)
}

async fn erase(cx: &mut Cx<'_>) -> Result<Reply> {
    let preview = own_preview(cx).await?;
    let say = &cx.say;
    let mut card = Card::titled(say.t("privacy-erase-title"));
    card.tone = Tone::Alert;
    card.body = say.t(if preview.obstacles.is_empty() { "privacy-erase-body" } else { "privacy-erase-not-yet" });
    card = cards::with_preview(card, say, &preview);
    if !preview.customer.is_empty() {
        card = card.field(say.t("privacy-field-stripe"), say.t("privacy-stripe"), false);
    }
    let reply = Reply::private("").card(card).button(cards::export_button(say));
    Ok(if preview.obstacles.is_empty() { reply.button(cards::ask_button(say)) } else { reply })
}

async fn ask(cx: &mut Cx<'_>) -> Result<Reply> {
    let preview = own_preview(cx).await?;
    let (who, now, locale) = ((cx.guild.id, cx.user), cx.now, cx.locale());
    let due = privacy::ask_erasure(cx.tx()?, who, (locale, &preview.obstacles), now).await?;
    cx.spent = true;
    let text = cx.say.with("privacy-asked", &[("day", (&cards::day(due)).into())]);
    Ok(Reply::private(text).button(cards::withdraw_button(&cx.say)))
}

async fn withdraw(cx: &mut Cx<'_>) -> Result<Reply> {
    let (guild, user) = (cx.guild.id, cx.user);
    let now = cx.now;
    privacy::withdraw(cx.tx()?, guild, user, now).await?;
    Ok(Reply::private(cx.say.t("privacy-withdrawn")))
}
