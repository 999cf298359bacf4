//! The control API: what Shellia may ask of Maxis, behind a door that takes signed passes.
//!
//! The door reads the whole request before it looks at the pass, which is bound to it. Whoever is turned away learns nothing but that;
//! why is counted. What is asked is answered by the [`Desk`] that was handed in.

mod address;
mod docs;
mod door;
mod events;
mod plans;
mod reads;

pub(super) use address::{household, origin};
pub use door::{Door, Rules};
pub use events::{Pace, Streams};

use crate::control::{
    Analytics, Catalogue, Denied, Desk, Event, Giveaways, GuildSettings, Promotions, Report, Settings, Status, Tickets,
    Why,
};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use door::{Admitted, Shut};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, IntoResponses, OpenApi};

/// What serves the control API.
pub struct Api {
    /// Who is let in.
    pub door: Door,
    /// Who answers.
    pub desk: Arc<dyn Desk>,
    /// The streams of events.
    pub streams: Streams,
}

/// The description of the control API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Maxis: control API",
        description = "What Shellia may ask of Maxis. Each request bears a pass of its own, which lasts a minute and holds for that request alone."
    ),
    paths(
        status,
        giveaways,
        guild,
        events::events,
        plans::make,
        plans::list,
        plans::one,
        plans::approve,
        plans::reject,
        plans::commit,
        plans::stop,
        plans::switch,
        plans::autonomy,
        plans::audit,
        reads::analytics,
        reads::report,
        reads::promotions,
        reads::tickets,
        reads::catalogue,
        reads::settings
    ),
    components(schemas(
        Status,
        Giveaways,
        GuildSettings,
        Event,
        Analytics,
        Report,
        Promotions,
        Tickets,
        Catalogue,
        Settings,
        Denied
    ))
)]
struct Description;

/// Adds the routes.
pub(super) fn routes(config: &mut web::ServiceConfig, api: Arc<Api>) {
    config
        .app_data(web::Data::from(api))
        .route("/api/status", web::get().to(status))
        .route("/api/giveaways", web::get().to(giveaways))
        .configure(plans::routes)
        .configure(reads::routes)
        .configure(docs::routes)
        .route("/api/guild", web::get().to(guild))
        .route("/api/events", web::get().to(events::events))
        .route("/api/openapi.json", web::get().to(description));
}

/// What a person's question may be answered with instead.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "it is described here; `refuse` answers it")]
pub(super) enum Refused {
    /// The person behind it is no operator of that guild
    #[response(status = 403)]
    NotAllowed(Denied),
    /// The guild isn't known here
    #[response(status = 404)]
    NotFound(Denied),
    /// Something that it needs can't be reached
    #[response(status = 503)]
    Unavailable(Denied),
}

/// How Maxis is.
#[utoipa::path(get, path = "/api/status", responses(
    Shut,
    (status = 200, description = "How Maxis is", body = Status),
))]
async fn status(admitted: Admitted) -> HttpResponse {
    HttpResponse::Ok().json(admitted.api.desk.status().await)
}

/// Where a page of a list begins.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Page {
    /// Below which number.
    pub(super) before: Option<i64>,
}

/// A guild's giveaways, the newest first.
#[utoipa::path(get, path = "/api/giveaways", params(Page), responses(
    Shut,
    Refused,
    (status = 200, description = "A page of giveaways", body = Giveaways),
    (status = 400, description = "Something in it can't be used", body = Denied),
))]
async fn giveaways(admitted: Admitted) -> HttpResponse {
    match admitted.query::<Page>() {
        Ok(page) => answer(admitted.api.desk.giveaways(admitted.asker, page.before).await),
        Err(denied) => refuse(&denied),
    }
}

/// The settings of the operator's guild.
#[utoipa::path(get, path = "/api/guild", responses(
    Shut,
    Refused,
    (status = 200, description = "Its language and its time zone", body = GuildSettings),
))]
async fn guild(admitted: Admitted) -> HttpResponse {
    answer(admitted.api.desk.guild(admitted.asker).await)
}

fn answer<T: Serialize>(answered: Result<T, Denied>) -> HttpResponse {
    match answered {
        Ok(answer) => HttpResponse::Ok().json(answer),
        Err(denied) => refuse(&denied),
    }
}

fn refuse(denied: &Denied) -> HttpResponse {
    let status = match denied.why {
        Why::BadInput => StatusCode::BAD_REQUEST,
        Why::NotAllowed => StatusCode::FORBIDDEN,
        Why::NotFound => StatusCode::NOT_FOUND,
        Why::Conflict => StatusCode::CONFLICT,
        Why::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Why::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Why::Fault => StatusCode::INTERNAL_SERVER_ERROR,
    };
    HttpResponse::build(status).json(denied)
}

async fn description() -> HttpResponse {
    // Our own types always become JSON.
    let mut all = serde_json::to_value(Description::openapi()).unwrap_or_default();
    super::panel::describe(&mut all);
    HttpResponse::Ok().json(all)
}
