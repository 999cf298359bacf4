//! Promotions: what comes off a price, for whom, for how long; and what members get for recommending the shop.
//!
//! Pure rules: `discount` (how much comes off), `caps` (what may be promised at all, whoever asks), `pick` (which promotion a
//! buyer gets), `code` and `target` (what is typed). On a transaction: `best` finds the reduction of an order, `uses` takes and
//! gives back, `service` makes and stops, `prices` keeps the history of what was asked, `effects` tells what one would do, `effect` adds up
//! what they did, `schedule` acts when times come,
//! `credits` spends what members got, `coupons` makes a code for one person. Promotions and credits never add up: a buyer gets one, the best. It sells nothing and tells nobody: that is the shop's.

mod best;
mod caps;
mod code;
pub mod coupons;
pub mod credits;
mod discount;
pub mod effect;
pub mod effects;
mod kinds;
mod pick;
mod prices;
pub mod reading;
pub mod referrals;
pub mod reminders;
pub mod schedule;
pub mod service;
mod store;
mod target;
mod uses;

pub use best::{Ask, best, check_code, kept, remember};
pub use caps::{BUSY_PERCENT, COOLDOWN, LONGEST, PromotionRules, Run, WINDOW, is_too_busy, is_too_soon};
pub use code::PromoCode;
pub use discount::{Capped, Discount, least};
pub use kinds::{Ending, PromotionKind, PromotionState, ReferralState};
pub use pick::{Candidate, Pick, Refusal, pick};
pub use prices::{Announced, Offers, announced, read_offers, record};
pub use service::{NewPromotion, Preview};
pub use target::{Aim, Target};
pub use uses::{Use, give_back, give_back_later, take, take_again, use_up};

use crate::db::Tx;
use crate::domain::notifications::events::{self, Figures};
use crate::kernel::{Currency, GuildId, Money, Percent, UserId};
use jiff::Timestamp;

/// What comes off an order's price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reduction {
    /// The promotion's number; `None`: it is the member's own credit.
    pub promotion: Option<i64>,
    /// How much.
    pub amount: Money,
    /// The code that was typed or remembered.
    pub code: Option<String>,
    /// The lowest that was asked for one unit in the 30 days before a promotion that runs by itself: it is announced from no
    /// higher price. `None` where none runs.
    pub lowest: Option<Money>,
}

/// A promotion as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promotion {
    /// The guild.
    pub guild: GuildId,
    /// Its number in that guild.
    pub number: i64,
    /// What it is for.
    pub kind: PromotionKind,
    /// What comes off.
    pub discount: Discount,
    /// The largest part of a price that an amount may take off, as the rules were when it was made.
    pub cap: Percent,
    /// The currency of its amounts.
    pub currency: Currency,
    /// What it is on.
    pub target: Target,
    /// The code to type; `None`: it applies by itself.
    pub code: Option<PromoCode>,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// How often it may be used in all.
    pub uses_allowed: Option<i64>,
    /// How often it is reserved or used.
    pub uses_held: i64,
    /// How often one member may use it.
    pub uses_per_member: Option<i64>,
    /// Whether it is for a member's first purchase only.
    pub first_purchase: bool,
    /// What it may cost in all.
    pub budget: Option<Money>,
    /// What it has cost: reserved and used.
    pub spent: Money,
    /// Who made it.
    pub made_by: UserId,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: PromotionState,
    /// Whether it is one person's alone, as a prize is.
    pub personal: bool,
    /// Why it is over.
    pub ending: Option<Ending>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

impl Promotion {
    /// Whether everybody gets it without doing anything: then it is a price reduction that is announced (Directive 98/6/EC,
    /// article 6a). One for first purchases is not: it depends on who buys.
    pub const fn is_public(&self) -> bool {
        self.code.is_none() && !self.first_purchase
    }

    /// Adds what became of it to the event log at the commit; of one person's, the number isn't told.
    fn tell(&self, tx: &mut Tx, kind: &'static str, now: Timestamp) {
        let figures = Figures { number: (!self.personal).then_some(self.number), ..Figures::default() };
        events::tell(tx, self.guild, kind, figures, now);
    }
}
