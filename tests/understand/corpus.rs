//! The corpus: intent and slots exact in 95 of 100, not one wrong polarity, not one wrong amount, and always the same answer.

use super::{corpus, grammar, json, now, understood};
use serde_json::Value;
use shellia::domain::decisions::{Intent, Plan, Reason, Verdict};

/// The least part of the corpus that is understood exactly, in percent.
const LEAST: usize = 95;

/// Whether a verdict leads to a change.
fn changes(verdict: &Value) -> bool {
    matches!(verdict.as_str(), Some("plan" | "act"))
}

#[test]
fn the_corpus_is_large_and_of_both_languages() {
    let all = corpus();
    assert!(all.len() >= 450, "{}", all.len());
    for verdict in ["plan", "answer", "ask", "refuse", "ignore", "act"] {
        let count = all.iter().filter(|case| case.expected["verdict"] == verdict).count();
        assert!(count >= 10, "{verdict}: {count}");
    }
    for intent in Intent::ALL {
        assert!(all.iter().any(|case| case.expected["intent"] == intent.as_str()), "{}", intent.as_str());
    }
}

#[test]
fn sentences_are_understood_exactly() {
    let all = corpus();
    let mut wrong = Vec::new();
    for case in &all {
        let got = json(&understood(case));
        if ["intent", "verdict", "slots"].iter().any(|part| got[part] != case.expected[part]) {
            wrong.push(format!("{}: {}\n   {got}\n   {}", case.line, case.text, case.expected));
        }
    }
    let right = all.len() - wrong.len();
    assert!(right * 100 >= all.len() * LEAST, "{right} of {}:\n{}", all.len(), wrong.join("\n"));
}

#[test]
fn nothing_changes_that_was_not_meant_to_and_no_amount_is_wrong() {
    for case in &corpus() {
        let got = json(&understood(case));
        let told = format!("{}: {}\n   {got}", case.line, case.text);
        if changes(&got["verdict"]) {
            assert!(changes(&case.expected["verdict"]), "a write where none was meant: {told}");
            assert_eq!(got["intent"], case.expected["intent"], "another write: {told}");
            for slot in [
                "percent",
                "amount_minor",
                "currency",
                "target",
                "duration_hours",
                "ends",
                "winners",
                "max_uses",
                "ref",
            ] {
                assert_eq!(got["slots"][slot], case.expected["slots"][slot], "{slot}: {told}");
            }
        }
        for amount in ["percent", "amount_minor"] {
            let (got, expected) = (&got["slots"][amount], &case.expected["slots"][amount]);
            assert!(got.is_null() || got == expected, "{amount}: {told}");
        }
    }
}

#[test]
fn a_sentence_means_the_same_each_time() {
    for case in &corpus() {
        assert_eq!(understood(case), understood(case), "{}", case.text);
    }
}

#[test]
fn a_plan_is_there_where_the_verdict_is_one_and_nowhere_else() {
    for case in &corpus() {
        let understood = understood(case);
        assert_eq!(understood.plan.is_some(), understood.verdict == Verdict::Plan, "{}", case.text);
        let fits = match (&understood.plan, understood.intent) {
            (None, _)
            | (Some(Plan::Promotion(_)), Intent::PromoCreate)
            | (Some(Plan::StopPromotion(_)), Intent::PromoStop)
            | (Some(Plan::Giveaway(_)), Intent::GiveawayCreate)
            | (Some(Plan::EndGiveaway(_)), Intent::GiveawayEnd)
            | (Some(Plan::Reroll(_)), Intent::GiveawayReroll)
            | (Some(Plan::Setting { .. }), Intent::ConfigSet)
            | (Some(Plan::Resume), Intent::Resume) => true,
            (Some(_), _) => false,
        };
        assert!(fits, "{}", case.text);
        let asks = !understood.missing.is_empty();
        assert!(!asks || matches!(understood.verdict, Verdict::Ask | Verdict::Refuse), "{}", case.text);
        assert!(understood.verdict != Verdict::Ask || asks, "nothing is asked: {}", case.text);
        assert!(understood.verdict != Verdict::Refuse || understood.reason.is_some(), "no reason: {}", case.text);
    }
}

#[test]
fn a_cap_that_stands_in_the_way_is_named() {
    let refused = grammar().understand("promo 50% pro 48h", &[], now());
    assert_eq!((refused.verdict, refused.cap_percent), (Verdict::Refuse, Some(30)));
}

#[test]
fn what_a_command_does_is_refused_by_its_own_reason() {
    for (text, reason) in [
        ("annule le concours 4", Reason::GiveawayCancel),
        ("supprime le concours Nitro", Reason::GiveawayCancel),
        ("cancel the Nitro giveaway", Reason::GiveawayCancel),
        ("cancel giveaway 4", Reason::GiveawayCancel),
        ("mets le concours 4 en pause", Reason::GiveawayPause),
        ("prolonge le concours 4 de 2 jours", Reason::GiveawayExtend),
        ("donne 1 mois gratuit à Marie", Reason::Grant),
        ("give Marie a free month of Pro", Reason::Grant),
        ("offre un mois de Pro à Marie", Reason::Grant),
        ("quel est le stock de clé du jeu ?", Reason::Stock),
        ("combien de clés du jeu il reste ?", Reason::Stock),
        ("préviens-moi quand il y a une vente", Reason::Follow),
        ("qui a gagné le concours 2 ?", Reason::Entrants),
        ("who won the last giveaway?", Reason::Entrants),
        ("rappelle-moi demain de faire une promo", Reason::NotUnderstood),
        ("what's running right now?", Reason::NotUnderstood),
        ("merci beaucoup !", Reason::SmallTalk),
        ("hello Shellia", Reason::SmallTalk),
        ("Black Friday : 25% sur toute la boutique ce week-end", Reason::LaterStart),
    ] {
        assert_eq!(grammar().understand(text, &[], now()).reason, Some(reason), "{text}");
    }
}
