//! `/stats` as staff read it: in French and English, with amounts for operators and without for support.

use super::world::{Look, Order, Shop, at, money};
use crate::tickets::world::{boss, marie, paul, t, timeless};
use insta::assert_snapshot;
use shellia::domain::payments::ledger::Movement;
use shellia::kernel::Locale::{En, Fr};
use shellia::kernel::reply::Reply;

/// What somebody reads, and the files with it.
fn read(reply: &Reply) -> String {
    let mut bare = reply.clone();
    bare.files.clear();
    let files: String = reply.files.iter().map(|file| format!("\n📎 {}", file.name)).collect();
    timeless(&bare) + &files
}

/// Some days of a small shop, in the afternoon of 26 November 2026.
pub async fn busy() -> Shop {
    let shop = Shop::open().await;
    shop.now_is("2026-11-26T15:00:00Z");
    shop.sql("insert into products (guild_id, code, name, kind, created_at, updated_at) values (7, 'jeu', 'Jeu *rare*', 'key', now(), now())")
        .await;
    let order = |placed: &str, paid: bool, minor: i64, plan: Option<&'static str>| {
        let placed = at(placed);
        let mode = if plan.is_some() { "subscription" } else { "payment" };
        Order { placed, paid: paid.then_some(placed), mode, plan, quantity: 1, total: money(minor, "eur"), user: 10 }
    };
    let orders = [
        order("2026-10-20T10:00:00Z", true, 1500, None),
        order("2026-11-02T10:00:00Z", true, 1999, None),
        order("2026-11-03T10:00:00Z", false, 1999, None),
        order("2026-11-20T10:00:00Z", true, 999, Some("pro")),
        order("2026-11-25T23:30:00Z", true, 2500, None),
    ];
    for (number, order) in (1..).zip(&orders) {
        shop.order(7, number, order).await;
        if order.mode == "payment" && order.paid.is_some() {
            let total = order.total.minor();
            let sale = Movement::Sale { name: format!("pi_{number}"), total, tax: total / 6 };
            let fee = Movement::Fee { name: format!("pi_{number}"), amount: 50 };
            let eur = order.total.currency();
            shop.post(7, &[(sale, eur, order.placed), (fee, eur, order.placed)]).await;
        }
    }
    let back = Movement::Refund { name: "re_1".to_owned(), amount: 999 };
    let yen = Movement::Sale { name: "pi_y".to_owned(), total: 1200, tax: 0 };
    let (eur, jpy) = (money(0, "eur").currency(), money(0, "jpy").currency());
    shop.post(7, &[(back, eur, at("2026-11-05T10:00:00Z")), (yen, jpy, at("2026-11-05T10:00:00Z"))]).await;
    let paid = at("2026-11-20T10:00:00Z");
    let price = money(999, "eur");
    let look = Look { at: paid, state: "active", plan: "pro", interval: "month", price, invoices: vec![(paid, price)] };
    shop.settle(7, ("sub_1", 4), &look).await;
    shop
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_reads_amounts_in_his_language() {
    let shop = busy().await;
    assert_snapshot!(read(&shop.asks(&boss(), Fr, "stats", &[]).await), @r"
    [📊 La boutique · 30 derniers jours]
    Encaissé, taxes comprises = **54,98 €** ▲ (15,00 €)
    Net = **36,50 €** ▲ (12,00 €)
    Revenu mensuel récurrent = **9,99 €** ▲ (0,00 €)
    Taxes = **7,49 €** ▲ (2,50 €)
    Frais de paiement = **1,00 €** ▲ (0,50 €)
    Remboursé = **9,99 €** ▲ (0,00 €)
    Ce qui l’a fait bouger = 🌱 Nouveaux abonnés : **+9,99 €** (1)
    Commandes passées = **4** ▲ (1)
    Dont payées = **3** ▲ (1)
    Conversion = **75,0 %** (100,0 %)
    Abonnements gagnés = **1** ▲ (0)
    Abonnements perdus = **0** ＝ (0)
    Abonnements en cours = Pro : **1**
    Meilleures ventes = 2 × Jeu \*rare\* · 44,99 €
    1 × Pro · 9,99 €
    28/10/2026 – 26/11/2026 · entre parenthèses : 28/09/2026 – 27/10/2026 · aussi en JPY (option « devise »)
    📎 stats.png
    ");
    assert_snapshot!(read(&shop.asks(&boss(), En, "stats", &[("period", t("this_month"))]).await), @r"
    [📊 The shop · This month]
    Taken in, taxes included = **€54.98** ▲ (€15.00)
    Net = **€36.50** ▲ (€12.00)
    Monthly recurring revenue = **€9.99** ▲ (€0.00)
    Taxes = **€7.49** ▲ (€2.50)
    Payment fees = **€1.00** ▲ (€0.50)
    Refunded = **€9.99** ▲ (€0.00)
    What moved it = 🌱 New subscribers: **+€9.99** (1)
    Orders placed = **4** ▲ (1)
    Of these paid = **3** ▲ (1)
    Conversion = **75.0%** (100.0%)
    Subscriptions won = **1** ▲ (0)
    Subscriptions lost = **0** ＝ (0)
    Running subscriptions = Pro: **1**
    Best sellers = 2 × Jeu \*rare\* · €44.99
    1 × Pro · €9.99
    1 Nov 2026 – 26 Nov 2026 · in brackets: 1 Oct 2026 – 26 Oct 2026 · also in JPY (option “currency”)
    📎 stats.png
    ");
    assert_snapshot!(read(&shop.asks(&boss(), Fr, "stats", &[("period", t("today")), ("currency", t("jpy"))]).await), @"
    [📊 La boutique · Aujourd’hui]
    🌱 Pas encore de ventes, ni ces jours-ci ni les précédents. La première apparaîtra ici.
    26/11/2026 · entre parenthèses : 25/11/2026 · aussi en EUR (option « devise »)
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_back_is_not_among_the_best_sellers() {
    let shop = busy().await;
    let sold = async || {
        let shown = read(&shop.asks(&boss(), Fr, "stats", &[]).await);
        let lines = shown.lines().skip_while(|line| !line.starts_with("Meilleures ventes")).take(2);
        lines.collect::<Vec<_>>().join("\n")
    };
    shop.sql("update orders set refunded_minor = 500 where number = 5").await;
    assert_snapshot!(sold().await, @r"
    Meilleures ventes = 2 × Jeu \*rare\* · 39,99 €
    1 × Pro · 9,99 €
    ");
    shop.sql("update orders set state = 'refunded', refunded_minor = paid_minor where number = 2").await;
    assert_snapshot!(sold().await, @r"
    Meilleures ventes = 1 × Jeu \*rare\* · 20,00 €
    1 × Pro · 9,99 €
    ");
    shop.sql("update orders set dispute = 'lost' where number = 5").await;
    assert!(!sold().await.contains("Jeu"), "{}", sold().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn support_reads_counts_and_no_amount() {
    let shop = busy().await;
    let seen = shop.asks(&paul(), En, "stats", &[("period", t("7d"))]).await;
    assert_snapshot!(read(&seen), @r"
    [📊 The shop · Last 7 days]
    Orders placed = **2** ▲ (0)
    Of these paid = **2** ▲ (0)
    Conversion = **100.0%** (—)
    Subscriptions won = **1** ▲ (0)
    Subscriptions lost = **0** ＝ (0)
    Running subscriptions = Pro: **1**
    Best sellers = 1 × Jeu \*rare\*
    1 × Pro
    20 Nov 2026 – 26 Nov 2026 · in brackets: 13 Nov 2026 – 19 Nov 2026
    📎 stats.png
    ");
    assert!(!read(&seen).contains(['€', '¥']));
    // The night before last belongs to today in Paris.
    let today = read(&shop.asks(&paul(), Fr, "stats", &[("period", t("today"))]).await);
    assert!(today.contains("Commandes passées = **1** ▲ (0)"), "{today}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_stands_on_the_card() {
    let shop = busy().await;
    let reply = shop.asks(&boss(), Fr, "stats", &[]).await;
    assert_eq!((reply.cards[0].image.as_str(), reply.files[0].name.as_str()), ("stats.png", "stats.png"));
    assert!(reply.files[0].bytes.starts_with(b"\x89PNG"));
    let message = shellia::discord::render::message(&reply);
    let image = message.embeds[0].image.as_ref().map(|image| image.url.as_str());
    assert_eq!(image, Some("attachment://stats.png"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_shop_is_told_so_kindly() {
    let shop = Shop::open().await;
    shop.now_is("2026-11-26T15:00:00Z");
    assert_snapshot!(read(&shop.asks(&boss(), Fr, "stats", &[]).await), @"
    [📊 La boutique · 30 derniers jours]
    🌱 Pas encore de ventes, ni ces jours-ci ni les précédents. La première apparaîtra ici.
    28/10/2026 – 26/11/2026 · entre parenthèses : 28/09/2026 – 27/10/2026
    ");
    assert_snapshot!(read(&shop.asks(&boss(), En, "stats", &[("period", t("today"))]).await), @"
    [📊 The shop · Today]
    🌱 No sales yet, neither on these days nor on those before. The first one will show here.
    26 Nov 2026 · in brackets: 25 Nov 2026
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn members_and_mistakes_get_a_word_and_no_figure() {
    let shop = busy().await;
    assert_snapshot!(read(&shop.asks(&marie(), Fr, "stats", &[]).await), @"Cette commande est réservée à l’équipe. Ce que vous pouvez faire est dans `/aide`.");
    assert_snapshot!(read(&shop.asks(&boss(), Fr, "stats", &[("currency", t("louis d’or"))]).await), @"
    **devise** doit être l’un de : Dollar australien (A$), Real brésilien (R$), Dollar canadien (CA$), Franc suisse (CHF), Peso chilien (CLP), Couronne tchèque (Kč), Couronne danoise (DKK), Euro (€), Livre sterling (£), Yen (¥), Won (₩), Dirham marocain (MAD), Peso mexicain (MX$), Couronne norvégienne (NOK), Zloty (zł), Couronne suédoise (SEK), Dollar américain ($), Dong (₫), Franc CFA d’Afrique centrale (FCFA), Franc CFA d’Afrique de l’Ouest (F CFA).
    Usage : `!stats [période=…] [devise=…]`
    ");
}
