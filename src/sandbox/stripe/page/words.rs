//! The pages' words, French and English, and how sums are written.

use serde_json::Value;

use crate::sandbox::json::text;

/// Currencies without a smaller unit. Source: Stripe's documentation, "Supported currencies".
const WHOLE: &[&str] =
    &["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv", "xaf", "xof", "xpf"];

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) lang: &'static str,
    pub(super) sandbox: &'static str,
    pub(super) gone: &'static str,
    pub(super) pay: &'static str,
    pub(super) subscribe: &'static str,
    pub(super) total: &'static str,
    pub(super) discount: &'static str,
    pub(super) trial: &'static str,
    pub(super) card: &'static str,
    pub(super) confirm_free: &'static str,
    pub(super) decline: &'static str,
    pub(super) secure: &'static str,
    pub(super) sepa: &'static str,
    pub(super) sepa_fails: &'static str,
    pub(super) fails_later: &'static str,
    pub(super) back: &'static str,
    pub(super) others: &'static str,
    pub(super) declined: &'static str,
    pub(super) used_up: &'static str,
    pub(super) bank: &'static str,
    pub(super) bank_asks: &'static str,
    pub(super) confirm: &'static str,
    pub(super) fail: &'static str,
    pub(super) terms: &'static str,
    pub(super) portal: &'static str,
    pub(super) nothing: &'static str,
    pub(super) cancel: &'static str,
    pub(super) resume: &'static str,
    pub(super) good_card: &'static str,
    pub(super) bad_card: &'static str,
    pub(super) ends: &'static str,
    pub(super) renews: &'static str,
    pub(super) invoice: &'static str,
    pub(super) receipt: &'static str,
    pub(super) paid: &'static str,
    pub(super) every: [(&'static str, &'static str); 4],
}

const FRENCH: Words = Words {
    lang: "fr",
    sandbox: "Stripe local de la démo : aucun argent ne circule.",
    gone: "Cette page n’est plus active",
    pay: "Paiement",
    subscribe: "Abonnement",
    total: "Total à payer",
    discount: "Réduction",
    trial: "Essai gratuit : rien n’est dû aujourd’hui",
    card: "Payer par carte (4242)",
    confirm_free: "Confirmer",
    decline: "Carte refusée",
    secure: "Carte avec validation 3-D Secure",
    sepa: "Prélèvement SEPA (débité plus tard)",
    sepa_fails: "Prélèvement SEPA qui échouera",
    fails_later: "Carte qui échouera au renouvellement",
    back: "Abandonner",
    others: "Autres cas",
    declined: "Votre carte a été refusée. Essayez un autre moyen de paiement.",
    used_up: "Cette réduction n’est plus valable.",
    bank: "Votre banque",
    bank_asks: "Votre banque vous demande de valider ce paiement.",
    confirm: "Valider",
    fail: "Refuser",
    terms: "J’accepte les conditions d’utilisation.",
    portal: "Vos abonnements",
    nothing: "Aucun abonnement.",
    cancel: "Résilier à la fin de la période",
    resume: "Reprendre l’abonnement",
    good_card: "Changer de carte (4242)",
    bad_card: "Changer pour une carte qui échouera",
    ends: "Se termine le",
    renews: "Se renouvelle le",
    invoice: "Facture",
    receipt: "Reçu",
    paid: "Payé",
    every: [("day", "par jour"), ("week", "par semaine"), ("month", "par mois"), ("year", "par an")],
};

const ENGLISH: Words = Words {
    lang: "en",
    sandbox: "The demo’s local Stripe: no money moves.",
    gone: "This page is no longer active",
    pay: "Payment",
    subscribe: "Subscription",
    total: "Total due",
    discount: "Discount",
    trial: "Free trial: nothing is due today",
    card: "Pay by card (4242)",
    confirm_free: "Confirm",
    decline: "Declined card",
    secure: "Card with 3-D Secure",
    sepa: "SEPA debit (taken later)",
    sepa_fails: "SEPA debit that will fail",
    fails_later: "Card that will fail at the renewal",
    back: "Go back",
    others: "Other cases",
    declined: "Your card was declined. Try another way to pay.",
    used_up: "This discount is no longer valid.",
    bank: "Your bank",
    bank_asks: "Your bank asks you to confirm this payment.",
    confirm: "Confirm",
    fail: "Refuse",
    terms: "I accept the terms of service.",
    portal: "Your subscriptions",
    nothing: "No subscription.",
    cancel: "Cancel at the end of the period",
    resume: "Resume the subscription",
    good_card: "Change the card (4242)",
    bad_card: "Change to a card that will fail",
    ends: "Ends on",
    renews: "Renews on",
    invoice: "Invoice",
    receipt: "Receipt",
    paid: "Paid",
    every: [("day", "per day"), ("week", "per week"), ("month", "per month"), ("year", "per year")],
};

/// The words for an object's locale: French unless it is English.
pub(super) fn of(object: &Value) -> &'static Words {
    let english = text(object, "locale").is_some_and(|locale| locale.starts_with("en"));
    if english { &ENGLISH } else { &FRENCH }
}

impl Words {
    /// A sum with its currency.
    pub(super) fn sum(&self, amount: i64, currency: &str) -> String {
        let number = if WHOLE.contains(&currency) {
            amount.to_string()
        } else {
            let sign = if amount < 0 { "-" } else { "" };
            let point = if self.lang == "fr" { "," } else { "." };
            format!("{sign}{}{point}{:02}", amount.unsigned_abs() / 100, amount.unsigned_abs() % 100)
        };
        let name = match currency {
            "eur" => "€".to_owned(),
            "usd" => "$".to_owned(),
            other => other.to_uppercase(),
        };
        format!("{number}\u{a0}{name}")
    }

    /// How often a price is paid.
    pub(super) fn rhythm(&self, price: &Value) -> &'static str {
        let interval = price.pointer("/recurring/interval").and_then(Value::as_str).unwrap_or_default();
        self.every.iter().find(|(key, _)| *key == interval).map_or("", |(_, word)| word)
    }

    /// A day.
    pub(super) fn day(&self, seconds: u64) -> String {
        let day = i64::try_from(seconds).ok().and_then(|s| jiff::Timestamp::from_second(s).ok()).unwrap_or_default();
        day.strftime(if self.lang == "fr" { "%d/%m/%Y" } else { "%Y-%m-%d" }).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_read_as_people_write_them() {
        assert_eq!(FRENCH.sum(999, "eur"), "9,99\u{a0}€");
        assert_eq!(ENGLISH.sum(-5, "usd"), "-0.05\u{a0}$");
        assert_eq!(FRENCH.sum(500, "jpy"), "500\u{a0}JPY");
    }
}
