//! Claiming a prize, and checking a draw.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{GIVEAWAY, MEMBER, end, missing, notices, own, payments};
use crate::app::App;
use crate::domain::giveaways::{Giveaway, PlaceState, Prize, State, drawing, places, reading};
use crate::domain::shop::roles::Unkept;
use crate::kernel::error::{Cause, Context};
use crate::kernel::reply::{Action, Button, File, Reply};
use crate::kernel::text::plain;
use crate::kernel::{Error, Result};
use futures_util::FutureExt;

/// The largest file that is attached, below what Discord takes from everybody (10 MiB).
pub const FILE_MAX: usize = 8 << 20;

pub(super) static CLAIM: Spec = Spec {
    name: "giveaway_claim",
    hidden: true,
    options: &[Opt::required("giveaway", Type::Giveaway)],
    run: |cx, args| claim(cx, args).boxed(),
    ..MEMBER
};

pub(super) static PROOF: Spec = Spec {
    name: "giveaway_proof",
    options: &[GIVEAWAY],
    run: |cx, args| proof(cx, args).boxed(),
    suggest: Some(super::suggest),
    ..MEMBER
};

pub(super) static FAIR: Spec = Spec {
    name: "giveaway_fair",
    hidden: true,
    options: &[Opt::required("giveaway", Type::Giveaway), Opt::optional("step", Type::Request)],
    run: |cx, args| fair(cx, args).boxed(),
    ..MEMBER
};

async fn claim(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (guild, number, now) = (cx.guild.id, args.giveaway("giveaway")?, cx.now);
    let won = found(cx, args).await?;
    // A button in direct messages stays when its reader has gone.
    if matches!(cx.app.roles.held(guild, cx.user).await, Err(Unkept::Left)) {
        return Err(Error::Conflict("error-giveaway-left"));
    }
    let role_gone = role_is_gone(cx.app, &won).await;
    let mut tx = payments(cx).await?;
    let claimed = places::claim(&mut tx, (guild, number), (cx.user, cx.locale()), role_gone, now).await;
    let (giveaway, place) = end(tx, claimed).await?;
    let title = plain(&giveaway.title);
    if let Some(code) = &place.code {
        let until = super::cards::when(code.until);
        let args = [("title", (&title).into()), ("code", code.code.as_str().into()), ("until", (&until).into())];
        let text = cx.say.with("giveaway-claimed-code", &args);
        return Ok(Reply::private(notices::and_waits(&cx.say, text, place.waits)));
    }
    let id = match place.state {
        _ if place.waits.prize => "giveaway-claimed-later",
        PlaceState::Claimed => "giveaway-claimed-hand",
        PlaceState::Given => "giveaway-claimed-given",
        PlaceState::Delivered | PlaceState::Pending | PlaceState::Out => "giveaway-claimed",
    };
    let text = cx.say.with(id, &[("title", (&title).into())]);
    let mut reply = Reply::private(notices::and_waits(&cx.say, text, place.waits));
    if let Some(order) = place.order {
        let view = Action::new("order").with("order", order);
        reply = reply.button(Button::new(cx.say.t("button-giveaway-order"), view).emoji("📦"));
    }
    Ok(reply)
}

/// Whether what is won is a role that the guild has no more; where Discord doesn't answer, it is taken to be there.
pub async fn role_is_gone(app: &App, giveaway: &Giveaway) -> bool {
    let Prize::Role { role, .. } = giveaway.prize else { return false };
    app.inspector.look(giveaway.guild, &[], &[role]).await.is_ok_and(|seen| seen.unknown_roles.contains(&role))
}

async fn found(cx: &mut Cx<'_>, args: &Args) -> Result<Giveaway> {
    let (guild, number) = (cx.guild.id, args.giveaway("giveaway")?);
    let mut tx = own(cx).await?;
    let found = reading::one(&mut tx, guild, number).await.map_err(missing)?;
    tx.end().await?;
    Ok(found)
}

/// A member's own proof that he is in the frozen list; for staff, the open file of the draw as it stands.
async fn proof(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let giveaway = found(cx, args).await?;
    if giveaway.commitment_message.is_none() {
        return Err(Error::Conflict("error-giveaway-not-frozen"));
    }
    let staff = cx.actor.is_staff() && matches!(giveaway.state, State::Drawn | State::Done);
    let user = cx.user;
    let mut tx = payments(cx).await?;
    let material = drawing::material(&mut tx, &giveaway).await?;
    tx.end().await?;
    let number = giveaway.number;
    // It may take seconds of counting.
    let made = tokio::task::spawn_blocking(move || -> Result<Option<File>> {
        let (name, bytes) = if staff {
            let Some(file) = material.draw()?.transcript() else { return Ok(None) };
            (format!("giveaway-{number}-open.json"), file.to_json().internal("writing a draw's file")?)
        } else {
            let Some(file) = material.proof_of(user)? else { return Ok(None) };
            (format!("giveaway-{number}-proof.json"), serde_json::to_vec(&file).internal("writing a proof")?)
        };
        Ok(Some(File { name, bytes }))
    });
    let ended = |cause| Error::Internal { what: "writing a draw's file", cause: Cause::new(cause) };
    let file = made.await.map_err(ended)??.ok_or(Error::Conflict("error-giveaway-no-entry"))?;
    if file.bytes.len() > FILE_MAX {
        return Err(Error::Conflict("error-giveaway-file-large"));
    }
    let commitment = giveaway.commitment.clone().unwrap_or_default();
    let id = if staff { "giveaway-proof-open" } else { "giveaway-proof" };
    let mut reply = Reply::private(cx.say.with(id, &[("digest", (&commitment).into())]));
    reply.files.push(file);
    Ok(reply)
}

/// What a giveaway's messages prove, and how anybody checks it.
async fn fair(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let giveaway = found(cx, args).await?;
    let args = [("number", giveaway.number.into())];
    let proof = super::cards::action("giveaway_proof", giveaway.number);
    let reply = Reply::private(cx.say.with("giveaway-fair", &args));
    Ok(match giveaway.commitment_message {
        Some(_) => reply.button(Button::new(cx.say.t("button-giveaway-proof"), proof).emoji("🧾")),
        None => reply,
    })
}
