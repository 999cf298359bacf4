//! Who is to win, said in a sentence: nobody chooses the winners, so that no draw is made of it.

use super::phrase::{all, any_at};
use super::sentence::Sentence;
use super::token::Kind;
use super::words::{GIVEAWAY, is_common};

/// Words by which somebody is chosen, whoever it is.
const CHOOSES: &[&str] = &[
    "que ce soit",
    "pour|so|until|afin|jusqu|sure que|qu|that|a+ce+que? ce|c|it soit|is|be",
    "ce|c|it soit|est|must|should|has|needs|is|doit to? etre|be ..",
    "must|should|has+to|needs+to be|go ..",
    "je|j|i gagne|gagner|gagnerai|win",
    "me|moi|je as|comme|en the|le|la? winner|gagnant|gagnante",
    "pour|for moi|me|mon|ma|my|myself|moi+meme",
];
/// The same, whatever else took them.
const FAVOURS: &[&str] =
    &["en faveur de|d", "in favor|favour of", "truque|truquee|truques|rigged|pipe|pipee|arrange|arrangee"];
/// What leaves somebody out.
const LEAVES_OUT: &[&str] = &["without|sans|sauf|except|excluding|hormis|hors", "but not"];
/// What somebody does who is to win.
const WINS: &[&str] = &[
    "gagne|gagnera|gagnerait|wins|remporte|remportera|l+emporte",
    "doit|va|must|should|will|has+to|needs+to|is+to|to gagner|win|remporter",
    "est|is|sera|be|as|comme|en le|la|l|the|a? gagnant|gagnante|winner|vainqueur",
];
/// What somebody is named behind.
const NAMED: &[&str] = &[
    "gagnant|gagnante|winner|vainqueur|laureat est|is|sera|:|=|-?",
    "gagne|gagnee|won|remporte|remportee par|by",
    "pour|for|a|to",
];
/// The same, where nothing but names follows.
const NAMED_LAST: &[&str] = &[":|(|=|-|>|,|→"];
/// Who takes part, and what is won: nobody's name.
const NOBODY: &str = "gagner|gagnez|win|tous|toutes|all|qui|who|that|on|people|personne|il|elle|chacun|everyone|everybody|membre|member|tirage|hasard|luck|random|nitro|discord|netflix|spotify|steam|amazon|xbox|playstation|nintendo|switch|minecraft|fortnite|roblox|valorant|apple|google|paypal|disney|youtube|twitch|premium|vip|pro|ultra|basic|free|maxis|shellia|halloween|noel|paques|easter|boosters|europe|france|belgique|belgium|black|cyber|saint|st";

/// Whether a word is no name of a person though it may look like one.
pub(super) fn is_nobody(word: &str) -> bool {
    NOBODY.split('|').any(|one| one == word)
}

/// Whether somebody is named at a place that nothing took.
pub(super) fn is_somebody(s: &Sentence, at: usize) -> bool {
    s.is_free(at, at + 1) && is_name(s, at)
}

/// Whether a word looks like somebody's name.
fn is_name(s: &Sentence, at: usize) -> bool {
    s.tokens.get(at).is_some_and(|token| {
        let named = token.kind == Kind::Word
            && token.capital
            && token.hundredths.is_none()
            && !is_common(&token.text)
            && !NOBODY.split('|').any(|word| word == token.text);
        // "NITRO" is a thing, unless all of it is said loudly.
        let small = |text: &str| text.chars().any(char::is_lowercase);
        let loud = token.text.len() > 1 && !small(s.shown(at, at + 1)) && small(&s.clean.text);
        named && !loud
    })
}

/// Whether nothing but names stands there to the end: "giveaway Nitro 7j : Marie et Paul".
fn ends_in_names(s: &Sentence, from: usize) -> bool {
    (from..s.tokens.len()).all(|at| {
        is_somebody(s, at)
            || s.tokens.get(at).is_some_and(|token| token.kind == Kind::Sign)
            || matches!(s.word(at), "et" | "and" | "ou" | "or" | "stp" | "svp" | "please" | "merci" | "thanks")
    })
}

/// Whether a sentence about a draw says who is to win it.
pub(super) fn winner(s: &Sentence, draws: bool) -> bool {
    if !draws && !s.has(&[GIVEAWAY]) {
        return false;
    }
    let free = |places: Vec<(usize, usize)>| places.into_iter().filter(|(from, to)| s.is_free(*from, *to));
    let does = free(all(&s.tokens, WINS)).any(|(from, _)| {
        from.checked_sub(1).is_some_and(|who| {
            let mention = s.tokens.get(who).is_some_and(|token| token.kind == Kind::Mention);
            mention
                || is_somebody(s, who)
                || s.tokens.get(who).is_some_and(|token| {
                    token.kind == Kind::Word
                        && !token.taken
                        && !is_common(&token.text)
                        && !NOBODY.split('|').any(|word| word == token.text)
                        && token.hundredths.is_none()
                        && !token.is_done()
                })
        })
    });
    let named = (0..s.tokens.len())
        .any(|at| any_at(&s.tokens, at, NAMED).is_some_and(|end| s.is_free(at, end) && is_somebody(s, end)));
    let last = (0..s.tokens.len())
        .any(|at| any_at(&s.tokens, at, NAMED_LAST).is_some_and(|end| is_somebody(s, end) && ends_in_names(s, end)));
    let out = |at: usize| any_at(&s.tokens, at, LEAVES_OUT).is_some_and(|end| is_name(s, end));
    does || named
        || last
        || s.has(FAVOURS)
        || (0..s.tokens.len()).any(out)
        || free(all(&s.tokens, CHOOSES)).next().is_some()
}
