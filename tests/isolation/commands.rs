//! Every command × every person: what is foreign is never shown, changed, or told apart from what doesn't exist.

use super::scene::{NOTE, NOWHERE, ORDER, PEOPLE, SECRET, TICKET, all_words, call, request, set, text};
use crate::support::app::{MARIE, SHOP, Who};
use crate::support::db::{Database, count};
use diesel_async::AsyncPgConnection;
use shellia::app::{App, Bot};
use shellia::commands::spec::{Spec, Type};
use shellia::commands::{self, FileRef, Raw, Way};

/// A value for every type of option; a new type does not compile without one.
fn value(ty: Type, number: i64) -> Raw {
    match ty {
        Type::Ticket => Raw::Int(number),
        // Marie's order, where it is hers that is asked for.
        Type::Order => Raw::Int(if number == TICKET { ORDER } else { number }),
        Type::Giveaway => Raw::Int(number),
        Type::Line | Type::Short(_) | Type::Body => Raw::Text("essai".to_owned()),
        // The product of the other guild.
        Type::Code => Raw::Text("of-16".to_owned()),
        Type::Price | Type::Amount => Raw::Text("4,99".to_owned()),
        Type::Choice(codes) | Type::Choices(codes) => Raw::Text(codes[0].to_owned()),
        Type::Int(min, _) => Raw::Int(min),
        Type::User => Raw::Id(MARIE),
        Type::Channel => Raw::Id(5),
        Type::Role => Raw::Id(99),
        Type::File => Raw::File(FileRef {
            name: "essai.png".to_owned(),
            content_type: "image/png".to_owned(),
            size: 10,
            url: "https://cdn.discordapp.com/attachments/1/2/essai.png".to_owned(),
        }),
        Type::Reduction => Raw::Text("10 %".to_owned()),
        Type::Duration => Raw::Text("48h".to_owned()),
        // Of Marie's promotion: a member who types it may have it.
        Type::PromoCode => Raw::Text("RIEN".to_owned()),
        Type::Target => Raw::Text("tout".to_owned()),
        // The request by which Marie opened her ticket.
        Type::Request | Type::Offer => Raw::Text("r1".to_owned()),
    }
}

/// The required options, and then each optional one added by itself.
fn ways_to_ask(spec: &Spec, ticket: i64) -> Vec<Vec<(String, Raw)>> {
    let given = |opt: &commands::Opt| (opt.name.to_owned(), value(opt.ty, ticket));
    let required: Vec<_> = spec.options.iter().filter(|opt| opt.required).map(given).collect();
    let mut all = vec![required.clone()];
    for opt in spec.options.iter().filter(|opt| !opt.required) {
        let mut with = required.clone();
        with.push(given(opt));
        all.push(with);
    }
    all
}

const fn sees_ticket(who: Who) -> bool {
    matches!(who.guild, Some(SHOP)) && (who.user == MARIE || who.staff)
}

const fn sees_notes(who: Who) -> bool {
    matches!(who.guild, Some(SHOP)) && who.staff
}

/// All that Marie's ticket and order consist of, as one number that changes with any of it.
async fn fingerprint(owner: &mut AsyncPgConnection) -> i64 {
    let parts = ["tickets", "ticket_messages", "ticket_attachments", "ticket_cards"].map(|table| {
        let number = if table == "tickets" { "number" } else { "ticket_number" };
        format!(
            "coalesce((select sum(hashtextextended(x::text, 0) % 1000000007) from {table} x \
             where guild_id = {SHOP} and {number} = {TICKET}), 0)"
        )
    });
    let order = format!(
        "coalesce((select hashtextextended(o::text, 0) % 1000000007 from orders o where guild_id = {SHOP} and number = {ORDER}), 0) \
         + (select count(*) from refunds where guild_id = {SHOP} and order_number = {ORDER})"
    );
    count(owner, &format!("select ({} + {order})::bigint as n", parts.join(" + "))).await
}

/// Runs the matrix and returns what is wrong with it.
async fn violations(database: &Database) -> Vec<String> {
    let app = set(database).await;
    let mut owner = database.owner().await;
    let mut wrong = Vec::new();
    // Those who may change the ticket come last, so that it is unchanged for the others.
    let mut people = PEOPLE;
    people.sort_by_key(|who| sees_ticket(*who));
    for who in people {
        for spec in commands::of(Bot::Maxis) {
            for way in [Way::Slash, Way::Button, Way::Text] {
                one(&app, &mut owner, who, spec, way, &mut wrong).await;
            }
        }
    }
    wrong
}

async fn one(
    app: &App,
    owner: &mut AsyncPgConnection,
    who: Who,
    spec: &'static Spec,
    way: Way,
    wrong: &mut Vec<String>,
) {
    let names_ticket = spec.options.iter().any(|opt| matches!(opt.ty, Type::Ticket | Type::Order) && opt.required);
    for (at, given) in ways_to_ask(spec, TICKET).into_iter().enumerate() {
        let case = format!("{who:?} {} {way:?} {given:?}", spec.name);
        let before = fingerprint(owner).await;
        let asked = request(who, spec.name, given, way);
        let answer = commands::answer(app, &asked).await;
        let mut words = all_words(&answer);
        // A typed command's private answer waits behind its button: open it as its asker.
        let opened = call(app, who, "answer", text(&[("request", &asked.request)]), Way::Button).await;
        if way == Way::Text {
            words.push_str(&all_words(&opened));
        }
        if !sees_ticket(who) && words.contains(SECRET) {
            wrong.push(format!("{case}: shows Marie's words"));
        }
        if !sees_notes(who) && words.contains(NOTE) {
            wrong.push(format!("{case}: shows a note"));
        }
        if matches!(who.guild, Some(SHOP)) && words.contains("OTHERGUILD") {
            wrong.push(format!("{case}: shows the other guild"));
        }
        if way == Way::Text && all_words(&answer).contains(SECRET) {
            wrong.push(format!("{case}: answers in public"));
        }
        if sees_ticket(who) {
            continue;
        }
        if fingerprint(owner).await != before {
            wrong.push(format!("{case}: changed Marie's ticket"));
        }
        if names_ticket {
            let elsewhere = ways_to_ask(spec, NOWHERE).swap_remove(at);
            let unknown = call(app, who, spec.name, elsewhere, way).await;
            let blank = |words: String| {
                words
                    .replace(&NOWHERE.to_string(), "N")
                    .replace(&TICKET.to_string(), "N")
                    .replace(&ORDER.to_string(), "N")
            };
            let (foreign, unknown) =
                (blank(without_request(all_words(&answer))), blank(without_request(all_words(&unknown))));
            if foreign != unknown {
                wrong.push(format!("{case}: a foreign id is told apart: {foreign} / {unknown}"));
            }
        }
    }
    suggestions(app, who, spec, wrong).await;
}

/// The id of the request stands in the private button; it differs for every call, and may hold the digits of anything.
fn without_request(words: String) -> String {
    let mut parts = words.split("request=r");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("request=r…");
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}

async fn suggestions(app: &App, who: Who, spec: &'static Spec, wrong: &mut Vec<String>) {
    for opt in spec.options {
        for typed in ["", "1", "SECRET", "OTHER"] {
            let found = commands::suggest(app, &request(who, spec.name, Vec::new(), Way::Slash), opt.name, typed).await;
            let words = format!("{found:?}");
            let foreign = (!sees_ticket(who) && words.contains(SECRET))
                || (!sees_notes(who) && words.contains(NOTE))
                || (matches!(who.guild, Some(SHOP)) && words.contains("OTHERGUILD"));
            if foreign {
                wrong.push(format!("{who:?} {}: suggests {words}", spec.name));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_command_shows_or_changes_what_is_foreign() {
    let database = Database::fresh().await;
    let wrong = violations(&database).await;
    assert!(
        wrong.is_empty(),
        "{} violations, the first of them:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(5)].join("\n")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_opener_and_staff_do_see_the_ticket() {
    let database = Database::fresh().await;
    let app = set(&database).await;
    for who in [PEOPLE[0], PEOPLE[3]] {
        let seen = all_words(&call(&app, who, "ticket_view", text(&[("id", "7000")]), Way::Slash).await);
        assert!(seen.contains(SECRET), "{who:?}: {seen}");
        assert_eq!(seen.contains(NOTE), who.staff, "{who:?}: {seen}");
    }
}
