//! Every table × every identity: what a person's transaction can read at all, whatever the commands would ask.

use super::scene::{self, NOTE, PEOPLE, SECRET};
use crate::database::tables::all;
use crate::support::app::{CLUB, SHOP, Who};
use crate::support::db::{Database, run};
use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::Value;

/// Columns that name the person to whom a row belongs.
const BELONGS: [&str; 3] = ["opener_id", "user_id", "recipient_id"];
/// An order is its buyer's alone: who gets what was bought reads nothing of it.
const BUYERS: &str = "orders";

/// Tables of what a guild shows to each of its members: they name no person.
const ON_SHOW: [&str; 7] = ["shops", "plans", "products", "variants", "prices", "price_history", "giveaways"];
/// Tables whose rows are for the person they name alone, and not for staff.
const KEPT: [&str; 11] = [
    "answers",
    "customers",
    "deliveries",
    "panel_sessions",
    "panel_sign_ins",
    "privacy_requests",
    "product_keys",
    "remembered_codes",
    "reminders",
    "saved_views",
    "trials",
];
/// Tables of a person rather than of a guild: he reads his own in whichever guild he looks from.
const EVERYWHERE: [&str; 2] = ["panel_sessions", "panel_sign_ins"];
/// Tables of which a person reads some columns alone: those are looked at.
const IN_PART: [&str; 2] = ["panel_sessions", "panel_sign_ins"];

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    row: String,
}

/// What a query can read; nothing where the role has no right to the table at all.
async fn readable(login: &mut AsyncPgConnection, who: Who, table: &str) -> Vec<Value> {
    let role = if who.staff { "maxis_staff" } else { "maxis_member" };
    let rank = if who.staff { "support" } else { "" };
    let guild = who.guild.map(|guild| guild.to_string()).unwrap_or_default();
    let user = if who.guild.is_some() { who.user.to_string() } else { String::new() };
    run(
        login,
        &format!(
            "begin; select set_config('role', '{role}', true), set_config('app.guild_id', '{guild}', true), \
             set_config('app.user_id', '{user}', true), set_config('app.rank', '{rank}', true)"
        ),
    )
    .await;
    let row = if IN_PART.contains(&table) { own_columns(login, table).await } else { "t".to_owned() };
    let query = format!("select to_jsonb({row})::text as row from {table} t");
    let rows: Result<Vec<Row>, _> = diesel::sql_query(query).load(login).await;
    run(login, "rollback").await;
    match rows {
        Ok(rows) => rows.iter().map(|row| serde_json::from_str(&row.row).unwrap()).collect(),
        Err(error) => {
            assert!(error.to_string().contains("permission denied"), "{table}: {error}");
            Vec::new()
        }
    }
}

/// The columns of a table that the role of the transaction may read, as one value.
async fn own_columns(login: &mut AsyncPgConnection, table: &str) -> String {
    let granted = format!(
        "select column_name::text as row from information_schema.columns \
         where table_schema = 'public' and table_name = '{table}' \
           and has_column_privilege('public.{table}', column_name, 'select') order by ordinal_position"
    );
    let granted: Vec<Row> = diesel::sql_query(granted).load(login).await.unwrap();
    let columns: Vec<String> = granted.iter().map(|column| format!("t.{0} as {0}", column.row)).collect();
    if columns.is_empty() { "t".to_owned() } else { format!("(select r from (select {}) r)", columns.join(", ")) }
}

/// Runs the matrix and returns what is wrong with it.
pub async fn violations(database: &Database) -> Vec<String> {
    let mut login = database.login().await;
    let mut wrong = Vec::new();
    for table in all(database).await {
        for who in PEOPLE {
            for row in readable(&mut login, who, &table).await {
                if let Some(why) = foreign(who, &table, &row) {
                    wrong.push(format!("{who:?} reads {table}: {why}"));
                }
            }
        }
    }
    wrong
}

/// To whom a row belongs: those whom it names; a product's content belongs to whom it was delivered, whom the scene names in
/// the product's code.
fn owners(table: &str, row: &Value) -> Vec<u64> {
    if table == "product_contents" {
        let code = row.get("product").and_then(Value::as_str).unwrap_or_default();
        return code.strip_prefix("of-").and_then(|owner| owner.parse().ok()).into_iter().collect();
    }
    if table == BUYERS {
        return row.get("user_id").and_then(Value::as_u64).into_iter().collect();
    }
    BELONGS.iter().filter_map(|column| row.get(column).and_then(Value::as_u64)).collect()
}

fn foreign(who: Who, table: &str, row: &Value) -> Option<&'static str> {
    let Some(guild) = who.guild else { return Some("a row without an identity") };
    if !EVERYWHERE.contains(&table) && row.get("guild_id").and_then(Value::as_u64) != Some(guild) {
        return Some("a row of another guild");
    }
    let owners = owners(table, row);
    if ON_SHOW.contains(&table) {
        let personal = !owners.is_empty() || row.to_string().contains(SECRET) || row.to_string().contains(NOTE);
        return personal.then_some("something personal on show");
    }
    if (KEPT.contains(&table) || table == "product_contents") && !owners.contains(&who.user) {
        return Some("what is kept for another person, staff or not");
    }
    if who.staff {
        return None;
    }
    // A table without an owner is for everybody of the guild only if it holds nothing personal: counters, and who gets a
    // category's tickets, which stands on each of them.
    let shared = ["last_number", "agent_id"].iter().any(|column| row.get(column).is_some());
    if owners.is_empty() && !shared {
        return Some("a row that is nobody's");
    }
    if !owners.is_empty() && !owners.contains(&who.user) {
        return Some("another member's row");
    }
    if row.get("kind").and_then(Value::as_str) == Some("note") || row.to_string().contains(NOTE) {
        return Some("an internal note");
    }
    None
}

#[tokio::test(flavor = "multi_thread")]
async fn no_identity_reads_a_foreign_row() {
    let database = Database::fresh().await;
    scene::set(&database).await;
    assert_eq!(violations(&database).await, Vec::<String>::new());
    // The matrix is worth nothing where there is nothing to see.
    for guild in [SHOP, CLUB] {
        assert!(database.count(&format!("select count(*) as n from tickets where guild_id = {guild}")).await > 0);
    }
    let mut login = database.login().await;
    assert_eq!(readable(&mut login, PEOPLE[0], "tickets").await.len(), 1);
    assert_eq!(readable(&mut login, PEOPLE[3], "tickets").await.len(), 2);
    assert!(readable(&mut login, PEOPLE[3], "ticket_audit").await.len() > 3);
    for (table, marie, jean, sam, nora) in [
        ("plans", 1, 1, 1, 1),
        ("product_contents", 1, 0, 0, 0),
        ("product_keys", 1, 0, 0, 0),
        ("deliveries", 1, 1, 0, 0),
        ("orders", 3, 0, 3, 1),
        ("entitlements", 1, 0, 1, 1),
        ("ledger", 0, 0, 2, 2),
        ("shop_audit", 0, 0, 1, 1),
        // A member reads only some columns of promotions: see the tests of promotions.
        ("promotions", 0, 0, 2, 2),
        ("promotion_uses", 1, 0, 1, 1),
        ("remembered_codes", 1, 0, 0, 0),
        ("referral_codes", 1, 0, 1, 1),
        ("referrals", 0, 0, 1, 1),
        ("reminders", 1, 0, 0, 0),
        ("credit_uses", 1, 0, 1, 1),
        ("mrr_changes", 0, 0, 1, 1),
        ("quarter_sums", 0, 0, 4, 3),
        ("quarter_sales", 0, 0, 2, 1),
        ("giveaways", 1, 1, 1, 1),
        ("giveaway_entries", 1, 0, 1, 1),
        ("giveaway_places", 1, 0, 1, 1),
        ("giveaway_log", 0, 0, 1, 1),
        ("giveaway_repeats", 0, 0, 1, 1),
        ("giveaway_crowds", 0, 0, 1, 1),
        ("milestone_watches", 0, 0, 1, 1),
        ("milestones", 0, 0, 1, 1),
        ("giveaway_requests", 0, 0, 0, 0),
        // Operators alone: what is planned, and why.
        ("agent_switch", 0, 0, 0, 0),
        ("agent_plans", 0, 0, 0, 0),
        ("agent_approvals", 0, 0, 0, 0),
        ("agent_audit", 0, 0, 0, 0),
        ("giveaway_secrets", 0, 0, 0, 0),
        ("canned_replies", 0, 0, 1, 1),
        ("saved_views", 0, 0, 1, 1),
        // A person asks for his own as a person, whatever else he is.
        ("panel_sessions", 1, 0, 0, 0),
        ("panel_links", 0, 0, 0, 0),
        ("panel_sign_ins", 1, 0, 0, 0),
        // Operators alone, beside who asked.
        ("privacy_requests", 1, 0, 0, 0),
        ("retention", 0, 0, 0, 0),
        ("ticket_words", 0, 0, 0, 0),
    ] {
        let mut found = Vec::new();
        for who in [PEOPLE[0], PEOPLE[1], PEOPLE[3], PEOPLE[4]] {
            found.push(readable(&mut login, who, table).await.len());
        }
        assert_eq!(found, [marie, jean, sam, nora], "{table}");
    }
}
