//! A member, the team and the bot talk about data: every step and every answer, in French and in English.

use super::life::*;
use crate::support::db::run;
use crate::tickets::world::*;
use insta::assert_snapshot;
use shellia::kernel::Locale;

fn in_english(mut who: Someone) -> Someone {
    who.person.locale = Some(Locale::En);
    who
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_question_to_the_erasure() {
    let world = world().await;
    let overview = world.asks(&zoe(), "privacy", &[]).await;
    assert_snapshot!("overview_fr", timeless(&overview));
    let preview = world.presses(&zoe(), &overview, "Effacer mes données").await;
    assert_snapshot!("preview_fr", timeless(&preview));
    let asked = world.presses(&zoe(), &preview, "Demander l’effacement").await;
    assert_snapshot!("asked_fr", timeless(&asked));
    let twice = world.presses(&zoe(), &preview, "Demander l’effacement").await;
    assert_snapshot!("twice_fr", words(&twice));
    assert_eq!(world.database.count("select count(*) as n from outbox where kind = 'privacy_asked'").await, 1);
    let now = world.asks(&zoe(), "privacy", &[]).await;
    assert_snapshot!("overview_asked_fr", timeless(&now));
    let list = world.asks(&boss(), "privacy_requests", &[]).await;
    assert_snapshot!("list_fr", timeless(&list));
    let id = request(&world).await;
    let look = world.presses(&boss(), &list, &format!("Demande #{id}")).await;
    assert_snapshot!("look_fr", timeless(&look));
    let confirmed = world.presses(&boss(), &look, "Effacer définitivement").await;
    assert_snapshot!("confirmed_fr", timeless(&confirmed));
    let late = world.presses(&zoe(), &asked, "Retirer ma demande").await;
    assert_snapshot!("withdraw_late_fr", words(&late));
    carried_out(&world).await;
    let all = world.asks(&boss(), "privacy_requests", &[("requests_which", t("requests_all"))]).await;
    assert_snapshot!("list_done_fr", timeless(&all));
}

#[tokio::test(flavor = "multi_thread")]
async fn in_english_what_comes_first_is_said_and_a_refusal_has_its_reason() {
    let world = world().await;
    let zoe = in_english(zoe());
    let owner = &mut world.database.owner().await;
    run(owner, &format!("update subscriptions set state = 'active', ended_at = null where user_id = {WHO}")).await;
    let preview = world.asks(&zoe, "privacy_erase", &[]).await;
    assert_snapshot!("not_yet_en", timeless(&preview));
    let refused = world.asks(&zoe, "privacy_ask", &[]).await;
    assert_snapshot!("obstacles_en", words(&refused));
    run(owner, &format!("update subscriptions set state = 'canceled', ended_at = now() where user_id = {WHO}")).await;
    let asked = world.asks(&zoe, "privacy_ask", &[]).await;
    assert_snapshot!("asked_en", timeless(&asked));
    let id = request(&world).await;
    let form = world.form(&boss(), "privacy_refuse", &[("privacy_request", n(id))]).await;
    let told = world.sends(&boss(), &form, &[("reason", "Litige *en cours* avec la banque")]).await;
    assert_snapshot!("refused_fr", words(&told));
    let queued = format!("select count(*) as n from outbox where kind = 'privacy_told' and recipient_id = {WHO}");
    assert_eq!(world.database.count(&queued).await, 1);
    let now = world.asks(&zoe, "privacy", &[]).await;
    assert_snapshot!("overview_refused_en", timeless(&now));
    assert!(tables_with(&world.database, &[WORD]).await.len() > 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_can_be_taken_back_until_it_is_confirmed() {
    let world = world().await;
    let asked = world.asks(&zoe(), "privacy_ask", &[]).await;
    let back = world.presses(&zoe(), &asked, "Retirer ma demande").await;
    assert_eq!(words(&back), "↩️ Demande retirée : rien n’est effacé.");
    let id = request(&world).await;
    let late = world.asks(&boss(), "privacy_confirm", &[("privacy_request", n(id))]).await;
    assert!(words(&late).contains("déjà traitée"), "{late:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_an_operator_of_the_guild_decides() {
    let world = world().await;
    world.asks(&zoe(), "privacy_ask", &[]).await;
    let id = request(&world).await;
    for who in [jean(), paul(), zoe(), stranger()] {
        for command in ["privacy_requests", "privacy_confirm", "retention"] {
            let given = if command == "retention" { vec![] } else { vec![("privacy_request", n(id))] };
            let said = words(&world.asks(&who, command, &given).await);
            assert!(!said.contains(WORD) && !said.contains(&WHO.to_string()), "{command}: {said}");
        }
    }
    assert_eq!(world.database.count("select count(*) as n from privacy_requests where state = 'asked'").await, 1);
    // An operator of another guild finds none of that number.
    let mut other = boss();
    other.guild = guild(ELSEWHERE);
    let said = words(&world.asks(&other, "privacy_confirm", &[("privacy_request", n(id))]).await);
    assert!(said.contains("Aucune demande sous ce numéro"), "{said}");
}

#[test]
fn who_left_may_still_ask_for_what_is_kept_of_him() {
    for name in ["privacy", "privacy_export", "privacy_erase", "privacy_ask", "privacy_withdraw"] {
        assert!(shellia::commands::reaches_from_afar(name), "{name}");
    }
    assert!(!shellia::commands::reaches_from_afar("retention"));
}
