//! `docs/PRIVACY.md` names every table, and no other.

use crate::database::tables::all;
use crate::support::db::Database;
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread")]
async fn every_table_says_what_it_keeps_of_whom() {
    let page = include_str!("../../docs/PRIVACY.md");
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let mut named = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 5, "{row}");
        assert!(cells.iter().all(|cell| !cell.is_empty()), "{row}");
        named.insert(cells[0].trim_matches('`').to_owned());
    }
    let there: BTreeSet<String> = all(&Database::fresh().await).await.into_iter().collect();
    assert_eq!(named, there);
}
