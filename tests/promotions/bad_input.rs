//! Bad input: each gets a helpful answer, and nothing changes.

use super::conversation::world;
use crate::tickets::world::*;
use shellia::commands::Raw;
use shellia::domain::promotions::Aim;
use shellia::kernel::Locale;

/// What a promotion is made of, with one option changed.
fn with(name: &'static str, value: Raw) -> Vec<(&'static str, Raw)> {
    let mut given =
        vec![("value", t("20 %")), ("target", t("tout")), ("duration", t("48h")), ("promo_reason", t("essai"))];
    given.retain(|(had, _)| *had != name);
    given.push((name, value));
    given
}

#[tokio::test(flavor = "multi_thread")]
async fn each_mistake_is_named_and_changes_nothing() {
    let world = world().await;
    let table: Vec<(&'static str, Raw, &'static str)> = vec![
        ("value", t("0 %"), "doit être un nombre de 1 à 99"),
        ("value", t("100 %"), "doit être un nombre de 1 à 99"),
        ("value", t("101 %"), "doit être un nombre de 1 à 99"),
        ("value", t("31 %"), "retire au plus 30 % du prix. Écrivez 30 % ou moins."),
        ("value", t("20"), "pourcentage ou d’un montant"),
        ("value", t("gratuit"), "comme 20 % ou 5 €"),
        ("value", t("-5 €"), "comme 20 % ou 5 €"),
        ("value", t("0 €"), "comme 20 % ou 5 €"),
        ("value", t("500 €"), "le moins cher coûte 9,99\u{A0}€ : retirez 3,00\u{A0}€ au plus"),
        ("value", t("9.999 €"), "Écrivez 9999 pour des milliers"),
        ("value", t("$1"), "monnaie de la boutique"),
        ("target", t("pro"), "tout, formules, produits"),
        ("target", t("plan/rien"), "je ne connais pas ce nom"),
        ("target", t("plan/pro'; drop table promotions"), "Vouliez-vous dire : Pro (`pro`)"),
        ("target", t("produit jeux"), "Vouliez-vous dire : Jeu (`jeu`)"),
        ("duration", t("48"), "doit être une durée"),
        ("duration", t("bientôt"), "doit être une durée"),
        ("duration", t("1 mois"), "doit être une durée"),
        ("duration", t("0h"), "doit être une durée"),
        ("duration", t("36500j"), "finit dans les 90 jours"),
        ("duration", t("1/1/2126"), "finit dans les 90 jours"),
        ("duration", t("1/1/2020"), "après le début"),
        ("duration", t("30/02/2027"), "doit être une durée"),
        ("promo_reason", t(" \u{200B}"), "est vide"),
        ("promo_reason", t(&"a".repeat(101)), "trop long : 101"),
        ("promo_code", t("NOЕL20"), "« Е » n’en fait pas partie"),
        ("promo_code", t("А"), "« А » n’en fait pas partie"),
        ("promo_code", t("AB"), "de 3 à 30 signes"),
        ("promo_code", t("Noël"), "« Ë » n’en fait pas partie"),
        ("uses", n(0), "doit être un nombre de 1"),
        ("uses", n(-1), "doit être un nombre de 1"),
        ("per_member", n(0), "doit être un nombre de 1"),
        ("budget", t("beaucoup"), "comme 20 % ou 5 €"),
        ("budget", t("1 €"), "un seul achat"),
        ("begins", t("3 semaines"), "après le début"),
    ];
    for (option, value, expected) in table {
        let mut given = with(option, value.clone());
        if option == "begins" {
            given.retain(|(had, _)| *had != "duration");
            given.push(("duration", t(&(world.app.clock.now().strftime("%d/%m/%Y 23h59").to_string()))));
        }
        let said = words(&world.asks(&boss(), "promo_create", &given).await);
        assert!(said.contains(expected), "{option} {value:?}: {said}");
    }
    assert_eq!(world.database.count("select count(*) as n from promotions").await, 0);
    for (command, given, expected) in [
        ("promo_stop", vec![("promotion", n(1))], "Aucune promotion sous ce numéro"),
        ("promo_view", vec![("promotion", n(i64::MAX))], "Aucune promotion sous ce numéro"),
        ("promo_view", vec![("promotion", n(0))], "donnez le numéro"),
        ("redeem", vec![("promo_code", t("RIEN"))], "Ce code n’existe pas"),
        ("redeem", vec![("promo_code", t("РROMO"))], "« Р » n’en fait pas partie"),
        ("shop_reminders", vec![("reminders", t("peut-être"))], "doit être l’un de"),
    ] {
        let said = words(&world.asks(&boss(), command, &given).await);
        assert!(said.contains(expected), "{command}: {said}");
    }
    for command in ["promo_create", "promo_list", "promo_view", "promo_stop"] {
        for who in [marie(), paul()] {
            let given = if command == "promo_create" { with("value", t("20 %")) } else { vec![("promotion", n(1))] };
            let given = if command == "promo_list" { Vec::new() } else { given };
            let said = words(&world.asks(&who, command, &given).await);
            assert!(said.contains("réservée aux opérateurs"), "{command}: {said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_found_however_it_is_written() {
    let world = world().await;
    world.asks(&boss(), "promo_create", &with("promo_code", t("Noël-20".replace('ë', "e").as_str()))).await;
    for typed in ["NOEL-20", "noel-20", "n o e l - 2 0", "ＮＯＥＬ-２０", "no\u{200B}el\u{FEFF}-20"] {
        let said = words(&world.asks(&marie(), "redeem", &[("promo_code", t(typed))]).await);
        assert!(said.contains("`NOEL-20` gardé"), "{typed:?}: {said}");
    }
    // The same code, written otherwise, is taken.
    let given = with("promo_code", t("noel-20"));
    let given: Vec<_> =
        given.into_iter().map(|(name, raw)| if name == "target" { (name, t("plans")) } else { (name, raw) }).collect();
    let said = words(&world.asks(&boss(), "promo_create", &given).await);
    assert!(said.contains("sert déjà"), "{said}");
}

/// Help, form, refusal and suggestions name what a promotion can be on by the same words.
#[tokio::test(flavor = "multi_thread")]
async fn a_target_is_called_the_same_wherever_it_is_named() {
    let world = world().await;
    for locale in Locale::ALL {
        let say = world.app.words.speak(locale);
        let help = say.t("opt-target");
        assert_eq!(say.t("hint-promo_create-target"), help);
        assert!(say.t("problem-target").contains(&help), "{help}");
        let mut who = boss();
        who.person.locale = Some(locale);
        let suggested = world.suggestions_of(&who, "promo_create", "target", "").await;
        assert_eq!(suggested.len(), 3);
        for (word, _) in &suggested {
            assert!(help.split([',', ' ']).any(|said| said == word), "{word}: {help}");
        }
        for word in help.split([',', ' ']).filter(|word| !["", "ou", "or"].contains(word)) {
            assert!(Aim::parse(word).is_ok(), "{word}");
        }
    }
}

/// What is answered to something typed: at once, or behind the button that shows it to its asker.
async fn read(world: &World, who: &Someone, typed: &str) -> String {
    let reply = said(world.types(who, typed).await);
    let shows = reply
        .buttons
        .iter()
        .map(|button| button.label.clone())
        .find(|label| label.contains("réponse") || label.contains("answer"));
    match shows {
        Some(label) => words(&world.presses(who, &reply, &label).await),
        None => words(&reply),
    }
}

/// A word that only one option can hold is that option's; one that no option is called is told of by its name.
#[tokio::test(flavor = "multi_thread")]
async fn a_choice_needs_no_name_and_an_unknown_option_is_named() {
    let world = super::conversation::world().await;
    for typed in ["!promo_liste toutes", "!promo_liste lesquelles=toutes", "!promo_liste tout", "!promo_list all"] {
        let said = read(&world, &boss(), typed).await;
        assert!(said.contains("[🏷️ Toutes les promotions]"), "{typed}: {said}");
    }
    let live = read(&world, &boss(), "!promo_liste lesquelles=\"en cours\"").await;
    assert!(!live.contains("Toutes") && !live.contains("doit être"), "{live}");
    let wrong = read(&world, &boss(), "!promo_liste lesquelles=beaucoup").await;
    assert!(wrong.contains("doit être l’un de : En cours et à venir, Tout."), "{wrong}");
    let month = read(&world, &boss(), "!stats période=7j").await;
    assert!(!month.contains("doit être"), "{month}");
    let unknown = read(&world, &marie(), "!acheter Pro free_trial=oui").await;
    assert!(unknown.contains("n’a pas d’option **free\\_trial**") && unknown.contains("essai"), "{unknown}");
    let mut member = marie();
    member.person.locale = Some(shellia::kernel::Locale::En);
    let unknown = read(&world, &member, "!buy Pro free_trial=yes").await;
    assert!(unknown.contains("no option **free\\_trial**") && unknown.contains("trial"), "{unknown}");
}
