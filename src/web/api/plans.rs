//! The routes of plans: making, showing, approving, rejecting and committing them; the switch, the dial and the audit.
//!
//! Each lets nobody in before the door did, so a path that can't be read is refused only then.

use super::door::{Admitted, Shut};
use super::{Refused, answer, refuse};
use crate::control::plans::{Audit, Bound, Dial, NewPlan, Nothing, Plan, PlanState, Plans, Switch};
use crate::control::{Denied, Why};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use utoipa::IntoParams;

/// Adds the routes.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/api/plans", web::post().to(make))
        .route("/api/plans", web::get().to(list))
        .route("/api/plans/{number}", web::get().to(one))
        .route("/api/plans/{number}/approve", web::post().to(approve))
        .route("/api/plans/{number}/reject", web::post().to(reject))
        .route("/api/plans/{number}/commit", web::post().to(commit))
        .route("/api/stop", web::post().to(stop))
        .route("/api/switch", web::get().to(switch))
        .route("/api/autonomy", web::post().to(autonomy))
        .route("/api/audit", web::get().to(audit));
}

/// Which plans are listed.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Listed {
    /// In which state; none: in any.
    state: Option<PlanState>,
    /// Below which number.
    before: Option<i64>,
}

/// From where the audit is read.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Below {
    /// Below which number.
    before: Option<i64>,
}

/// The plan that a path names.
fn number(request: &HttpRequest) -> Result<i64, Denied> {
    let number = request.match_info().get("number").and_then(|number| number.parse().ok());
    number.ok_or_else(|| Denied {
        why: Why::BadInput,
        error: "unreadable".to_owned(),
        text: "a plan is named by its number".to_owned(),
    })
}

/// The plan that a path names, with what came with it.
fn both<T: serde::de::DeserializeOwned>(request: &HttpRequest, admitted: &Admitted) -> Result<(i64, T), Denied> {
    Ok((number(request)?, admitted.body()?))
}

/// Makes a plan; nothing is changed by it. The same key with the same content gives the same plan.
#[utoipa::path(post, path = "/api/plans", request_body = NewPlan, responses(
    Shut,
    Refused,
    (status = 200, description = "The plan, with what it would do", body = Plan),
    (status = 400, description = "Something in it can't be used", body = Denied),
    (status = 404, description = "The guild isn't known here, or what it is about isn't there", body = Denied),
    (status = 409, description = "A cap or the switch doesn't allow it, or the key stands for something else", body = Denied),
))]
pub(super) async fn make(admitted: Admitted) -> HttpResponse {
    match admitted.body::<NewPlan>() {
        Ok(new) => answer(admitted.api.desk.on_plans().make_plan(admitted.asker, new).await),
        Err(denied) => refuse(&denied),
    }
}

/// A guild's plans, the newest first.
#[utoipa::path(get, path = "/api/plans", params(Listed), responses(
    Shut,
    Refused,
    (status = 200, description = "A page of plans", body = Plans),
    (status = 400, description = "Something in it can't be used", body = Denied),
))]
pub(super) async fn list(admitted: Admitted) -> HttpResponse {
    match admitted.query::<Listed>() {
        Ok(Listed { state, before }) => answer(admitted.api.desk.on_plans().plans(admitted.asker, state, before).await),
        Err(denied) => refuse(&denied),
    }
}

/// A plan, with what became of it.
#[utoipa::path(get, path = "/api/plans/{number}", params(("number" = i64, Path, description = "The plan's number")), responses(
    Shut,
    Refused,
    (status = 200, description = "The plan", body = Plan),
    (status = 400, description = "That is no number", body = Denied),
    (status = 404, description = "There is no such plan in that guild", body = Denied),
))]
pub(super) async fn one(admitted: Admitted, request: HttpRequest) -> HttpResponse {
    match number(&request) {
        Ok(number) => answer(admitted.api.desk.on_plans().plan(admitted.asker, number).await),
        Err(denied) => refuse(&denied),
    }
}

/// Approves a plan as it was shown. It counts once for each person.
#[utoipa::path(post, path = "/api/plans/{number}/approve", request_body = Bound,
    params(("number" = i64, Path, description = "The plan's number")), responses(
    Shut,
    Refused,
    (status = 200, description = "The plan, with its approvals", body = Plan),
    (status = 400, description = "Something in it can't be used", body = Denied),
    (status = 404, description = "There is no such plan in that guild", body = Denied),
    (status = 409, description = "Another digest, a plan that isn't open, or everything is stopped", body = Denied),
))]
pub(super) async fn approve(admitted: Admitted, request: HttpRequest) -> HttpResponse {
    match both::<Bound>(&request, &admitted) {
        Ok((number, bound)) => answer(admitted.api.desk.on_plans().approve_plan(admitted.asker, number, bound).await),
        Err(denied) => refuse(&denied),
    }
}

/// Rejects a plan; it can't be committed any more.
#[utoipa::path(post, path = "/api/plans/{number}/reject", request_body = Nothing,
    params(("number" = i64, Path, description = "The plan's number")), responses(
    Shut,
    Refused,
    (status = 200, description = "The plan", body = Plan),
    (status = 400, description = "Something in it can't be used", body = Denied),
    (status = 404, description = "There is no such plan in that guild", body = Denied),
    (status = 409, description = "It is over in another way", body = Denied),
))]
pub(super) async fn reject(admitted: Admitted, request: HttpRequest) -> HttpResponse {
    match both::<Nothing>(&request, &admitted) {
        Ok((number, Nothing {})) => answer(admitted.api.desk.on_plans().reject_plan(admitted.asker, number).await),
        Err(denied) => refuse(&denied),
    }
}

/// Carries a plan out, once: asked again, what became of it is the answer. One that can't be done any more has failed, with the reason.
#[utoipa::path(post, path = "/api/plans/{number}/commit", request_body = Bound,
    params(("number" = i64, Path, description = "The plan's number")), responses(
    Shut,
    Refused,
    (status = 200, description = "The plan, committed or failed", body = Plan),
    (status = 400, description = "Something in it can't be used", body = Denied),
    (status = 404, description = "There is no such plan in that guild", body = Denied),
    (status = 409, description = "Another digest, too few approvals, a plan that isn't open, or everything is stopped", body = Denied),
    (status = 500, description = "It is not known whether it was done: read the plan back", body = Denied),
    (status = 503, description = "Something that it needs can't be reached; nothing was changed", body = Denied),
))]
pub(super) async fn commit(admitted: Admitted, request: HttpRequest) -> HttpResponse {
    match both::<Bound>(&request, &admitted) {
        Ok((number, bound)) => answer(admitted.api.desk.on_plans().commit_plan(admitted.asker, number, bound).await),
        Err(denied) => refuse(&denied),
    }
}

/// Stops everything: nothing is committed once this is answered, and what waited is rejected.
#[utoipa::path(post, path = "/api/stop", request_body = Nothing, responses(
    Shut,
    Refused,
    (status = 200, description = "Where the switch stands", body = Switch),
    (status = 400, description = "Something in it can't be used", body = Denied),
))]
pub(super) async fn stop(admitted: Admitted) -> HttpResponse {
    match admitted.body::<Nothing>() {
        Ok(Nothing {}) => answer(admitted.api.desk.on_plans().stop_plans(admitted.asker).await),
        Err(denied) => refuse(&denied),
    }
}

/// Where the switch and the dial stand.
#[utoipa::path(get, path = "/api/switch", responses(
    Shut,
    Refused,
    (status = 200, description = "Where they stand", body = Switch),
))]
pub(super) async fn switch(admitted: Admitted) -> HttpResponse {
    answer(admitted.api.desk.on_plans().plan_switch(admitted.asker).await)
}

/// Turns the dial down, at once: how much may happen without a person. Up it goes by a plan.
#[utoipa::path(post, path = "/api/autonomy", request_body = Dial, responses(
    Shut,
    Refused,
    (status = 200, description = "Where the switch and the dial stand", body = Switch),
    (status = 400, description = "Something in it can't be used", body = Denied),
    (status = 409, description = "That is up: it needs a plan", body = Denied),
))]
pub(super) async fn autonomy(admitted: Admitted) -> HttpResponse {
    match admitted.body::<Dial>() {
        Ok(dial) => answer(admitted.api.desk.on_plans().set_autonomy(admitted.asker, dial).await),
        Err(denied) => refuse(&denied),
    }
}

/// The audit of plans, the newest line first.
#[utoipa::path(get, path = "/api/audit", params(Below), responses(
    Shut,
    Refused,
    (status = 200, description = "A page of the audit", body = Audit),
    (status = 400, description = "Something in it can't be used", body = Denied),
))]
pub(super) async fn audit(admitted: Admitted) -> HttpResponse {
    match admitted.query::<Below>() {
        Ok(Below { before }) => answer(admitted.api.desk.on_plans().audit(admitted.asker, before).await),
        Err(denied) => refuse(&denied),
    }
}
