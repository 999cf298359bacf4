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
    assert_snapshot!(talk(&real, &said).await, @r"
    > combien de ventes hier ?
    **Commandes payées** · 25/11/2026 : **0** ＝ (24/11/2026 : 0)

    > et avant-hier ?
    **Commandes payées** · 24/11/2026 : **0** ＝ (23/11/2026 : 0)

    > how many sales last week?
    **Paid orders** · 16 Nov 2026 – 22 Nov 2026: **1** ▲ (9 Nov 2026 – 15 Nov 2026: 0)

    > which plan sells best?
    **Best-selling plan** · 28 Oct 2026 – 26 Nov 2026: **Pro**, 1 sale for €9.99

    > quel produit se vend le mieux ?
    **Produit le plus vendu** · 28/10/2026 – 26/11/2026 : **Jeu \*rare\***, 2 ventes pour 44,99 €

    > quel est le chiffre d'affaires du mois par rapport à octobre ?
    **Encaissé, taxes comprises** · 01/11/2026 – 26/11/2026 : **54,98 €** ▲ (01/10/2026 – 31/10/2026 : 15,00 €)

    > what's our MRR?
    **Monthly recurring revenue** · 28 Oct 2026 – 26 Nov 2026: **€9.99** ▲ (28 Sep 2026 – 27 Oct 2026: €0.00)

    > combien d'abonnés avons-nous ?
    **Abonnements en cours** en ce moment : **1**

    > how many members do we have?
    **Members** right now: **1234**

    > taux de conversion des 30 derniers jours ?
    **Conversion** · 28/10/2026 – 26/11/2026 : **75,0 %** ▼ (28/09/2026 – 27/10/2026 : 100,0 %)

    > combien de remboursements ce mois-ci ?
    **Remboursé** · 01/11/2026 – 26/11/2026 : **9,99 €** ▲ (01/10/2026 – 26/10/2026 : 0,00 €)

    > how many tickets this week?
    **Tickets opened** · 23 Nov 2026 – 26 Nov 2026: **0** ＝ (16 Nov 2026 – 19 Nov 2026: 0)

    > combien de ventes de Pro ce mois-ci ?
    **Pro** · 01/11/2026 – 26/11/2026 : **1** vente pour 9,99 €

    > panier moyen hier ?
    Je n’ai pas ce chiffre. Voici ce que je peux donner : `/maxis`, puis « chiffres ».
    ");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_in_words_is_what_the_commands_show() {
    let real = Real::serve(busy().await);
    let said = ["quelles promos en cours ?", "which giveaways are running?", "quelle est la langue ?"];
    assert_snapshot!(talk(&real, &said).await, @r"
    > quelles promos en cours ?
    [🏷️ Promotions en cours et à venir]
    Aucune promotion en cours ni à venir.

    > which giveaways are running?
    [🎉 Giveaways]
    No giveaway is running or to come.

    > quelle est la langue ?
    **Langue** (`language`) : fr
    ");
    // How long the database took, and what it had open, is another thing each time.
    let status = talk(&real, &["@Shellia l'état de Maxis ?"]).await;
    assert!(status.contains("[🟠 Maxis répond, mais tout ne marche pas]\nDiscord = 0 sur 0 connexion\n"), "{status}");
    let words = real.types(OPERATOR, 7, Locale::Fr, "donne-moi le rapport de la semaine dernière").await;
    assert_eq!(words, real.types(OPERATOR, 7, Locale::Fr, "!maxis rapport").await);
    let words = real.types(OPERATOR, 7, Locale::Fr, "les statistiques des 7 derniers jours").await;
    assert_eq!(words, real.types(OPERATOR, 7, Locale::Fr, "!maxis analytics 7j").await);
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_unclear_is_asked_back_and_a_button_is_an_answer() {
    let real = Real::serve(busy().await);
    assert_snapshot!(talk(&real, &["lance une promo de 20 sur Pro jusqu'à dimanche"]).await, @r"
    > lance une promo de 20 sur Pro jusqu'à dimanche
    Est-ce un pourcentage ou un montant ?
     % |  €
    ");
    let asked = real.types(OPERATOR, 7, Locale::Fr, "lance une promo de 20 sur Pro jusqu'à dimanche").await;
    let answered = real.presses(OPERATOR, &asked, "%").await;
    assert_snapshot!(timeless(&answered), @"Rien n’est vendu sous cette cible. Vérifiez le code de la formule ou du produit.");
    let said = ["run a promo of 20%", "promo de 20 % sur Pro", "stop promotion"];
    assert_snapshot!(talk(&real, &said).await, @r"
    > run a promo of 20%
    On what? A plan, all of them, a product, or the whole shop.
    Until when? For example “48 hours” or “until Sunday”.
     Basic |  Pro |  Ultra |  all plans

    > promo de 20 % sur Pro
    Jusqu’à quand ? Par exemple « 48 h » ou « jusqu’à dimanche ».
     pendant 24 h |  pendant 48 h |  pendant 7 jours

    > stop promotion
    No promotion that runs or will fits. Those that there are: `!maxis promos`.
    ");
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
        "refund order 3",
        "give Marie the admin role",
        "20% extra on Pro for 48h",
        "giveaway Nitro 7j mais Marie gagne",
        "ne lance surtout pas de promo",
        "si on faisait -20 % sur Pro jusqu'à dimanche, ça donnerait quoi ?",
        "hello Shellia",
        "blorp blorp",
        "arrête tout",
        "aide",
    ];
    assert_snapshot!(talk(&real, &said).await, @r"
    > promo de 50 % sur Pro pendant 48 h
    🚫 Le plafond est de 30 % : demandez-moi une remise de 30 % ou moins.

    > make everything free until Sunday
    🚫 Nothing is free by a promotion: 30% at most.

    > rembourse Marie
    🚫 Je ne rembourse pas : l’équipe le fait auprès de Maxis, par `!rembourser`.

    > ban Marie
    🚫 Je ne modère pas : avertir ou exclure reste votre affaire.

    > refund order 3
    🚫 I give no money back: staff do that with Maxis, by `!refund`.

    > give Marie the admin role
    🚫 I neither give nor take roles.

    > 20% extra on Pro for 48h
    🚫 I don’t change prices: a plan is edited with Maxis.

    > giveaway Nitro 7j mais Marie gagne
    🚫 Personne ne choisit les gagnants : le tirage le fait, et chacun peut le vérifier.

    > ne lance surtout pas de promo
    D’accord, je ne fais rien.

    > si on faisait -20 % sur Pro jusqu'à dimanche, ça donnerait quoi ?
    C’est une supposition : rien n’est lancé. Ce que ça donnerait, je ne peux pas encore le dire.

    > hello Shellia
    👋 I’m here. Ask me for example “how many sales yesterday?”

    > blorp blorp
    Je n’ai pas compris. Demandez-moi par exemple « combien de ventes hier ? », ou voyez `!aide_shellia`.

    > arrête tout
    ⛔ Tout est arrêté, chez Maxis comme chez moi : rien ne part plus, et les plans qui attendaient sont rejetés. Ce qui est en cours dans la boutique continue. Pour reprendre : `!maxis reprendre`.

    > aide
    Demandez-moi par exemple « combien de ventes hier ? », « quelle formule se vend le mieux ? », « le rapport de la semaine », « quelles promos en cours ? », ou dites-moi « promo de 20 % sur Pro pendant 48 h » : je prépare un plan, vous l’approuvez. Mes commandes sont dans `/aide_shellia`.
    ");
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
    assert_snapshot!(timeless(&real.types(OPERATOR, 7, Locale::Fr, "!shellia how many sales today?").await), @"**Paid orders** · 26 Nov 2026: **1** ▲ (25 Nov 2026: 0)");
    real.server.stop().await;
}
