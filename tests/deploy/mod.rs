//! The two roles as they are deployed.

mod two_hosts;
