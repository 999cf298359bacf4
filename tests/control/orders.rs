//! Shellia's orders by command: plans shown, approved, carried out, read back, rejected and listed, in French and English.

use super::real::{MEMBER, OPERATOR, Real, SECOND};
use crate::analytics::world::Shop;
use crate::tickets::world::timeless;
use insta::{allow_duplicates, assert_snapshot};
use jiff::SignedDuration;
use shellia::kernel::Locale::{self, En, Fr};
use shellia::kernel::reply::Reply;

/// A shop with prices, on a Wednesday morning.
pub async fn open() -> Real {
    let shop = Shop::open().await;
    shop.now_is("2026-11-25T09:00:00Z");
    shop.sql(
        "insert into shops (guild_id, updated_at) values (7, now());
         insert into products (guild_id, code, name, kind, created_at, updated_at) values (7, 'jeu', 'Jeu', 'text', now(), now());
         insert into variants (guild_id, product, code, name) values (7, 'jeu', 'standard', 'Standard');
         insert into prices values (7, 'plan/basic/month', 'eur', 499, now()), (7, 'plan/pro/month', 'eur', 999, now()),
             (7, 'plan/pro/year', 'eur', 9590, now()), (7, 'product/jeu/standard', 'eur', 2000, now());
         insert into price_history (guild_id, item, currency, amount_minor, since)
             select guild_id, item, currency, amount_minor, now() - interval '100 days' from prices;",
    )
    .await;
    Real::serve(shop)
}

/// A reply without its times, numbers of digests blanked.
pub fn read(reply: &Reply) -> String {
    let blank = |word: &str| word.len() == 16 && word.chars().all(|c| c.is_ascii_hexdigit());
    let text = timeless(reply);
    let words = text.split(' ').map(|word| if blank(word) { "…" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

pub async fn types(real: &Real, locale: Locale, text: &str) -> Reply {
    real.types(OPERATOR, 7, locale, text).await
}

/// Types these one after another, and gives what was answered.
pub async fn talk(real: &Real, locale: Locale, typed: &[&str]) -> String {
    let mut all = Vec::new();
    for text in typed {
        all.push(format!("> {text}\n{}", read(&types(real, locale, text).await)));
    }
    all.join("\n\n")
}

pub async fn count(real: &Real, what: &str) -> i64 {
    real.shop.database().count(&format!("select count(*) as n from {what}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promotion_is_shown_approved_at_a_touch_and_read_back() {
    let real = open().await;
    let card = types(&real, Fr, "!maxis promo 20% pro 48h").await;
    assert_snapshot!(read(&card), @r"
    Plan #1 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #1]
    Une promotion commence : **−20 %** sur la formule Pro.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (27/11/2026 10:00, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Pro · au mois : 9,99 € → **7,99 €** le premier mois, puis 9,99 €
    Pro · à l’année : 95,90 € → **76,72 €** la première année, puis 95,90 €
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter
    ");
    assert_eq!(count(&real, "promotions").await, 0, "a plan changes nothing");
    let done = real.presses(OPERATOR, &card, "Approuver").await;
    assert!(done.replaces && done.buttons.is_empty());
    assert_snapshot!(read(&done), @r"
    ✅ Plan #1 exécuté. La promotion n° 1 est lancée. État relu chez Maxis : en cours.
    [📋 Plan #1]
    Une promotion commence : **−20 %** sur la formule Pro.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (27/11/2026 10:00, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Pro · au mois : 9,99 € → **7,99 €** le premier mois, puis 9,99 €
    Pro · à l’année : 95,90 € → **76,72 €** la première année, puis 95,90 €
    Approbations = 1 sur 1 · <@22>
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ");
    assert_eq!(count(&real, "promotions where percent_hundredths = 2000 and state = 'active'").await, 1);
    // Pressed once more, nothing more is made.
    assert_eq!(real.presses(SECOND, &card, "Approuver").await.text, done.text);
    assert_snapshot!(talk(&real, En, &["!maxis promo stop 1", "!maxis approve 2", "!maxis promo stop"]).await, @r"
    > !maxis promo stop 1
    Plan #2: nothing is done until it is approved.
    [📋 Plan #2]
    Promotion #1 stops: the plan Pro.
    Would end otherwise = ⌚ (27/11/2026 10:00, Europe/Paris)
    Prices, before → after = Pro · by the month: €7.99 → **€9.99**
    Pro · by the year: €76.72 → **€95.90**
    Approvals = 0 of 1
    This plan = expires ⌚
    Digest … · an approval is for what is shown here, and for nothing else
    ✅ Approve | ✖️ Reject

    > !maxis approve 2
    ✅ Plan #2 is done. Promotion #1 is stopped. As read back from Maxis: stopped.
    [📋 Plan #2]
    Promotion #1 stops: the plan Pro.
    Would end otherwise = ⌚ (27/11/2026 10:00, Europe/Paris)
    Prices, before → after = Pro · by the month: €7.99 → **€9.99**
    Pro · by the year: €76.72 → **€95.90**
    Approvals = 1 of 1 · <@22>
    Digest … · an approval is for what is shown here, and for nothing else

    > !maxis promo stop
    No promotion that runs or will fits. Those that there are: `!maxis promos`.
    ");
    assert_eq!(count(&real, "promotions where state = 'stopped'").await, 1);
    assert_eq!(count(&real, "promotions").await, 1);
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_one_waits_for_a_second_operator() {
    let real = open().await;
    let card = types(&real, Fr, "!maxis promo 25% pro 48h").await;
    let half = real.presses(OPERATOR, &card, "Approuver").await;
    assert_snapshot!(read(&half), @r"
    Plan #1 : votre approbation compte. Il manque encore celle d’un autre opérateur. Est opérateur qui a le rôle choisi dans `/setup`, ou la permission « Gérer le serveur ».
    [📋 Plan #1]
    Une promotion commence : **−25 %** sur la formule Pro.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (27/11/2026 10:00, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Pro · au mois : 9,99 € → **7,49 €** le premier mois, puis 9,99 €
    Pro · à l’année : 95,90 € → **71,92 €** la première année, puis 95,90 €
    Approbations = 1 sur 2 · <@22>
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter
    ");
    // The same person counts once.
    assert_eq!(real.presses(OPERATOR, &half, "Approuver").await.text, half.text);
    assert_eq!(count(&real, "promotions").await, 0);
    let done = real.presses(SECOND, &half, "Approuver").await;
    assert_snapshot!(done.text, @"✅ Plan #1 exécuté. La promotion n° 1 est lancée. État relu chez Maxis : en cours.");
    assert_eq!(count(&real, "promotions").await, 1);
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_presses_changes_nothing_and_anybodys_no_is_enough() {
    let real = open().await;
    let card = types(&real, Fr, "!maxis promo 20% pro 48h").await;
    for who in [MEMBER, 99] {
        for button in ["Approuver", "Rejeter"] {
            let refused = real.presses(who, &card, button).await;
            allow_duplicates!(
                assert_snapshot!(read(&refused), @"Cette commande est réservée aux opérateurs : ceux qui ont le rôle opérateur, ou la permission « Gérer le serveur ». Ce que vous pouvez faire est dans `/aide`.")
            );
        }
    }
    assert_eq!(count(&real, "agent_approvals").await, 0);
    let rejected = real.presses(SECOND, &card, "Rejeter").await;
    assert_snapshot!(rejected.text, @"✖️ Plan #1 : il est rejeté, rien n’a changé.");
    assert_eq!(real.presses(OPERATOR, &card, "Approuver").await.text, rejected.text);
    assert_eq!(count(&real, "promotions").await, 0);
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_as_it_was_shown_is_shown_anew_and_what_is_over_says_so() {
    let real = open().await;
    let card = types(&real, Fr, "!maxis promo 20% pro 48h").await;
    real.shop.sql("update agent_plans set digest = repeat('0', 64)").await;
    let anew = real.presses(OPERATOR, &card, "Approuver").await;
    assert_snapshot!(anew.text, @"Plan #1 : ce n’est plus celui de la carte où vous avez appuyé. Rien n’est approuvé. Le voici tel qu’il est : regardez-le avant de décider.");
    // What is kept isn't what was approved: Maxis says so himself.
    let refused = real.presses(OPERATOR, &anew, "Approuver").await;
    assert_snapshot!(refused.text, @"Ce plan n’est pas celui qui vous a été montré. Regardez-le à nouveau avant de décider.");
    let card = types(&real, En, "!maxis promo 20% pro 48h").await;
    real.shellia.clock.advance(SignedDuration::from_mins(11));
    assert_snapshot!(real.presses(OPERATOR, &card, "Approve").await.text, @"⌛ Plan #2 : il a expiré, rien n’a changé. Refaites la demande si elle tient toujours.");
    let card = types(&real, En, "!maxis promo 20% basic 48h").await;
    real.shop.sql("update agent_switch set autonomy = 'off'").await;
    assert_snapshot!(real.presses(OPERATOR, &card, "Approve").await.text, @r"
    L’autonomie est sur « off » : je réponds aux questions, mais je ne prépare rien. Un opérateur peut la remonter.
    Pour la remonter : `!maxis autonomie approbation`.
    ");
    assert_eq!(count(&real, "promotions").await, 0);
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_one_is_done_by_itself_where_the_dial_says_so_and_says_that_it_was() {
    let real = open().await;
    // The dial goes up by a plan of two operators.
    let raise = types(&real, Fr, "!maxis autonomie automatique").await;
    let half = real.presses(OPERATOR, &raise, "Approuver").await;
    assert_snapshot!(real.presses(SECOND, &half, "Approuver").await.text, @"✅ Plan #1 exécuté. L’autonomie est changée.");
    // Nothing bounds what the first costs; the uses of the second do; a setting always waits.
    let typed =
        ["!maxis promo 5% basic 24h", "!maxis promo 5% basic 24h 30 utilisations max", "!maxis config set langue en"];
    assert_snapshot!(talk(&real, Fr, &typed).await, @r"
    > !maxis promo 5% basic 24h
    Plan #2 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #2]
    Une promotion commence : **−5 %** sur la formule Basic.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (26/11/2026 10:00, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Basic · au mois : 4,99 € → **4,74 €** le premier mois, puis 4,99 €
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > !maxis promo 5% basic 24h 30 utilisations max
    🤖 Fait automatiquement : c’est petit, et l’autonomie le permet.
    ✅ Plan #3 exécuté. La promotion n° 1 est lancée. État relu chez Maxis : en cours.
    [📋 Plan #3]
    Une promotion commence : **−5 %** sur la formule Basic.
    Pour qui = Tout le monde · 30 utilisations au plus
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (26/11/2026 10:00, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Basic · au mois : 4,99 € → **4,74 €** le premier mois, puis 4,99 €
    Approbations = Aucune n’est nécessaire : c’est petit, et l’autonomie le permet
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre

    > !maxis config set langue en
    Plan #4 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #4]
    **Langue** : fr → **en**
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter
    ");
    assert_eq!(count(&real, "promotions where uses_allowed = 30 and state = 'active'").await, 1);
    real.server.stop().await;
}
