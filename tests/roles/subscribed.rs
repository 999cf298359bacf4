//! What a member is told of his subscription as it goes on: before a trial is charged, when it was, when his plan changed, and when
//! its role is gone.

use super::words::{plain, says};
use super::world::World;
use crate::payments::shop;
use shellia::commands::Raw;
use shellia::domain::payments::InvoiceView;
use shellia::kernel::reply::Reply;
use shellia::kernel::{Currency, Money, RoleId};

impl World {
    /// Somebody begins the free trial of a plan.
    pub async fn tries(&self, user: u64, days: i64) -> i64 {
        self.behind(&format!("update plans set trial_days = {days} where code = 'pro'")).await;
        let mut new = shop::order(self.shop.guild, user, "plan/pro/month", "trial");
        (new.trial, new.consent) = (true, Some("1-trial"));
        let (order, _) = self.shop.buy(&new).await.unwrap();
        let session = self.shop.provider.state.lock().unwrap().sessions.len() - 1;
        let number = self.pays((order.number, session)).await;
        self.until("select count(*) as n from subscriptions where state = 'trialing'", 1).await;
        self.until_idle().await;
        number
    }

    async fn presses(&self, user: u64, reply: &Reply, label: &str) -> Reply {
        let action = &reply.buttons.iter().find(|button| button.label == label).unwrap().action;
        let given = action.options.iter().map(|(name, value)| (name.clone(), Raw::Text(value.clone()))).collect();
        self.asks(user, &action.command, (false, given)).await
    }

    /// He changes to another plan; `charged`: what the provider takes for it at once.
    pub async fn changes(&self, user: u64, item: &str, charged: Option<i64>) -> String {
        let given = vec![("item".to_owned(), Raw::Text(item.to_owned()))];
        let asked = self.asks(user, "subscription_switch", (false, given)).await;
        says(&plain(&asked), &["En changeant, je demande la livraison immédiate"], &[]);
        if let Some(minor) = charged {
            let mut state = self.shop.provider.state.lock().unwrap();
            let sub = state.subs[0].view.id.clone();
            state.subs[0].invoices.push(InvoiceView {
                id: "in_change".to_owned(),
                subscription: Some(sub),
                paid: true,
                open: false,
                change: true,
                billed_minor: minor,
                total: Some(Money::new(minor, Currency::EUR).unwrap()),
                tax_minor: 0,
                payment: Some("pi_change".to_owned()),
                url: Some("https://pay.example/in_change".to_owned()),
                at: self.app().clock.now(),
            });
        }
        let done = plain(&self.presses(user, &asked, "Changer").await);
        self.until_idle().await;
        done
    }

    pub async fn order(&self, user: u64, number: i64) -> String {
        plain(&self.asks(user, "order", (false, vec![("order".to_owned(), Raw::Int(number))])).await)
    }

    pub async fn evidence(&self, number: i64) -> String {
        let given = vec![("order".to_owned(), Raw::Int(number))];
        let reply = self.asks(self.jean, "evidence", (true, given)).await;
        String::from_utf8(reply.files[0].bytes.clone()).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_is_called_to_mind_before_it_is_charged_and_its_payment_is_told() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.tries(world.marie, 3).await;
    let before = world.told(world.marie).len();
    world.pass(35);
    world.until_idle().await;
    assert_eq!(world.told(world.marie).len(), before, "not before half of it");
    world.pass(2);
    world.until("select count(*) as n from outbox where kind = 'trial_ends' and state = 'done'", 1).await;
    let told = world.told(world.marie).pop().unwrap();
    says(&told, &["Votre essai gratuit", "se termine le", "9,99", "résiliez avant le", "`/abonnement`"], &[]);
    world.pass(10);
    world.until_idle().await;
    assert_eq!(world.told(world.marie).len(), before + 1, "once");
    world.pass(26);
    assert!(world.shop.provider.renew(0, true));
    world.looks().await;
    world.until("select count(*) as n from outbox where kind = 'trial_paid' and state = 'done'", 1).await;
    let told = world.told(world.marie).pop().unwrap();
    says(&told, &["premier paiement de votre abonnement est passé", "9,99", "Prochain paiement"], &[]);
    // A file for a bank doesn't say that it was paid when the trial began.
    let days = "select floor(extract(epoch from (select paid_at from invoices) - (select paid_at from orders)) / 3600)::bigint as n";
    let hours = world.database.count(days).await;
    assert!(hours >= 72, "{hours}");
    let paid = "select to_char(paid_at at time zone 'UTC', 'YYYYMMDDHH24MI')::bigint as n from invoices";
    let paid = world.database.count(paid).await.to_string();
    let at = format!("{}-{}-{} {}:{}", &paid[..4], &paid[4..6], &paid[6..8], &paid[8..10], &paid[10..]);
    let file = world.evidence(number).await;
    says(&file, &["Essai gratuit : 3 j, à partir du", "Montant payé : 9,99", &at], &["Payée le"]);
    worker.stop().await;
    crate::support::witness::judge(&world.sandbox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_longer_trial_is_called_to_mind_three_days_before_and_one_that_was_ended_is_not() {
    let world = World::new().await;
    let worker = world.start();
    world.tries(world.marie, 14).await;
    world.pass(24 * 10 + 23);
    world.until_idle().await;
    assert_eq!(world.database.count("select count(*) as n from outbox where kind = 'trial_ends'").await, 0);
    world.pass(2);
    world.until("select count(*) as n from outbox where kind = 'trial_ends' and outcome = 'dm'", 1).await;
    worker.stop().await;
    let world = World::new().await;
    let worker = world.start();
    world.tries(world.marie, 14).await;
    world.asks(world.marie, "subscription_end", (false, Vec::new())).await;
    world.pass(24 * 12);
    world.until_idle().await;
    assert_eq!(world.database.count("select count(*) as n from outbox where kind = 'trial_ends'").await, 0);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_plan_is_confirmed_with_what_was_paid_and_agreed_to() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.buys(world.marie, "plan/pro/month").await;
    world.until_idle().await;
    world.changes(world.marie, "plan/ultra/year", Some(27791)).await;
    world.until("select count(*) as n from outbox where kind = 'plan_changed' and state = 'done'", 1).await;
    let told = world.told(world.marie).pop().unwrap();
    for part in ["maintenant", "Ultra", "287,90", "277,91", "livraison immédiate", "1-change", "Voir la facture"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let card = world.order(world.marie, number).await;
    says(&card, &["Formule actuelle: Ultra · à l’année · 287,90", "Payé ensuite: 277,91"], &[]);
    let file = world.evidence(number).await;
    says(&file, &["Changement de formule : plan/ultra/year", "277,91", "pi_change", "version 1-change"], &[]);
    // Another change some minutes later, for which nothing is charged: what the first one cost isn't told as its price.
    world.shop.provider.clock.advance(jiff::SignedDuration::from_mins(3));
    world.changes(world.marie, "plan/pro/month", None).await;
    world.until("select count(*) as n from outbox where kind = 'plan_changed' and state = 'done'", 2).await;
    let told = world.told(world.marie).pop().unwrap();
    says(&told, &["maintenant", "Pro", "9,99"], &["277,91", "Voir la facture"]);
    worker.stop().await;
    crate::support::witness::judge(&world.sandbox).await;
}

/// What was agreed on for a subscription whose first month was reduced.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_reduced_once_is_told_with_what_it_renews_at() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.buys(world.marie, "plan/pro/month").await;
    world.behind("update orders set discount_minor = 200, total_minor = 799").await;
    let file = world.evidence(number).await;
    says(&file, &["7,99", "la première période, puis 9,99"], &[]);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_whose_role_is_gone_is_not_charged_on_in_silence() {
    let world = World::new().await;
    let worker = world.start();
    world.tries(world.marie, 3).await;
    world.sandbox.delete_role(world.guild, world.premium).unwrap();
    world.app().news.roles(world.guild_id(), RoleId::new(world.premium));
    world
        .until(
            "select count(*) as n from outbox where kind = 'shop_alert' and role_id is not null and state = 'done'",
            1,
        )
        .await;
    let alert = world.staff_reads().pop().unwrap();
    says(&alert, &["Un abonnement ou essai", "sera prélevé", "`/formule_modifier`"], &[]);
    let before = world.told(world.marie).len();
    world.pass(2);
    world.until("select count(*) as n from outbox where kind = 'plan_broken' and outcome = 'dm'", 1).await;
    let told = world.told(world.marie);
    assert_eq!(told.len(), before + 1);
    says(&told[before], &["a été supprimé du serveur", "9,99", "seront prélevés le", "résiliez avant"], &[]);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_gets_another_role_in_time_worries_nobody() {
    let world = World::new().await;
    let worker = world.start();
    world.tries(world.marie, 3).await;
    world.sandbox.delete_role(world.guild, world.premium).unwrap();
    world.app().news.roles(world.guild_id(), RoleId::new(world.premium));
    world.until("select count(*) as n from outbox where kind = 'plan_broken'", 1).await;
    world.behind(&format!("update plans set role_id = {}", world.role("Membre"))).await;
    world.pass(2);
    world.until("select count(*) as n from outbox where kind = 'plan_broken' and outcome = 'unneeded'", 1).await;
    worker.stop().await;
}

/// Days that were won of a plan which is paid for wait as long as it is.
#[tokio::test(flavor = "multi_thread")]
async fn days_that_were_won_wait_until_the_subscription_has_ended() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, "plan/pro/month").await;
    world.until_idle().await;
    world
        .behind(&format!(
            "insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, ends_at, created_at, updated_at) \
             select guild_id, user_id, 'plan', 'pro', 'prize', 'prize/1/1', ends_at, ends_at + interval '30 days', now(), now() \
             from entitlements where user_id = {}",
            world.marie
        ))
        .await;
    let follows = "select count(*) as n from entitlements p join entitlements s on s.user_id = p.user_id and s.source = 'subscription' \
                   where p.source = 'prize' and p.starts_at = s.ends_at and p.ends_at - p.starts_at = interval '30 days'";
    world.pass(24 * 31);
    assert!(world.shop.provider.renew(0, true));
    world.settles().await;
    assert_eq!(world.database.count(follows).await, 1, "the second month goes before");
    world.asks(world.marie, "subscription_end", (false, Vec::new())).await;
    world.settles().await;
    assert_eq!(world.database.count(follows).await, 1, "without the grace of one that goes on");
    let left = "select floor(extract(epoch from (select starts_at from entitlements where source = 'prize') - \
                  (select period_end from subscriptions)))::bigint as n";
    assert_eq!(world.database.count(left).await, 0);
    worker.stop().await;
}

/// What ends is the plan to which the subscription was changed, not the one that was bought.
#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_changed_plan_is_told_by_the_last_ones_name() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, "plan/pro/month").await;
    world.until_holds(world.marie, world.premium, true).await;
    world.until_idle().await;
    world.behind("update entitlements set plan = 'ultra', ends_at = starts_at + interval '1 millisecond'").await;
    world.until("select count(*) as n from outbox where kind = 'access_ended' and state = 'done'", 1).await;
    says(world.told(world.marie).last().unwrap(), &["a pris fin", "Ultra"], &["Pro"]);
    worker.stop().await;
}
