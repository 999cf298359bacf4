//! `shop_settings`: the shop's currency.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{OPERATOR, step};
use crate::domain::shop::catalogue::shop;
use crate::kernel::Result;
use crate::kernel::money::Currency;
use crate::kernel::reply::{Card, Reply, Tone};
use futures_util::FutureExt;

/// The codes of every currency, for the choice.
const CODES: [&str; 20] = [
    "eur", "usd", "gbp", "chf", "cad", "xof", "xaf", "mad", "aud", "brl", "clp", "czk", "dkk", "jpy", "krw", "mxn",
    "nok", "pln", "sek", "vnd",
];

pub(super) static SETTINGS: Spec = Spec {
    name: "shop_settings",
    options: &[Opt::optional("currency", Type::Choice(&CODES))],
    run: |cx, args| settings(cx, args).boxed(),
    suggest: None,
    ..OPERATOR
};

async fn settings(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    cx.shop().await?;
    let change: Option<Currency> = args.choice("currency").and_then(|code| code.parse().ok());
    let step = step(cx);
    let shop = shop::settings(cx.tx()?, step, change).await?;
    let say = &cx.say;
    let mut card = Card::titled(say.t("shop-settings-title"));
    card = card.field(say.t("shop-field-currency"), say.t(&format!("choice-{}", shop.currency.code())), true);
    card.tone = if shop.without_price > 0 { Tone::Warning } else { Tone::Good };
    if shop.without_price > 0 {
        card.body = say.with("shop-without-price", &[("count", shop.without_price.into())]);
    }
    let text = if change.is_some() { say.t("shop-settings-changed") } else { String::new() };
    Ok(Reply::private(text).card(card))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_currency_can_be_chosen() {
        let mut known: Vec<_> = Currency::all().map(Currency::code).collect();
        let mut codes = CODES.to_vec();
        known.sort_unstable();
        codes.sort_unstable();
        assert_eq!(codes, known);
    }
}
