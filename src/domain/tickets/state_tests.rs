//! The rules of a ticket's life, step by step and by chance.

use super::super::{DisplayName, Hands, Sla};
use super::*;
use crate::kernel::{GuildId, Locale};
use proptest::prelude::*;

const HOUR: i64 = 3_600_000;

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(1_800_000_000_000 + ms).unwrap()
}

fn user(id: u64) -> UserId {
    UserId::new(id).unwrap()
}

fn rules() -> TicketRules {
    TicketRules::default()
}

fn fresh() -> Ticket {
    Ticket {
        guild: GuildId::new(1).unwrap(),
        number: 1,
        opener: user(10),
        opener_name: DisplayName::new("Marie").as_str().to_owned(),
        opener_locale: Locale::Fr,
        plan: "free".into(),
        subject: "Paiement refusé".into(),
        category: Category::Billing,
        priority: Priority::Medium,
        priority_by_plan: false,
        state: State::Open,
        assignee: None,
        created_at: at(0),
        updated_at: at(0),
        first_response_at: None,
        sla: Sla::start(rules().allowance(Priority::Medium), at(0)),
        resolved_at: None,
        closing: None,
        auto_close_at: None,
        rating: None,
    }
}

fn conflict(outcome: Result<Ticket>) -> &'static str {
    match outcome {
        Err(Error::Conflict(id)) => id,
        other => panic!("no conflict: {other:?}"),
    }
}

#[test]
fn staff_answers_wait_for_the_opener_and_his_answer_goes_on() {
    let ticket = fresh().answered_by_staff(user(20), &rules(), at(HOUR)).unwrap();
    assert_eq!((ticket.state, ticket.first_response_at), (State::WaitingUser, Some(at(HOUR))));
    assert_eq!(ticket.assignee, Some(user(20)));
    assert_eq!(ticket.auto_close_at, Some(at(HOUR + 7 * 24 * HOUR)));
    assert_eq!(ticket.sla.hands, Hands::Paused { left_ms: 47 * HOUR });
    let ticket = ticket.answered_by_opener(&rules(), at(5 * HOUR)).unwrap();
    assert_eq!((ticket.state, ticket.auto_close_at), (State::InProgress, None));
    assert_eq!(ticket.sla.due_at(), Some(at(52 * HOUR)));
    let ticket = ticket.answered_by_staff(user(20), &rules(), at(6 * HOUR)).unwrap();
    assert_eq!(ticket.first_response_at, Some(at(HOUR)), "the first answer stays the first");
}

#[test]
fn what_the_opener_adds_leaves_a_ticket_new_that_nobody_has() {
    let ticket = fresh().answered_by_opener(&rules(), at(HOUR)).unwrap();
    assert_eq!((ticket.state, ticket.assignee, ticket.updated_at), (State::Open, None, at(HOUR)));
    assert_eq!(ticket.sla, fresh().sla, "the clock runs on");
    let ticket = ticket.claimed_by(user(20), &rules(), at(2 * HOUR)).unwrap();
    assert_eq!(ticket.answered_by_opener(&rules(), at(3 * HOUR)).unwrap().state, State::InProgress);
}

#[test]
fn thanks_do_not_reopen() {
    let ticket = fresh().resolved(&rules(), at(HOUR)).unwrap().answered_by_opener(&rules(), at(2 * HOUR)).unwrap();
    assert_eq!((ticket.state, ticket.resolved_at), (State::Resolved, Some(at(HOUR))));
    assert!(ticket.auto_close_at.is_some());
}

#[test]
fn a_closed_ticket_refuses_everything_but_reopening_and_stars() {
    let closed = || fresh().closed(user(10), None, &rules(), at(HOUR)).unwrap();
    let now = at(2 * HOUR);
    assert_eq!(conflict(closed().answered_by_opener(&rules(), now)), "error-ticket-closed");
    assert_eq!(conflict(closed().answered_by_staff(user(20), &rules(), now)), "error-ticket-closed");
    assert_eq!(conflict(closed().claimed_by(user(20), &rules(), now)), "error-ticket-closed");
    assert_eq!(conflict(closed().resolved(&rules(), now)), "error-ticket-closed");
    assert_eq!(conflict(closed().closed(user(10), None, &rules(), now)), "error-ticket-already-closed");
    assert_eq!(conflict(closed().with_priority(Priority::Low, &rules(), now)), "error-ticket-closed");
    assert_eq!(conflict(closed().with_category(Category::Bug, &rules(), now)), "error-ticket-closed");
    let late = at(HOUR + 7 * 24 * HOUR + 1);
    assert_eq!(conflict(closed().answered_by_opener(&rules(), late)), "error-ticket-closed-for-good");
}

#[test]
fn reopening_has_a_window_and_clears_the_end() {
    let stars = Stars::new(4).unwrap();
    let closed = fresh().closed(user(10), Some("fini".into()), &rules(), at(0)).unwrap();
    let closed = closed.rated(stars, &rules(), at(HOUR)).unwrap();
    let in_time = closed.clone().reopened(&rules(), at(7 * 24 * HOUR)).unwrap();
    assert_eq!((in_time.state, &in_time.closing), (State::Open, &None));
    assert_eq!(in_time.rating, closed.rating, "what he thought of the first end stays");
    assert_eq!(conflict(closed.clone().reopened(&rules(), at(7 * 24 * HOUR + 1))), "error-ticket-reopen-too-late");
    assert_eq!(conflict(closed.rated(stars, &rules(), at(8 * 24 * HOUR))), "error-ticket-rate-too-late");
    assert_eq!(conflict(fresh().reopened(&rules(), at(0))), "error-ticket-not-ended");
    assert_eq!(conflict(fresh().rated(stars, &rules(), at(0))), "error-ticket-rate-too-early");
    let never = TicketRules { reopen_days: 0, ..rules() };
    let closed = fresh().closed(user(10), None, &never, at(0)).unwrap();
    assert_eq!(conflict(closed.reopened(&never, at(0))), "error-ticket-reopen-too-late");
}

#[test]
fn each_end_asks_for_stars_once_and_the_new_ones_replace_the_old() {
    let stars = |count| Stars::new(count).unwrap();
    let closed = fresh().resolved(&rules(), at(0)).unwrap().closed(user(10), None, &rules(), at(HOUR)).unwrap();
    assert!(closed.awaits_stars());
    let rated = closed.rated(stars(2), &rules(), at(2 * HOUR)).unwrap();
    assert!(!rated.awaits_stars());
    let again = rated.reopened(&rules(), at(3 * HOUR)).unwrap();
    assert!(!again.awaits_stars() && again.rating.is_some());
    assert_eq!(conflict(again.clone().rated(stars(5), &rules(), at(3 * HOUR))), "error-ticket-rate-too-early");
    let ended = again.closed(user(10), None, &rules(), at(4 * HOUR)).unwrap();
    assert!(ended.awaits_stars());
    // Long after, the stars of the first end don't stand in the way of the first stars of this one.
    let late = at(4 * HOUR + 30 * 24 * HOUR);
    let rated = ended.rated(stars(5), &rules(), late).unwrap();
    assert_eq!(rated.rating, Some(Rating { stars: stars(5), at: late }));
    assert_eq!(conflict(rated.rated(stars(1), &rules(), late)), "error-ticket-rate-too-late");
}

#[test]
fn a_taken_ticket_is_not_claimed_again_but_can_be_given_on() {
    let ticket = fresh().claimed_by(user(20), &rules(), at(0)).unwrap();
    assert_eq!(ticket.state, State::InProgress);
    assert_eq!(conflict(ticket.clone().claimed_by(user(20), &rules(), at(0))), "error-ticket-already-yours");
    assert_eq!(conflict(ticket.clone().claimed_by(user(21), &rules(), at(0))), "error-ticket-taken");
    assert_eq!(ticket.assigned_to(user(21), &rules(), at(0)).unwrap().assignee, Some(user(21)));
}

#[derive(Debug, Clone, Copy)]
enum Move {
    Staff,
    Opener,
    Claim,
    Assign(u64),
    Resolve,
    Close,
    Reopen,
    Rate(i64),
    Urgency(usize),
}

fn moves() -> impl Strategy<Value = Move> {
    prop_oneof![
        Just(Move::Staff),
        Just(Move::Opener),
        Just(Move::Claim),
        (20u64..23).prop_map(Move::Assign),
        Just(Move::Resolve),
        Just(Move::Close),
        Just(Move::Reopen),
        (1i64..6).prop_map(Move::Rate),
        (0usize..4).prop_map(Move::Urgency),
    ]
}

fn step(ticket: Ticket, step: Move, now: Timestamp) -> Result<Ticket> {
    let rules = rules();
    match step {
        Move::Staff => ticket.answered_by_staff(user(20), &rules, now),
        Move::Opener => ticket.answered_by_opener(&rules, now),
        Move::Claim => ticket.claimed_by(user(20), &rules, now),
        Move::Assign(agent) => ticket.assigned_to(user(agent), &rules, now),
        Move::Resolve => ticket.resolved(&rules, now),
        Move::Close => ticket.closed(user(10), None, &rules, now),
        Move::Reopen => ticket.reopened(&rules, now),
        Move::Rate(stars) => ticket.rated(Stars::new(stars).unwrap(), &rules, now),
        Move::Urgency(at) => ticket.with_priority(Priority::ALL[at], &rules, now),
    }
}

proptest! {
    #[test]
    fn whatever_happens_the_ticket_agrees_with_itself(
        steps in prop::collection::vec((moves(), 0i64..200 * HOUR), 0..40)
    ) {
        let mut ticket = fresh();
        let (mut now, mut used) = (0, 0);
        for (what, wait) in steps {
            used += if ticket.state.counts_time() { wait } else { 0 };
            now += wait;
            let before = ticket.clone();
            match step(ticket, what, at(now)) {
                Ok(after) => ticket = after,
                Err(Error::Conflict(_)) => ticket = before.clone(),
                Err(other) => panic!("{other}"),
            }
            prop_assert_eq!(ticket.closing.is_some(), ticket.state == State::Closed);
            prop_assert_eq!(ticket.sla.due_at().is_some(), ticket.state.counts_time());
            prop_assert_eq!(ticket.sla.reminder_at.is_some(), ticket.state.counts_time());
            prop_assert!(ticket.resolved_at.is_none() || matches!(ticket.state, State::Resolved | State::Closed));
            prop_assert!(before.rating.is_none() || ticket.rating.is_some(), "stars are replaced and never lost");
            prop_assert!(!ticket.awaits_stars() || matches!(ticket.state, State::Resolved | State::Closed));
            let waits = matches!(ticket.state, State::WaitingUser | State::Resolved);
            prop_assert_eq!(ticket.auto_close_at.is_some(), waits);
            prop_assert!(before.first_response_at.is_none() || before.first_response_at == ticket.first_response_at);
            let left = i128::from(i64::from(rules().sla_hours[Priority::ALL.iter().position(|p| *p == ticket.priority).unwrap()]) * HOUR - used);
            prop_assert_eq!(ticket.sla.left(at(now)).as_millis(), left, "only open and in_progress use time");
        }
    }
}
