//! The help: a line for each command, and one command with all its options where it is named.

use super::world::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_is_named_is_told_with_its_options_to_whoever_may_use_it() {
    let world = World::new().await;
    let all = words(&world.asks(&marie(), "help", &[]).await);
    assert!(all.contains("`!ticket_créer` — ") && !all.contains("catégorie"), "a line a command: {all}");
    assert!(all.contains("Détails d’une commande : !aide et son nom"), "{all}");
    for typed in ["!aide ticket_créer", "!aide !TICKET_CREER", "!help /ticket_create"] {
        let told = words(&said(world.types(&marie(), typed).await));
        assert!(
            told.contains("[!ticket_créer]")
                && told.contains("\n`!ticket_créer \"<sujet>\"")
                && told.contains("`sujet` (nécessaire) — "),
            "{typed}: {told}"
        );
        assert!(told.contains("`catégorie` — "), "{typed}: {told}");
    }
    let told = words(&said(world.types(&boss(), "!aide produit_modifier").await));
    assert!(told.contains("`produit` (nécessaire) — Le nom ou le code"), "{told}");
    // What may be chosen is told, as it is typed.
    for (typed, choices) in [
        ("!aide promo_liste", "ou toutes (`\"en cours et à venir\"`, `tout`)"),
        ("!aide produit_ajouter", "(`rôle`, "),
        ("!help promo_list", "(`\"running and to come\"`, `all`)"),
    ] {
        let mut boss = boss();
        boss.person.locale = typed.contains("help").then_some(shellia::kernel::Locale::En).or(boss.person.locale);
        let told = words(&said(world.types(&boss, typed).await));
        assert!(told.contains(choices), "{typed}: {told}");
    }
    for typed in ["!aide produit_modifier", "!aide product_role", "!aide tout le reste"] {
        let refused = words(&world.says(&marie(), typed).await);
        assert!(
            refused.contains("Je ne connais pas cette option") && !refused.contains("nécessaire"),
            "{typed}: {refused}"
        );
    }
}
