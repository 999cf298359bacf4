//! Every command once, typed and as slash command: what people read on a day of the server, from its settings to its figures.

use super::support::Transcript;
use crate::support::maxis::{Maxis, PATIENCE, Speaker, id, link_of, shown};
use crate::support::show::show;
use serde_json::{Value, json};
use shellia::app::Bot;
use shellia::commands;
use shellia::config::{Role, Settings, Sources};
use shellia::roles;
use shellia::sandbox::Answer;
use shellia::sandbox::stripe::{How, Stripe};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const SECRET: &str = "whsec_sandbox";

/// How somebody says what he wants.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Typed,
    Slash,
}

/// A day, and what was said on it.
struct Day<'a> {
    maxis: &'a Maxis,
    stripe: Stripe,
    manner: Manner,
    words: Transcript,
    used: BTreeSet<String>,
}

impl<'a> Day<'a> {
    fn person(&self, name: &str) -> Speaker<'a> {
        self.maxis.person(name, "discussion")
    }

    /// Somebody uses a command: `typed` is what follows its name where it is typed.
    async fn does(&mut self, name: &str, command: &str, typed: &str, options: Value) -> String {
        let who = self.person(name);
        self.used.insert(command.to_owned());
        let (said, read) = match self.manner {
            Manner::Typed => {
                let said = format!("!{command} {typed}").trim_end().to_owned();
                let read = who.says(&said).await;
                (said, read)
            }
            Manner::Slash => (format!("/{command} {options}"), who.uses(command, options).await),
        };
        self.words.add(name, &self.same(&said), &self.same(&read));
        read
    }

    /// Somebody presses the newest button that does this.
    async fn presses(&mut self, name: &str, action: &str) -> Answer {
        let who = self.person(name);
        let answer = who.presses_in(who.channel, action).await;
        self.words.add(name, &format!("[{action}]"), &self.same(&shown(&answer)));
        answer
    }

    /// Waits until a count is as expected.
    async fn waits(&self, query: &str, expected: i64) {
        let waiting = async {
            while self.maxis.database.count(query).await != expected {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE * 3, waiting).await.unwrap_or_else(|_| panic!("{query}"));
    }

    /// Waits until the fees of so many payments and so many refunds are booked, and nothing is left to ask or to tell.
    async fn booked(&self, fees: usize, refunds: usize) {
        let books = format!(
            "select (select count(*) from payment_tasks where state = 'pending') \
               + abs((select count(*) from ledger where account = 'fees') - {fees}) \
               + abs((select count(*) from ledger where account = 'refunds') - {refunds}) \
               + (select count(*) from refunds where state <> 'done') as n"
        );
        let waiting = async {
            while self.maxis.database.count(&books).await > 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.expect("it is booked");
        self.maxis.settled().await;
    }

    /// Names instead of ids, and what is random or today's blanked out.
    fn same(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for name in ["lea", "sam", "marie", "jean"] {
            let id = self.person(name).person.id().to_string();
            text = text.replace(&id, name);
        }
        for channel in ["support", "staff"] {
            let id = self.maxis.person("lea", channel).channel.to_string();
            text = text.replace(&id, channel);
        }
        let code = regex_lite::Regex::new("R-[A-Z0-9]{8}").expect("a pattern");
        let day = regex_lite::Regex::new(r"\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4}").expect("a pattern");
        let hash = regex_lite::Regex::new(r"[0-9a-f]{64}|tour \d+|<t:\d+").expect("a pattern");
        let text = hash.replace_all(&text, "…").into_owned();
        day.replace_all(&code.replace_all(&text, "R-…"), "…").into_owned()
    }

    /// Somebody agrees to what he was offered and pays; waits until it is handed over and told.
    async fn pays(&mut self, name: &str, order: i64) {
        let Answer::Message(order_card) = self.presses(name, "buy_agree?").await else { panic!("no order") };
        let url = link_of(&order_card).expect("where it is paid");
        self.stripe.pay(url.rsplit('/').next().expect("a session"), How::Card).expect("it is paid");
        let fulfilled = format!("select count(*) as n from orders where number = {order} and state = 'fulfilled'");
        let waiting = async {
            while self.maxis.database.count(&fulfilled).await == 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.expect("it is handed over");
        self.maxis.settled().await;
    }
}

/// The server's settings, then tickets from the first word to the figures.
async fn tickets(day: &mut Day<'_>) {
    day.does("lea", "setup", "", json!({})).await;
    day.does("marie", "help", "", json!({})).await;
    day.does("lea", "ticket_agent", "billing", json!({"category": "billing"})).await;
    day.does("sam", "ticket_panel", "", json!({})).await;
    let created = json!({"subject": "Carte refusée", "description": "Que faire ?"});
    day.does("marie", "ticket_create", "\"Carte refusée\" Que faire ?", created).await;
    day.does("marie", "ticket_list", "", json!({})).await;
    day.does("marie", "ticket_view", "1", json!({"id": 1})).await;
    day.does("sam", "ticket_claim", "1", json!({"id": 1})).await;
    let sam = day.person("sam").person.id();
    day.does("lea", "ticket_assign", &format!("1 <@{sam}>"), json!({"id": 1, "agent": sam.to_string()})).await;
    day.does("sam", "ticket_priority", "1 critical", json!({"id": 1, "priority": "critical"})).await;
    day.does("sam", "ticket_category", "1 billing", json!({"id": 1, "category": "billing"})).await;
    day.does("sam", "ticket_note", "1 Voir la banque", json!({"id": 1, "message": "Voir la banque"})).await;
    day.does("sam", "ticket_reply", "1 Réessayez.", json!({"id": 1, "message": "Réessayez."})).await;
    day.does("sam", "ticket_resolve", "1", json!({"id": 1})).await;
    day.does("marie", "ticket_reopen", "1", json!({"id": 1})).await;
    day.does("marie", "ticket_close", "1 Trouvé", json!({"id": 1, "reason": "Trouvé"})).await;
    day.does("marie", "ticket_rate", "1 5", json!({"id": 1, "stars": 5})).await;
    day.maxis.settled().await;
    day.does("sam", "ticket_history", "1", json!({"id": 1})).await;
    day.does("sam", "ticket_stats", "", json!({})).await;
}

/// The shop is filled.
async fn shelves(day: &mut Day<'_>) {
    day.does("lea", "shop_settings", "currency=eur", json!({"currency": "eur"})).await;
    let text = json!({"name": "Guide", "kind": "text", "price": "3"});
    day.does("lea", "product_add", "Guide text 3", text).await;
    let content = json!({"product": "guide", "content": "Une bonne photo"});
    day.does("lea", "product_content", "guide Une bonne photo", content).await;
    day.does("lea", "product_add", "Clé key 15", json!({"name": "Clé", "kind": "key", "price": "15"})).await;
    let keys = json!({"product": "cle", "keys": "K-1\nK-2\nK-1"});
    day.does("lea", "product_keys", "cle K-1\nK-2\nK-1", keys).await;
    let variant = json!({"product": "guide", "name": "Relié", "price": "3", "stock": 3});
    day.does("lea", "variant_add", "guide Relié 3 stock=3", variant).await;
    let stock = json!({"product": "guide", "stock": 5, "variant": "relie"});
    day.does("lea", "product_stock", "guide 5 variant=relie", stock).await;
    let edited = json!({"product": "guide", "name": "Le guide"});
    day.does("lea", "product_edit", "guide name=\"Le guide\"", edited).await;
    day.does("sam", "product_list", "", json!({})).await;
    let gold = json!({"name": "Or", "month_price": "5", "year_price": "50"});
    day.does("lea", "plan_add", "Or 5 year_price=50", gold).await;
    day.does(
        "lea",
        "plan_edit",
        "or benefits=\"Un salon à part\"",
        json!({"plan": "or", "benefits": "Un salon à part"}),
    )
    .await;
    day.does("marie", "shop", "", json!({})).await;
    day.does("marie", "plans", "", json!({})).await;
}

/// Promotions are made, and members check codes.
async fn promotions(day: &mut Day<'_>) {
    let promotion =
        json!({"value": "20 %", "target": "produits", "duration": "48h", "promo_reason": "Été", "promo_code": "ETE20"});
    day.does("lea", "promo_create", "\"20 %\" produits 48h \"Été\" code=ETE20", promotion).await;
    day.does("lea", "promo_list", "", json!({})).await;
    day.does("marie", "redeem", "ete20", json!({"promo_code": "ete20"})).await;
    day.does("marie", "referral", "", json!({})).await;
    day.does("marie", "shop_reminders", "on", json!({"reminders": "on"})).await;
}

/// Members buy and give; staff look, refund and give.
async fn purchases(day: &mut Day<'_>) {
    day.does("marie", "buy", "\"Clé\"", json!({"item": "Clé"})).await;
    day.pays("marie", 1).await;
    let jean = day.person("jean").person.id();
    let gift = json!({"member": jean.to_string(), "item": "product/guide/standard"});
    day.does("marie", "gift", &format!("<@{jean}> \"product/guide/standard\""), gift).await;
    day.does("marie", "buy", "\"Or · au mois\"", json!({"item": "Or · au mois"})).await;
    day.pays("marie", 2).await;
    day.does("marie", "orders", "", json!({})).await;
    day.does("marie", "order", "1", json!({"order": 1})).await;
    day.presses("marie", "order_delivery?order=1").await;
    day.does("jean", "order", "1", json!({"order": 1})).await;
    day.does("marie", "subscription", "", json!({})).await;
    let marie = day.person("marie").person.id();
    let member = json!({"member": marie.to_string()});
    day.does("sam", "order_find", &format!("<@{marie}>"), member.clone()).await;
    day.does("sam", "evidence", "1", json!({"order": 1})).await;
    day.does("sam", "refund", "1 amount=5 Geste", json!({"order": 1, "amount": "5", "reason": "Geste"})).await;
    day.presses("sam", "refund_confirm?").await;
    day.booked(2, 1).await;
    let given = json!({"member": jean.to_string(), "given_plan": "or", "given_days": 30, "reason": "Concours"});
    day.does("lea", "grant", &format!("<@{jean}> given_plan=or given_days=30 Concours"), given).await;
    day.does("jean", "why", "", json!({})).await;
    let taken = json!({"member": jean.to_string(), "given_plan": "or", "reason": "Erreur"});
    day.does("lea", "revoke", &format!("<@{jean}> given_plan=or Erreur"), taken).await;
    day.does("lea", "promo_view", "1", json!({"promotion": 1})).await;
    day.does("lea", "promo_stop", "1", json!({"promotion": 1})).await;
    day.does("lea", "product_remove", "guide", json!({"product": "guide"})).await;
    day.does("lea", "plan_remove", "or", json!({"plan": "or"})).await;
    day.does("lea", "stats", "", json!({})).await;
    day.does("lea", "stats_export", "ledger", json!({"what": "ledger"})).await;
}

/// A giveaway from its beginning to its last winner, in another channel than where people talk.
async fn giveaways(day: &mut Day<'_>) {
    let made_in = day.maxis.person("lea", "support").channel;
    let until = |state: &'static str| {
        format!(
            "select count(*) as n from giveaways where number = 1 and terms_version = version and state = '{state}'"
        )
    };
    for number in [1, 2] {
        let given =
            json!({"prize": "Une clé", "winners": 1, "duration": "48h", "giveaway_channel": made_in.to_string()});
        day.does("lea", "giveaway_create", &format!("\"Une clé\" 1 48h giveaway_channel=<#{made_in}>"), given).await;
        if number == 2 {
            day.does("lea", "giveaway_cancel", "2", json!({"giveaway": 2})).await;
        }
    }
    day.waits(&until("open"), 1).await;
    day.does("marie", "giveaway", "", json!({})).await;
    let marie = day.maxis.person("marie", "support");
    let entered = marie.presses_in(made_in, "giveaway_enter?").await;
    day.words.add("marie", "[giveaway_enter?]", &day.same(&shown(&entered)));
    day.does("sam", "giveaway_entrants", "1", json!({"giveaway": 1})).await;
    day.does("lea", "giveaway_pause", "1", json!({"giveaway": 1})).await;
    day.does("lea", "giveaway_pause", "1", json!({"giveaway": 1})).await;
    day.waits(&until("open"), 1).await;
    day.does("lea", "giveaway_extend", "1 24h", json!({"giveaway": 1, "duration": "24h"})).await;
    day.waits(&until("open"), 1).await;
    // Not to where people talk: what it posts there would come between question and answer.
    for channel in [day.maxis.person("lea", "staff").channel, made_in] {
        let given = json!({"giveaway": 1, "giveaway_channel": channel.to_string()});
        day.does("lea", "giveaway_move", &format!("1 giveaway_channel=<#{channel}>"), given).await;
        day.waits(&until("open"), 1).await;
    }
    day.does(
        "lea",
        "milestones_channel",
        &format!("milestones_in=<#{made_in}>"),
        json!({"milestones_in": made_in.to_string()}),
    )
    .await;
    day.waits("select count(*) as n from milestone_watches where seen_at is not null", 1).await;
    let badge = json!({"milestone_members": 30, "reward": "Un badge", "lasts_hours": 24, "winners": 1});
    day.does("lea", "milestone_set", "30 \"Un badge\" 24 1", badge).await;
    day.does("sam", "milestones", "", json!({})).await;
    day.does("lea", "milestone_remove", "30", json!({"milestone_members": 30})).await;
    let weekly = json!({"giveaway": 1, "weekday": "friday", "time_of_day": "18h"});
    day.does("lea", "giveaway_repeat", "1 friday 18h", weekly).await;
    day.does("lea", "giveaway_repeat_stop", "1", json!({"giveaway": 1})).await;
    day.does("lea", "giveaway_end", "1", json!({"giveaway": 1})).await;
    day.waits("select count(*) as n from giveaways where state = 'drawn' and told > 0", 1).await;
    day.does("marie", "giveaway_proof", "1", json!({"giveaway": 1})).await;
    let reroll = json!({"giveaway": 1, "reroll_reason": "declined"});
    day.does("lea", "giveaway_reroll", "1 declined", reroll).await;
    day.waits("select count(*) as n from giveaways where number = 1 and state = 'done' and look_at is null", 1).await;
    for message in day.maxis.sandbox.messages(made_in) {
        let read = crate::support::show::show(&message);
        if read.contains("Concours #1") || read.contains("Giveaway #1") {
            day.words.add("Maxis", "(salon)", &day.same(&read));
        }
    }
}

/// A member asks what is kept of him and wants it gone; the boss refuses with a reason, and sees how long what is kept.
async fn privacy(day: &mut Day<'_>) {
    day.does("jean", "privacy", "", json!({})).await;
    day.presses("jean", "privacy_erase").await;
    day.presses("jean", "privacy_ask").await;
    day.does("lea", "privacy_requests", "", json!({})).await;
    let refused = json!({"privacy_request": 1, "reason": "Litige en cours"});
    day.does("lea", "privacy_refuse", "1 \"Litige en cours\"", refused).await;
    day.does("lea", "retention", "", json!({})).await;
}

/// A whole day; gives what was said, once it is sure that no command was left out.
async fn day(manner: Manner) -> String {
    let mut maxis = Maxis::prepare(shellia::sandbox::World::two_guilds()).await;
    let stripe = maxis.sandbox.stripe();
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number");
    for (name, value) in [
        ("MAXIS_LISTEN", free.to_string()),
        ("STRIPE_API_URL", stripe.url()),
        ("STRIPE_SECRET_KEY", "sk_test_sandbox".to_owned()),
        ("STRIPE_WEBHOOK_SECRET", SECRET.to_owned()),
    ] {
        maxis.set(name, &value);
    }
    stripe.webhook(&format!("http://{free}/webhooks/stripe"), SECRET);
    maxis.run().await;
    let mut day = Day { maxis: &maxis, stripe, manner, words: Transcript::default(), used: BTreeSet::new() };
    tickets(&mut day).await;
    shelves(&mut day).await;
    promotions(&mut day).await;
    purchases(&mut day).await;
    giveaways(&mut day).await;
    privacy(&mut day).await;
    let (words, used) = (day.words.0, day.used);
    let all: BTreeSet<String> =
        commands::of(Bot::Maxis).filter(|spec| !spec.hidden).map(|spec| spec.name.to_owned()).collect();
    assert_eq!(used, all, "a command that nobody used, or that is none");
    maxis.end().await;
    words
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_typed() {
    insta::assert_snapshot!(day(Manner::Typed).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_by_slash() {
    insta::assert_snapshot!(day(Manner::Slash).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_of_shellia() {
    let maxis = Maxis::prepare(shellia::sandbox::World::two_guilds()).await;
    let mut changed = maxis.environment();
    changed.retain(|(name, _)| !name.starts_with("MAXIS_") && name != "DATABASE_URL");
    for (name, value) in [("SHELLIA_DISCORD_TOKEN", "sandbox-shellia"), ("SHELLIA_LISTEN", "127.0.0.1:0")] {
        changed.push((name.to_owned(), value.to_owned()));
    }
    let settings = Settings::load(&Sources::from_environment(changed)).expect("the settings are right");
    let stop = CancellationToken::new();
    let ended = stop.clone();
    let task = tokio::spawn(async move { roles::run(Role::Controller, settings, ended).await });
    let app = maxis.sandbox.app_id("Shellia").expect("the world has a Shellia");
    while !maxis.sandbox.wait_connected(app, PATIENCE).await || maxis.sandbox.commands(app, None).is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let lea = maxis.person("lea", "discussion");
    let bot = maxis.sandbox.bot_user(app).expect("an account").to_string();
    let mut words = Transcript::default();
    let mut used = BTreeSet::new();
    for (command, typed, options) in [
        ("shellia_help", "!shellia_help", json!({})),
        ("maxis", "!maxis", json!({})),
        ("maxis", "!maxis status", json!({"topic": "status"})),
        ("maxis", "!maxis chiffres 30j", json!({"topic": "analytics", "details": "30d"})),
        ("shellia", "!shellia combien de ventes hier ?", json!({"sentence": "how many sales yesterday?"})),
    ] {
        used.insert(command);
        let said = lea.person.say(lea.channel, typed).await.expect("she may write");
        let answers = |m: &&Value| m["author"]["id"] == bot.as_str() && id(m) > said;
        let seen = lea.person.notified(lea.channel, PATIENCE, |seen| seen.iter().any(|m| answers(&m))).await;
        words.add("lea", typed, &show(seen.expect("she answers").iter().find(answers).expect("an answer")));
        let slash = lea.person.slash(lea.channel, app, command, options.clone()).await.expect("it is there");
        let read = shown(&lea.person.wait_answer_for(slash, PATIENCE).await);
        words.add("lea", &format!("/{command} {options}"), &read);
    }
    let all: BTreeSet<&str> = commands::of(Bot::Shellia).filter(|spec| !spec.hidden).map(|spec| spec.name).collect();
    assert_eq!(used, all, "a command that nobody used, or that is none");
    insta::assert_snapshot!(words.0);
    stop.cancel();
    task.await.expect("she does not panic").expect("she ends in order");
    crate::support::witness::judge(&maxis.sandbox).await;
    maxis.sandbox.stop().await;
}
