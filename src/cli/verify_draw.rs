//! `shellia verify-draw FILE`: the check of a draw's file, told to a person at a terminal.
//!
//! The judgement is the draw's own ([`look`]); here a file is read within bounds, and the outcome is put into words. It takes no
//! database, no network and no settings. Whatever comes out of the file is another's: it is shown as digits, as hexadecimal, or
//! with everything replaced that could steer a terminal.

use shellia::domain::giveaways::draw::{InclusionProof, Looked, Post, Source, Verified, Wrong, look};
use shellia::kernel::Locale;
use shellia::kernel::words::{Speech, Words};
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// The largest file that is read, in MiB: half again as much as a draw of 2 000 000 entries takes.
const MOST_MIB: u32 = 256;
/// The most letters of a fault in JSON that are told: it quotes the file.
const MOST_DETAIL: usize = 200;
/// Exit code where the file could not be looked at, so that nothing is known of it.
const NOT_LOOKED: u8 = 2;

/// Checks a file: 0 where it holds, 1 where it doesn't, 2 where it couldn't be looked at.
pub(super) fn run(file: &Path, locale: Locale) -> ExitCode {
    let words = Words::new();
    let say = words.speak(locale);
    let bytes = match read(file) {
        Ok(bytes) => bytes,
        Err(why) => {
            eprintln!("shellia: {}", unreadable(&say, file, &why));
            return ExitCode::from(NOT_LOOKED);
        }
    };
    let (told, code) = match look(&bytes) {
        Ok(Looked::Draw(draw)) => (draw_holds(&say, &draw), ExitCode::SUCCESS),
        Ok(Looked::Proof(proof, commitment)) => (proof_leads(&say, &proof, &commitment.to_string()), ExitCode::SUCCESS),
        Err(wrong) => (is_wrong(&say, &wrong), ExitCode::FAILURE),
    };
    match io::stdout().write_all(told.as_bytes()) {
        Ok(()) => code,
        Err(_) => ExitCode::from(NOT_LOOKED),
    }
}

/// The language of the machine's user, as `setlocale(3)` finds it; French where it is none of ours, as everywhere.
pub(super) fn language_of(setting: impl Fn(&str) -> Option<String>) -> Locale {
    let found = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(setting).find(|value| !value.is_empty());
    let code = found.as_deref().and_then(|value| value.split(['.', '@']).next());
    code.and_then(Locale::from_code).unwrap_or_default()
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    let opened = File::open(file)?;
    if opened.metadata()?.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let most = u64::from(MOST_MIB) << 20;
    let mut bytes = Vec::new();
    // Not by its stated size: a device or a pipe has none.
    opened.take(most + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= most) {
        Ok(bytes)
    } else {
        Err(ErrorKind::FileTooLarge.into())
    }
}

fn unreadable(say: &Speech<'_>, file: &Path, why: &io::Error) -> String {
    let id = match why.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "verify-draw-file-missing",
        ErrorKind::IsADirectory => "verify-draw-file-directory",
        ErrorKind::PermissionDenied => "verify-draw-file-denied",
        ErrorKind::FileTooLarge => "verify-draw-file-large",
        _ => "verify-draw-file-other",
    };
    let (name, detail) = (plain(&file.to_string_lossy()), why.to_string());
    let known = [("file", (&name).into()), ("most", i64::from(MOST_MIB).into()), ("detail", (&detail).into())];
    say.with(id, &known)
}

/// Text of somebody else's on one line, without anything that a terminal obeys or that turns the direction of writing.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if steers(letter) { '\u{fffd}' } else { letter }).collect()
}

fn steers(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_wrong(say: &Speech<'_>, wrong: &Wrong) -> String {
    let code = wrong.code();
    let detail = match wrong {
        Wrong::BadJson(detail) => plain(&detail.chars().take(MOST_DETAIL).collect::<String>()),
        _ => String::new(),
    };
    let at = wrong.at().map(|at| at.to_string()).unwrap_or_default();
    let what = say.with(&format!("verify-draw-wrong-{code}"), &[("at", (&at).into()), ("detail", (&detail).into())]);
    let head = say.with("verify-draw-wrong", &[("code", code.into())]);
    format!("✗ {head}\n\n{what}\n\n{}\n", say.t("verify-draw-wrong-next"))
}

fn draw_holds(say: &Speech<'_>, draw: &Verified) -> String {
    let (entries, winners) = (i64::from(draw.entries), i64::try_from(draw.winners.len()).unwrap_or(i64::MAX));
    let head = say.with("verify-draw-holds", &[("entries", entries.into()), ("winners", winners.into())]);
    let mut lines = vec![format!("✓ {head}"), String::new(), say.t("verify-draw-checked")];
    lines.extend(did(say, draw).into_iter().map(|done| format!("  - {done}")));
    lines.push(String::new());
    match draw.terms.source {
        Source::Quicknet { .. } => {}
        Source::Sandbox { .. } => lines.push(say.t("verify-draw-but-sandbox")),
        Source::None { .. } => lines.push(say.t("verify-draw-but-secret")),
    }
    lines.push(say.t(if draw.open { "verify-draw-open" } else { "verify-draw-blinded" }));
    if !draw.winners.is_empty() {
        lines.extend([String::new(), say.t("verify-draw-winners")]);
    }
    for winner in &draw.winners {
        let (account, rank) = (winner.user.to_string(), i64::from(winner.rank));
        let line = say.with("verify-draw-winner", &[("account", (&account).into()), ("rank", rank.into())]);
        lines.push(format!("  {line}"));
    }
    lines.extend([String::new(), say.t("verify-draw-compare")]);
    for (what, digest, place) in [
        ("verify-draw-terms", draw.terms_digest, link(draw, draw.announcement)),
        ("verify-draw-commitment", draw.commitment, link(draw, draw.committed)),
        ("verify-draw-head", draw.head, say.t("verify-draw-newest")),
    ] {
        lines.push(format!("  {}\n    {digest}\n    {place}", say.t(what)));
    }
    lines.join("\n") + "\n"
}

/// What was checked, in the order of the check.
fn did(say: &Speech<'_>, draw: &Verified) -> Vec<String> {
    let end = moment(draw.terms.ends_at);
    let round = draw.terms.source.round().map(|round| round.to_string()).unwrap_or_default();
    let known = [("round", (&round).into()), ("end", (&end).into())];
    let randomness: &[&str] = match draw.terms.source {
        Source::Quicknet { .. } => &["verify-draw-did-order", "verify-draw-did-quicknet"],
        Source::Sandbox { .. } => &["verify-draw-did-order", "verify-draw-did-sandbox"],
        Source::None { .. } => &["verify-draw-did-secret"],
    };
    let before = ["verify-draw-did-list"];
    let after = ["verify-draw-did-ranking", "verify-draw-did-log", "verify-draw-did-accounts"];
    before.iter().chain(randomness).chain(&after).map(|id| say.with(id, &known)).collect()
}

fn proof_leads(say: &Speech<'_>, proof: &InclusionProof, commitment: &str) -> String {
    let (account, weight) = (proof.user.to_string(), proof.weight.to_string());
    let (entries, total) = (i64::from(proof.entries), proof.total_weight.to_string());
    let head = say.with(
        "verify-draw-proof",
        &[
            ("account", (&account).into()),
            ("weight", (&weight).into()),
            ("entries", entries.into()),
            ("total", (&total).into()),
        ],
    );
    let place = message(proof.terms.guild.to_string(), proof.committed);
    let compare = say.t("verify-draw-proof-compare");
    format!("{head}\n\n{compare}\n  {}\n    {commitment}\n    {place}\n", say.t("verify-draw-commitment"))
}

fn link(draw: &Verified, post: Post) -> String {
    message(draw.terms.guild.to_string(), post)
}

/// The address of a message (Discord, "Reference: Message Formatting").
fn message(guild: String, post: Post) -> String {
    format!("https://discord.com/channels/{guild}/{}/{}", post.channel, post.message)
}

/// A time as people write it; one that no calendar holds stays a number.
fn moment(second: u64) -> String {
    let time = i64::try_from(second).ok().and_then(|second| jiff::Timestamp::from_second(second).ok());
    time.map_or_else(|| second.to_string(), |time| time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_that_of_the_machine_or_french() {
        let of = |settings: &'static [(&str, &str)]| {
            language_of(|name| settings.iter().find(|one| one.0 == name).map(|one| one.1.to_owned()))
        };
        assert_eq!(of(&[("LANG", "en_GB.UTF-8")]), Locale::En);
        assert_eq!(of(&[("LANG", "en.UTF-8")]), Locale::En);
        assert_eq!(of(&[("LANG", "fr_FR@euro")]), Locale::Fr);
        assert_eq!(of(&[("LANG", "en_US"), ("LC_ALL", "fr_FR")]), Locale::Fr);
        assert_eq!(of(&[("LANG", "en_US"), ("LC_ALL", "")]), Locale::En);
        for other in [[("LANG", "C.UTF-8")].as_slice(), &[("LANG", "de_DE")], &[]] {
            assert_eq!(of(other), Locale::Fr);
        }
    }

    #[test]
    fn what_a_file_says_steers_no_terminal() {
        let quoted = Wrong::BadJson("unknown field `\u{1b}[2J✓\u{202e}\n`".to_owned());
        let words = Words::new();
        let told = is_wrong(&words.speak(Locale::En), &quoted);
        assert!(told.contains("unknown field `\u{fffd}[2J✓\u{fffd}\u{fffd}`"), "{told}");
        let long = Wrong::BadJson("é".repeat(100_000));
        assert!(is_wrong(&words.speak(Locale::Fr), &long).len() < 2_000);
    }

    #[test]
    fn a_time_beyond_the_calendar_is_a_number() {
        assert_eq!(moment(1_692_803_673), "2023-08-23 15:14:33 UTC");
        assert_eq!(moment(u64::MAX), "18446744073709551615");
    }
}
