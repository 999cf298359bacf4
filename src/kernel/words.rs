//! The program's texts for people, in Project Fluent files under `config/locales/`, compiled in.
//!
//! It formats; which message to say is decided by the caller.

use super::Locale;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

/// The Fluent files of French; a new one is listed here and in [`EN`].
const FR: [&str; 18] = [
    include_str!("../../config/locales/fr/agent.ftl"),
    include_str!("../../config/locales/fr/common.ftl"),
    include_str!("../../config/locales/fr/commands.ftl"),
    include_str!("../../config/locales/fr/events.ftl"),
    include_str!("../../config/locales/fr/figures.ftl"),
    include_str!("../../config/locales/fr/giveaways.ftl"),
    include_str!("../../config/locales/fr/maxis.ftl"),
    include_str!("../../config/locales/fr/orders.ftl"),
    include_str!("../../config/locales/fr/page.ftl"),
    include_str!("../../config/locales/fr/panel.ftl"),
    include_str!("../../config/locales/fr/panel_shop.ftl"),
    include_str!("../../config/locales/fr/purchases.ftl"),
    include_str!("../../config/locales/fr/privacy.ftl"),
    include_str!("../../config/locales/fr/promotions.ftl"),
    include_str!("../../config/locales/fr/setup.ftl"),
    include_str!("../../config/locales/fr/tickets.ftl"),
    include_str!("../../config/locales/fr/shop.ftl"),
    include_str!("../../config/locales/fr/verify_draw.ftl"),
];
/// The Fluent files of English.
const EN: [&str; 18] = [
    include_str!("../../config/locales/en/agent.ftl"),
    include_str!("../../config/locales/en/common.ftl"),
    include_str!("../../config/locales/en/commands.ftl"),
    include_str!("../../config/locales/en/events.ftl"),
    include_str!("../../config/locales/en/figures.ftl"),
    include_str!("../../config/locales/en/giveaways.ftl"),
    include_str!("../../config/locales/en/maxis.ftl"),
    include_str!("../../config/locales/en/orders.ftl"),
    include_str!("../../config/locales/en/page.ftl"),
    include_str!("../../config/locales/en/panel.ftl"),
    include_str!("../../config/locales/en/panel_shop.ftl"),
    include_str!("../../config/locales/en/purchases.ftl"),
    include_str!("../../config/locales/en/privacy.ftl"),
    include_str!("../../config/locales/en/promotions.ftl"),
    include_str!("../../config/locales/en/setup.ftl"),
    include_str!("../../config/locales/en/tickets.ftl"),
    include_str!("../../config/locales/en/shop.ftl"),
    include_str!("../../config/locales/en/verify_draw.ftl"),
];

type Bundle = FluentBundle<FluentResource>;

/// All texts in all languages.
pub struct Words {
    fr: Bundle,
    en: Bundle,
}

impl Default for Words {
    fn default() -> Self {
        Self::new()
    }
}

impl Words {
    /// Reads the compiled-in texts; what a file states wrongly is left out (a test reads them all).
    pub fn new() -> Self {
        Self { fr: bundle(Locale::Fr, &FR).0, en: bundle(Locale::En, &EN).0 }
    }

    /// The texts in one language.
    pub fn speak(&self, locale: Locale) -> Speech<'_> {
        Speech { words: self, locale, page: false }
    }

    fn bundle(&self, locale: Locale) -> &Bundle {
        match locale {
            Locale::Fr => &self.fr,
            Locale::En => &self.en,
        }
    }
}

/// Reads files into a bundle, with what is wrong in them.
fn bundle(locale: Locale, files: &[&str]) -> (Bundle, Vec<String>) {
    let mut faults = Vec::new();
    let language: LanguageIdentifier = locale.as_str().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    for file in files {
        let resource = match FluentResource::try_new((*file).to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                faults.extend(errors.iter().map(|e| format!("{locale:?}: {e}")));
                resource
            }
        };
        if let Err(errors) = bundle.add_resource(resource) {
            faults.extend(errors.iter().map(|e| format!("{locale:?}: {e}")));
        }
    }
    (bundle, faults)
}

/// The texts in one language.
#[derive(Clone, Copy)]
pub struct Speech<'a> {
    words: &'a Words,
    /// The language.
    pub locale: Locale,
    /// Whether a page shows them, where nobody types commands.
    page: bool,
}

impl Speech<'_> {
    /// A text without variables.
    pub fn t(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// The same texts in another language.
    pub const fn to(&self, locale: Locale) -> Self {
        Self { words: self.words, locale, page: self.page }
    }

    /// The same as a page says them: in the place of a text its twin whose id begins with `page-`, where there is one.
    #[must_use]
    pub const fn on_a_page(mut self) -> Self {
        self.page = true;
        self
    }

    /// A text with variables; an unknown id gives the id itself.
    pub fn with(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.find(id, args).unwrap_or_else(|| id.to_owned())
    }

    /// A text with variables, if there is such a text.
    pub fn find(&self, id: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let bundle = self.words.bundle(self.locale);
        let twin = self.page.then(|| bundle.get_message(&format!("page-{id}"))).flatten();
        let pattern = twin.or_else(|| bundle.get_message(id))?.value()?;
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            values.set(*name, value.fluent());
        }
        // A variable that a text asks for and doesn't get shows as its name; the test below formats every text.
        let mut faults = Vec::new();
        Some(bundle.format_pattern(pattern, Some(&values), &mut faults).into_owned())
    }
}

/// The value of a variable in a text.
#[derive(Debug, Clone, Copy)]
pub enum Arg<'a> {
    /// Text, put in as it is.
    S(&'a str),
    /// A whole number, which chooses plural forms.
    N(i64),
}

impl<'a> Arg<'a> {
    fn fluent(&self) -> FluentValue<'a> {
        match self {
            Self::S(text) => FluentValue::from(*text),
            // Written without digit grouping: numbers here are ticket numbers and small counts.
            Self::N(number) => FluentValue::from(*number),
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::S(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::S(text)
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::N(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Id of each message with the variables it names.
    fn messages(files: &[&str]) -> BTreeMap<String, Vec<String>> {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut id = String::new();
        for line in files.iter().flat_map(|file| file.lines()) {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                id = line.split(' ').next().unwrap().to_owned();
                assert!(found.insert(id.clone(), Vec::new()).is_none(), "{id} stands twice");
            }
            for part in line.split('$').skip(1) {
                let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                let names = found.get_mut(&id).unwrap();
                if !names.contains(&name) {
                    names.push(name);
                    names.sort();
                }
            }
        }
        found
    }

    #[test]
    fn the_files_read_without_fault() {
        assert_eq!(bundle(Locale::Fr, &FR).1, Vec::<String>::new());
        assert_eq!(bundle(Locale::En, &EN).1, Vec::<String>::new());
    }

    #[test]
    fn both_languages_say_the_same_things_with_the_same_variables() {
        assert_eq!(messages(&FR), messages(&EN));
    }

    #[test]
    fn a_page_says_what_has_a_twin_by_it_and_the_rest_as_it_is() {
        let words = Words::new();
        let all = messages(&FR);
        let twins: Vec<&str> = all.keys().filter_map(|id| id.strip_prefix("page-")).collect();
        assert!(!twins.is_empty());
        for locale in Locale::ALL {
            let (say, page) = (words.speak(locale), words.speak(locale).on_a_page());
            for id in &twins {
                assert!(all.contains_key(*id), "{id} is no answer");
                // What it says beside a command: its options, and how a text is typed there.
                let typed = say.t(id);
                let of_chat = ["`", "option", "guillemets", "quot"].iter().any(|word| typed.contains(word));
                assert!(of_chat || *id == "giveaway-paused", "{id} names no command");
                assert_ne!(page.t(id), say.t(id));
                assert_eq!(page.to(locale).t(id), page.t(id));
            }
            assert_eq!(page.t("giveaway-resumed"), say.t("giveaway-resumed"));
        }
    }
}
