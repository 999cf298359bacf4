//! Discord: the only code that knows its wire format, its gateway and its limits.

pub mod courier;
pub mod render;
