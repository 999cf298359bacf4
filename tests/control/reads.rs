//! Shellia's commands over a real shop: what operators read in French and English, and what everybody else is told.

use super::real::{MEMBER, OPERATOR, Real, SUPPORT, asker};
use crate::analytics::conversation::busy;
use crate::tickets::world::timeless;
use insta::assert_snapshot;
use shellia::control::{Failed, Wanted, Why, analytics, catalogue, promotions, report, settings, tickets};
use shellia::kernel::Locale::{En, Fr};
use shellia::kernel::reply::Reply;

/// What somebody reads, and the files with it.
fn read(reply: &Reply) -> String {
    let mut bare = reply.clone();
    bare.files.clear();
    let files: String = reply.files.iter().map(|file| format!("\n📎 {}", file.name)).collect();
    timeless(&bare) + &files
}

/// A small shop with a promotion, a giveaway and tickets.
async fn lively() -> Real {
    let shop = busy().await;
    shop.sql(
        "insert into promotions (guild_id, number, kind, percent_hundredths, cap_hundredths, currency, target, code, starts_at,
             ends_at, uses_allowed, uses_held, spent_minor, made_by, reason, request, state, started_at, created_at, updated_at)
         values (7, 1, 'manual', 2000, 3000, 'eur', 'plan/pro', 'NOEL20', '2026-11-20T00:00Z', '2026-12-01T00:00Z', 50, 1, 200, 22,
             'Noël', 'p1', 'active', '2026-11-20T00:00Z', '2026-11-20T00:00Z', '2026-11-20T00:00Z');
         insert into promotion_uses values (7, 5, 1, 10, 'used', 200, 'eur', '2026-11-25T23:30Z', '2026-11-25T23:30Z');
         insert into giveaways (guild_id, number, host_id, request, channel_id, title, description, winners, prize, requirements,
             claim_hours, source, state, starts_at, ends_at, created_at, updated_at)
         values (7, 1, 22, 'g1', 50, 'Nitro', '', 2, 'hand', '{}', 0, 'quicknet', 'open', '2026-11-24T00:00Z', '2026-11-30T00:00Z',
             '2026-11-24T00:00Z', '2026-11-24T00:00Z');
         insert into giveaway_entries (guild_id, giveaway, user_id, weight, entered_at)
         values (7, 1, 10, 1, '2026-11-25T08:00Z'), (7, 1, 11, 1, '2026-11-25T09:00Z');",
    )
    .await;
    // Opened, answered after so many minutes, solved after so many (0: not yet), with so many stars.
    for (number, answered, solved, stars) in [(1, 20, 50, 5), (2, 40, 90, 4), (3, 30, 0, 0)] {
        let after = |minutes: i64| format!("timestamptz '2026-11-25T10:00Z' + interval '{minutes} min'");
        let (state, resolved) = if solved == 0 { ("open", "null".to_owned()) } else { ("resolved", after(solved)) };
        let breached = if number == 2 { after(60) } else { "null".to_owned() };
        let (rating, rated) =
            if stars == 0 { ("null".to_owned(), "null".to_owned()) } else { (stars.to_string(), after(95)) };
        shop.sql(&format!(
            "insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, subject, category, priority, state,
                 assignee_id, created_at, updated_at, first_response_at, sla_left_ms, sla_breached_at, resolved_at, rating, rated_at)
             values (7, {number}, 10, 'Marie', 'fr', 'x', 'general', 'medium', '{state}', 20, '2026-11-25T10:00Z', '2026-11-25T10:00Z',
                 {}, 0, {breached}, {resolved}, {rating}, {rated})",
            after(answered)
        ))
        .await;
    }
    Real::serve(shop)
}

#[tokio::test(flavor = "multi_thread")]
async fn analytics_are_a_card_with_a_chart() {
    let real = lively().await;
    let reply = real.types(OPERATOR, 7, Fr, "!maxis analytics").await;
    assert!(reply.files[0].bytes.starts_with(b"\x89PNG"));
    assert_snapshot!(read(&reply), @r"
    [📊 La boutique · 28/10/2026 – 26/11/2026]
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
    Membres = **1234**
    Concours = **1** créé · **2** participations · **0** avec des gagnants
    Promotions = **1** a eu cours · **1** commande pour **25,00 €**, dont la remise a coûté **2,00 €**
    Tickets = **3** ouverts · **2** réglés · **1** hors délai · première réponse en 30 min (médiane) · réglé en 1 h 10 min (médiane) · 4,5 ⭐
    28/10/2026 – 26/11/2026 · entre parenthèses : 28/09/2026 – 27/10/2026 · aussi en JPY : ajoutez la devise derrière la période
    📎 stats.png
    ");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis analytics yesterday").await), @r"
    [📊 The shop · 25 Nov 2026]
    Taken in, taxes included = **€0.00** ＝ (€0.00)
    Net = **€0.00** ＝ (€0.00)
    Monthly recurring revenue = **€9.99** ＝ (€9.99)
    Orders placed = **0** ＝ (0)
    Of these paid = **0** ＝ (0)
    Conversion = **—** (—)
    Subscriptions won = **0** ＝ (0)
    Subscriptions lost = **0** ＝ (0)
    Running subscriptions = Pro: **1**
    Members = **1234**
    Giveaways = **0** made · **2** entries · **0** with winners
    Promotions = **1** ran · **0** orders for **€0.00**, the discount cost **€0.00**
    Tickets = **3** opened · **2** solved · **1** too late · first answer in 30 min (median) · solved in 1 h 10 min (median) · 4.5 ⭐
    25 Nov 2026 · in brackets: 24 Nov 2026 · also in JPY: add the currency behind the period
    ");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis chiffres la semaine dernière jpy").await), @r"
    [📊 La boutique · 16/11/2026 – 22/11/2026]
    🌱 Pas encore de ventes, ni ces jours-ci ni les précédents. La première apparaîtra ici.
    Membres = **1234**
    Promotions = **1** a eu cours · **0** commande pour **0 ¥**, dont la remise a coûté **0 ¥**
    16/11/2026 – 22/11/2026 · entre parenthèses : 09/11/2026 – 15/11/2026 · aussi en EUR : ajoutez la devise derrière la période
    ");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis analytics hiver").await), @"Je n’ai pas reconnu cette période. Essayez par exemple `30j`, `hier`, `la semaine dernière`, `ce mois-ci` ou `novembre` ; un an au plus.");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis analytics 900d").await), @"**period** must be a date like 2026-11-26; one day to one year, in order.");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recap_is_of_the_last_whole_week() {
    let real = lively().await;
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis rapport").await), @r"
    [🗓️ Le bilan · 16/11/2026 – 22/11/2026]
    Encaissé, taxes comprises = **9,99 €** ▲ (0,00 €)
    Net = **9,99 €**
    Revenu mensuel récurrent = **9,99 €** ▲ (0,00 €)
    Commandes payées = **1** sur 1 passée
    Conversion = **100,0 %**
    Abonnements gagnés = **1**
    Abonnements perdus = **0**
    Membres = **1234**
    Tickets réglés = **0**
    Concours = **0** créé · **0** participation · **0** avec des gagnants
    Promotions = **1** a eu cours · **0** commande pour **0,00 €**, dont la remise a coûté **0,00 €**
    ");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis report 7d").await), @r"
    [🗓️ The recap · 20 Nov 2026 – 26 Nov 2026]
    Taken in, taxes included = **€34.99** ▲ (€0.00)
    Net = **€30.33**
    Monthly recurring revenue = **€9.99** ▲ (€0.00)
    Paid orders = **2** of 2 placed
    Conversion = **100.0%**
    Subscriptions won = **1**
    Subscriptions lost = **0**
    Members = **1234**
    Tickets solved = **2**
    Giveaways = **1** made · **2** entries · **0** with winners
    Promotions = **1** ran · **1** order for **€25.00**, the discount cost **€2.00**
    ");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn promotions_giveaways_tickets_and_settings_are_listed() {
    let real = lively().await;
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis promos").await), @r"
    [🏷️ Promotions en cours et à venir]
    **#1** 🟢 −20 % · la formule Pro · `NOEL20` · 1 / 50 utilisation, 2,00 € de remises · finit ⌚
    ");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis promos").await), @r"
    [🏷️ Promotions running and to come]
    **#1** 🟢 −20% · the plan Pro · `NOEL20` · 1 / 50 use, €2.00 taken off · ends ⌚
    ");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis concours").await), @r"
    [🎉 Concours]
    **#1** Nitro · 2 gagnants · ouvert · ⌚
    ");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis giveaways").await), @r"
    [🎉 Giveaways]
    **#1** Nitro · 2 winners · open · ⌚
    ");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis tickets 7j").await), @r"
    [🎫 Tickets · 20/11/2026 – 26/11/2026]
    **3** ouverts · **2** réglés · **1** hors délai · première réponse en 30 min (médiane) · réglé en 1 h 10 min (médiane) · 4,5 ⭐
    Tickets ouverts = **3** ▲ (0)
    Tickets réglés = **2** ▲ (0)
    Échéances dépassées = **1** ▲ (0)
    Où ils en sont (30 derniers jours) = 🆕 Ouvert : **1**
    🛠️ En cours : **0**
    ⏳ En attente du membre : **0**
    ✅ Résolu : **2**
    🔒 Fermé : **0**
    ");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis tickets 7d").await), @r"
    [🎫 Tickets · 20 Nov 2026 – 26 Nov 2026]
    **3** opened · **2** solved · **1** too late · first answer in 30 min (median) · solved in 1 h 10 min (median) · 4.5 ⭐
    Tickets opened = **3** ▲ (0)
    Tickets solved = **2** ▲ (0)
    Missed due times = **1** ▲ (0)
    How they stand (last 30 days) = 🆕 Open : **1**
    🛠️ In progress : **0**
    ⏳ Waiting for the member : **0**
    ✅ Solved : **2**
    🔒 Closed : **0**
    ");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis config").await), @r"
    [⚙️ Les réglages de Maxis]
    **Langue** (`language`) : fr
    **Fuseau horaire** (`time_zone`) : Europe/Paris
    **Salon du support** (`support_channel`) : non défini
    **Salon de l’équipe** (`staff_channel`) : non défini
    **Devise** (`currency`) : eur
    **Plafond des promotions** (`promotion_cap`) : 30 % 🔒
    **Repos entre deux promotions** (`cooldown`) : 7 jours 🔒
    🔒 : se change seulement sur la machine de Maxis. Langue, fuseau et salons se changent ici : `!maxis config set langue en`.
    ");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis config").await), @r"
    [⚙️ Maxis’ settings]
    **Language** (`language`) : fr
    **Time zone** (`time_zone`) : Europe/Paris
    **Support channel** (`support_channel`) : not set
    **Staff channel** (`staff_channel`) : not set
    **Currency** (`currency`) : eur
    **Promotion cap** (`promotion_cap`) : 30% 🔒
    **Rest between two promotions** (`cooldown`) : 7 days 🔒
    🔒: changed on Maxis’ machine only. Language, time zone and channels are changed here: `!maxis config set language fr`.
    ");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis config langue").await), @"**Langue** (`language`) : fr");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis config color").await), @"I don’t know that setting. Those that Maxis shows me: `language`, `time_zone`, `support_channel`, `staff_channel`, `currency`, `promotion_cap`, `cooldown`.");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis météo").await), @r"
    **quoi** doit être l’un de : état, chiffres, rapport, réglages, promos, concours, tickets, plans, approuver, rejeter, stop, reprendre, journal, autonomie, suivre, ne-plus-suivre.
    Usage : `!maxis [quoi=…] [précision] [chez=…]`
    ");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_shop_is_told_so() {
    let shop = crate::analytics::world::Shop::open().await;
    shop.now_is("2026-11-26T15:00:00Z");
    let real = Real::serve(shop);
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis analytics").await), @r"
    [📊 La boutique · 28/10/2026 – 26/11/2026]
    🌱 Pas encore de ventes, ni ces jours-ci ni les précédents. La première apparaîtra ici.
    Membres = **1234**
    28/10/2026 – 26/11/2026 · entre parenthèses : 28/09/2026 – 27/10/2026
    ");
    assert_snapshot!(read(&real.types(OPERATOR, 7, En, "!maxis promos").await), @r"
    [🏷️ Promotions running and to come]
    No promotion is running or to come.
    ");
    assert_snapshot!(read(&real.types(OPERATOR, 7, Fr, "!maxis concours").await), @r"
    [🎉 Concours]
    Aucun concours en cours ni à venir.
    ");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_no_operator_for_maxis_is_told_nothing_whatever_shellia_thinks() {
    let real = lively().await;
    // Shellia takes each of them for an operator: it is Maxis who says no.
    for who in [MEMBER, SUPPORT, 99] {
        for asked in ["analytics", "report", "promos", "giveaways", "tickets", "config"] {
            let reply = real.types(who, 7, Fr, &format!("!maxis {asked}")).await;
            let said = read(&reply);
            assert!(said.starts_with("Cette commande est réservée aux opérateurs"), "{who} {asked}: {said}");
        }
        let said = real.types(who, 7, En, "how many sales yesterday?").await;
        assert!(read(&said).starts_with("This command is for operators"), "{who}");
        let peer = &*real.shellia.peer;
        let of = |why: Result<(), Failed>| match why {
            Err(Failed::Denied(denied)) => denied.why,
            other => panic!("{who}: {other:?}"),
        };
        let (asker, all) = (asker(7, who), Wanted::default());
        for why in [
            of(analytics(peer, asker, &all).await.map(|_| ())),
            of(report(peer, asker, &all).await.map(|_| ())),
            of(promotions(peer, asker, None).await.map(|_| ())),
            of(tickets(peer, asker, None).await.map(|_| ())),
            of(catalogue(peer, asker).await.map(|_| ())),
            of(settings(peer, asker).await.map(|_| ())),
        ] {
            assert_eq!(why, Why::NotAllowed, "{who}");
        }
    }
    // A guild that this Maxis doesn't know, and one that has nothing to do with the shop's.
    let unknown = analytics(&*real.shellia.peer, asker(777, OPERATOR), &Wanted::default()).await.unwrap_err();
    assert!(matches!(unknown, Failed::Denied(denied) if denied.why == Why::NotFound));
    real.shop.guild_with(1000, "Europe/Paris").await;
    let other = analytics(&*real.shellia.peer, asker(1000, OPERATOR), &Wanted::default()).await.unwrap();
    assert_eq!((other.now.money.gross, other.plans.len(), other.others.len()), (0, 0, 0));
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_cant_be_are_refused_kindly() {
    let real = lively().await;
    for wanted in [
        Wanted::period("all_time"),
        Wanted::period("1999"),
        Wanted::period("'; drop table orders"),
        Wanted {
            from: Some("2026-01-02".parse().unwrap()),
            to: Some("2026-01-01".parse().unwrap()),
            ..Wanted::default()
        },
        Wanted { from: Some("-009999-01-01".parse().unwrap()), ..Wanted::default() },
        Wanted { to: Some("9999-12-31".parse().unwrap()), ..Wanted::default() },
        Wanted { from: Some("2026-01-02".parse().unwrap()), ..Wanted::period("today") },
        Wanted { currency: Some("xyz".to_owned()), ..Wanted::default() },
    ] {
        match analytics(&*real.shellia.peer, asker(7, OPERATOR), &wanted).await {
            Err(Failed::Denied(denied)) => assert_eq!(denied.why, Why::BadInput, "{wanted:?}"),
            other => panic!("{wanted:?}: {other:?}"),
        }
    }
    real.server.stop().await;
}
