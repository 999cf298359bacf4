//! What must hold of every sentence, also of those that nobody wrote: no panic, and no write out of what is negated or quoted.

use super::{corpus, grammar, now, understood};
use proptest::prelude::*;
use shellia::domain::decisions::{Intent, Said, Speaker, Verdict};

/// How many of each list are tried with a sentence; over the corpus, each comes with many.
const SOME: usize = 3;

/// What says not to, before an order.
const NEGATIONS: &[&str] = &[
    "ne fais surtout pas ça : ",
    "surtout pas : ",
    "n'exécute jamais ceci, ",
    "il ne faut pas ",
    "je ne veux pas que tu fasses ça : ",
    "évite de ",
    "don't ",
    "do not ",
    "never ",
    "please don't do this: ",
    "whatever happens, do not ",
    "you must never ",
];

/// What makes somebody else's words of an order.
const QUOTATIONS: &[(&str, &str)] = &[
    ("« ", " »"),
    ("\"", "\""),
    ("“", "”"),
    ("`", "`"),
    ("```\n", "\n```"),
    ("> ", ""),
    ("Marie a dit \"", "\""),
    ("Un client écrit : « ", " »"),
    ("the ticket says “", "”"),
    ("what does \"", "\" mean?"),
];

fn is_write(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Plan | Verdict::Act)
}

/// The sentences of the corpus that lead to a change by themselves.
fn writes() -> Vec<String> {
    let all = corpus();
    let writes = all.iter().filter(|case| case.context.is_empty() && is_write(understood(case).verdict));
    writes.map(|case| case.text.clone()).collect()
}

#[test]
fn a_negation_before_an_order_makes_nothing_of_it() {
    let writes = writes();
    assert!(writes.len() > 100, "{}", writes.len());
    for (at, write) in writes.iter().enumerate() {
        for negation in NEGATIONS.iter().cycle().skip(at * SOME).take(SOME) {
            let text = format!("{negation}{write}");
            let understood = grammar().understand(&text, &[], now());
            assert!(!is_write(understood.verdict), "{text}: {understood:?}");
        }
    }
}

#[test]
fn a_quoted_order_is_none() {
    let writes = writes();
    let plain = writes.iter().filter(|write| !write.contains(['"', '«', '»', '`', '\n']));
    for (at, write) in plain.enumerate() {
        for (open, close) in QUOTATIONS.iter().cycle().skip(at * SOME).take(SOME) {
            let text = format!("{open}{write}{close}");
            let understood = grammar().understand(&text, &[], now());
            assert!(!is_write(understood.verdict), "{text}: {understood:?}");
        }
    }
}

/// What people put around a sentence.
const DRESS: &[(&str, &str)] = &[
    ("Hey Shellia, ", ""),
    ("@Shellia ", " stp"),
    ("ok, ", " please"),
    ("", " !!"),
    ("", "\nmerci"),
    ("s'il te plaît, ", " maintenant"),
    ("🚀 ", " 🙏"),
];

#[test]
fn what_leads_to_no_change_leads_to_none_in_other_clothes() {
    let harmless = corpus().into_iter().filter(|case| !is_write(understood(case).verdict));
    let alone = harmless.filter(|case| case.context.is_empty() && !case.text.starts_with(['>', '@']));
    for (at, case) in alone.enumerate() {
        let loud = case.text.to_uppercase();
        let dress = DRESS.iter().cycle().skip(at * SOME).take(SOME);
        for text in dress.map(|(before, after)| format!("{before}{}{after}", case.text)).chain([loud]) {
            let understood = grammar().understand(&text, &[], case.now);
            assert!(!is_write(understood.verdict), "{text}: {understood:?}");
        }
    }
}

#[test]
fn what_we_said_ourselves_orders_nothing() {
    for write in writes() {
        let context = [Said { from: Speaker::Controller, text: write.clone() }];
        for answer in ["oui", "ok", "go"] {
            let understood = grammar().understand(answer, &context, now());
            assert!(!is_write(understood.verdict), "{write} / {answer}: {understood:?}");
        }
    }
}

#[test]
fn spelling_with_other_letters_or_unseen_ones_changes_nothing() {
    let looks = |text: &str, swap: &[(char, char)]| -> String {
        text.chars().map(|c| swap.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)).collect()
    };
    for case in corpus().iter().filter(|case| case.context.is_empty()) {
        let plain = understood(case);
        // What is written again as it was typed (a prize, a value, a product) keeps its letters.
        let named = plain.slots.prize.is_some() || plain.slots.value.is_some() || plain.slots.target.is_some();
        let same = |text: &str| {
            let other = grammar().understand(text, &[], case.now);
            assert_eq!((other.intent, other.verdict), (plain.intent, plain.verdict), "{text}");
            assert!(named || other.slots == plain.slots, "{text}");
        };
        same(&looks(&case.text, &[('o', 'о'), ('e', 'е'), ('p', 'р'), ('a', 'а')]));
        same(&case.text.replace('o', "o\u{200B}").replace('r', "\u{2060}r"));
    }
}

#[test]
fn the_kill_switch_is_never_held_up_by_how_it_is_written() {
    for text in [
        "stop",
        "STOP!!",
        "Stop.",
        "arrête tout",
        "ARRETE TOUT",
        "s\u{200B}top everything",
        "ѕtоp everything",
        "@Shellia stop",
        "!shellia stop",
        "coupe tout !",
    ] {
        let understood = grammar().understand(text, &[], now());
        assert_eq!((understood.intent, understood.verdict), (Intent::StopAll, Verdict::Act), "{text}");
    }
}

fn any_words() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "lance",
        "promo",
        "20",
        "%",
        "sur",
        "pro",
        "48h",
        "jusqu'à",
        "dimanche",
        "ne",
        "pas",
        "don't",
        "stop",
        "tout",
        "«",
        "»",
        "\"",
        "'",
        "`",
        ">",
        "\n",
        "#",
        "12",
        "approve",
        "plan",
        "giveaway",
        "3",
        "gagnants",
        "et",
        "and",
        "si",
        "if",
        "31/02",
        "99999999999999999999",
        "1,5",
        "code",
        "NOEL",
        "quand",
        "1000",
        "membres",
        "config",
        "set",
        "=",
        "@bob",
        "<@1>",
        "<@",
        "le",
        "de",
        "demi",
        "cent",
        "mille",
        "mille",
        "million",
        "-",
        "/",
        ":",
        "€",
        "$",
        "h",
        "24",
        "25",
        "60",
        "pm",
    ]);
    prop::collection::vec(words, 0..24).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_stops_the_program(text in any::<String>(), before in any::<String>()) {
        let context = [Said { from: Speaker::Operator, text: before.clone() }, Said { from: Speaker::Controller, text: before }];
        let once = grammar().understand(&text, &context, now());
        prop_assert_eq!(once, grammar().understand(&text, &context, now()));
    }

    #[test]
    fn no_words_stop_the_program(text in any_words(), before in any_words()) {
        let context = [Said { from: Speaker::Operator, text: before }];
        let understood = grammar().understand(&text, &context, now());
        prop_assert_eq!(understood.plan.is_some(), understood.verdict == Verdict::Plan);
        let quoted = grammar().understand(&format!("> {}", text.replace('\n', " ")), &[], now());
        prop_assert!(!is_write(quoted.verdict), "{}", text);
    }
}
