//! The closed lists of the shop: states of orders and subscriptions, periods, kinds of products, sources of entitlements.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp, ToSpan};

/// Gives an enum its words in the database.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word kept in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

pub(super) use words;

words! {
    /// Where an order stands.
    OrderState {
        /// Reserved, to be paid.
        Pending = "pending",
        /// The buyer went through with it; the money is on its way.
        Awaiting = "awaiting",
        /// The money is here and the goods could not be handed over; its problem says why.
        Paid = "paid",
        /// Paid and handed over.
        Fulfilled = "fulfilled",
        /// Not paid in time.
        Expired = "expired",
        /// Given up by the buyer, or overtaken by another order.
        Canceled = "canceled",
        /// The money did not come.
        Failed = "failed",
        /// All of the money went back.
        Refunded = "refunded",
    }
}

impl OrderState {
    /// Whether it waits for money and holds what it reserved.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Pending | Self::Awaiting)
    }
}

words! {
    /// Why a paid order was not handed over.
    Trouble {
        /// The provider took another amount or currency than was agreed.
        AmountDiffers = "amount_differs",
        /// Its reservation had ended and the last one was sold meanwhile.
        OutOfStock = "out_of_stock",
        /// Another checkout of the same member for a plan was paid first.
        Double = "double",
        /// The plan or product was removed for good.
        Gone = "gone",
        /// Its card had a free trial already, as somebody else's.
        TrialUsed = "trial_used",
        /// Who would get it had it for good by then, or by a subscription that runs.
        InVain = "in_vain",
        /// The role that it gives was deleted.
        RoleGone = "role_gone",
        /// Who was to get the gift has left the guild.
        Left = "left",
        /// Its reservation had ended, and its buyer has bought as many by then as one may.
        MemberLimit = "member_limit",
    }
}

words! {
    /// How an order is paid.
    Mode {
        /// Once.
        Payment = "payment",
        /// Every period.
        Subscription = "subscription",
        /// Not at all.
        Free = "free",
    }
}

words! {
    /// How long a plan is paid for at a time.
    Period {
        /// A month.
        Month = "month",
        /// A year.
        Year = "year",
    }
}

impl Period {
    fn span(self) -> Span {
        match self {
            Self::Month => 1.month(),
            Self::Year => 1.year(),
        }
    }

    /// A month or a year later by the calendar, in UTC as the provider counts.
    pub fn after(self, from: Timestamp) -> Option<Timestamp> {
        from.to_zoned(TimeZone::UTC).checked_add(self.span()).ok().map(|later| later.timestamp())
    }

    /// A month or a year earlier.
    pub fn before(self, until: Timestamp) -> Option<Timestamp> {
        until.to_zoned(TimeZone::UTC).checked_sub(self.span()).ok().map(|earlier| earlier.timestamp())
    }
}

words! {
    /// What a product hands over.
    ProductKind {
        /// A Discord role.
        Role = "role",
        /// A licence key from stock.
        Key = "key",
        /// A file.
        File = "file",
        /// A text.
        Text = "text",
        /// Days of a plan.
        PlanDays = "plan_days",
    }
}

words! {
    /// The support that a plan brings, in rising order.
    Support {
        /// Among members.
        Community = "community",
        /// By the team.
        Normal = "normal",
        /// By the team, before others.
        Priority = "priority",
        /// By the team, before everybody.
        Vip = "vip",
    }
}

words! {
    /// What was done to the catalogue, as the audit keeps it.
    CatalogueDeed {
        /// The default catalogue was loaded.
        Loaded = "catalogue_loaded",
        /// The shop's currency changed.
        CurrencyChanged = "currency_changed",
        /// A plan was added.
        PlanAdded = "plan_added",
        /// Something of a plan changed.
        PlanEdited = "plan_edited",
        /// A plan is sold no more.
        PlanRemoved = "plan_removed",
        /// A product was added.
        ProductAdded = "product_added",
        /// Something of a product changed.
        ProductEdited = "product_edited",
        /// A product is sold no more.
        ProductRemoved = "product_removed",
        /// A variant was added.
        VariantAdded = "variant_added",
        /// The stock of a variant was set.
        StockSet = "stock_set",
        /// Keys were added.
        KeysAdded = "keys_added",
        /// Keys that nobody bought were taken back.
        KeysTakenBack = "keys_taken_back",
        /// What is handed over was set.
        ContentSet = "content_set",
    }
}

words! {
    /// What gave an entitlement.
    Source {
        /// A one-time payment, or a free order.
        Payment = "payment",
        /// A subscription.
        Subscription = "subscription",
        /// A member of staff.
        Grant = "grant",
        /// A giveaway.
        Prize = "prize",
    }
}

words! {
    /// How a subscription stands, in the provider's words (Stripe, "Subscription: status").
    SubscriptionState {
        /// The first payment is not made yet.
        Incomplete = "incomplete",
        /// The first payment was never made.
        IncompleteExpired = "incomplete_expired",
        /// In its trial.
        Trialing = "trialing",
        /// Paid.
        Active = "active",
        /// A renewal's payment failed and is tried again.
        PastDue = "past_due",
        /// Ended.
        Canceled = "canceled",
        /// A renewal was not paid after every try.
        Unpaid = "unpaid",
        /// Its trial ended without a card.
        Paused = "paused",
    }
}

impl SubscriptionState {
    /// Until when a subscription in this state gives access; `None`: it gives none.
    ///
    /// Trialing and active: until the period ends, and for `grace` longer where it renews, because the word of the renewal
    /// may come late. Past due: for `grace` from when it became so.
    pub fn access_until(
        self,
        period_end: Timestamp,
        ends_with_period: bool,
        past_due_since: Option<Timestamp>,
        grace: SignedDuration,
    ) -> Option<Timestamp> {
        let later = |from: Timestamp| from.checked_add(grace).unwrap_or(from);
        match self {
            Self::Trialing | Self::Active if ends_with_period => Some(period_end),
            Self::Trialing | Self::Active => Some(later(period_end)),
            Self::PastDue => past_due_since.map(later),
            Self::Incomplete | Self::IncompleteExpired | Self::Canceled | Self::Unpaid | Self::Paused => None,
        }
    }

    /// Whether it is over for good.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::IncompleteExpired | Self::Canceled)
    }

    /// Whether a payment that it needed did not come.
    pub const fn is_unpaid(self) -> bool {
        matches!(self, Self::PastDue | Self::Unpaid | Self::IncompleteExpired | Self::Canceled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_follows_the_state_of_a_subscription() {
        let day = |n: i64| Timestamp::from_second(n * 86_400).unwrap();
        let grace = SignedDuration::from_hours(72);
        let until = |state: SubscriptionState, ends: bool| state.access_until(day(30), ends, Some(day(30)), grace);
        assert_eq!(until(SubscriptionState::Active, false), Some(day(33)));
        assert_eq!(until(SubscriptionState::Active, true), Some(day(30)));
        assert_eq!(until(SubscriptionState::Trialing, false), Some(day(33)));
        assert_eq!(until(SubscriptionState::PastDue, false), Some(day(33)));
        for state in ["unpaid", "canceled", "incomplete", "incomplete_expired", "paused"] {
            assert_eq!(until(SubscriptionState::from_word(state).unwrap(), false), None, "{state}");
        }
    }
}
