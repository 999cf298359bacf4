//! For tests: whether what sources refuse can be said.

use crate::kernel::Locale;
use crate::kernel::words::Words;

/// Fails where a refusal that these sources name, or one of `more`, has no words in a language, or where fewer than `least` are
/// found.
pub(crate) fn have_words(sources: &str, more: &[&str], least: usize) {
    let words = Words::new();
    let named = |before: &str| -> Vec<String> {
        sources.split(before).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    };
    let mut ids = named("Error::Conflict(\"");
    ids.extend(named("\"error-").into_iter().map(|rest| format!("error-{rest}")));
    ids.extend(more.iter().map(|id| (*id).to_owned()));
    ids.sort_unstable();
    ids.dedup();
    assert!(ids.len() >= least, "{} refusals are found", ids.len());
    for locale in Locale::ALL {
        for id in &ids {
            assert!(words.speak(locale).find(id, &[]).is_some(), "{locale:?} lacks {id}");
        }
    }
}
