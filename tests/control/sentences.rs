//! Sentences of operators: questions answered in their language, follow-ups, what is asked back, refused and let pass.

use super::real::{OPERATOR, Real};
use crate::analytics::conversation::busy;
use crate::tickets::world::timeless;
use insta::assert_snapshot;
use jiff::SignedDuration;
use shellia::kernel::Locale;

/// Says these one after another, and gives what was answered.
async fn talk(real: &Real, said: &[&str]) -> String {
    let mut all = Vec::new();
    for text in said {
        let mut reply = real.types(OPERATOR, 7, Locale::Fr, text).await;
        reply.files.clear();
        all.push(format!("> {text}\n{}", timeless(&reply)));
    }
    all.join("\n\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_get_a_line_with_the_figure_its_days_and_the_ones_before() {
    let real = Real::serve(busy().await);
    let said = [
        "combien de ventes hier ?",
        "et avant-hier ?",
        "how many sales last week?",
        "which plan sells best?",
        "quel produit se vend le mieux ?",
        "quel est le chiffre d'affaires du mois par rapport à octobre ?",
        "what's our MRR?",
        "combien d'abonnés avons-nous ?",
        "how many members do we have?",
        "taux de conversion des 30 derniers jours ?",
        "combien de remboursements ce mois-ci ?",
        "how many tickets this week?",
        "combien de ventes de Pro ce mois-ci ?",
        "panier moyen hier ?",
    ];
    assert_snapshot!(talk(&real, &said).await, @"");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_in_words_is_what_the_commands_show() {
    let real = Real::serve(busy().await);
    let said = [
        "quelles promos en cours ?",
        "which giveaways are running?",
        "quelle est la langue ?",
        "@Shellia l'état de Maxis ?",
    ];
    assert_snapshot!(talk(&real, &said).await, @"");
    let words = real.types(OPERATOR, 7, Locale::Fr, "donne-moi le rapport de la semaine dernière").await;
    assert_eq!(words, real.types(OPERATOR, 7, Locale::Fr, "!maxis rapport").await);
    let words = real.types(OPERATOR, 7, Locale::Fr, "les statistiques des 7 derniers jours").await;
    assert_eq!(words, real.types(OPERATOR, 7, Locale::Fr, "!maxis analytics 7j").await);
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_unclear_is_asked_back_and_a_button_is_an_answer() {
    let real = Real::serve(busy().await);
    assert_snapshot!(talk(&real, &["lance une promo de 20 sur Pro jusqu'à dimanche"]).await, @"");
    let asked = real.types(OPERATOR, 7, Locale::Fr, "lance une promo de 20 sur Pro jusqu'à dimanche").await;
    let answered = real.presses(OPERATOR, &asked, "%").await;
    assert_snapshot!(timeless(&answered), @"");
    let said = ["run a promo of 20%", "promo de 20 % sur Pro", "stop promotion"];
    assert_snapshot!(talk(&real, &said).await, @"");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_or_no_order_gets_a_kind_line_in_its_language() {
    let real = Real::serve(busy().await);
    let said = [
        "promo de 50 % sur Pro pendant 48 h",
        "make everything free until Sunday",
        "rembourse Marie",
        "ban Marie",
        "ne lance surtout pas de promo",
        "si on faisait -20 % sur Pro jusqu'à dimanche, ça donnerait quoi ?",
        "hello Shellia",
        "blorp blorp",
        "arrête tout",
        "aide",
    ];
    assert_snapshot!(talk(&real, &said).await, @"");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_half_an_hour_nothing_is_followed_on() {
    let real = Real::serve(busy().await);
    let asked = async |text: &str| timeless(&real.types(OPERATOR, 7, Locale::Fr, text).await);
    let sales = asked("combien de ventes hier ?").await;
    assert!(asked("et avant-hier ?").await.starts_with("**Commandes payées** · 24/11/2026"), "{sales}");
    real.shellia.clock.advance(SignedDuration::from_mins(31));
    assert!(!asked("et avant-hier ?").await.contains("Commandes payées"));
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn shellia_typed_with_nothing_behind_it_is_her_help() {
    let real = Real::serve(busy().await);
    let help = real.types(OPERATOR, 7, Locale::Fr, "!shellia").await;
    assert_eq!(help, real.types(OPERATOR, 7, Locale::Fr, "!shellia_help").await);
    assert_snapshot!(timeless(&real.types(OPERATOR, 7, Locale::Fr, "!shellia how many sales today?").await), @"");
    real.server.stop().await;
}
