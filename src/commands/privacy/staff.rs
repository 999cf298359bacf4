//! What operators do with requests: look at them, agree to an erasure, refuse one with a reason.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{OPERATOR, cards, preview};
use crate::domain::privacy::{self, RequestKind, RequestState};
use crate::kernel::error::Problem;
use crate::kernel::reply::{Action, Button, Card, Reply, Style};
use crate::kernel::{Error, Result};
use futures_util::FutureExt;

/// Longest reason of a refusal.
const REASON_MAX: usize = 500;
/// Requests of one page, each with a button.
const SHOWN: i64 = 10;

const REQUEST: Opt = Opt::required("privacy_request", Type::Ticket).in_form();

pub(super) static REQUESTS: Spec = Spec {
    name: "privacy_requests",
    writes: false,
    options: &[
        Opt::optional("privacy_request", Type::Ticket),
        Opt::optional("requests_which", Type::Choice(&["requests_open", "requests_all"])),
        Opt::optional("requests_before", Type::Ticket),
    ],
    run: |cx, args| requests(cx, args).boxed(),
    ..OPERATOR
};

pub(super) static CONFIRM: Spec = Spec {
    name: "privacy_confirm",
    hidden: true,
    options: &[Opt::required("privacy_request", Type::Ticket)],
    run: |cx, args| confirm(cx, args).boxed(),
    ..OPERATOR
};

pub(super) static REFUSE: Spec = Spec {
    name: "privacy_refuse",
    options: &[REQUEST, Opt::required("reason", Type::Body).in_form().at_most(REASON_MAX)],
    run: |cx, args| refuse(cx, args).boxed(),
    ..OPERATOR
};

async fn requests(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    if let Ok(id) = args.ticket("privacy_request") {
        return one(cx, id).await;
    }
    let (guild, all) = (cx.guild.id, args.choice("requests_which") == Some("requests_all"));
    let below = args.ticket("requests_before").unwrap_or(i64::MAX);
    let found = privacy::requests(cx.tx()?, guild, (all, below), SHOWN).await?;
    let say = &cx.say;
    let mut card = Card::titled(say.t(if all { "privacy-requests-all" } else { "privacy-requests" }));
    card.body = found.iter().map(|one| cards::request_line(say, one)).collect::<Vec<_>>().join("\n");
    if found.is_empty() {
        card.body = say.t("privacy-requests-none");
    }
    let mut reply = Reply::private("").card(card);
    for one in found.iter().filter(|one| one.state == RequestState::Asked) {
        let look = Action::new("privacy_requests").with("privacy_request", one.id);
        let label = say.with("button-privacy-look", &[("id", one.id.into())]);
        reply = reply.button(Button::new(label, look).emoji("👁️"));
    }
    if let Some(last) = found.last().filter(|_| i64::try_from(found.len()).is_ok_and(|found| found >= SHOWN)) {
        let which = if all { "requests_all" } else { "requests_open" };
        let older = Action::new("privacy_requests").with("requests_which", which).with("requests_before", last.id);
        reply = reply.button(Button::new(say.t("button-privacy-older"), older).emoji("⬇️"));
    }
    if !all {
        let every = Action::new("privacy_requests").with("requests_which", "requests_all");
        reply = reply.button(Button::new(say.t("button-privacy-all"), every).emoji("📋"));
    }
    Ok(reply)
}

async fn one(cx: &mut Cx<'_>, id: i64) -> Result<Reply> {
    let (app, guild, now) = (cx.app, cx.guild.id, cx.now);
    let request = privacy::request(cx.tx()?, guild, id).await?;
    let card = cards::request_card(&cx.say, &request);
    if request.kind == RequestKind::Export || request.state != RequestState::Asked {
        return Ok(Reply::private("").card(card));
    }
    let preview = cx.outside(preview(app, (guild, request.user), now)).await??;
    let say = &cx.say;
    let mut reply = Reply::private("").card(cards::with_preview(card, say, &preview));
    if preview.obstacles.is_empty() {
        let yes = Action::new("privacy_confirm").with("privacy_request", id);
        reply = reply.button(Button::new(say.t("button-privacy-confirm"), yes).style(Style::Danger).emoji("🗑️"));
    }
    let no = Action::new("privacy_refuse").with("privacy_request", id);
    Ok(reply.button(Button::new(say.t("button-privacy-refuse"), no).emoji("✖️")))
}

async fn confirm(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (app, guild, user, now) = (cx.app, cx.guild.id, cx.user, cx.now);
    let id = args.ticket("privacy_request")?;
    let request = privacy::request(cx.tx()?, guild, id).await?;
    let preview = cx.outside(preview(app, (guild, request.user), now)).await??;
    privacy::confirm(cx.tx()?, (guild, id), (user, &preview.obstacles), now).await?;
    cx.spent = true;
    let mut lines = vec![cx.say.with("privacy-confirmed", &[("id", id.into())])];
    if preview.holds {
        lines.push(cx.say.t("privacy-confirmed-roles"));
    }
    if !preview.customer.is_empty() {
        lines.push(cx.say.with("privacy-confirmed-stripe", &[("customer", (&preview.customer).into())]));
    }
    Ok(Reply::private(lines.join("\n")))
}

async fn refuse(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (guild, user, now) = (cx.guild.id, cx.user, cx.now);
    let (id, reason) = (args.ticket("privacy_request")?, args.body("reason")?.as_str().to_owned());
    let found = reason.chars().count();
    if found > REASON_MAX {
        return Err(Error::Argument { option: "reason", problem: Problem::TooLong { max: REASON_MAX, found } });
    }
    privacy::refuse(cx.tx()?, (guild, id), (user, &reason), now).await?;
    Ok(Reply::private(cx.say.with("privacy-refused", &[("id", id.into())])))
}
