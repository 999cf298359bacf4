//! The words of the notices, in French, and one in English.

use jiff::Timestamp;
use shellia::commands::purchases::notices::{self, Wrong};
use shellia::commands::purchases::renewals::{self, Now};
use shellia::domain::payments::{CustomerId, DisputeState};
use shellia::domain::shop::invoices::Payment;
use shellia::domain::shop::orders::course::Changed;
use shellia::domain::shop::orders::gifts::Gift;
use shellia::domain::shop::orders::reading::Consent;
use shellia::domain::shop::orders::{Item, Order};
use shellia::domain::shop::reclaims::Short;
use shellia::domain::shop::roles::RoleState;
use shellia::domain::shop::subscriptions::Subscription;
use shellia::domain::shop::{Mode, OrderState, Period, SubscriptionState, Trouble};
use shellia::kernel::reply::Reply;
use shellia::kernel::words::Words;
use shellia::kernel::{Currency, GuildId, Locale, Money, RoleId, UserId};
use std::fmt::Write;

/// A reply as somebody reads it, with what its buttons do.
pub fn plain(reply: &Reply) -> String {
    let mut text = reply.text.clone();
    for card in &reply.cards {
        write!(text, "\n┃ {}", card.title).unwrap();
        for line in card.body.lines() {
            write!(text, "\n┃ {line}").unwrap();
        }
        for field in &card.fields {
            write!(text, "\n┃ {}: {}", field.name, field.value).unwrap();
        }
        if !card.footer.is_empty() {
            write!(text, "\n┃ {}", card.footer).unwrap();
        }
    }
    for button in &reply.buttons {
        write!(text, "\n[{} {}] → {}", button.emoji, button.label, button.action).unwrap();
    }
    text
}

/// Each of the words stands there, and each of the others doesn't.
#[track_caller]
pub fn says(text: &str, words: &[&str], others: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word}: {text}");
    }
    for word in others {
        assert!(!text.contains(word), "{word}: {text}");
    }
}

fn money(minor: i64) -> Money {
    Money::new(minor, Currency::EUR).unwrap()
}

fn order() -> Order {
    Order {
        guild: GuildId::new(7).unwrap(),
        number: 12,
        buyer: UserId::new(50).unwrap(),
        recipient: UserId::new(50).unwrap(),
        locale: Locale::Fr,
        item: Item::Plan { code: "pro".into(), period: Period::Month },
        mode: Mode::Subscription,
        trial_days: Some(3),
        quantity: 1,
        title: "Pro".into(),
        list: money(999),
        discount: money(0),
        before: None,
        total: money(999),
        promotion: None,
        state: OrderState::Fulfilled,
        trouble: None,
        stock_round: None,
        reserved: true,
        checkout_key: "k".into(),
        session: None,
        checkout_url: None,
        payment: None,
        subscription: None,
        paid_minor: 999,
        refunded_minor: 0,
        refund_returned: false,
        dispute: None,
        expires_at: None,
        created_at: Timestamp::UNIX_EPOCH,
        paid_at: Some(Timestamp::UNIX_EPOCH),
        fulfilled_at: Some(Timestamp::UNIX_EPOCH),
    }
}

fn gift() -> Order {
    let item = Item::Product { code: "ebook".into(), variant: "standard".into() };
    let title = "Le guide *complet*".to_owned();
    let (mode, recipient) = (Mode::Payment, UserId::new(60).unwrap());
    Order {
        item,
        title,
        mode,
        recipient,
        trial_days: None,
        quantity: 2,
        discount: money(100),
        total: money(899),
        ..order()
    }
}

fn given(order: &Order) -> Gift {
    Gift {
        guild: order.guild,
        number: order.number,
        giver: order.buyer,
        recipient: order.recipient,
        title: order.title.clone(),
        quantity: order.quantity,
        period: None,
        given_at: Timestamp::UNIX_EPOCH,
        revoked_at: None,
        suspended_at: None,
    }
}

fn all(locale: Locale) -> String {
    let words = Words::new();
    let say = words.speak(locale);
    let (order, gift) = (order(), gift());
    let consent = Consent { version: "1".into(), at: Timestamp::UNIX_EPOCH };
    let stuck = Order { state: OrderState::Paid, trouble: Some(Trouble::OutOfStock), ..gift.clone() };
    let part = Order { refunded_minor: 300, ..order.clone() };
    let back = Order { refunded_minor: 999, state: OrderState::Refunded, ..order.clone() };
    let wrong = [
        Wrong::Stuck(Trouble::AmountDiffers),
        Wrong::Disputed(DisputeState::Open),
        Wrong::RefundFailed,
        Wrong::RefundReturned,
        Wrong::RunsOn,
    ];
    let euros = |minor: i64| Money::new(minor, Currency::EUR).unwrap();
    let customer = CustomerId("cus_1".to_owned());
    let short = Short { customer, missing: euros(999), owed: euros(100), late: true };
    let role = RoleId::new(90).unwrap();
    let found = Subscription {
        id: "sub_1".into(),
        user: order.buyer,
        order: Some(12),
        plan: "pro".into(),
        period: Period::Month,
        state: SubscriptionState::Active,
        price: money(999),
        line: None,
        period_start: None,
        period_end: Timestamp::UNIX_EPOCH,
        ends_with_period: false,
        trial_end: Some(Timestamp::UNIX_EPOCH),
        owes: false,
    };
    let trying = Subscription { state: SubscriptionState::Trialing, ..found.clone() };
    let ending = Subscription { ends_with_period: true, ..found.clone() };
    let now = Now { order: &order, found: &found, plan: "Pro" };
    let url = Some("https://pay.example/in_1".to_owned());
    let paid = Payment { id: "pi_1".into(), amount: money(999), at: Timestamp::UNIX_EPOCH, url };
    let change =
        Changed { at: Timestamp::UNIX_EPOCH, item: "plan/pro/month".into(), consent: Some("1-change".to_owned()) };
    let replies = [
        notices::done(&say, &order, None, false),
        notices::done(&say, &order, None, true),
        notices::done(
            &say,
            &Order { trial_days: None, discount: money(200), total: money(799), ..order.clone() },
            None,
            false,
        ),
        notices::done(&say, &gift, Some(&consent), false),
        notices::gift(&say, &given(&gift), false),
        notices::gift(&say, &given(&gift), true),
        notices::trouble(&say, &stuck, Trouble::OutOfStock),
        notices::refunded(&say, &part),
        notices::refunded(&say, &back),
        notices::disputed(&say, &order, (DisputeState::Open, false)),
        notices::disputed(&say, &gift, (DisputeState::Open, false)),
        notices::disputed(&say, &order, (DisputeState::Won, true)),
        notices::disputed(&say, &gift, (DisputeState::Won, true)),
        notices::disputed(&say, &order, (DisputeState::Won, false)),
        notices::disputed(&say, &order, (DisputeState::Lost, false)),
        notices::disputed(&say, &gift, (DisputeState::Lost, false)),
        notices::left(&say, &Order { expires_at: Some(Timestamp::UNIX_EPOCH), ..gift.clone() }),
        notices::renewal_failed(&say, &order, Some(Timestamp::UNIX_EPOCH)),
        notices::access_ended(&say, order.guild, Some((order.number, &order.title)), None),
        notices::access_ended(&say, order.guild, None, None),
        notices::sale(&say, &gift, None),
        notices::order_alert(&say, &stuck, &wrong, Some(&short)),
        notices::role_alert(&say, role, RoleState::TooLow, (3, 0)),
        notices::role_alert(&say, role, RoleState::NoPermission, (1, 1)),
        notices::role_alert(&say, role, RoleState::Gone, (3, 1)),
        notices::role_alert(&say, role, RoleState::Gone, (3, 2)),
        renewals::trial_ends(&say, now),
        renewals::trial_paid(&say, now, &paid),
        renewals::plan_changed(&say, now, (Some(&paid), Some(&change)), None),
        renewals::plan_changed(&say, Now { found: &trying, ..now }, (None, Some(&change)), None),
        renewals::plan_changed(&say, Now { found: &ending, ..now }, (None, None), Some(paid.amount)),
        renewals::plan_changed(&say, now, (None, None), Some(paid.amount)),
        renewals::plan_changed(&say, now, (None, None), None),
        renewals::plan_broken(&say, now),
        renewals::plan_withheld(&say, now),
    ];
    replies.iter().map(plain).collect::<Vec<_>>().join("\n————\n")
}

#[test]
fn the_notices_in_french() {
    insta::assert_snapshot!(all(Locale::Fr));
}

#[test]
fn the_notices_in_english() {
    insta::assert_snapshot!(all(Locale::En));
}

#[test]
fn a_gift_is_told_of_without_its_price() {
    let words = Words::new();
    for locale in Locale::ALL {
        let told = plain(&notices::gift(&words.speak(locale), &given(&gift()), false));
        for price in ["8", "9,99", "€", "EUR"] {
            assert!(!told.replace("<@50>", "").contains(price), "{told}");
        }
    }
}

#[test]
fn every_button_of_a_notice_is_short_enough_for_discord() {
    let words = Words::new();
    let far = Order { number: i64::MAX, guild: GuildId::new(i64::MAX.unsigned_abs()).unwrap(), ..order() };
    let reply = notices::done(&words.speak(Locale::Fr), &far, None, false);
    assert!(reply.buttons.iter().all(|button| button.action.to_string().len() <= 100));
}
