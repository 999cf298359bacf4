//! Each kind of line of the audits has words in French and English, and none shows what is written for programs.

use super::*;
use crate::control::Turned;
use crate::domain::panel::trail::Place;
use crate::domain::shop::{OrderState, Trouble};
use crate::kernel::Locale;
use crate::kernel::words::Words;
use crate::panel::unmarked;

/// A line as the audits write it.
fn line(source: Source, deed: &str, subject: &str, (old, new): (Option<&str>, Option<&str>)) -> Line {
    let owned = |value: Option<&str>| value.map(str::to_owned);
    let number = (source == Source::Agent && subject.starts_with("plan/")
        || subject.starts_with("ticket/")
        || matches!(deed, "refund_asked" | "evidence_read")
        || deed.starts_with("order_") && deed != "order_read")
        .then_some(7);
    Line {
        place: Place::END,
        source,
        at: Timestamp::UNIX_EPOCH,
        by: None,
        deed: deed.to_owned(),
        subject: subject.to_owned(),
        number,
        old: owned(old),
        new: owned(new),
        currency: Some("EUR".to_owned()),
    }
}

type Example = (&'static str, &'static str, Option<&'static str>, Option<&'static str>);

/// Every kind of line of the shop's audit, as it is written.
const EXAMPLES: &[Example] = &[
    ("catalogue_loaded", "shop", None, Some("free pro")),
    ("currency_changed", "shop", Some("EUR"), Some("USD")),
    ("plan_added", "pro", None, Some("Pro")),
    ("plan_edited", "pro", Some("month=990 EUR"), Some("month=1290 EUR")),
    ("plan_edited", "pro", Some("year="), Some("year=9900 EUR")),
    ("plan_edited", "pro", Some("role="), Some("role=1200000000000000001")),
    ("plan_edited", "pro", Some("support=community"), Some("support=vip")),
    ("plan_edited", "pro", Some("hidden=false"), Some("hidden=true")),
    ("plan_edited", "pro", Some("archived=true"), Some("archived=false")),
    ("plan_edited", "pro", Some("trial_days=0"), Some("trial_days=7")),
    ("plan_edited", "pro", Some("level=20"), Some("level=30")),
    ("plan_edited", "pro", Some("name=Pro"), Some("name=Pro = +")),
    ("plan_edited", "pro", Some("benefits="), Some("benefits=Tout")),
    ("plan_removed", "pro", Some("Pro"), None),
    ("product_added", "jeu", None, Some("Jeu · 499 EUR")),
    ("product_edited", "jeu", Some("price=499 EUR"), Some("price=599 EUR")),
    ("product_edited", "jeu", Some("plan="), Some("plan=pro")),
    ("product_edited", "jeu", Some("days="), Some("days=30")),
    ("product_edited", "jeu", Some("member_limit="), Some("member_limit=2")),
    ("product_edited", "jeu", Some("visible_role="), Some("visible_role=1200000000000000001")),
    ("product_edited", "jeu", Some("description="), Some("description=Un jeu")),
    ("product_edited", "jeu", Some("category="), Some("category=Jeux")),
    ("product_removed", "jeu/or", Some("Jeu"), None),
    ("variant_added", "jeu/or", None, Some("Or · 990 EUR")),
    ("stock_set", "jeu/standard", Some("unlimited"), Some("0")),
    ("keys_added", "jeu/or", None, Some("12")),
    ("keys_taken_back", "jeu/or", Some("1"), None),
    ("content_set", "jeu", Some("text"), Some("text 120")),
    ("content_set", "jeu", Some("file"), Some("file le guide.pdf 120500")),
    ("refund_asked", "Jeu", None, Some("499")),
    ("order_fulfilled", "Jeu", None, None),
    ("order_stuck", "Jeu", None, Some("out_of_stock")),
    ("order_state", "Jeu", Some("pending"), Some("fulfilled")),
    ("order_refunded", "Jeu", Some("0"), Some("499")),
    ("order_disputed", "Jeu", Some("none"), Some("open")),
    ("evidence_read", "Jeu", None, None),
    ("order_read", "7", None, None),
    ("orders_read", "all", None, None),
    ("orders_read", "1200000000000000002", None, None),
    ("granted", "1200000000000000002", None, Some("plan/pro until 2026-12-01T08:00:00Z: a aidé: merci")),
    ("granted", "1200000000000000002", None, Some("role/1200000000000000001: merci")),
    ("revoked", "1200000000000000002", None, Some("plan/pro: fini")),
    ("promotion_made", "promotion/3", None, Some("20% plan/pro")),
    ("promotion_made", "promotion/3", None, Some("500 EUR everything")),
    ("promotion_stopped", "promotion/3", None, None),
    ("promotion_ended", "promotion/3", None, Some("used_up")),
    ("giveaway_made", "giveaway/2", None, Some("Un jeu")),
    ("giveaway_ended", "giveaway/2", None, None),
    ("giveaway_extended", "giveaway/2", None, None),
    ("giveaway_paused", "giveaway/2", None, None),
    ("giveaway_resumed", "giveaway/2", None, None),
    ("giveaway_cancelled", "giveaway/2", None, None),
    ("giveaway_moved", "giveaway/2", None, None),
    ("giveaway_rerolled", "giveaway/2", None, Some("left_server")),
    ("giveaway_given", "giveaway/2", None, Some("1200000000000000002")),
    ("giveaway_repeated", "giveaway/2", None, Some("2026-12-01T08:00:00Z")),
    ("giveaway_repeat_stopped", "giveaway/2", None, None),
    ("milestones_on", "milestones", None, None),
    ("milestones_off", "milestones", None, None),
    ("milestone_set", "milestone/100", None, Some("Un jeu")),
    ("milestone_removed", "milestone/100", None, None),
    ("erasure_confirmed", "request/4", None, None),
    ("erasure_refused", "request/4", None, None),
    ("retention_set", "tickets", None, Some("365")),
];

fn things() -> Things {
    Things::of(&[
        ("plan/free", "Gratuite"),
        ("plan/pro", "Pro"),
        ("product/jeu", "Le jeu"),
        ("variant/jeu/or", "Édition or"),
        ("giveaway/2", "Un jeu"),
    ])
}

fn said(say: &Speech<'_>, one: &Line) -> String {
    let (old, new) = values(say, &things(), one);
    let shown = |text: String| unmarked(&text, "UTC", say.locale);
    let change = [old, new].into_iter().flatten().collect::<Vec<_>>().join(" → ");
    [shown(text(say, one)), shown(subject(say, &things(), one)), shown(change)].join(" | ")
}

fn all(locale: Locale) -> String {
    let words = Words::new();
    let say = words.speak(locale);
    let lines = EXAMPLES.iter().map(|(deed, subject, old, new)| line(Source::Shop, deed, subject, (*old, *new)));
    let of_agent = |deed: &str, words| line(Source::Agent, deed, "plan/7", (None, words));
    let agent = AGENT.iter().map(|deed| {
        of_agent(
            deed,
            match *deed {
                "autonomy" => Some("suggest to approve"),
                "refused" => Some("commit: over_cap; further refusals of these 24 hours are not written down"),
                _ => None,
            },
        )
    });
    let panel = PANEL
        .map(|tried| line(Source::Panel, &format!("sign_in_{}", tried.as_str()), "link · 10.0.0.0/24", (None, None)));
    let file = line(Source::Ticket, "file_read", "ticket/7", (None, Some("12")));
    lines.chain(agent).chain(panel).chain([file]).map(|one| said(&say, &one)).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_line_is_told_in_words_in_french() {
    insta::assert_snapshot!(all(Locale::Fr), @r"
    a chargé le catalogue de départ |  | Gratuite, Pro
    a changé la devise de la boutique |  | Euro (€) → Dollar américain ($)
    a créé une formule | Pro | Pro
    a modifié une formule | Pro | Prix par mois : 9,90 € → 12,90 €
    a modifié une formule | Pro | Prix par an : rien → 99,00 €
    a modifié une formule | Pro | Rôle : rien → @1200000000000000001
    a modifié une formule | Pro | Support : Entraide → Assistance VIP
    a modifié une formule | Pro | Visibilité : montrée à tous → cachée des membres
    a modifié une formule | Pro | Vente : retiré de la vente → en vente
    a modifié une formule | Pro | Essai gratuit : aucun jour → 7 jours
    a modifié une formule | Pro | Rang : 20 → 30
    a modifié une formule | Pro | Nom : Pro → Pro = +
    a modifié une formule | Pro | Avantages : rien → Tout
    a retiré une formule de la vente | Pro | Pro
    a créé un produit | Le jeu | Jeu · 4,99 €
    a modifié un produit | Le jeu | Prix : 4,99 € → 5,99 €
    a modifié un produit | Le jeu | Formule donnée : rien → Pro
    a modifié un produit | Le jeu | Durée : rien → 30 jours
    a modifié un produit | Le jeu | Achats par membre, au plus : rien → 2
    a modifié un produit | Le jeu | Rôle qui le voit : rien → @1200000000000000001
    a modifié un produit | Le jeu | Description : rien → Un jeu
    a modifié un produit | Le jeu | Catégorie : rien → Jeux
    a retiré un produit de la vente | Le jeu · Édition or | Jeu
    a ajouté une variante | Le jeu · Édition or | Or · 9,90 €
    a réglé le stock | Le jeu | sans limite → épuisé
    a ajouté des clés | Le jeu · Édition or | 12 clés
    a retiré des clés non vendues | Le jeu · Édition or | 1 clé
    a changé ce qui est remis à l’achat | Le jeu | Texte → un texte de 120 caractères
    a changé ce qui est remis à l’achat | Le jeu | Fichier → le fichier le guide.pdf (121 ko)
    a demandé un remboursement | #7 · Jeu | 4,99 €
    a livré la commande | #7 · Jeu | 
    n’a pas pu livrer la commande | #7 · Jeu | Payée trop tard : le dernier exemplaire était parti.
    a changé l’état de la commande | #7 · Jeu | En attente de paiement → Payée et livrée
    a remboursé la commande | #7 · Jeu | 0,00 € → 4,99 €
    a noté un litige de la banque | #7 · Jeu | aucun litige → la banque examine le paiement
    a ouvert les preuves d’une commande | #7 · Jeu | 
    a lu une commande | #7 | 
    a lu la liste des commandes |  | 
    a lu les commandes d’un membre | @1200000000000000002 | 
    a donné un accès | @1200000000000000002 | la formule Pro, jusqu’au 01/12/2026 08:00 · a aidé: merci
    a donné un accès | @1200000000000000002 | @1200000000000000001 · merci
    a retiré un accès | @1200000000000000002 | la formule Pro · fini
    a lancé une promotion | #3 | −20 % · la formule Pro
    a lancé une promotion | #3 | −5,00 € · toute la boutique
    a arrêté une promotion | #3 | 
    a terminé une promotion | #3 | toutes les utilisations sont prises
    a lancé un concours | #2 · Un jeu | Un jeu
    a terminé un concours avant l’heure | #2 · Un jeu | 
    a prolongé un concours | #2 · Un jeu | 
    a mis un concours en pause | #2 · Un jeu | 
    a repris un concours | #2 · Un jeu | 
    a annulé un concours | #2 · Un jeu | 
    a changé un concours de salon | #2 · Un jeu | 
    a remplacé un gagnant | #2 · Un jeu | A quitté le serveur
    a remis un lot à la main | #2 · Un jeu | @1200000000000000002
    a fait répéter un concours | #2 · Un jeu | 01/12/2026 08:00
    a arrêté la répétition d’un concours | #2 · Un jeu | 
    a choisi le salon des paliers |  | 
    a arrêté l’annonce des paliers |  | 
    a préparé un concours de palier | 100 membres | Un jeu
    a retiré un concours de palier | 100 membres | 
    a confirmé l’effacement des données d’un membre | #4 | 
    a refusé l’effacement des données d’un membre | #4 | 
    a changé une durée de conservation | Sujets et messages des tickets fermés | 365 jours
    a fait préparer une décision à Shellia | #7 | 
    a approuvé une décision | #7 | 
    a rejeté une décision | #7 | 
    a exécuté une décision | #7 | 
    n’a pas pu exécuter une décision | #7 | 
    a tout arrêté | #7 | 
    a fait tout reprendre | #7 | 
    a changé l’autonomie de Shellia | #7 | Suggestion → Approbation
    a été refusé | #7 | exécuter une décision · c’est plus que ce qui est permis (les refus suivants de ces 24 heures ne sont plus inscrits)
    s’est connecté au panneau | par un lien à usage unique · 10.0.0.0/24 | 
    a renoncé à se connecter au panneau | par un lien à usage unique · 10.0.0.0/24 | 
    a essayé un lien ou un retour périmé vers le panneau | par un lien à usage unique · 10.0.0.0/24 | 
    n’a pas pu se connecter au panneau : Discord n’a pas répondu | par un lien à usage unique · 10.0.0.0/24 | 
    a voulu entrer au panneau sans être d’une équipe | par un lien à usage unique · 10.0.0.0/24 | 
    a essayé trop souvent d’entrer au panneau | par un lien à usage unique · 10.0.0.0/24 | 
    a ouvert un fichier | #7 | fichier n° 12
    ");
}

#[test]
fn every_line_is_told_in_words_in_english() {
    insta::assert_snapshot!(all(Locale::En), @r"
    loaded the first catalogue |  | Gratuite, Pro
    changed the shop’s currency |  | Euro (€) → US dollar ($)
    added a plan | Pro | Pro
    changed a plan | Pro | Price by the month: €9.90 → €12.90
    changed a plan | Pro | Price by the year: nothing → €99.00
    changed a plan | Pro | Role: nothing → @1200000000000000001
    changed a plan | Pro | Support: Community help → VIP support
    changed a plan | Pro | Visibility: shown to everybody → hidden from members
    changed a plan | Pro | Sale: off sale → on sale
    changed a plan | Pro | Free trial: no day → 7 days
    changed a plan | Pro | Level: 20 → 30
    changed a plan | Pro | Name: Pro → Pro = +
    changed a plan | Pro | Benefits: nothing → Tout
    took a plan off sale | Pro | Pro
    added a product | Le jeu | Jeu · €4.99
    changed a product | Le jeu | Price: €4.99 → €5.99
    changed a product | Le jeu | Plan given: nothing → Pro
    changed a product | Le jeu | Duration: nothing → 30 days
    changed a product | Le jeu | Purchases per member, at most: nothing → 2
    changed a product | Le jeu | Role that sees it: nothing → @1200000000000000001
    changed a product | Le jeu | Description: nothing → Un jeu
    changed a product | Le jeu | Category: nothing → Jeux
    took a product off sale | Le jeu · Édition or | Jeu
    added a variant | Le jeu · Édition or | Or · €9.90
    set the stock | Le jeu | without limit → sold out
    added keys | Le jeu · Édition or | 12 keys
    took back keys that nobody bought | Le jeu · Édition or | 1 key
    changed what a purchase hands over | Le jeu | Text → a text of 120 characters
    changed what a purchase hands over | Le jeu | File → the file le guide.pdf (121 kB)
    asked for a refund | #7 · Jeu | €4.99
    handed the order over | #7 · Jeu | 
    could not hand the order over | #7 · Jeu | Paid too late: the last one was gone.
    changed where the order stands | #7 · Jeu | Waiting to be paid → Paid and delivered
    refunded the order | #7 · Jeu | €0.00 → €4.99
    noted a dispute with the bank | #7 · Jeu | no dispute → the bank looks into the payment
    opened an order’s evidence | #7 · Jeu | 
    read an order | #7 | 
    read the list of orders |  | 
    read a member’s orders | @1200000000000000002 | 
    gave access | @1200000000000000002 | the plan Pro, until 2026-12-01 08:00 · a aidé: merci
    gave access | @1200000000000000002 | @1200000000000000001 · merci
    took access away | @1200000000000000002 | the plan Pro · fini
    started a promotion | #3 | −20% · the plan Pro
    started a promotion | #3 | −€5.00 · the whole shop
    stopped a promotion | #3 | 
    ended a promotion | #3 | every use is taken
    started a giveaway | #2 · Un jeu | Un jeu
    ended a giveaway early | #2 · Un jeu | 
    extended a giveaway | #2 · Un jeu | 
    paused a giveaway | #2 · Un jeu | 
    resumed a giveaway | #2 · Un jeu | 
    called a giveaway off | #2 · Un jeu | 
    moved a giveaway to another channel | #2 · Un jeu | 
    replaced a winner | #2 · Un jeu | Left the server
    gave a prize by hand | #2 · Un jeu | @1200000000000000002
    let a giveaway come back | #2 · Un jeu | 2026-12-01 08:00
    stopped a giveaway from coming back | #2 · Un jeu | 
    chose the channel of milestones |  | 
    stopped announcing milestones |  | 
    set a milestone’s giveaway | 100 members | Un jeu
    removed a milestone’s giveaway | 100 members | 
    confirmed that a member’s data be erased | #4 | 
    refused to erase a member’s data | #4 | 
    changed how long something is kept | Subjects and messages of closed tickets | 365 days
    had Shellia prepare a decision | #7 | 
    approved a decision | #7 | 
    rejected a decision | #7 | 
    carried out a decision | #7 | 
    could not carry out a decision | #7 | 
    stopped everything | #7 | 
    let everything go on | #7 | 
    changed Shellia’s autonomy | #7 | Suggest → Approve
    was refused | #7 | to carry out a decision · it is more than is allowed (further refusals of these 24 hours are not written down)
    signed in to the panel | by a one-time link · 10.0.0.0/24 | 
    gave up signing in to the panel | by a one-time link · 10.0.0.0/24 | 
    tried a link or a return to the panel that was over | by a one-time link · 10.0.0.0/24 | 
    could not sign in to the panel: Discord did not answer | by a one-time link · 10.0.0.0/24 | 
    wanted into the panel without being on a team | by a one-time link · 10.0.0.0/24 | 
    tried to get into the panel too often | by a one-time link · 10.0.0.0/24 | 
    opened a file | #7 | file no. 12
    ");
}

#[test]
fn every_kind_has_an_example_and_none_shows_what_is_written_for_programs() {
    for deed in SHOP {
        assert!(EXAMPLES.iter().any(|(of, ..)| of == deed), "{deed}");
    }
    for locale in Locale::ALL {
        for shown in all(locale).lines() {
            let raw = shown.contains(['_', '=']) && !shown.contains("Pro = +");
            let of_programs =
                ["990 EUR", "499 EUR", "plan/", "product/", "role/", "giveaway/", "request/", "milestone/"];
            assert!(!raw && !of_programs.iter().any(|raw| shown.contains(raw)), "{locale:?}: {shown}");
        }
    }
}

#[test]
fn each_state_each_reason_and_each_question_has_words() {
    let words = Words::new();
    for locale in Locale::ALL {
        let say = words.speak(locale);
        let told = |deed: &str, value: &str| {
            shop(&say, &things(), &line(Source::Shop, deed, "Jeu", (None, Some(value))), value)
        };
        for state in OrderState::ALL.iter() {
            assert!(told("order_state", state.as_str()).is_some(), "{locale:?}: {state:?}");
        }
        for trouble in Trouble::ALL.iter() {
            assert!(told("order_stuck", trouble.as_str()).is_some(), "{locale:?}: {trouble:?}");
        }
        for why in Turned::ALL {
            assert!(say.find(&format!("audit-door-{}", why.word()), &[]).is_some(), "{locale:?}: {why:?}");
        }
    }
}
