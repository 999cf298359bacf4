//! Exports as CSV for spreadsheets: UTF-8 with a byte order mark, lines that end as RFC 4180 says.
//!
//! In French, cells are parted by semicolons and decimals by commas, as a French spreadsheet reads them; in English, commas
//! and points. A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection");
//! amounts are numbers of our own making and stay as they are. What stands for something is said in the reader's words; the
//! last columns hold it in the program's own, with headings that are the same in every language, for formulas. Ids of people have
//! `id:` before them, because a spreadsheet rounds numbers of eighteen digits.

use crate::domain::analytics::{LedgerLine, OrderLine};
use crate::kernel::error::Context;
use crate::kernel::words::Speech;
use crate::kernel::{Balance, Locale, Result};
use jiff::Timestamp;
use jiff::tz::TimeZone;

const LEDGER: Head = Head {
    words: &["at", "txn", "account", "amount", "currency", "order", "subscription", "customer"],
    codes: &["txn", "account"],
};
const ORDERS: Head = Head { words: &ORDER_WORDS, codes: &["item", "state", "dispute"] };
const ORDER_WORDS: [&str; 17] = [
    "number",
    "created",
    "paid-at",
    "state",
    "title",
    "quantity",
    "currency",
    "list",
    "discount",
    "total",
    "paid",
    "refunded",
    "dispute",
    "buyer",
    "buyer-id",
    "recipient",
    "recipient-id",
];

/// The columns of a file: those in the reader's words, and behind them those in the program's.
struct Head {
    words: &'static [&'static str],
    codes: &'static [&'static str],
}

/// How one reader's file is written.
pub(super) struct Format<'a> {
    pub say: Speech<'a>,
    pub zone: &'a TimeZone,
}

impl Format<'_> {
    /// The ledger's lines as a file.
    pub(super) fn ledger(&self, lines: &[LedgerLine]) -> Result<Vec<u8>> {
        self.file(&LEDGER, lines, |line| {
            vec![
                self.time(line.at),
                self.word("txn", line.txn.split('/').next().unwrap_or_default()),
                self.word("account", &line.account),
                self.amount(line.amount),
                line.amount.currency.code().to_uppercase(),
                line.order.map(|order| order.to_string()).unwrap_or_default(),
                plain(line.subscription.as_deref().unwrap_or_default()),
                line.customer.map(person).unwrap_or_default(),
                plain(&line.txn),
                plain(&line.account),
            ]
        })
    }

    /// Orders as a file.
    pub(super) fn orders(&self, lines: &[OrderLine]) -> Result<Vec<u8>> {
        self.file(&ORDERS, lines, |line| {
            let [list, discount, total, paid, refunded] = line.amounts.map(|amount| self.amount(amount));
            let [buyer, recipient] = &line.people;
            let [first, ..] = line.amounts;
            vec![
                line.number.to_string(),
                self.time(line.created_at),
                line.paid_at.map(|at| self.time(at)).unwrap_or_default(),
                self.state(line),
                plain(&line.title),
                line.quantity.to_string(),
                first.currency.code().to_uppercase(),
                list,
                discount,
                total,
                paid,
                refunded,
                line.dispute.as_deref().map(|word| self.word("dispute", word)).unwrap_or_default(),
                plain(&buyer.name),
                person(buyer.id),
                plain(&recipient.name),
                person(recipient.id),
                plain(&line.item),
                plain(&line.state),
                plain(line.dispute.as_deref().unwrap_or_default()),
            ]
        })
    }

    fn file<T>(&self, head: &Head, lines: &[T], cells: impl Fn(&T) -> Vec<String>) -> Result<Vec<u8>> {
        let delimiter = match self.say.locale {
            Locale::Fr => b';',
            Locale::En => b',',
        };
        // Excel takes a file without the mark for an old code page.
        let marked = Vec::from("\u{FEFF}");
        let mut file =
            csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(marked);
        let zone = self.zone.iana_name().unwrap_or("UTC");
        let title = |name: &&str| self.say.with(&format!("figures-column-{name}"), &[("zone", zone.into())]);
        let codes = head.codes.iter().map(|code| (*code).to_owned());
        file.write_record(head.words.iter().map(title).chain(codes)).internal("writing an export")?;
        for line in lines {
            file.write_record(cells(line)).internal("writing an export")?;
        }
        file.into_inner().map_err(|error| error.into_error()).internal("writing an export")
    }

    /// What a word of the program means; one that is not known stays.
    fn word(&self, of: &str, code: &str) -> String {
        self.say.find(&format!("figures-{of}-{code}"), &[]).unwrap_or_else(|| plain(code))
    }

    /// Where an order stands: of a trial, whether anything was paid; of what was paid, whether a part of it went back.
    fn state(&self, line: &OrderLine) -> String {
        let [.., paid, refunded] = line.amounts;
        let state = match line.state.as_str() {
            "fulfilled" if line.trial && paid.minor == 0 => "trial-unpaid",
            "pending" if line.trial => "trial-pending",
            "fulfilled" if refunded.minor > 0 => "fulfilled-part",
            state => state,
        };
        self.say.find(&format!("order-state-{state}"), &[]).unwrap_or_else(|| plain(&line.state))
    }

    fn time(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    fn amount(&self, amount: Balance) -> String {
        amount.decimal(match self.say.locale {
            Locale::Fr => ',',
            Locale::En => '.',
        })
    }
}

fn person(id: i64) -> String {
    format!("id:{id}")
}

/// A text that no spreadsheet takes for a formula.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '|', '%', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::analytics::OrderPerson;
    use crate::domain::shop::OrderState;
    use crate::kernel::Currency;
    use crate::kernel::words::Words;

    fn order(title: &str) -> OrderLine {
        OrderLine {
            number: 1,
            created_at: "2026-03-29T01:30:00Z".parse().unwrap(),
            paid_at: None,
            state: "fulfilled".into(),
            item: "product/jeu/standard".into(),
            title: title.into(),
            quantity: 2,
            amounts: [998, 0, 998, 998, 100].map(|minor| Balance::new(minor, Currency::EUR)),
            dispute: None,
            trial: false,
            people: [(123_456_789_012_345_678, "Marie"), (11, "=Jean")]
                .map(|(id, name)| OrderPerson { id, name: name.into() }),
        }
    }

    fn written(locale: Locale, title: &str) -> String {
        let words = Words::new();
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let format = Format { say: words.speak(locale), zone: &zone };
        String::from_utf8(format.orders(&[order(title)]).unwrap()).unwrap()
    }

    #[test]
    fn a_trial_that_nobody_paid_is_not_paid_and_a_part_that_went_back_is_said() {
        let words = Words::new();
        let format = Format { say: words.speak(Locale::En), zone: &TimeZone::UTC };
        let state = |state: &str, trial, [paid, refunded]: [i64; 2]| {
            let mut line = OrderLine { state: state.into(), trial, ..order("Pro") };
            line.amounts = [998, 0, 998, paid, refunded].map(|minor| Balance::new(minor, Currency::EUR));
            format.state(&line)
        };
        assert_eq!(state("fulfilled", true, [0, 0]), "Free trial, nothing paid");
        assert_eq!(state("pending", true, [0, 0]), "Trial not begun yet");
        assert_eq!(state("fulfilled", true, [998, 0]), "Paid and delivered");
        assert_eq!(state("fulfilled", false, [998, 100]), "Delivered, refunded in part");
        assert_eq!(state("refunded", false, [998, 998]), "Refunded");
    }

    #[test]
    fn each_language_gets_the_file_that_its_spreadsheet_reads() {
        let (fr, en) = (written(Locale::Fr, "Jeu; \"de luxe\""), written(Locale::En, "Game, deluxe"));
        assert!(fr.starts_with('\u{FEFF}') && en.starts_with('\u{FEFF}'));
        let fr_line = "1;2026-03-29 03:30:00;;Livrée, remboursée en partie;\"Jeu; \"\"de luxe\"\"\";2;EUR;9,98;0,00;9,98;9,98;1,00;;\
                       Marie;id:123456789012345678;'=Jean;id:11;product/jeu/standard;fulfilled;\r\n";
        assert_eq!(fr.split_once("\r\n").map(|parts| parts.1), Some(fr_line));
        let en_line = "1,2026-03-29 03:30:00,,\"Delivered, refunded in part\",\"Game, deluxe\",2,EUR,9.98,0.00,9.98,9.98,1.00,,\
                       Marie,id:123456789012345678,'=Jean,id:11,product/jeu/standard,fulfilled,\r\n";
        assert_eq!(en.split_once("\r\n").map(|parts| parts.1), Some(en_line));
    }

    #[test]
    fn every_word_of_the_books_is_said_in_each_language() {
        let words = Words::new();
        let states = OrderState::ALL.iter().map(|state| format!("order-state-{}", state.as_str()));
        let accounts =
            ["provider", "revenue", "fees", "refunds", "disputes", "tax"].map(|one| format!("figures-account-{one}"));
        let kinds = ["sale", "fee", "refund", "refund-failed", "dispute", "dispute-won"]
            .map(|one| format!("figures-txn-{one}"));
        let disputes = ["open", "won", "lost"].map(|one| format!("figures-dispute-{one}"));
        for id in states.chain(accounts).chain(kinds).chain(disputes) {
            for locale in Locale::ALL {
                assert!(words.speak(locale).find(&id, &[]).is_some(), "{locale:?} lacks {id}");
            }
        }
    }

    #[test]
    fn no_text_becomes_a_formula() {
        for title in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1"] {
            assert!(written(Locale::Fr, title).contains(&format!("'{title}")), "{title}");
        }
        assert_eq!(plain("Pro - mois"), "Pro - mois");
    }
}
