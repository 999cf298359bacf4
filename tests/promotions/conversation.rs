//! A boss and two members talk about promotions: every step and every answer.

use super::shop::fill;
use crate::support::db::run;
use crate::tickets::world::*;
use insta::assert_snapshot;
use shellia::domain::promotions::schedule;
use shellia::kernel::{Actor, Locale, System};

/// A world whose guild has a shop.
pub async fn world() -> World {
    let world = World::new().await;
    world.asks(&boss(), "help", &[]).await;
    fill(&world.database).await;
    world
}

async fn tick(world: &World) {
    let mut tx = world.app.db.begin(&Actor::system(System::Payments)).await.unwrap();
    schedule::run(&mut tx, world.app.clock.now(), 100).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promotion_from_its_beginning_to_its_stop() {
    let world = world().await;
    let given = [
        ("value", t("20 %")),
        ("target", t("produit jeu")),
        ("duration", t("48h")),
        ("promo_reason", t("Soldes d’*été*")),
    ];
    let made = world.asks(&boss(), "promo_create", &given).await;
    assert_snapshot!(timeless(&made), @"
    🎉 Promotion #1 lancée : **−20 %** sur le produit Jeu, jusqu’au ⌚.
    👁️ Voir | 🛑 Arrêter
    ");
    let seen = world.presses(&boss(), &made, "Voir").await;
    assert_snapshot!(timeless(&seen), @"
    [🏷️ Promotion #1]
    État = 🟢 en cours
    Réduction = −20 %
    Sur = le produit Jeu
    Code = sans code, pour tout le monde
    Début = ⌚
    Fin = ⌚
    Utilisations = 0
    Coût = 0,00 €
    Genre = Autre
    Par = <@22>
    Raison = Soldes d’\\*été\\*
    [📈 Ce qu’elle a rapporté]
    Achats = 0
    Paiements attendus = 0
    Encaissé = 0,00 €
    Réductions = 0,00 €
    🛑 Arrêter
    ");
    let coded = [
        ("value", t("2 €")),
        ("target", t("tout")),
        ("duration", t("3j")),
        ("promo_reason", t("Newsletter")),
        ("promo_code", t("merci 2")),
        ("uses", n(50)),
        ("per_member", n(1)),
        ("first_purchase", t("yes")),
        ("budget", t("100")),
        ("begins", t("1h")),
        ("promo_kind", t("welcome")),
    ];
    let planned = world.asks(&boss(), "promo_create", &coded).await;
    assert_snapshot!(timeless(&planned), @"
    ⏳ Promotion #2 prévue : **−2,00 €** sur toute la boutique, du ⌚ au ⌚.
    Code à taper : `MERCI2`
    👁️ Voir | 🛑 Arrêter
    ");
    let list = world.asks(&boss(), "promo_list", &[]).await;
    assert_snapshot!(timeless(&list), @"
    [🏷️ Promotions en cours et à venir]
    \\#2 ⏳ −2,00 € · toute la boutique · MERCI2 · ⌚
    \\#1 🟢 −20 % · le produit Jeu · ⌚
    👁️ #2 | 👁️ #1
    ");
    let early = world.asks(&marie(), "redeem", &[("promo_code", t("MERCI2"))]).await;
    assert_snapshot!(timeless(&early), @"Cette promotion n’a pas encore commencé.");
    world.wait_hours(2);
    tick(&world).await;
    let kept = world.says(&marie(), "!code \"merci 2\"").await;
    assert_snapshot!(timeless(&kept), @"✅ Code `MERCI2` gardé pour votre prochain achat : **−2,00 €** sur toute la boutique, jusqu’au ⌚. Si une promotion en cours retire davantage, c’est elle qui compte.");
    let stopped = world.asks(&boss(), "promo_stop", &[("promotion", n(2))]).await;
    assert_snapshot!(timeless(&stopped), @"
    🛑 Promotion #2 arrêtée. Les commandes déjà passées gardent leur prix.
    [🏷️ Promotion #2]
    État = 🛑 arrêtée (par l’équipe)
    Réduction = −2,00 €
    Sur = toute la boutique
    Code = `MERCI2`
    Début = ⌚
    Fin = ⌚
    Utilisations = 0 / 50
    Coût = 0,00 € / 100,00 €
    Par membre = 1
    Premier achat seulement = Oui
    Genre = Bienvenue
    Par = <@22>
    Raison = Newsletter
    ");
    let late = world.asks(&marie(), "redeem", &[("promo_code", t("MERCI2"))]).await;
    assert_snapshot!(timeless(&late), @"Cette promotion est terminée.");
    let suggested = world.suggestions_of(&boss(), "promo_view", "promotion", "").await;
    assert_eq!(
        suggested,
        [
            ("#2 🛑 −2,00\u{A0}€ · toute la boutique · MERCI2".to_owned(), "2".to_owned()),
            ("#1 🟢 −20\u{A0}% · le produit Jeu".to_owned(), "1".to_owned(),)
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_asks_for_what_is_missing() {
    let world = world().await;
    let form = world.form(&boss(), "promo_create", &[("value", t("20 %")), ("uses", n(3))]).await;
    let inputs: Vec<&str> = form.inputs.iter().map(|input| input.label.as_str()).collect();
    assert_eq!(inputs, ["Cible", "Durée ou fin", "Raison", "Code"]);
    assert_eq!(form.action.to_string(), "promo_create?value=20 %&uses=3");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_english_speaker_is_answered_in_english() {
    let world = world().await;
    let mut chief = boss();
    chief.person.locale = Some(Locale::En);
    let given = [
        ("value", t("12.5%")),
        ("target", t("all plans")),
        ("duration", t("2 days")),
        ("promo_reason", t("Launch")),
        ("promo_code", t("launch")),
    ];
    let made = world.asks(&chief, "promo_create", &given).await;
    assert_snapshot!(timeless(&made), @"
    🎉 Promotion #1 runs: **−12.5%** on all plans, until ⌚.
    Code to type: `LAUNCH`
    👁️ View | 🛑 Stop
    ");
    let mut member = marie();
    member.person.locale = Some(Locale::En);
    let kept = world.asks(&member, "redeem", &[("promo_code", t("Launch"))]).await;
    assert_snapshot!(timeless(&kept), @"✅ Code `LAUNCH` is kept for your next purchase: **−12.5%** on all plans, until ⌚. If a running promotion takes off more, that one counts.");
}

#[tokio::test(flavor = "multi_thread")]
async fn members_recommend_and_choose_reminders_by_a_button() {
    let world = world().await;
    world.asks(&marie(), "help", &[]).await;
    run(
        &mut world.database.owner().await,
        "insert into referral_codes values (7, 10, 'R-MARIE', now());
         insert into referrals (guild_id, user_id, friend_id, state, order_number, amount_minor, currency, due_at, created_at, updated_at)
             values (7, 10, 50, 'held', 900, 200, 'eur', now(), now(), now()), (7, 10, 51, 'credited', 901, 150, 'eur', now(), now(), now());",
    )
    .await;
    let own = world.asks(&marie(), "referral", &[]).await;
    assert_snapshot!(timeless(&own), @"
    [🤝 Parrainage]
    Votre code : `R-MARIE`
    Un ami le donne avec `/code` avant son premier achat ; vous recevez 10 % de ce qu’il a payé, 14 jours après, si l’achat tient. Les invitations ne comptent pas.
    Votre crédit se déduit de lui-même de votre prochain achat, quand il retire plus qu’une promotion.
    Crédité = 1 · 1,50 €
    En attente = 1 · 2,00 €
    Crédit à dépenser = 1,50 €
    ");
    let joined = world.asks(&jean(), "redeem", &[("promo_code", t("r-marie"))]).await;
    assert_snapshot!(timeless(&joined), @"🤝 C’est noté, merci ! La personne qui vous a recommandé la boutique aura un crédit après votre premier achat.");
    let own = world.asks(&jean(), "referral", &[]).await;
    assert!(words(&own).contains("Votre code : `R-"), "{own:?}");
    let asked = world.asks(&marie(), "shop_reminders", &[("reminders", t("on"))]).await;
    assert_snapshot!(timeless(&asked), @"
    Si vous laissez un paiement en route, nous pouvons vous le rappeler une fois, en message privé. Rien d’autre, et vous pouvez arrêter quand vous voulez.
    🔔 Oui, me le rappeler
    ");
    let agreed = "select count(*) as n from reminders";
    assert_eq!(world.database.count(agreed).await, 0, "a typed word is no agreement");
    let on = world.presses(&marie(), &asked, "Oui, me le rappeler").await;
    assert_snapshot!(timeless(&on), @"
    🔔 D’accord : nous vous rappellerons un paiement laissé en route.
    🔕 Ne plus rappeler
    ");
    assert_eq!(world.database.count(agreed).await, 1);
    let off = world.presses(&marie(), &on, "Ne plus rappeler").await;
    assert_snapshot!(timeless(&off), @"🔕 D’accord : aucun rappel.");
    assert_eq!(world.database.count(agreed).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_of_which_nothing_is_left_stands_as_taken_back() {
    let world = world().await;
    world.asks(&marie(), "help", &[]).await;
    run(
        &mut world.database.owner().await,
        "insert into referral_codes values (7, 10, 'R-MARIE', now());
         insert into referrals (guild_id, user_id, friend_id, state, order_number, amount_minor, back_minor, currency, due_at, created_at, updated_at)
             values (7, 10, 50, 'credited', 900, 200, 200, 'eur', now(), now(), now()),
                    (7, 10, 51, 'credited', 901, 150, 50, 'eur', now(), now(), now());",
    )
    .await;
    let own = words(&world.asks(&marie(), "referral", &[]).await);
    assert!(own.contains("Annulé = 1 · 2,00\u{A0}€") && own.contains("Crédité = 1 · 1,00\u{A0}€"), "{own}");
}
