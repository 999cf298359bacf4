//! Giveaways: who may enter, and the draw that anybody can check: the file, what is done to it, a second program that reads it,
//! and chance itself.

mod census;
mod claims;
mod command;
mod conversation;
mod entering;
mod fairness;
mod kills;
mod life;
mod lists;
mod milestones;
mod passed_over;
mod relays;
mod remote;
mod stage;
mod support;
mod tampering;
mod vectors;
mod waiting;
mod weighing;
mod witness;
mod world;
