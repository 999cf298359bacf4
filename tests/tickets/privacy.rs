//! Nobody sees what isn't his: not directly, not by a list, a suggestion, a count, a button or an error.

use super::world::*;
use shellia::app::Bot;
use shellia::commands::{self, Raw, Type};
use shellia::domain::tickets::reading;
use shellia::kernel::Actor;

/// What no outsider may ever read.
const SECRET: &str = "SECRET-DE-MARIE";
const NOTE: &str = "NOTE-INTERNE";

async fn with_secrets() -> World {
    let world = World::new().await;
    let given = [("subject", t(&format!("Sujet {SECRET}"))), ("description", t(SECRET))];
    world.asks(&marie(), "ticket_create", &given).await;
    world.asks(&paul(), "ticket_note", &[("id", n(1)), ("message", t(NOTE))]).await;
    world.asks(&paul(), "ticket_reply", &[("id", n(1)), ("message", t(SECRET))]).await;
    world
}

/// Every option of a command, filled in.
fn filled(spec: &commands::Spec, id: i64) -> Vec<(&'static str, Raw)> {
    let value = |ty: Type| match ty {
        Type::Ticket | Type::Order | Type::Giveaway => n(id),
        Type::Line | Type::Short(_) | Type::Body => t("bonjour"),
        Type::Code => t("pro"),
        Type::Price | Type::Amount => t("4,99"),
        Type::Choice(codes) | Type::Choices(codes) => t(codes[0]),
        Type::Int(min, _) => n(min),
        Type::User => Raw::Id(21),
        Type::Channel | Type::Role => Raw::Id(60),
        Type::Reduction => t("10 %"),
        Type::Duration => t("48h"),
        Type::PromoCode => t("RIEN"),
        Type::Target => t("tout"),
        Type::Request | Type::Offer => t("1"),
        Type::File => t(""),
    };
    let needed = spec.options.iter().filter(|opt| opt.ty != Type::File && (opt.required || opt.ty == Type::Ticket));
    needed.filter(|opt| !matches!(opt.name, "before" | "after")).map(|opt| (opt.name, value(opt.ty))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_ticket_answers_exactly_like_one_that_does_not_exist() {
    let world = with_secrets().await;
    for outsider in [jean(), stranger()] {
        for spec in commands::of(Bot::Maxis).filter(|spec| spec.options.iter().any(|opt| opt.name == "id")) {
            let foreign = world.asks(&outsider, spec.name, &filled(spec, 1)).await;
            let unknown = world.asks(&outsider, spec.name, &filled(spec, 424_242)).await;
            assert_eq!(foreign, unknown, "{} tells {}", spec.name, outsider.person.name);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_command_shows_an_outsider_anything_of_a_ticket() {
    let world = with_secrets().await;
    for outsider in [jean(), stranger()] {
        for spec in commands::of(Bot::Maxis) {
            let reply = words(&world.asks(&outsider, spec.name, &filled(spec, 1)).await);
            assert!(!reply.contains(SECRET) && !reply.contains(NOTE), "{}: {reply}", spec.name);
        }
        for typed in ["", "1", "sujet", SECRET, "#1"] {
            // What he opened himself above may be there.
            let found = world.suggestions(&outsider, typed).await;
            assert!(found.iter().all(|(label, _)| !label.contains("Sujet")), "{typed}: {found:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_opener_never_sees_a_note_nor_that_there_is_one() {
    let world = with_secrets().await;
    for spec in commands::of(Bot::Maxis) {
        let reply = words(&world.asks(&marie(), spec.name, &filled(spec, 1)).await);
        assert!(!reply.contains(NOTE), "{}: {reply}", spec.name);
    }
    let plain = World::new().await;
    plain.opens(&marie(), "x").await;
    let before = plain.asks(&marie(), "ticket_view", &[("id", n(1))]).await;
    let listed = plain.asks(&marie(), "ticket_list", &[]).await;
    plain.wait_hours(1);
    for _ in 0..12 {
        plain.asks(&paul(), "ticket_note", &[("id", n(1)), ("message", t(NOTE))]).await;
    }
    assert_eq!(plain.asks(&marie(), "ticket_view", &[("id", n(1))]).await, before);
    assert_eq!(plain.asks(&marie(), "ticket_list", &[]).await, listed);
    assert_eq!(plain.database.count("select count(*) as n from outbox where recipient_id = 10").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn members_get_nothing_of_the_staff_commands() {
    let world = with_secrets().await;
    for spec in commands::of(Bot::Maxis).filter(|spec| spec.rank.is_some()) {
        let reply = words(&world.asks(&marie(), spec.name, &filled(spec, 1)).await);
        assert!(reply.contains("Cette commande est réservée"), "{}: {reply}", spec.name);
    }
    assert!(words(&world.asks(&paul(), "ticket_agent", &[("category", t("bug"))]).await).contains("réservée"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queries_hold_without_the_policies() {
    let world = with_secrets().await;
    world.asks(&paul(), "ticket_resolve", &[("id", n(1))]).await;
    let mut owner = world.database.owner().await;
    for table in ["tickets", "ticket_messages", "ticket_attachments"] {
        crate::support::db::run(
            &mut owner,
            &format!("create policy hole on {table} for select to maxis_member using (true)"),
        )
        .await;
    }
    let jean = Actor::member(guild(GUILD), user(11));
    let mut tx = world.app.db.begin(&jean).await.unwrap();
    let now = world.app.clock.now();
    assert!(reading::view(&mut tx, guild(GUILD), 1, 1, now).await.is_err());
    for among in [reading::Among::Usual, reading::Among::Ended] {
        for typed in ["", "1"] {
            assert_eq!(reading::suggest(&mut tx, guild(GUILD), among, typed).await.unwrap(), []);
        }
    }
    let page = reading::list(&mut tx, guild(GUILD), &reading::Filter::default(), reading::Cursor::Newest, now).await;
    assert_eq!(page.unwrap().tickets, []);
    tx.rollback().await.unwrap();
    let view = words(&world.asks(&marie(), "ticket_view", &[("id", n(1))]).await);
    assert!(view.contains(SECRET) && !view.contains(NOTE), "{view}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_answer_is_closed_to_who_is_no_longer_staff() {
    let world = with_secrets().await;
    let stub = said(world.types(&paul(), "!ticket_view 1").await);
    assert!(words(&world.presses(&paul(), &stub, "Lire la réponse").await).contains(NOTE));
    let mut demoted = paul();
    demoted.person.roles.clear();
    let reply = words(&world.presses(&demoted, &stub, "Lire la réponse").await);
    assert!(reply.contains("a expiré ou n’est pas la vôtre"), "{reply}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_read_by_staff_is_audited() {
    let world = with_secrets().await;
    world.asks(&ines(), "ticket_view", &[("id", n(1))]).await;
    world.asks(&ines(), "ticket_list", &[]).await;
    world.asks(&ines(), "ticket_history", &[("id", n(1))]).await;
    for (action, number) in [("viewed", "1"), ("listed", "null"), ("history_read", "1")] {
        let found = format!(
            "select count(*) as n from ticket_audit where actor_id = 21 and action = '{action}' \
             and ticket_number is not distinct from {number}"
        );
        assert_eq!(world.database.count(&found).await, 1, "{action}");
    }
    world.asks(&marie(), "ticket_view", &[("id", n(1))]).await;
    assert_eq!(
        world.database.count("select count(*) as n from ticket_audit where actor_id = 10 and action = 'viewed'").await,
        0
    );
}
