//! Giveaways: who may enter, and the draw that anybody can check: the file, what is done to it, a second program that reads it,
//! and chance itself.

mod command;
mod entering;
mod fairness;
mod relays;
mod support;
mod tampering;
mod vectors;
mod witness;
mod world;
