//! The audit's chain: `shellia audit verify` tells whether it is what was written.

use super::*;
use std::process::Command;

/// What the program says, and its exit code.
fn verified(shop: &Shop) -> (String, Option<i32>) {
    let told = Command::new(env!("CARGO_BIN_EXE_shellia"))
        .args(["audit", "verify"])
        .env_clear()
        .envs(shop.maxis.environment())
        .output()
        .unwrap();
    (String::from_utf8(told.stdout).unwrap(), told.status.code())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_was_changed_taken_out_or_added_is_found() {
    let shop = Shop::open().await;
    assert_eq!(verified(&shop), ("No entries yet.\n".to_owned(), Some(0)));
    let plan = shop.approved("k1", twenty()).await;
    shop.commits("lea", &plan).await.unwrap();
    plans::stop_plans(&shop.peer, shop.of_club("paul")).await.unwrap();
    plans::stop_plans(&shop.peer, shop.by("lea")).await.unwrap();
    let (ours, club) = (shop.guild, shop.maxis.sandbox.guild_id(CLUB).unwrap());
    let mut whole =
        [(ours.get(), 4), (club, 1)].map(|(guild, n)| (guild, format!("Server {guild}: {n} entries, whole.\n")));
    whole.sort_unstable();
    assert_eq!(verified(&shop), (format!("{}{}", whole[0].1, whole[1].1), Some(0)));
    let broken = |entries: i64, number: i64| format!("Server {ours}: {entries} entries, BROKEN at entry {number}.\n");
    for (deed, mended, found) in [
        (
            "update agent_audit set words = 'x' || words where number = 2 and guild_id = $",
            "update agent_audit set words = substr(words, 2) where number = 2 and guild_id = $",
            (4, 2),
        ),
        (
            "update agent_audit set at = at + interval '1 microsecond' where number = 3 and guild_id = $",
            "update agent_audit set at = at - interval '1 microsecond' where number = 3 and guild_id = $",
            (4, 3),
        ),
        (
            "update agent_audit set actor_id = actor_id + 1 where number = 1 and guild_id = $",
            "update agent_audit set actor_id = actor_id - 1 where number = 1 and guild_id = $",
            (4, 1),
        ),
        (
            "update agent_audit set number = 40 where number = 4 and guild_id = $",
            "update agent_audit set number = 4 where number = 40 and guild_id = $",
            (40, 4),
        ),
    ] {
        shop.does(&deed.replace('$', &ours.to_string())).await;
        let (told, code) = verified(&shop);
        assert!(told.contains(&broken(found.0, found.1)) && code == Some(1), "{deed}: {told}");
        shop.does(&mended.replace('$', &ours.to_string())).await;
        assert_eq!(verified(&shop).1, Some(0), "{deed}");
    }
    // A forged end, its own hash reckoned anew.
    let forge = |words: &str| {
        format!(
            "update agent_audit a set words = '{words}', hash = encode(sha256(convert_to(app.agent_audit_text(row(a.guild_id, a.number,
               a.at, a.actor_id, a.action, a.plan, '{words}', a.previous)::agent_audit_line), 'UTF8')), 'hex')
             where number = 4 and guild_id = {ours}"
        )
    };
    shop.does(&forge("nothing")).await;
    assert!(verified(&shop).0.contains(&broken(4, 4)));
    shop.does(&forge("0 plans rejected")).await;
    assert_eq!(verified(&shop).1, Some(0));
    // A line behind the last, whose hash is right: the end that is kept doesn't know it.
    let added = format!(
        "alter table agent_audit disable trigger agent_audit_is_chained;
         insert into agent_audit (guild_id, number, at, actor_id, action, plan, words, previous, hash)
             select guild_id, 5, at, actor_id, action, plan, 'x', hash, encode(sha256(convert_to(app.agent_audit_text(row(guild_id, 5, at,
                 actor_id, action, plan, 'x', hash)::agent_audit_line), 'UTF8')), 'hex')
             from agent_audit where number = 4 and guild_id = {ours};
         alter table agent_audit enable trigger agent_audit_is_chained;"
    );
    shop.does(&added).await;
    assert!(verified(&shop).0.contains(&broken(5, 5)));
    shop.does(&format!("delete from agent_audit where number = 5 and guild_id = {ours}")).await;
    assert_eq!(verified(&shop).1, Some(0));
    shop.does(&format!("delete from agent_audit where number = 4 and guild_id = {ours}")).await;
    assert!(verified(&shop).0.contains(&broken(3, 4)));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_application_adds_lines_and_changes_none() {
    use crate::support::db;
    use diesel_async::SimpleAsyncConnection;
    let shop = Shop::open().await;
    plans::stop_plans(&shop.peer, shop.by("lea")).await.unwrap();
    let mut login = shop.maxis.database.login().await;
    let guild = shop.guild;
    for (role, identity) in [
        (
            "maxis_staff",
            format!(
                "set_config('app.guild_id', '{guild}', true), set_config('app.user_id', '5', true), set_config('app.rank', 'operator', true)"
            ),
        ),
        ("maxis_payments", "set_config('app.duty', 'payments', true)".to_owned()),
    ] {
        for deed in [
            "update agent_audit set words = 'x'".to_owned(),
            "delete from agent_audit".to_owned(),
            "truncate agent_audit".to_owned(),
            "delete from agent_plans".to_owned(),
            "update agent_plans set wanted = '{}'".to_owned(),
            "delete from agent_switch".to_owned(),
            "update agent_switch set last_line = 5".to_owned(),
            format!(
                "insert into agent_audit (guild_id, number, at, actor_id, action, words, previous, hash) \
                     values ({guild}, 7, now(), 5, 'stopped', '', repeat('0', 64), repeat('0', 64))"
            ),
        ] {
            db::run(&mut login, &format!("begin; select set_config('role', '{role}', true), {identity}")).await;
            let refused = login.batch_execute(&deed).await.unwrap_err().to_string();
            let why = ["permission denied", "where the audit ends is not written by hand"];
            assert!(why.iter().any(|why| refused.contains(why)), "{role} {deed}: {refused}");
            db::run(&mut login, "rollback").await;
        }
    }
    shop.close().await;
}
