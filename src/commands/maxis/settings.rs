//! `maxis config`: the settings that may be read from afar.

use super::{asker, failed};
use crate::commands::dispatch::Cx;
use crate::control::{self, ChangedBy, Setting};
use crate::kernel::reply::{Card, Reply};
use crate::kernel::text::{folded, plain};
use crate::kernel::words::Speech;
use crate::kernel::{Locale, Result};

/// Answers `maxis config [key]`.
pub(super) async fn command(cx: &mut Cx<'_>, details: &str) -> Result<Reply> {
    let key = Some(folded(details.trim())).filter(|key| !key.is_empty());
    shown(cx, key.as_deref()).await
}

/// The settings that have a name.
const NAMED: [&str; 4] = ["language", "time_zone", "support_channel", "staff_channel"];

/// Whether these words are the name of a setting, in either language.
pub(super) fn is_named(cx: &Cx<'_>, words: &str) -> bool {
    let typed = folded(words.trim());
    let names = |locale: &Locale| NAMED.map(|key| folded(&cx.app.words.speak(*locale).t(&format!("setting-{key}"))));
    Locale::ALL.iter().any(|locale| names(locale).contains(&typed))
}

/// Shows a setting, or all of them.
pub(super) async fn shown(cx: &mut Cx<'_>, key: Option<&str>) -> Result<Reply> {
    let found = match control::settings(&*cx.peer, asker(cx)).await {
        Ok(found) => found.settings,
        Err(why) => return Ok(failed(&cx.say, why)),
    };
    let say = &cx.say;
    let Some(key) = key else {
        let mut card = Card::titled(say.t("maxis-config-title"));
        card.body = found.iter().map(|one| line(say, one)).collect::<Vec<_>>().join("\n");
        card.footer = say.t("maxis-config-footer");
        return Ok(Reply::public("").card(card));
    };
    let named = |one: &&Setting| one.key == key || folded(&name(say, &one.key)) == key;
    Ok(match found.iter().find(named) {
        Some(one) => Reply::public(line(say, one)),
        None => {
            let keys = found.iter().map(|one| format!("`{}`", one.key)).collect::<Vec<_>>().join(", ");
            Reply::public(say.with("maxis-config-unknown", &[("keys", (&keys).into())]))
        }
    })
}

fn name(say: &Speech<'_>, key: &str) -> String {
    say.find(&format!("setting-{key}"), &[]).unwrap_or_else(|| plain(key))
}

fn line(say: &Speech<'_>, setting: &Setting) -> String {
    let value = match setting.value.as_deref() {
        None => say.t("maxis-config-unset"),
        Some(value) if setting.key.ends_with("_channel") => format!("<#{value}>"),
        Some(value) if setting.key == "promotion_cap" => say.with("maxis-config-percent", &[("value", value.into())]),
        Some(value) if setting.key == "cooldown" => say.with("maxis-config-days", &[("value", value.into())]),
        Some(value) => plain(value),
    };
    let lock = match setting.changed_by {
        ChangedBy::Operator => "",
        ChangedBy::Machine => " 🔒",
    };
    format!("**{}** (`{}`) : {value}{lock}", name(say, &setting.key), setting.key)
}
