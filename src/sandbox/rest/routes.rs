//! All routes of REST v10 that the sandbox knows, with their rate limits.

use crate::sandbox::state::State;

use super::call::{Call, Outcome};
use super::{callbacks, channels, commands, followups, guilds, members, messages, overwrites, roles, threads, users};

/// A route.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// Its path; `{…}` is a variable part.
    pub(crate) path: &'static str,
    pub(crate) run: fn(&mut State, &mut Call) -> Outcome,
    /// Requests in milliseconds; none for routes without a limit of their own.
    pub(crate) limit: Option<(u64, u64)>,
    /// Needs no bot token: the path's token is the right.
    pub(crate) open: bool,
}

/// What a path leads to.
pub(crate) enum Found {
    Route(&'static Route, Vec<String>),
    OtherMethod,
    Nothing,
}

/// The limit of routes without a better known one: 50 in 10 s.
const USUAL: Option<(u64, u64)> = Some((50, 10_000));

const fn route(
    method: &'static str,
    path: &'static str,
    run: fn(&mut State, &mut Call) -> Outcome,
    limit: Option<(u64, u64)>,
) -> Route {
    Route { method, path, run, limit, open: false }
}

const fn open(
    method: &'static str,
    path: &'static str,
    run: fn(&mut State, &mut Call) -> Outcome,
    limit: Option<(u64, u64)>,
) -> Route {
    Route { method, path, run, limit, open: true }
}

/// Follow-ups: 5 in 2 s per token, as seen on Discord.
const FOLLOWUP: Option<(u64, u64)> = Some((5, 2_000));

#[rustfmt::skip]
const ROUTES: &[Route] = &[
    open("GET", "/gateway", users::gateway, None),
    route("GET", "/gateway/bot", users::gateway_bot, Some((2, 5_000))),
    route("GET", "/users/@me", users::me, USUAL),
    route("GET", "/users/@me/guilds", users::my_guilds, USUAL),
    route("POST", "/users/@me/channels", users::open_direct, USUAL),
    route("GET", "/users/{user}", users::get, USUAL),
    route("GET", "/applications/@me", users::application, USUAL),
    route("GET", "/oauth2/applications/@me", users::application, USUAL),
    route("GET", "/applications/{app}/commands", commands::list_global, USUAL),
    route("POST", "/applications/{app}/commands", commands::create_global, USUAL),
    route("PUT", "/applications/{app}/commands", commands::replace_global, USUAL),
    route("GET", "/applications/{app}/commands/{command}", commands::get_global, USUAL),
    route("DELETE", "/applications/{app}/commands/{command}", commands::delete_global, USUAL),
    route("GET", "/applications/{app}/guilds/{guild}/commands", commands::list_guild, USUAL),
    route("POST", "/applications/{app}/guilds/{guild}/commands", commands::create_guild, USUAL),
    route("PUT", "/applications/{app}/guilds/{guild}/commands", commands::replace_guild, USUAL),
    route("DELETE", "/applications/{app}/guilds/{guild}/commands/{command}", commands::delete_guild, USUAL),
    route("GET", "/guilds/{guild}", guilds::get, USUAL),
    route("GET", "/guilds/{guild}/channels", guilds::channels, USUAL),
    route("POST", "/guilds/{guild}/channels", channels::create, USUAL),
    route("GET", "/guilds/{guild}/roles", guilds::roles, USUAL),
    route("POST", "/guilds/{guild}/roles", roles::create, USUAL),
    route("PATCH", "/guilds/{guild}/roles/{role}", roles::edit, USUAL),
    route("DELETE", "/guilds/{guild}/roles/{role}", roles::delete, USUAL),
    route("GET", "/guilds/{guild}/threads/active", threads::active, USUAL),
    route("GET", "/guilds/{guild}/members", members::list, Some((10, 10_000))),
    route("GET", "/guilds/{guild}/members/search", members::search, Some((10, 10_000))),
    route("GET", "/guilds/{guild}/members/{user}", members::get, USUAL),
    route("PATCH", "/guilds/{guild}/members/{user}", members::edit, Some((10, 10_000))),
    route("DELETE", "/guilds/{guild}/members/{user}", members::kick, Some((5, 1_000))),
    route("PUT", "/guilds/{guild}/members/{user}/roles/{role}", members::add_role, Some((10, 10_000))),
    route("DELETE", "/guilds/{guild}/members/{user}/roles/{role}", members::remove_role, Some((10, 10_000))),
    route("GET", "/channels/{channel}", channels::get, USUAL),
    route("PATCH", "/channels/{channel}", channels::edit, Some((5, 5_000))),
    route("DELETE", "/channels/{channel}", channels::delete, Some((5, 5_000))),
    route("POST", "/channels/{channel}/typing", channels::typing, Some((5, 5_000))),
    route("PUT", "/channels/{channel}/permissions/{overwrite}", overwrites::put, Some((10, 15_000))),
    route("DELETE", "/channels/{channel}/permissions/{overwrite}", overwrites::delete, Some((10, 15_000))),
    route("GET", "/channels/{channel}/messages", messages::list_messages, Some((5, 5_000))),
    route("POST", "/channels/{channel}/messages", messages::create, Some((5, 5_000))),
    route("POST", "/channels/{channel}/messages/bulk-delete", messages::bulk_delete, Some((1, 1_000))),
    route("GET", "/channels/{channel}/messages/{message}", messages::get, Some((5, 5_000))),
    route("PATCH", "/channels/{channel}/messages/{message}", messages::edit, Some((5, 5_000))),
    route("DELETE", "/channels/{channel}/messages/{message}", messages::delete, Some((5, 1_000))),
    route("POST", "/channels/{channel}/threads", threads::create, USUAL),
    route("POST", "/channels/{channel}/messages/{message}/threads", threads::create_from_message, USUAL),
    route("PUT", "/channels/{channel}/thread-members/{user}", threads::add_member, USUAL),
    route("DELETE", "/channels/{channel}/thread-members/{user}", threads::remove_member, USUAL),
    open("POST", "/interactions/{interaction}/{token}/callback", callbacks::answer, None),
    open("POST", "/webhooks/{app}/{token}", followups::create, FOLLOWUP),
    open("GET", "/webhooks/{app}/{token}/messages/{message}", followups::get, FOLLOWUP),
    open("PATCH", "/webhooks/{app}/{token}/messages/{message}", followups::edit, FOLLOWUP),
    open("DELETE", "/webhooks/{app}/{token}/messages/{message}", followups::delete, FOLLOWUP),
];

/// Finds the route of a path; the fixed paths stand before those with a variable part at the same place.
pub(crate) fn find(method: &str, path: &str) -> Found {
    let steps: Vec<&str> = path.split('/').collect();
    let mut other = false;
    for route in ROUTES {
        let Some(params) = matched(route.path, &steps) else { continue };
        if route.method == method {
            return Found::Route(route, params);
        }
        other = true;
    }
    if other { Found::OtherMethod } else { Found::Nothing }
}

fn matched(pattern: &str, steps: &[&str]) -> Option<Vec<String>> {
    let mut wanted = pattern.split('/');
    let mut params = Vec::new();
    for step in steps {
        let pattern = wanted.next()?;
        if pattern.starts_with('{') {
            params.push((*step).to_owned());
        } else if pattern != *step {
            return None;
        }
    }
    wanted.next().is_none().then_some(params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_path_wins_over_a_variable_one() {
        let Found::Route(route, params) = find("GET", "/users/@me") else { panic!("no route") };
        assert_eq!((route.path, params.len()), ("/users/@me", 0));
        assert!(matches!(find("PUT", "/users/@me"), Found::OtherMethod));
        assert!(matches!(find("GET", "/nothing"), Found::Nothing));
    }
}
