//! The sums by quarters of an hour: they are those of the ledger and the orders, and every day begins on one.

use super::conversation::busy;
use super::world::Shop;
use jiff::Timestamp;
use jiff::tz::{self, TimeZone};
use shellia::domain::payments::sums;
use shellia::kernel::{Actor, System};

/// What is kept and what there is, each in one form: a row for each quarter in which something is not zero.
const SUMS: [[&str; 2]; 2] = [
    [
        "select guild_id, currency, quarter, sum(revenue) a, sum(tax) b, sum(refunds) c, sum(disputes) d, sum(fees) e, sum(placed) f, \
           sum(paid) g, sum(trials) h, sum(uses) i, sum(discount) j, sum(promoted) k from quarter_sums group by 1, 2, 3",
        "select guild_id, currency, q, sum(a) a, sum(b) b, sum(c) c, sum(d) d, sum(e) e, sum(f) f, sum(g) g, sum(h) h, sum(i) i, sum(j) j, \
           sum(k) k from ( \
             select guild_id, currency, date_bin('15 min', at, '2000-01-01Z') q, case account when 'revenue' then amount_minor else 0 end a, \
               case account when 'tax' then amount_minor else 0 end b, case account when 'refunds' then amount_minor else 0 end c, \
               case account when 'disputes' then amount_minor else 0 end d, case account when 'fees' then amount_minor else 0 end e, \
               0 f, 0 g, 0 h, 0 i, 0 j, 0 k from ledger \
             union all select guild_id, currency, date_bin('15 min', created_at, '2000-01-01Z'), 0, 0, 0, 0, 0, \
               (mode <> 'free' and (trial_days is null or paid_minor > 0))::int, \
               (mode <> 'free' and (trial_days is null or paid_minor > 0) and paid_at is not null)::int, \
               (trial_days is not null and state in ('fulfilled', 'refunded'))::int, 0, 0, 0 from orders \
             union all select u.guild_id, u.currency, date_bin('15 min', o.paid_at, '2000-01-01Z'), 0, 0, 0, 0, 0, 0, 0, 0, 1, u.amount_minor, \
               greatest(o.total_minor - o.refunded_minor, 0) from promotion_uses u join orders o on o.guild_id = u.guild_id \
               and o.number = u.order_number where u.state = 'used' and o.paid_at is not null) parts group by 1, 2, 3",
    ],
    [
        "select guild_id, currency, quarter, kind, code, sum(units) a, sum(minor) b, 0 c, 0 d, 0 e, 0 f, 0 g, 0 h, 0 i, 0 j, 0 k \
           from quarter_sales group by 1, 2, 3, 4, 5",
        "select guild_id, currency, date_bin('15 min', paid_at, '2000-01-01Z'), kind, coalesce(plan, product), sum(quantity) a, \
           sum(paid_minor - refunded_minor) b, 0 c, 0 d, 0 e, 0 f, 0 g, 0 h, 0 i, 0 j, 0 k from orders \
           where paid_at is not null and mode <> 'free' and (trial_days is null or paid_minor > 0) and state <> 'refunded' \
             and dispute is distinct from 'lost' group by 1, 2, 3, 4, 5",
    ],
];

async fn agree(shop: &Shop, after: &str) {
    for [kept, there] in SUMS {
        let some = |rows: &str| {
            format!(
                "select * from ({rows}) r where abs(a) + abs(b) + abs(c) + abs(d) + abs(e) + f + g + h + i + abs(j) + abs(k) <> 0"
            )
        };
        let (kept, there) = (some(kept), some(there));
        for (one, other) in [(&kept, &there), (&there, &kept)] {
            let missing = format!("select count(*) as n from ({one} except {other}) m");
            assert_eq!(shop.database().count(&missing).await, 0, "after {after}: {missing}");
        }
    }
}

async fn merge(shop: &Shop) -> usize {
    let mut tx = shop.world.app.db.begin(&Actor::system(System::Payments)).await.unwrap();
    let merged = sums::merge(&mut tx, 1_000).await.unwrap();
    tx.commit().await.unwrap();
    merged
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_those_of_the_ledger_and_the_orders_whatever_happens_and_however_they_are_put_together() {
    let shop = busy().await;
    agree(&shop, "a small shop").await;
    shop.sql(
        "insert into promotions (guild_id, number, kind, percent_hundredths, cap_hundredths, currency, target, code, starts_at, ends_at,
             uses_held, made_by, reason, request, state, started_at, created_at, updated_at)
         values (7, 1, 'manual', 2000, 3000, 'eur', 'plan/pro', 'NOEL20', '2026-11-20T00:00Z', '2026-12-01T00:00Z', 1, 22, 'Noël', 'p1',
             'active', '2026-11-20T00:00Z', '2026-11-20T00:00Z', '2026-11-20T00:00Z')",
    )
    .await;
    for change in [
        "insert into promotion_uses values (7, 5, 1, 10, 'reserved', 200, 'eur', now(), now())",
        "update promotion_uses set state = 'used' where order_number = 5",
        "update orders set refunded_minor = 500 where number = 5",
        "update orders set dispute = 'open' where number = 2",
        "update orders set dispute = 'lost', refunded_minor = paid_minor where number = 2",
        "update orders set dispute = 'won' where number = 2",
        "update orders set state = 'refunded' where number = 1",
        "update orders set paid_at = '2026-11-26T00:14:59.999Z', paid_minor = total_minor, state = 'fulfilled' where number = 3",
        "update orders set trial_days = 7, paid_minor = 0 where number = 4",
        "update orders set paid_minor = 999 where number = 4",
        "update orders set paid_at = null, refunded_minor = 0 where number = 5",
        "update orders set paid_at = '2026-11-26T00:15Z' where number = 5",
        "update promotion_uses set state = 'released' where order_number = 5",
        "update orders set updated_at = now()",
    ] {
        shop.sql(change).await;
        agree(&shop, change).await;
        if change.contains("lost") || change.contains("trial") {
            assert!(merge(&shop).await > 0);
            agree(&shop, "putting together").await;
        }
    }
    merge(&shop).await;
    assert_eq!(merge(&shop).await, 0, "nothing is left to put together");
    agree(&shop, "all of it").await;
    let twice = "select count(*) as n from (select from quarter_sums group by guild_id, currency, quarter having count(*) > 1) t";
    assert_eq!(shop.database().count(twice).await, 0);
}

#[test]
fn every_day_of_every_zone_begins_on_a_quarter_of_an_hour() {
    let (first, last): (Timestamp, Timestamp) =
        ("2000-01-01T00:00:00Z".parse().unwrap(), "2200-12-31T00:00:00Z".parse().unwrap());
    let mut zones = 0;
    for name in tz::db().available() {
        let zone = TimeZone::get(name.as_str()).unwrap();
        let mut offset = zone.to_offset(first);
        assert_eq!(offset.seconds() % 900, 0, "{name}");
        for change in zone.following(first).take_while(|change| change.timestamp() < last) {
            // Some end a list of changes with one that changes nothing.
            if change.offset() != offset {
                offset = change.offset();
                assert_eq!(offset.seconds() % 900, 0, "{name} at {}", change.timestamp());
                // Where clocks are changed at a minute past midnight, the day has begun before.
                let day = change.timestamp().to_zoned(zone.clone()).start_of_day().unwrap();
                for day in [day.clone(), day.tomorrow().unwrap().start_of_day().unwrap()] {
                    assert_eq!(day.timestamp().as_second() % 900, 0, "{name} on {day}");
                }
            }
        }
        zones += 1;
    }
    assert!(zones > 300, "{zones}");
}
