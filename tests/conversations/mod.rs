//! Conversations between people and Maxis over real sockets, kept as snapshots of what each person reads.

mod bad_input;
mod commands;
mod direct;
mod failures;
mod leaving;
mod logs;
mod outage;
mod purchases;
mod settings;
mod staying;
mod strangers;
mod support;
