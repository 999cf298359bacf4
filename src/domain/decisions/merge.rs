//! What was said before, with what is said now in its place.

use super::draft::Draft;
use super::found::Found;
use super::kinds::Intent;
use super::sentence::Sentence;

/// What was said before with what is said now in its place; `None` where nothing is.
pub(super) fn over(s: &Sentence, now: &Found, before: &Draft) -> Option<Draft> {
    let mut merged = before.clone();
    let found = &mut merged.found;
    let mut says = false;
    // What says everything anew leaves nothing of what was doubtful before.
    let anew =
        now.percents.len() + now.amounts.len() > 0 && !now.targets.is_empty() && now.lengths.len() + now.ends.len() > 0;
    found.limit = found.limit && !anew || now.limit;
    found.unclear = found.unclear && !anew || now.unclear;
    let counts = before.intent == Intent::GiveawayCreate && now.winners.is_none();
    found.reckoned = found.reckoned && counts || now.reckoned;
    found.someone = found.someone && !anew && now.audience.is_none() || now.someone;
    found.raises |= now.raises;
    // How many win was asked, and is said.
    found.doubtful &= counts || before.intent != Intent::GiveawayCreate;
    let percent = s.has(&["%", "pourcent|pourcents|percent|pourcentage|percentage", "pour cent", "per cent"]);
    let money = s.has(&["€|euro|euros|eur"]);
    if !now.percents.is_empty() || !now.amounts.is_empty() || now.foreign {
        found.percents.clone_from(&now.percents);
        found.amounts.clone_from(&now.amounts);
        (found.foreign, found.bare, found.range, found.doubtful) = (now.foreign, Vec::new(), now.range, now.doubtful);
        (found.priced, found.raises) = (now.priced, now.raises);
        says = true;
    } else if let ([number], true) = (before.found.bare.as_slice(), percent || money) {
        // The unit of the number that was there.
        if percent {
            found.percents = vec![*number];
        } else {
            found.amounts = vec![*number];
        }
        found.bare.clear();
        says = true;
    } else if let ([number], [], []) =
        (now.bare.as_slice(), before.found.percents.as_slice(), before.found.amounts.as_slice())
    {
        found.bare = vec![*number];
        says = true;
    }
    if !now.lengths.is_empty() || !now.ends.is_empty() || now.vague || now.endless || now.later {
        found.lengths.clone_from(&now.lengths);
        found.ends.clone_from(&now.ends);
        // "dimanche", asked until when, is the end.
        (found.vague, found.endless, found.later) = (now.vague, now.endless, now.later);
        if let (true, Some(day)) = (
            now.later && now.ends.is_empty() && before.found.ends.is_empty() && before.found.lengths.is_empty(),
            now.bare_day,
        ) {
            found.ends = vec![day];
            found.later = false;
        }
        says = true;
    }
    if !now.targets.is_empty() || now.unknown {
        found.targets.clone_from(&now.targets);
        found.unknown = now.unknown;
        says = true;
    }
    let mut replace = |is: bool| says |= is;
    replace(now.audience.is_some());
    replace(now.code.is_some());
    replace(now.max_uses.is_some());
    replace(now.winners.is_some());
    replace(now.prize.is_some());
    replace(now.milestone.is_some());
    found.audience = now.audience.clone().or_else(|| found.audience.take());
    found.nameless_code = found.nameless_code && now.code.is_none();
    found.code = now.code.clone().or_else(|| found.code.take());
    found.max_uses = now.max_uses.or(found.max_uses);
    found.winners = now.winners.or(found.winners);
    found.prize = now.prize.clone().or_else(|| found.prize.take());
    found.milestone = now.milestone.or(found.milestone);
    found.billing = now.billing.or(found.billing);
    (found.stacking, found.free) = (found.stacking || now.stacking, found.free || now.free);
    merged.reason = None;
    says.then_some(merged)
}
