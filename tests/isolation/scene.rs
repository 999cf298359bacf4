//! Two guilds, their people, and Marie's ticket with everything that must not leak, marked by words that can be searched for.

use super::shelf::SHELF;
use crate::support::app::{self, Who};
use crate::support::db::{Database, run};
use serde_json::Value;
use shellia::app::App;
use shellia::commands::{self, Answer, Call, FileRef, Raw, Way};
use shellia::kernel::reply::Visibility;
use std::sync::Arc;

/// What stands in Marie's ticket, visible to her and to staff of her guild.
pub const SECRET: &str = "SECRETMARIE";
/// What stands in internal notes, visible to staff of the guild alone.
pub const NOTE: &str = "SECRETNOTE";
/// Marie's ticket: a number that no other ticket has, in no guild.
pub const TICKET: i64 = 7000;
/// Marie's order, which nobody else got.
pub const ORDER: i64 = 7001;
/// An id that exists nowhere.
pub const NOWHERE: i64 = 424_242;

/// The people of the matrix.
pub const PEOPLE: [Who; 6] = [
    // The opener.
    Who { user: app::MARIE, guild: Some(app::SHOP), staff: false },
    // Another member of the same guild.
    Who { user: app::JEAN, guild: Some(app::SHOP), staff: false },
    // Someone who left: he holds no role any more and had a ticket of his own.
    Who { user: app::LEFT, guild: Some(app::SHOP), staff: false },
    // Staff of the guild.
    Who { user: app::SAM, guild: Some(app::SHOP), staff: true },
    // Staff of another guild.
    Who { user: app::NORA, guild: Some(app::CLUB), staff: true },
    // Nobody in particular: no guild at all.
    Who { user: app::JEAN, guild: None, staff: false },
];

/// Opens tickets of Marie, of the one who left, and of a member of the other guild, and lets Marie and that member buy
/// something; the template of every matrix.
pub async fn set(database: &Database) -> Arc<App> {
    let app = app::unwired(database);
    run(&mut database.owner().await, BEFORE).await;
    let marie = PEOPLE[0];
    let sam = PEOPLE[3];
    let left = PEOPLE[2];
    let olga = Who { user: app::OLGA, guild: Some(app::CLUB), staff: false };
    for (who, command, options) in [
        (
            marie,
            "ticket_create",
            with_file(text(&[("subject", SECRET), ("description", SECRET), ("category", "billing")]), SECRET),
        ),
        (left, "ticket_create", text(&[("subject", "parti"), ("description", "ancien membre")])),
        (
            olga,
            "ticket_create",
            with_file(text(&[("subject", "OTHERGUILD"), ("description", "OTHERGUILD")]), "OTHERGUILD"),
        ),
        (sam, "ticket_note", text(&[("id", "7000"), ("message", NOTE)])),
        (sam, "ticket_reply", text(&[("id", "7000"), ("message", SECRET)])),
        (marie, "ticket_reply", text(&[("id", "7000"), ("message", SECRET)])),
    ] {
        let answer = call(&app, who, command, options, Way::Slash).await;
        assert!(is_private(&answer), "{command}: {answer:?}");
    }
    run(&mut database.owner().await, SHELF).await;
    app
}

/// Marie's ticket gets the number 7000.
const BEFORE: &str = "
    insert into guilds (guild_id, staff_channel_id, support_channel_id, created_at, updated_at)
        values (100, 5, 6, now(), now());
    insert into staff_roles values (100, 70, 'support');
    insert into ticket_counters values (100, 6999);";

/// Adds a file whose name holds a word.
fn with_file(mut given: Vec<(String, Raw)>, word: &str) -> Vec<(String, Raw)> {
    given.push((
        "file".to_owned(),
        Raw::File(FileRef {
            name: format!("{word}.png"),
            content_type: "image/png".to_owned(),
            size: 10,
            url: format!("https://cdn.discordapp.com/attachments/1/2/{word}.png"),
        }),
    ));
    given
}

/// Options as typed.
pub fn text(options: &[(&str, &str)]) -> Vec<(String, Raw)> {
    options.iter().map(|(name, value)| ((*name).to_owned(), Raw::Text((*value).to_owned()))).collect()
}

/// Calls a command as someone.
pub async fn call(app: &App, who: Who, command: &str, given: Vec<(String, Raw)>, way: Way) -> Answer {
    commands::answer(app, &request(who, command, given, way)).await
}

/// A call of someone.
pub fn request(who: Who, command: &str, given: Vec<(String, Raw)>, way: Way) -> Call {
    app::call(who, command, given, way)
}

/// Whether only the asker reads it.
pub fn is_private(answer: &Answer) -> bool {
    matches!(answer, Answer::Say { reply, .. } if reply.visibility == Visibility::Private)
}

/// Everything in an answer, to search in.
pub fn all_words(answer: &Answer) -> String {
    match answer {
        Answer::Say { reply, .. } => serde_json::to_value(reply).map(|v: Value| v.to_string()).unwrap(),
        Answer::Ask(form) => format!("{form:?}"),
        Answer::Nothing => String::new(),
    }
}
