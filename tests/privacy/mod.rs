//! A member's copy and erasure, and how long what is kept.

mod conversation;
mod copy;
mod document;
mod erasing;
mod keeping;
mod life;
mod telling;
