//! Giveaways: what is promised, who may take part, who wins and how he gets it.
//!
//! Pure: `kinds` (closed lists), `requirements` (who may enter, with what weight), `promise` (what a giveaway is, and its draw's
//! terms), `draw` (who wins, in an order that anybody can check). On a transaction: `service` makes, ends and changes, `entering`
//! lets members in and out, `weighing` looks at their roles once more at the end, `reading` is what people look at, `work` is what the program does as time goes by, `freezing` and
//! `drawing` are its turns on the way to the winners, `places` is who has what he won, `claims` how long he may claim it, `rerolls`
//! who is to be replaced, `remaining` what is left to do then, `repeats` which giveaways come back, `milestones` which begin when a guild has grown. It posts
//! nothing: that is the jobs'. `coupons` are prizes that are promotion codes,
//! `remote` is what another program of ours may ask, `figures` counts.

mod beacon;
pub mod claims;
mod coupons;
pub mod draw;
pub mod drawing;
pub mod entering;
pub mod figures;
pub mod freezing;
mod kinds;
pub mod milestones;
pub mod places;
mod promise;
pub mod reading;
pub mod remaining;
pub mod remote;
pub mod repeats;
mod requirements;
pub mod rerolls;
pub mod service;
mod store;
pub mod weighing;
pub mod work;

pub use beacon::{Beacon, Unreached, Unwired};
pub use coupons::Code;
pub use kinds::{PlaceState, SourceKind, State, Trouble};
pub use promise::{Also, Giveaway, LONGEST, NewGiveaway, Prize, SHORTEST, TITLE_MAX};
pub use requirements::{Candidate, NotRoles, Refusal, Requirements, WEIGHT_MAX, chance, roles_of};
