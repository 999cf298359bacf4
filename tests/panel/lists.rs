//! Staff's lists, whichever way they are walked, show what the filter says, in the order that was asked for, each ticket on one page.

use crate::support::db::{Database, run};
use shellia::domain::tickets::desk::{self, Due, Order, Sort, Wanted};
use shellia::domain::tickets::{Category, Priority, State, Ticket};
use shellia::kernel::{Actor, Clock, GuildId, Rank, UserId};

const TICKETS: usize = 300;

fn matches(wanted: &Wanted, ticket: &Ticket) -> bool {
    (wanted.states.is_empty() || wanted.states.contains(&ticket.state))
        && (wanted.priorities.is_empty() || wanted.priorities.contains(&ticket.priority))
        && (wanted.categories.is_empty() || wanted.categories.contains(&ticket.category))
        && wanted.opener.is_none_or(|opener| ticket.opener == opener)
        && wanted.due.is_none_or(|due| due == Due::Breached && ticket.sla.breached_at.is_some())
}

/// By what a ticket stands in an order.
fn key(sort: Sort, ticket: &Ticket) -> (i64, i64) {
    let first = match sort {
        Sort::Updated => ticket.updated_at.as_microsecond(),
        Sort::Created => 0,
        Sort::Due => ticket.sla.due_at().map_or(i64::MAX, |at| at.as_microsecond()),
        Sort::Priority => Priority::ALL.iter().position(|one| *one == ticket.priority).unwrap() as i64,
    };
    (first, ticket.number)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_filter_in_every_order_is_walked_whole_and_once() {
    let database = Database::fresh().await;
    run(&mut database.owner().await, &format!(
        "insert into guilds (guild_id, created_at, updated_at) values (100, now(), now()); \
         insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, subject, category, priority, state, created_at, \
           updated_at, sla_due_at, sla_left_ms, sla_breached_at, closed_at) \
         select 100, n, 11 + n % 3, 'Marie', 'fr', 'Sujet', \
           (array['general', 'billing', 'technical', 'bug'])[1 + n % 4], \
           (array['critical', 'high', 'medium', 'low'])[1 + n / 4 % 4], (array['open', 'waiting_user', 'closed'])[1 + n % 3], \
           now() - n * interval '1 minute', now() - (n / 5) * interval '1 minute', \
           case when n % 3 = 0 then now() + (n / 7) * interval '1 hour' end, case when n % 3 <> 0 then 1000 end, case when n % 11 = 0 then now() end, \
           case when n % 3 = 2 then now() end from generate_series(1, {TICKETS}) n"
    )).await;
    let db = database.open();
    let (guild, sam) = (GuildId::new(100).unwrap(), UserId::new(7).unwrap());
    let page = async |wanted: &Wanted, order, place, limit| {
        let mut tx = db.begin(&Actor::staff(guild, sam, Rank::Support)).await.unwrap();
        let page = desk::list(&mut tx, guild, (wanted, order), (place, limit), Clock::new().now()).await.unwrap();
        tx.end().await.unwrap();
        (page.tickets.into_iter().map(|one| one.ticket).collect::<Vec<_>>(), page.next)
    };
    let (all, _) = page(&Wanted::default(), Order::default(), None, TICKETS).await;
    assert_eq!(all.len(), TICKETS);
    let filters = [
        Wanted::default(),
        Wanted { states: vec![State::Open], ..Wanted::default() },
        Wanted { priorities: vec![Priority::High], ..Wanted::default() },
        Wanted {
            priorities: vec![Priority::Low, Priority::Critical],
            states: vec![State::Closed, State::Open],
            ..Wanted::default()
        },
        Wanted { categories: vec![Category::Bug, Category::Account], ..Wanted::default() },
        Wanted { categories: vec![Category::FeatureRequest], ..Wanted::default() },
        Wanted { opener: UserId::new(12), priorities: vec![Priority::Medium], ..Wanted::default() },
        Wanted {
            due: Some(Due::Breached),
            categories: vec![Category::General, Category::Billing],
            ..Wanted::default()
        },
    ];
    for wanted in &filters {
        for sort in Sort::ALL {
            for ascending in [true, false] {
                let mut expected: Vec<&Ticket> = all.iter().filter(|ticket| matches(wanted, ticket)).collect();
                expected.sort_by_key(|ticket| key(sort, ticket));
                if !ascending {
                    expected.reverse();
                }
                let expected: Vec<i64> = expected.into_iter().map(|ticket| ticket.number).collect();
                let (mut found, mut place) = (Vec::new(), None);
                loop {
                    let (tickets, next) = page(wanted, Order { sort, ascending }, place, 17).await;
                    found.extend(tickets.iter().map(|ticket| ticket.number));
                    match next {
                        Some(next) => place = Some(next.to_string().parse().unwrap()),
                        None => break,
                    }
                }
                assert_eq!(found, expected, "{wanted:?} {sort:?} {ascending}");
            }
        }
    }
}
