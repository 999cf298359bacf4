//! The control API: what Shellia may ask of Maxis, behind a door that takes signed passes.
//!
//! The door reads the whole request before it looks at the pass, which is bound to it. Whoever is turned away learns nothing but that;
//! why is counted. What is asked is answered by the [`Desk`] that was handed in.

mod door;

pub use door::{Door, Rules};

use crate::control::{Desk, Status};
use actix_web::{HttpResponse, web};
use door::Admitted;
use std::sync::Arc;
use utoipa::OpenApi;

/// What serves the control API.
pub struct Api {
    /// Who is let in.
    pub door: Door,
    /// Who answers.
    pub desk: Arc<dyn Desk>,
}

/// The description of the control API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Maxis: control API",
        description = "What Shellia may ask of Maxis. Each request bears a pass of its own, which lasts a minute and holds for that request alone."
    ),
    paths(status),
    components(schemas(Status))
)]
struct Description;

/// Adds the routes.
pub(super) fn routes(config: &mut web::ServiceConfig, api: Arc<Api>) {
    config
        .app_data(web::Data::from(api))
        .route("/api/status", web::get().to(status))
        .route("/api/openapi.json", web::get().to(description));
}

/// How Maxis is.
#[utoipa::path(get, path = "/api/status", responses(
    (status = 200, description = "How Maxis is", body = Status),
    (status = 401, description = "Not let in"),
    (status = 429, description = "Too many requests"),
))]
async fn status(admitted: Admitted) -> HttpResponse {
    HttpResponse::Ok().json(admitted.api.desk.status().await)
}

async fn description() -> HttpResponse {
    HttpResponse::Ok().json(Description::openapi())
}
