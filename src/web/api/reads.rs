//! What is read through the control API of a guild's shop: figures, recap, promotions, tickets, names, settings.

use super::door::{Admitted, Shut};
use super::{Page, Refused, answer, refuse};
use crate::control::{Analytics, Catalogue, Denied, Promotions, Report, Settings, Tickets, Wanted};
use actix_web::{HttpResponse, web};

/// Adds the routes.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/api/analytics", web::get().to(analytics))
        .route("/api/report", web::get().to(report))
        .route("/api/promotions", web::get().to(promotions))
        .route("/api/tickets", web::get().to(tickets))
        .route("/api/catalogue", web::get().to(catalogue))
        .route("/api/config", web::get().to(settings));
}

/// Figures of a guild's shop over some days, beside those of the days before.
#[utoipa::path(get, path = "/api/analytics", params(Wanted), responses(
    Shut,
    Refused,
    (status = 200, description = "The figures", body = Analytics),
    (status = 400, description = "Something in it can't be used", body = Denied),
))]
pub(super) async fn analytics(admitted: Admitted) -> HttpResponse {
    match admitted.query::<Wanted>() {
        Ok(wanted) => answer(admitted.api.desk.analytics(admitted.asker, &wanted).await),
        Err(denied) => refuse(&denied),
    }
}

/// The recap of some days; of the last whole week where none are named.
#[utoipa::path(get, path = "/api/report", params(Wanted), responses(
    Shut,
    Refused,
    (status = 200, description = "The recap", body = Report),
    (status = 400, description = "Something in it can't be used", body = Denied),
))]
pub(super) async fn report(admitted: Admitted) -> HttpResponse {
    match admitted.query::<Wanted>() {
        Ok(wanted) => answer(admitted.api.desk.report(admitted.asker, &wanted).await),
        Err(denied) => refuse(&denied),
    }
}

/// The promotions that run or will, the newest first.
#[utoipa::path(get, path = "/api/promotions", params(Page), responses(
    Shut,
    Refused,
    (status = 200, description = "A page of promotions", body = Promotions),
    (status = 400, description = "Something in it can't be used", body = Denied),
))]
pub(super) async fn promotions(admitted: Admitted) -> HttpResponse {
    match admitted.query::<Page>() {
        Ok(page) => answer(admitted.api.desk.promotions(admitted.asker, page.before).await),
        Err(denied) => refuse(&denied),
    }
}

/// How the tickets stand, and what some days brought.
#[utoipa::path(get, path = "/api/tickets", params(Wanted), responses(
    Shut,
    Refused,
    (status = 200, description = "Tickets in figures", body = Tickets),
    (status = 400, description = "Something in it can't be used", body = Denied),
))]
pub(super) async fn tickets(admitted: Admitted) -> HttpResponse {
    match admitted.query::<Wanted>() {
        Ok(wanted) => answer(admitted.api.desk.tickets(admitted.asker, &wanted).await),
        Err(denied) => refuse(&denied),
    }
}

/// What the shop sells, by name, with its zone, its currency and its cap.
#[utoipa::path(get, path = "/api/catalogue", responses(
    Shut,
    Refused,
    (status = 200, description = "The names", body = Catalogue),
))]
pub(super) async fn catalogue(admitted: Admitted) -> HttpResponse {
    answer(admitted.api.desk.catalogue(admitted.asker).await)
}

/// The settings that may be read from afar, and who may change them.
#[utoipa::path(get, path = "/api/config", responses(
    Shut,
    Refused,
    (status = 200, description = "The settings", body = Settings),
))]
pub(super) async fn settings(admitted: Admitted) -> HttpResponse {
    answer(admitted.api.desk.settings(admitted.asker).await)
}
