//! The connection breaks around a commit: the person is told what became of his change, never to repeat one that was kept.

use crate::support::app::{MARIE, SHOP, Who, call, unwired};
use crate::support::db::Database;
use crate::support::link::{Break, Link};
use shellia::app::App;
use shellia::commands::{Answer, Call, Raw, Way, answer};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Stands in the answer that is kept with the change, and in nothing before it.
const KEPT: &str = "Ticket #1 cr";
const MARIE_AT_HOME: Who = Who { user: MARIE, guild: Some(SHOP), staff: false };

/// Maxis' shared parts over a link that can break.
async fn over_a_link(database: &Database) -> (Arc<App>, Link) {
    let link = Link::to(&database.app_url).await;
    let (owner_url, app_url) = (database.owner_url.clone(), link.through(&database.app_url));
    let app = unwired(&Database { owner_url, app_url });
    // The guild's settings are at hand, as they nearly always are.
    app.guild(shellia::kernel::GuildId::new(SHOP).unwrap()).await.unwrap();
    (app, link)
}

fn creates(way: Way) -> Call {
    let text = |name: &str| (name.to_owned(), Raw::Text("Ma carte est refusée".to_owned()));
    call(MARIE_AT_HOME, "ticket_create", vec![text("subject"), text("description")], way)
}

fn said(answer: &Answer) -> String {
    match answer {
        Answer::Say { reply, .. } => reply.text.clone(),
        other => panic!("nothing said: {other:?}"),
    }
}

/// What waits behind the button of a typed command's answer.
async fn behind(app: &App, asked: &Call) -> String {
    let request = vec![("request".to_owned(), Raw::Text(asked.request.clone()))];
    said(&answer(app, &call(MARIE_AT_HOME, "answer", request, Way::Button)).await)
}

async fn tickets(database: &Database) -> i64 {
    database.count("select count(*) as n from tickets").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_whose_commit_was_not_acknowledged_is_told_as_done() {
    let database = Database::fresh().await;
    let (app, link) = over_a_link(&database).await;
    link.break_at(KEPT, Break::AfterCommit);
    let asked = creates(Way::Slash);
    assert!(said(&answer(&app, &asked).await).starts_with("✅ Ticket #1"));
    assert!(link.broke(), "the link broke");
    assert_eq!(tickets(&database).await, 1);
    // A repeat of the same request changes nothing more.
    assert!(said(&answer(&app, &asked).await).starts_with("✅ Ticket #1"));
    assert_eq!(tickets(&database).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_change_whose_commit_was_not_acknowledged_waits_behind_its_button() {
    let database = Database::fresh().await;
    let (app, link) = over_a_link(&database).await;
    link.break_at(KEPT, Break::AfterCommit);
    let asked = creates(Way::Text);
    assert!(said(&answer(&app, &asked).await).starts_with("📬"));
    assert!(link.broke(), "the link broke");
    assert!(behind(&app, &asked).await.starts_with("✅ Ticket #1"));
    assert_eq!(tickets(&database).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_never_arrived_is_told_as_not_done_and_stays_so() {
    let database = Database::fresh().await;
    let (app, link) = over_a_link(&database).await;
    link.break_at(KEPT, Break::BeforeIt);
    let asked = creates(Way::Slash);
    let told = said(&answer(&app, &asked).await);
    assert!(told.contains("rien n’a été fait"), "{told}");
    assert!(link.broke(), "the link broke");
    // A repeat of the same request is no surprise, either; asked anew, it is done.
    assert_eq!(said(&answer(&app, &asked).await), told);
    assert_eq!(tickets(&database).await, 0);
    assert!(said(&answer(&app, &creates(Way::Slash)).await).starts_with("✅ Ticket #1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_learnt_is_said_so() {
    let database = Database::fresh().await;
    let (app, link) = over_a_link(&database).await;
    link.break_at(KEPT, Break::AfterCommitForGood);
    let asked = Instant::now();
    let told = said(&answer(&app, &creates(Way::Slash)).await);
    assert!(told.contains("je n’ai pas pu savoir") && told.contains("/ticket_liste"), "{told}");
    assert!(asked.elapsed() < Duration::from_secs(15));
    link.mend();
    assert_eq!(tickets(&database).await, 1);
}

/// More writes than tokio lets a task send at once (its budget of 128), and than the library's `join_all` keeps in order.
const MANY: i64 = 400;

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_holds_all_of_many_writes_in_their_order() {
    use shellia::domain::payments::tasks::{self, Kind};
    use shellia::kernel::{Actor, System};
    let database = Database::fresh().await;
    let app = unwired(&database);
    for turn in 0..20 {
        let mut tx = app.db.begin(&Actor::system(System::Payments)).await.unwrap();
        for n in 0..MANY {
            tasks::ask(&mut tx, Kind::Payment, &format!("pi_{turn:03}_{n:03}"), None, app.clock.now());
        }
        tx.commit().await.unwrap();
    }
    let kept = "select count(*) as n from payment_tasks";
    assert_eq!(database.count(kept).await, 20 * MANY);
    let torn = "select count(distinct xmin::text) as n from payment_tasks";
    assert_eq!(database.count(torn).await, 20, "each lot in one transaction");
    let disorder = "select count(*) as n from (select object, lag(object) over (order by id) as before from payment_tasks) t \
                    where object < before";
    assert_eq!(database.count(disorder).await, 0);
}
