//! The admin panel over HTTP: its pages, compiled in, and what they ask, as one table of routes.
//!
//! It knows who asks and what an answer looks like on the wire; what is asked is [`crate::panel`]'s. A route is a row of
//! [`table::rows`], whose handler's first argument says who may call it; there is no other way in.

mod asked;
mod buyers;
mod cookie;
mod described;
mod desk;
mod enter;
mod fields;
mod files;
mod gate;
mod pages;
mod privacy;
mod refused;
mod rooms;
mod shop;
mod signing;
mod stream;
mod table;
mod team;
mod tickets;

pub use gate::{Gate, GateRules};
pub use table::{Who, routes as panel_routes};

pub(super) use described::describe;

use crate::panel::Panel;
use actix_web::web;
use std::sync::Arc;

/// What serves the panel.
pub struct Rooms {
    /// What may be asked.
    pub panel: Arc<Panel>,
    /// Who comes in.
    pub gate: Gate,
}

/// Adds the routes.
pub(super) fn routes(config: &mut web::ServiceConfig, rooms: Arc<Rooms>) {
    config.app_data(web::Data::from(rooms));
    for row in table::rows() {
        config.route(row.path, enter::route(row));
    }
    config.configure(pages::routes);
}
