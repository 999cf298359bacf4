//! What a plan's support does for the tickets of who holds it.

use super::world::*;
use shellia::domain::tickets::reading;
use shellia::kernel::{Actor, GuildId};

/// Marie holds Pro, with priority support, Jean Basic, with the usual one.
async fn world() -> World {
    let world = World::new().await;
    let plan = |code: &str, name: &str, level: i64, support: &str| {
        format!(
            "insert into plans (guild_id, code, name, level, support, created_at, updated_at) \
             values (7, '{code}', '{name}', {level}, '{support}', now(), now());"
        )
    };
    let holds = |user: i64, plan: &str| {
        format!(
            "insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, created_at, updated_at) \
             values (7, {user}, 'plan', '{plan}', 'grant', 'grant/{user}', now() - interval '1 day', now(), now());"
        )
    };
    // The guild is known once somebody asked.
    world.asks(&paul(), "ticket_list", &[]).await;
    let all = [
        plan("pro", "Pro *d’or*", 20, "priority"),
        plan("basic", "Basic", 10, "normal"),
        holds(10, "basic"),
        holds(10, "pro").replace("grant/10", "grant/pro"),
        holds(11, "basic"),
    ];
    crate::support::db::run(&mut world.database.owner().await, &all.concat()).await;
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn priority_support_raises_a_ticket_and_staff_see_why() {
    let world = world().await;
    let given = [("subject", t("Paiement refusé")), ("description", t("Détails"))];
    let told = words(&world.asks(&marie(), "ticket_create", &given).await);
    assert!(told.contains("🟠 Haute") && told.contains("Votre formule le fait passer en priorité."), "{told}");
    let seen = words(&world.asks(&paul(), "ticket_view", &[("id", n(1))]).await);
    assert!(seen.contains("Priorité = 🟠 Haute (formule Pro \\*d’or\\*)"), "{seen}");
    assert!(seen.contains("Formule = Pro \\*d’or\\*"), "{seen}");
    // So does the card in their channel, which is read in nobody's name.
    let guild = GuildId::new(7).unwrap();
    let mut tx = world.app.db.begin(&Actor::staff_channel(guild)).await.unwrap();
    let view = reading::outline(&mut tx, guild, 1, 1).await.unwrap();
    tx.end().await.unwrap();
    assert_eq!(view.plan_name.as_deref(), Some("Pro *d’or*"));
    let clock = "select count(*) as n from tickets where number = 1 and sla_due_at = created_at + interval '24 hours' \
                 and sla_reminder_at < sla_due_at and sla_reminder_at > created_at";
    assert_eq!(world.database.count(clock).await, 1, "its time is that of its priority");
    let history = words(&world.asks(&paul(), "ticket_history", &[("id", n(1))]).await);
    assert!(history.contains("a ouvert le ticket · ❓ Général 🟠 Haute"), "{history}");
    // What staff decide is theirs.
    world.asks(&paul(), "ticket_priority", &[("id", n(1)), ("priority", t("low"))]).await;
    let seen = words(&world.asks(&paul(), "ticket_view", &[("id", n(1))]).await);
    assert!(seen.contains("Priorité = ⚪ Basse\n"), "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_usual_support_and_a_chosen_priority_change_nothing() {
    let world = world().await;
    world.opens(&jean(), "x").await;
    let seen = words(&world.asks(&paul(), "ticket_view", &[("id", n(1))]).await);
    assert!(seen.contains("Priorité = 🟡 Moyenne\n") && seen.contains("Formule = Basic\n"), "{seen}");
    for (number, chosen, shown) in [(2, "low", "⚪ Basse"), (3, "high", "🟠 Haute"), (4, "critical", "🔴 Critique")]
    {
        let given = [("subject", t("y")), ("description", t("Détails")), ("priority", t(chosen))];
        world.asks(&marie(), "ticket_create", &given).await;
        let seen = words(&world.asks(&paul(), "ticket_view", &[("id", n(number))]).await);
        assert!(seen.contains(&format!("Priorité = {shown}\n")), "{seen}");
    }
}
