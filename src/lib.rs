//! Shellia and Maxis: one crate, two roles of a commerce-and-support system for a Discord community.
//!
//! The floors, from the bottom: `kernel`; `db` and `config`; `domain`; `app`, `commands` and `jobs`; the edges
//! `discord`, `web`, `stripe`, `drand` and `sandbox`; `roles`. Imports go down only (`tests/architecture.rs` checks it).

pub mod app;
pub mod commands;
pub mod config;
pub mod control;
pub mod db;
pub mod discord;
pub mod domain;
#[cfg(feature = "commerce")]
pub mod drand;
pub mod jobs;
pub mod kernel;
pub mod panel;
#[cfg(feature = "controller")]
pub mod peer_http;
pub mod pilot;
pub mod roles;
#[cfg(feature = "sandbox")]
pub mod sandbox;
#[cfg(feature = "commerce")]
pub mod stripe;
pub mod web;
