//! From a payment at the local Stripe to the access: how long until the entitlement is committed, and until the member holds
//! the role in the local Discord. What lies between is all real: the signed event over a socket, its row, the look at Stripe
//! over another socket, the order's settling, the outbox, Discord's REST API.

use crate::buy::Buyer;
use crate::report::Access;
use crate::support::Outcome;
use crate::support::cpu::Cost;
use crate::support::figures::Figures;
use crate::support::server::Server;
use crate::till::Till;
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use shellia::sandbox::stripe::How;
use std::collections::HashMap;
use std::time::{Duration, Instant};
use tokio::time::sleep_until;

/// Purchases that are paid in a second.
pub(crate) const RATE: u32 = 10;
/// How often it is looked whether access was granted: no figure is more exact.
pub(crate) const LOOK: Duration = Duration::from_millis(5);
/// How long access may take.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(QueryableByName)]
struct Holder {
    #[diesel(sql_type = BigInt)]
    user_id: i64,
}

/// What is waited for.
#[derive(Default)]
struct Waiting {
    entitlement: HashMap<u64, Instant>,
    role: HashMap<u64, Instant>,
    granted: Vec<Duration>,
    given: Vec<Duration>,
}

/// Measures so many purchases by as many members, half of them subscriptions.
pub(crate) async fn measure(server: &Server, till: &Till, purchases: usize) -> Outcome<Access> {
    eprintln!("access of {purchases} purchases");
    let mut sessions = Vec::with_capacity(purchases);
    for (n, user) in till.members.iter().copied().skip(1).take(purchases).enumerate() {
        let buyer = Buyer { guild: till.guild, user, subscribes: n % 2 == 1 };
        sessions.push((user, till.session(&buyer).await?));
    }
    let mut owner = server.owner().await?;
    let stripe = till.sandbox.stripe();
    let mut waiting = Waiting::default();
    let start = Instant::now();
    for (n, (user, session)) in sessions.iter().enumerate() {
        let due = start + Duration::from_secs(1) * u32::try_from(n)? / RATE;
        while Instant::now() < due {
            waiting.look(till, &mut owner).await?;
            sleep_until((Instant::now() + LOOK).min(due).into()).await;
        }
        let paid = Instant::now();
        stripe.pay(session, How::Card).map_err(|refused| refused.error)?;
        waiting.entitlement.insert(*user, paid);
        waiting.role.insert(*user, paid);
    }
    let last = Instant::now();
    while !waiting.entitlement.is_empty() || !waiting.role.is_empty() {
        if last.elapsed() > PATIENCE {
            let (access, role) = (waiting.entitlement.len(), waiting.role.len());
            return Err(format!("{access} members have no access and {role} no role").into());
        }
        waiting.look(till, &mut owner).await?;
        sleep_until((Instant::now() + LOOK).into()).await;
    }
    let took = start.elapsed();
    let figures = |latencies| Figures::of(latencies, took, Cost::default());
    Ok(Access { granted: figures(waiting.granted), given: figures(waiting.given) })
}

impl Waiting {
    /// Looks who has got what he waits for.
    async fn look(&mut self, till: &Till, owner: &mut AsyncPgConnection) -> Outcome<()> {
        if !self.entitlement.is_empty() {
            let users = self.entitlement.keys().map(|user| i64::try_from(*user)).collect::<Result<Vec<_>, _>>()?;
            let query = "select user_id from entitlements where guild_id = $1 and user_id = any($2)";
            let held: Vec<Holder> = diesel::sql_query(query)
                .bind::<BigInt, _>(i64::try_from(till.guild)?)
                .bind::<Array<BigInt>, _>(users)
                .get_results(owner)
                .await?;
            for holder in held {
                let paid = self.entitlement.remove(&u64::try_from(holder.user_id)?);
                self.granted.extend(paid.map(|paid| paid.elapsed()));
            }
        }
        let holds =
            |user: &u64| till.sandbox.member_roles(till.guild, *user).is_some_and(|all| all.contains(&till.role));
        let given = &mut self.given;
        self.role.retain(|user, paid| {
            let holds = holds(user);
            given.extend(holds.then(|| paid.elapsed()));
            !holds
        });
        Ok(())
    }
}
