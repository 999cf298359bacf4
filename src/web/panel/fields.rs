//! What a page calls what a command refuses: its own field in the place of the command's option, and what to do on the page in the
//! place of what to type in Discord. To which field a refusal belongs is the route's; what is wrong is the command's.

use crate::commands::problem_of;
use crate::kernel::Error;
use crate::kernel::error::Problem;
use crate::kernel::words::Speech;

/// What a page says in the place of a command's words; nothing where they are right for both.
pub(super) fn said(say: &Speech<'_>, error: &Error) -> Option<String> {
    match error {
        Error::Argument { problem: Problem::Rests(_) | Problem::AskedBefore(_), .. } => None,
        Error::Argument { option, problem } => Some(beside(say, option, problem)),
        Error::NotAllowed(_) => Some(say.t("panel-not-operator")),
        Error::Conflict(id) => say.find(&format!("panel-{id}"), &[]),
        Error::NotFound(_)
        | Error::TooMany { .. }
        | Error::Unavailable { .. }
        | Error::Unsure { .. }
        | Error::Internal { .. } => None,
    }
}

/// What the field of an option is called.
fn called(say: &Speech<'_>, option: &str) -> String {
    let own = say.find(&format!("panel-field-{option}"), &[]);
    own.or_else(|| say.find(&format!("opt-{option}-name"), &[])).unwrap_or_else(|| option.to_owned())
}

fn beside(say: &Speech<'_>, option: &str, problem: &Problem) -> String {
    let name = called(say, option);
    let named = ("option", name.as_str().into());
    match problem {
        Problem::NotAChoice { choices } => {
            let word = |code: &&'static str| {
                let found = ["panel-choice", "choice"].iter().find_map(|of| say.find(&format!("{of}-{code}"), &[]));
                found.unwrap_or_else(|| (*code).to_owned())
            };
            let list = choices.iter().map(word).collect::<Vec<_>>().join(", ");
            say.with("problem-choice", &[named, ("choices", (&list).into())])
        }
        Problem::NotARole | Problem::NoSuchRole => say.with("panel-problem-role", &[named]),
        Problem::WhichRole { roles } => {
            let list = roles.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            say.with("panel-problem-which-role", &[named, ("roles", (&list).into())])
        }
        Problem::NotAChannel => say.with("panel-problem-channel", &[named]),
        Problem::NotAPerson => say.with("panel-problem-person", &[named]),
        Problem::NotATarget => say.with("panel-problem-target", &[named]),
        Problem::NotACode => say.with("panel-problem-code", &[named]),
        Problem::WhichVariant { variants, .. } => {
            say.with("panel-problem-which-variant", &[("variants", (&variants.join(", ")).into())])
        }
        Problem::NotADiscount if option == "budget" => say.with("panel-problem-amount", &[named]),
        Problem::Unknown if option != "stock" => say.with("panel-problem-unknown", &[named]),
        Problem::Unknown => say.t("panel-error-shop-stock-of-keys"),
        other => problem_of(say, &name, other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Locale;
    use crate::kernel::words::Words;

    /// What commands refuse that a page asks for, by the ids of its texts.
    const CONFLICTS: [&str; 23] = [
        "error-shop-plan-removed",
        "error-shop-free-plan-stays",
        "error-shop-draft",
        "error-shop-variant-same-content",
        "error-shop-stock-of-keys",
        "error-shop-not-keys",
        "error-shop-content-is-file",
        "error-shop-staff-role",
        "error-shop-free-plan",
        "error-giveaway-none",
        "error-giveaway-not-later",
        "error-promo-none",
        "error-revoke-none",
        "error-ticket-closed",
        "error-ticket-closed-for-good-staff",
        "error-ticket-already-closed",
        "error-ticket-already-resolved",
        "error-ticket-taken",
        "error-ticket-not-ended",
        "error-ticket-unchanged",
        "error-privacy-decided",
        "error-privacy-none",
        "error-privacy-obstacles-staff",
    ];

    #[test]
    fn a_page_names_its_fields_and_no_command() {
        let words = Words::new();
        for locale in Locale::ALL {
            let say = words.speak(locale);
            for id in CONFLICTS {
                let text =
                    said(&say, &Error::Conflict(id)).unwrap_or_else(|| panic!("{id} has no text of the panel's"));
                assert!(!text.contains("`/") && !text.contains("`!"), "{id}: {text}");
            }
            let of = |option, problem| said(&say, &Error::Argument { option, problem }).unwrap();
            for (option, problem) in [
                ("month_price", Problem::NotInRange { min: 1, max: 2 }),
                ("member_limit", Problem::NotInRange { min: 1, max: 2 }),
                ("kept_days", Problem::NotInRange { min: 1, max: 2 }),
                ("giveaway_channel", Problem::NotAChannel),
                ("any_role", Problem::NoSuchRole),
                ("given_role", Problem::WhichRole { roles: Vec::new() }),
                ("target", Problem::NotATarget),
                ("variant", Problem::WhichVariant { variants: vec!["a".to_owned()], command: "/x y".to_owned() }),
                ("stock", Problem::Unknown),
            ] {
                let text = of(option, problem);
                assert!(!text.contains(['@', '#', '_']) && !text.contains("`/"), "{option}: {text}");
                assert!(!text.contains("/x y"), "{text}");
            }
        }
    }

    #[test]
    fn what_may_be_chosen_is_told_in_words() {
        let words = Words::new();
        let choices =
            ["pending", "awaiting", "paid", "fulfilled", "canceled", "expired", "failed", "refunded"].to_vec();
        for locale in Locale::ALL {
            let error = Error::Argument { option: "state", problem: Problem::NotAChoice { choices: choices.clone() } };
            let text = said(&words.speak(locale), &error).unwrap();
            assert!(choices.iter().all(|code| locale == Locale::En || !text.contains(code)), "{text}");
            assert!(!text.contains("plans") && !text.contains("formules"), "{text}");
        }
    }
}
