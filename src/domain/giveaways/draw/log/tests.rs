//! The rules of the log, one by one.

use super::*;
use crate::domain::giveaways::draw::Hex;
use proptest::prelude::*;

const WHY: Reason = Reason::Unclaimed;

fn out(rank: u32) -> Event {
    Event::Disqualified { rank, reason: WHY }
}

fn drawn(winners: &[u32]) -> Event {
    Event::Drawn { winners: winners.to_vec() }
}

fn rerolled(rank: u32, next: u32) -> Event {
    Event::Rerolled { rank, next, reason: WHY }
}

fn after(events: &[Event]) -> Result<Vec<u32>, (usize, LogRule)> {
    let mut standing = Standing::new(6, 2);
    for (index, event) in events.iter().enumerate() {
        standing.apply(event).map_err(|rule| (index, rule))?;
    }
    Ok(standing.winners())
}

#[test]
fn the_first_eligible_ranks_win_and_the_next_one_replaces() {
    assert_eq!(after(&[drawn(&[1, 2])]), Ok(vec![1, 2]));
    assert_eq!(after(&[out(1), out(3), drawn(&[2, 4])]), Ok(vec![2, 4]));
    assert_eq!(after(&[drawn(&[1, 2]), rerolled(1, 3)]), Ok(vec![3, 2]));
    assert_eq!(after(&[drawn(&[1, 2]), out(3), rerolled(2, 4), rerolled(4, 5)]), Ok(vec![1, 5]));
    assert_eq!(after(&[drawn(&[1, 2]), out(1)]), Ok(vec![2]));
    assert_eq!(after(&[drawn(&[1, 2]), out(1), rerolled(1, 3)]), Ok(vec![3, 2]));
}

#[test]
fn a_place_stays_empty_where_nobody_is_left() {
    let all = [out(3), out(4), out(5), out(6), drawn(&[1, 2]), rerolled(2, 0)];
    assert_eq!(after(&all), Ok(vec![1]));
    assert_eq!(after(&[all.as_slice(), &[rerolled(0, 0)]].concat()), Err((6, LogRule::NotAWinner)));
    assert_eq!(after(&[out(1), out(2), out(3), out(4), out(5), out(6), drawn(&[])]), Ok(vec![]));
    assert_eq!(after(&[out(1), out(2), out(3), out(4), out(5), drawn(&[6])]), Ok(vec![6]));
}

#[test]
fn what_the_rules_forbid_is_refused_by_name() {
    assert_eq!(after(&[out(0)]), Err((0, LogRule::NoSuchRank)));
    assert_eq!(after(&[out(7)]), Err((0, LogRule::NoSuchRank)));
    assert_eq!(after(&[out(1), out(1)]), Err((1, LogRule::AlreadyOut)));
    assert_eq!(after(&[drawn(&[1, 3])]), Err((0, LogRule::NotTheNext)));
    assert_eq!(after(&[drawn(&[1])]), Err((0, LogRule::NotTheNext)));
    assert_eq!(after(&[drawn(&[2, 1])]), Err((0, LogRule::NotTheNext)));
    assert_eq!(after(&[drawn(&[1, 2]), drawn(&[3, 4])]), Err((1, LogRule::AlreadyDrawn)));
    assert_eq!(after(&[rerolled(1, 3)]), Err((0, LogRule::NotDrawn)));
    assert_eq!(after(&[drawn(&[1, 2]), rerolled(3, 3)]), Err((1, LogRule::NotAWinner)));
    assert_eq!(after(&[drawn(&[1, 2]), rerolled(1, 4)]), Err((1, LogRule::NotTheNext)));
    assert_eq!(after(&[drawn(&[1, 2]), rerolled(1, 3), rerolled(1, 4)]), Err((2, LogRule::NotAWinner)));
    assert_eq!(after(&[drawn(&[1, 2]), rerolled(1, 3), out(1)]), Err((2, LogRule::AlreadyOut)));
}

#[test]
fn a_reason_is_hashed_by_the_word_that_the_file_has() {
    for reason in Reason::ALL {
        assert_eq!(serde_json::to_string(&reason).unwrap(), format!("\"{}\"", reason.code()));
    }
}

#[test]
fn an_entry_is_neither_too_long_nor_earlier_than_the_last() {
    let mut log = Log::new(Hex([0; 32]), 6, 2);
    assert_eq!(log.write(5, Id::BOT, out(1), "x".repeat(MAX_NOTE + 1)), Err(LogRule::Note));
    log.write(5, Id::BOT, out(1), "x".repeat(MAX_NOTE)).unwrap();
    assert_eq!(log.write(4, Id::BOT, out(2), String::new()), Err(LogRule::Earlier));
    log.write(5, Id::BOT, out(2), String::new()).unwrap();
    assert_eq!(log.entries().len(), 2);
}

proptest! {
    #[test]
    fn nothing_can_be_dropped_or_moved_but_at_the_end(ranks in Just((1u32..=6).collect::<Vec<_>>()).prop_shuffle(), drop in 0usize..6, to in 0usize..6) {
        let empty = Log::new(Hex([7; 32]), 6, 2);
        let mut log = empty.clone();
        for rank in ranks {
            log.write(1, Id(9), out(rank), "why".to_owned()).unwrap();
        }
        prop_assert_eq!(empty.clone().replay(log.entries().to_vec()).unwrap(), log.clone());
        let mut entries = log.entries().to_vec();
        let entry = entries.remove(drop);
        let dropped = empty.clone().replay(entries.clone());
        if drop < 5 {
            prop_assert_eq!(dropped, Err((drop, LogRule::Chain)));
        } else {
            prop_assert!(dropped.unwrap().head() != log.head());
        }
        if to != drop {
            entries.insert(to, entry);
            prop_assert_eq!(empty.replay(entries), Err((drop.min(to), LogRule::Chain)));
        }
    }
}
