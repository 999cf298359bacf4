//! The routes of the panel, a row each: from here come the router, the description and the isolation matrix of the tests.
//!
//! Who may call a route is the kind of its handler, so a row can't promise anything else than the handler asks for.

use super::asked::{Open, Own, Staff};
use super::refused::Refused;
use super::{buyers, desk, privacy, rooms, shop, signing, stream, team, tickets};
use crate::panel::tickets as shapes;
use crate::panel::{Happened, Me, OwnSessions};
use actix_web::HttpResponse;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use std::borrow::Cow;
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

/// What a handler gives.
pub(super) type Answered = LocalBoxFuture<'static, Result<HttpResponse, Refused>>;

/// A handler, by who may call it.
#[derive(Clone, Copy)]
pub(super) enum Run {
    /// Anybody, as often as anybody may try to sign in.
    Trying(fn(Open) -> Answered),
    /// Who is signed in.
    Own(fn(Own) -> Answered),
    /// Staff of the guild in the path.
    Staff(fn(Staff) -> Answered),
    /// Operators of the guild in the path.
    Operator(fn(Staff) -> Answered),
}

/// The largest body where a route doesn't say another, in bytes.
const LARGEST: usize = 64 << 10;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody.
    Anybody,
    /// Who is signed in, about himself.
    SignedIn,
    /// Staff of the guild in the path.
    Staff,
    /// Operators of the guild in the path.
    Operator,
}

/// The shape of a body.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub(super) name: fn() -> Cow<'static, str>,
    pub(super) add: fn(&mut Vec<(String, RefOr<Schema>)>),
}

pub(super) const fn shape<T: ToSchema>() -> Option<Shape> {
    Some(Shape {
        name: T::name,
        add: |all| {
            all.push((T::name().into_owned(), T::schema()));
            T::schemas(all);
        },
    })
}

/// A route.
pub(super) struct Row {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) about: &'static str,
    pub(super) run: Run,
    /// What it is sent.
    pub(super) takes: Option<Shape>,
    /// With what it answers where all is well.
    pub(super) gives: (u16, Option<Shape>),
    /// What may stand behind its path.
    pub(super) query: &'static [&'static str],
    /// The largest body, in bytes.
    pub(super) largest: usize,
}

impl Row {
    /// Who may call it.
    pub(super) const fn who(&self) -> Who {
        match self.run {
            Run::Trying(_) => Who::Anybody,
            Run::Own(_) => Who::SignedIn,
            Run::Staff(_) => Who::Staff,
            Run::Operator(_) => Who::Operator,
        }
    }
}

pub(super) const fn row(method: &'static str, path: &'static str, about: &'static str, run: Run) -> Row {
    Row { method, path, about, run, takes: None, gives: (204, None), query: &[], largest: LARGEST }
}

impl Row {
    pub(super) const fn gives(self, shape: Option<Shape>) -> Self {
        Self { gives: (200, shape), ..self }
    }

    pub(super) const fn creates(self, shape: Option<Shape>) -> Self {
        Self { gives: (201, shape), ..self }
    }

    pub(super) const fn takes(self, takes: Option<Shape>) -> Self {
        Self { takes, ..self }
    }

    pub(super) const fn query(self, query: &'static [&'static str]) -> Self {
        Self { query, ..self }
    }

    pub(super) const fn up_to(self, largest: usize) -> Self {
        Self { largest, ..self }
    }
}

const LIST: &[&str] =
    &["state", "priority", "category", "assignee", "opener", "sla", "q", "sort", "dir", "limit", "cursor"];

/// Those of signing in and of tickets.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("GET", "/api/admin/sign-in", "Leads to Discord, to say who one is", Run::Trying(|open| signing::begin(open).boxed_local())).query(&["to"]),
    row("GET", "/api/admin/signed-in", "Where Discord leads back to", Run::Trying(|open| signing::back(open).boxed_local())).query(&["code", "state", "error"]),
    row("POST", "/api/admin/link", "Opens a session by a one-time link", Run::Trying(|open| signing::link(open).boxed_local())).takes(shape::<signing::Link>()),
    row("GET", "/api/admin/me", "Who is signed in", Run::Own(|own| rooms::me(own).boxed_local())).gives(shape::<Me>()),
    row("GET", "/api/admin/sessions", "One's own sessions", Run::Own(|own| rooms::sessions(own).boxed_local())).gives(shape::<OwnSessions>()),
    row("DELETE", "/api/admin/sessions/{session}", "Ends one of one's own sessions", Run::Own(|own| rooms::end_session(own).boxed_local())),
    row("GET", "/api/admin/guilds/{guild}/guild", "What a page needs to know of its guild", Run::Staff(|staff| tickets::guild(staff).boxed_local())).gives(shape::<shapes::GuildInfo>()),
    row("GET", "/api/admin/guilds/{guild}/overview", "How tickets stand", Run::Staff(|staff| tickets::overview(staff).boxed_local())).gives(shape::<shapes::Figures>()).query(&["days"]),
    row("GET", "/api/admin/guilds/{guild}/tickets", "A page of tickets", Run::Staff(|staff| tickets::list(staff).boxed_local())).gives(shape::<shapes::Rows>()).query(LIST),
    row("GET", "/api/admin/guilds/{guild}/tickets/counts", "How many tickets there are of each kind", Run::Staff(|staff| tickets::counts(staff).boxed_local())).gives(shape::<shapes::CountsView>()).query(LIST),
    row("GET", "/api/admin/guilds/{guild}/tickets/{number}", "A ticket with its newest messages", Run::Staff(|staff| tickets::ticket(staff).boxed_local())).gives(shape::<shapes::Detail>()),
    row("GET", "/api/admin/guilds/{guild}/tickets/{number}/messages", "Older messages of a ticket", Run::Staff(|staff| tickets::messages(staff).boxed_local())).gives(shape::<shapes::Messages>()).query(&["before"]),
    row("GET", "/api/admin/guilds/{guild}/tickets/{number}/history", "What was done to a ticket", Run::Staff(|staff| tickets::history(staff).boxed_local())).gives(shape::<shapes::HistoryPage>()).query(&["before"]),
    row("GET", "/api/admin/guilds/{guild}/tickets/{number}/opener", "Who opened a ticket", Run::Staff(|staff| tickets::opener(staff).boxed_local())).gives(shape::<shapes::Opener>()),
    row("GET", "/api/admin/guilds/{guild}/tickets/{number}/transcript", "A ticket as one HTML file", Run::Staff(|staff| desk::transcript(staff).boxed_local())).gives(None).query(&["notes"]),
    row("GET", "/api/admin/guilds/{guild}/tickets/{number}/files/{file}", "A file of a ticket", Run::Staff(|staff| desk::file(staff).boxed_local())).gives(None),
    row("POST", "/api/admin/guilds/{guild}/tickets/{number}/replies", "Answers the opener", Run::Staff(|staff| desk::reply(staff).boxed_local())).takes(shape::<desk::Said>()).creates(shape::<shapes::MessageView>()).query(&["seen", "force"]),
    row("POST", "/api/admin/guilds/{guild}/tickets/{number}/notes", "Leaves a note among staff", Run::Staff(|staff| desk::note(staff).boxed_local())).takes(shape::<desk::Said>()).creates(shape::<shapes::MessageView>()),
    row("POST", "/api/admin/guilds/{guild}/tickets/{number}/claim", "Takes a ticket", Run::Staff(|staff| desk::act(staff, "claim").boxed_local())).takes(shape::<desk::With>()).gives(shape::<shapes::TicketView>()),
    row("POST", "/api/admin/guilds/{guild}/tickets/{number}/resolve", "Says that a ticket is solved", Run::Staff(|staff| desk::act(staff, "resolve").boxed_local())).takes(shape::<desk::With>()).gives(shape::<shapes::TicketView>()),
    row("POST", "/api/admin/guilds/{guild}/tickets/{number}/reopen", "Opens a ticket again", Run::Staff(|staff| desk::act(staff, "reopen").boxed_local())).takes(shape::<desk::With>()).gives(shape::<shapes::TicketView>()),
    row("POST", "/api/admin/guilds/{guild}/tickets/{number}/assign", "Gives a ticket to somebody", Run::Staff(|staff| desk::act(staff, "assign").boxed_local())).takes(shape::<desk::With>()).gives(shape::<shapes::TicketView>()),
    row("POST", "/api/admin/guilds/{guild}/tickets/{number}/priority", "Changes how urgent a ticket is", Run::Staff(|staff| desk::act(staff, "priority").boxed_local())).takes(shape::<desk::With>()).gives(shape::<shapes::TicketView>()),
    row("POST", "/api/admin/guilds/{guild}/tickets/{number}/category", "Changes what a ticket is about", Run::Staff(|staff| desk::act(staff, "category").boxed_local())).takes(shape::<desk::With>()).gives(shape::<shapes::TicketView>()),
    row("POST", "/api/admin/guilds/{guild}/tickets/{number}/close", "Ends a ticket", Run::Staff(|staff| desk::act(staff, "close").boxed_local())).takes(shape::<desk::With>()).gives(shape::<shapes::TicketView>()),
    row("POST", "/api/admin/guilds/{guild}/tickets/bulk", "Does something to several tickets", Run::Staff(|staff| desk::bulk(staff).boxed_local())).takes(shape::<desk::ToSeveral>()).gives(shape::<shapes::Bulked>()),
    row("POST", "/api/admin/guilds/{guild}/tickets/{number}/presence", "Says that one looks at a ticket, types in it, or left", Run::Staff(|staff| desk::presence(staff).boxed_local())).takes(shape::<desk::Does>()),
    row("GET", "/api/admin/guilds/{guild}/canned", "The canned replies", Run::Staff(|staff| desk::canned(staff).boxed_local())).gives(shape::<shapes::CannedReplies>()),
    row("POST", "/api/admin/guilds/{guild}/canned", "Adds a canned reply", Run::Staff(|staff| desk::add_canned(staff).boxed_local())).takes(shape::<shapes::NewCanned>()).gives(shape::<shapes::CannedReply>()),
    row("PUT", "/api/admin/guilds/{guild}/canned/{id}", "Changes a canned reply", Run::Staff(|staff| desk::change_canned(staff).boxed_local())).takes(shape::<shapes::NewCanned>()).gives(shape::<shapes::CannedReply>()),
    row("DELETE", "/api/admin/guilds/{guild}/canned/{id}", "Removes a canned reply", Run::Staff(|staff| desk::remove_canned(staff).boxed_local())),
    row("GET", "/api/admin/guilds/{guild}/views", "One's own saved views", Run::Staff(|staff| desk::views(staff).boxed_local())).gives(shape::<shapes::Views>()),
    row("POST", "/api/admin/guilds/{guild}/views", "Saves a view", Run::Staff(|staff| desk::save_view(staff).boxed_local())).takes(shape::<shapes::NewView>()).gives(shape::<shapes::View>()),
    row("DELETE", "/api/admin/guilds/{guild}/views/{id}", "Removes one of one's own saved views", Run::Staff(|staff| desk::remove_view(staff).boxed_local())),
    row("GET", "/api/admin/guilds/{guild}/stream", "What happens, as Server-Sent Events", Run::Staff(|staff| stream::stream(staff).boxed_local())).gives(shape::<Happened>()).query(&["after"]),
    row("POST", "/api/admin/sign-out", "Ends the session with which is asked", Run::Own(|own| rooms::sign_out(own).boxed_local())),
];

/// All routes.
pub(super) fn rows() -> impl Iterator<Item = &'static Row> {
    [ROWS, buyers::ROWS, shop::ROWS, team::ROWS, privacy::ROWS].into_iter().flatten()
}

/// Each route's method, path and who may call it.
pub fn routes() -> Vec<(&'static str, &'static str, Who)> {
    rows().map(|row| (row.method, row.path, row.who())).collect()
}
