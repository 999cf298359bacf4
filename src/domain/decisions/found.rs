//! Everything that the recognisers find in a sentence, each token taken by at most one of them.

use super::catalogue::Catalogue;
use super::kinds::Reason;
use super::sentence::Sentence;
use super::slots::{Audience, Compare, Metric, Period, Target};
use super::when::Clock;
use super::{counts, figures, metrics, names, prize, rest, spans, turns, values};
use jiff::Timestamp;

/// What is in a sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// Hundredths of a percent, in their order.
    pub(super) percents: Vec<i64>,
    /// Minor units of the shop's currency.
    pub(super) amounts: Vec<i64>,
    /// Whether an amount of another currency is there.
    pub(super) foreign: bool,
    /// Whether a number has two readings.
    pub(super) doubtful: bool,
    /// Whether there are more values than one may choose between: a range.
    pub(super) range: bool,
    /// Lengths in minutes.
    pub(super) lengths: Vec<i64>,
    /// Ends.
    pub(super) ends: Vec<Result<Timestamp, Reason>>,
    /// Whether a length is said without a number.
    pub(super) vague: bool,
    /// Whether it is to begin later.
    pub(super) later: bool,
    /// A day that nothing announces as an end.
    pub(super) bare_day: Option<Result<Timestamp, Reason>>,
    /// Whether nothing would be left to pay.
    pub(super) free: bool,
    /// Whether it is to add up with others.
    pub(super) stacking: bool,
    /// Whether it is to have no end.
    pub(super) endless: bool,
    /// What it is on.
    pub(super) targets: Vec<Target>,
    /// Whether a plan or product is named that isn't known.
    pub(super) unknown: bool,
    /// Whether a name stands behind a promotion that nothing of ours bears.
    pub(super) stray: bool,
    /// Whom it is for.
    pub(super) audience: Option<Audience>,
    /// Whether it is for one person, which nothing is.
    pub(super) someone: bool,
    /// The code.
    pub(super) code: Option<String>,
    /// What may be the name of a code of a promotion that there is.
    pub(super) loud: Option<String>,
    /// Whether a code is wanted and not named.
    pub(super) nameless_code: bool,
    /// How often it may be used.
    pub(super) max_uses: Option<u32>,
    /// How many win.
    pub(super) winners: Option<u32>,
    /// At how many members it begins.
    pub(super) milestone: Option<u32>,
    /// What is won, as it was written.
    pub(super) prize: Option<String>,
    /// Whether there would be more to pay.
    pub(super) raises: bool,
    /// Whether an amount is what is to be paid, and not what comes off.
    pub(super) priced: bool,
    /// Whether it may be meant otherwise: a discount and more of it, something laughed at.
    pub(super) unclear: bool,
    /// Whether there is a limit or an exception that no slot holds.
    pub(super) limit: bool,
    /// Whether a number is a sum or below zero.
    pub(super) reckoned: bool,
    /// Numbers of plans, promotions, giveaways.
    pub(super) refs: Vec<u64>,
    /// Where the title of a promotion ends that begins the sentence: "Black Friday :".
    pub(super) title: usize,
    /// Numbers that nothing else took.
    pub(super) bare: Vec<i64>,
    /// The figure that is asked for.
    pub(super) metric: Option<Metric>,
    /// Whether more periods are named than one and another to compare.
    pub(super) two_periods: bool,
    /// Of when.
    pub(super) period: Option<Period>,
    /// Which of a plan's prices.
    pub(super) billing: Option<Period>,
    /// Beside what.
    pub(super) compare: Option<Compare>,
}

/// Reads a sentence; the order matters, since what takes a word first keeps it.
pub(super) fn read(s: &mut Sentence, catalogue: &Catalogue, clock: &Clock) -> Found {
    let mut found = Found::default();
    super::occasion::title(s, clock, &mut found);
    names::audience(s, catalogue, &mut found);
    counts::refs(s, &mut found);
    counts::code(s, &mut found);
    counts::uses(s, &mut found);
    counts::milestone(s, &mut found);
    counts::winners(s, &mut found);
    prize::prize(s, &mut found);
    figures::periods(s, clock, &mut found);
    spans::endless(s, &mut found);
    values::free_and_stacking(s, &mut found);
    values::percents(s, &mut found);
    values::amounts(s, catalogue, &mut found);
    spans::ends(s, clock, &mut found);
    spans::lengths(s, clock, &mut found);
    spans::soft_ends(s, clock, &mut found);
    names::targets(s, catalogue, &mut found);
    counts::bare_code(s, &mut found);
    metrics::metric(s, &mut found);
    found.someone = s.tokens.iter().any(|token| {
        token.kind == super::token::Kind::Mention
            && !matches!(token.text.as_str(), "@everyone" | "@here")
            && !token.text.starts_with("<#")
    });
    rest::read(s, &mut found);
    turns::read(s, catalogue, &mut found);
    let bare = s.tokens.iter().filter(|token| !token.taken && !found.reckoned);
    found.bare = bare.filter_map(|token| token.hundredths).collect();
    found
}
