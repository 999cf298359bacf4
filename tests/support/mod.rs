//! What tests share: a real database each, people, a program under test. It asserts nothing itself.

pub mod app;
pub mod beacon;
pub mod db;
pub mod link;
pub mod maxis;
pub mod show;
pub mod watch;
pub mod witness;
