//! Roles follow what is held: over the local Discord, with the real courier and keeper.

mod by_hand;
mod disputed;
mod events;
mod follow;
mod left;
mod obstacles;
mod stuck;
mod subscribed;
mod told;
mod truths;
mod ungiven;
mod why;
mod withheld;
mod words;
mod world;
