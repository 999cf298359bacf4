//! A guild's settings at the panel, and what its setup lacks: by `/setup` and `/shop_settings`, with what may be chosen beside them.

use super::page::wrong;
use crate::commands::Order;
use crate::db::Tx;
use crate::domain::accounts::Guild;
use crate::domain::analytics;
use crate::kernel::error::Problem;
use crate::kernel::reply::Tone;
use crate::kernel::words::Speech;
use crate::kernel::{ChannelId, Currency, Error, Locale, Rank, Result, RoleId};
use crate::panel::outside::GuildNames;
use crate::panel::plain::line;
use crate::panel::{Panel, Staff};
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;
use utoipa::ToSchema;

/// Something that may be chosen.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelChoice)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What it is called.
    pub name: String,
}

/// A setting.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelSetting)]
pub struct Setting {
    /// Its word in the path.
    pub key: &'static str,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub text: String,
    /// `channel`, `role`, `choice` or `text`.
    pub kind: &'static str,
    /// What it is; none: it isn't set.
    pub value: Option<String>,
    /// The same as people read it.
    pub shown: Option<String>,
    /// What may be chosen; none: it is typed.
    pub choices: Option<Vec<Choice>>,
    /// Why it can't be changed here.
    pub locked: Option<String>,
}

/// The settings.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelSettings)]
pub struct Settings {
    /// They.
    pub settings: Vec<Setting>,
}

/// Something that was looked at.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelFinding)]
pub struct Finding {
    /// `ok`, `warning` or `error`.
    pub level: &'static str,
    /// What was found and what to do, in a sentence.
    pub text: String,
}

/// What was looked at.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelCheck)]
pub struct Check {
    /// What was found.
    pub findings: Vec<Finding>,
}

/// Each setting: its word, which is the command's option, the text of its name, and what it is.
const SETTINGS: [(&str, &str, &str); 7] = [
    ("support_channel", "setup-support-channel", "channel"),
    ("staff_channel", "setup-staff-channel", "channel"),
    ("support_role", "setup-support-role", "role"),
    ("operator_role", "setup-operator-role", "role"),
    ("language", "setup-language", "choice"),
    ("time_zone", "setup-time-zone", "text"),
    ("currency", "shop-field-currency", "choice"),
];
/// With what sentences of the setup begin that tell of something wrong.
const ALARM: &str = "🚨";
const WARNING: &str = "⚠️";

fn name<T: Copy + PartialEq + ToString>(all: &[(T, String)], id: T) -> String {
    all.iter().find(|(known, _)| *known == id).map_or_else(|| id.to_string(), |(_, name)| name.clone())
}

fn choices<T: ToString>(all: &[(T, String)], sign: char) -> Vec<Choice> {
    let mut all: Vec<Choice> =
        all.iter().map(|(id, name)| Choice { value: id.to_string(), name: format!("{sign}{name}") }).collect();
    all.sort_by_key(|choice| choice.name.to_lowercase());
    all
}

/// The value of a setting as it is, as people read it, and what may be chosen.
struct Stands {
    value: Option<String>,
    shown: Option<String>,
    choices: Option<Vec<Choice>>,
}

fn of_channel(id: Option<ChannelId>, inside: &GuildNames) -> Stands {
    Stands {
        value: id.map(|id| id.to_string()),
        shown: id.map(|id| format!("#{}", name(&inside.channels, id))),
        // Without Discord's word it is typed.
        choices: Some(choices(&inside.channels, '#')).filter(|all| !all.is_empty()),
    }
}

fn of_rank(guild: &Guild, rank: Rank, inside: &GuildNames) -> Stands {
    let mut roles: Vec<RoleId> = guild.ranks.iter().filter(|(_, had)| **had == rank).map(|(role, _)| *role).collect();
    roles.sort_unstable();
    let joined = |all: Vec<String>, by: &str| Some(all.join(by)).filter(|text| !text.is_empty());
    Stands {
        value: joined(roles.iter().map(ToString::to_string).collect(), ","),
        shown: joined(roles.iter().map(|role| format!("@{}", name(&inside.roles, *role))).collect(), ", "),
        choices: Some(choices(&inside.roles, '@')).filter(|all| !all.is_empty()),
    }
}

fn of_words(say: &Speech<'_>, value: &str, all: &[&str]) -> Stands {
    let word = |code: &str| say.t(&format!("choice-{code}"));
    Stands {
        value: Some(value.to_owned()),
        shown: Some(word(value)),
        choices: Some(all.iter().map(|code| Choice { value: (*code).to_owned(), name: word(code) }).collect()),
    }
}

fn setting(
    say: &Speech<'_>,
    (guild, currency, inside): (&Guild, Currency, &GuildNames),
    (key, title, kind): (&'static str, &str, &'static str),
) -> Setting {
    let stands = match key {
        "support_channel" => of_channel(guild.support_channel, inside),
        "staff_channel" => of_channel(guild.staff_channel, inside),
        "support_role" => of_rank(guild, Rank::Support, inside),
        "operator_role" => of_rank(guild, Rank::Operator, inside),
        "language" => of_words(say, guild.locale.as_str(), &["fr", "en"]),
        "currency" => {
            let mut all: Vec<&str> = Currency::all().map(Currency::code).collect();
            all.sort_unstable();
            of_words(say, currency.code(), &all)
        }
        _ => Stands { value: Some(guild.time_zone.clone()), shown: Some(guild.time_zone.clone()), choices: None },
    };
    let Stands { value, shown, choices } = stands;
    Setting {
        key,
        name: say.t(title),
        text: say.t(&format!("panel-set-{key}")),
        kind,
        value,
        shown,
        choices,
        locked: None,
    }
}

/// A value as it was sent, as text.
fn typed(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

impl Panel {
    /// The settings of the guild as it is now.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the database can't be reached.
    pub async fn settings(&self, staff: &Staff, locale: Locale) -> Result<Settings> {
        let guild = self.app.known_guild(staff.guild.id).await?.unwrap_or_else(|| Arc::clone(&staff.guild));
        let read = async |tx: &mut Tx| analytics::shop_currency(tx, guild.id).await;
        let currency = self.reading(&staff.actor, read).await?;
        let inside = self.names_in(guild.id).await;
        let say = self.app.words.speak(locale);
        let settings = SETTINGS.iter().map(|one| setting(&say, (&guild, currency, &inside), *one)).collect();
        Ok(Settings { settings })
    }

    /// Changes a setting, by the command that knows it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a setting that there is not; [`Error::Argument`] about `value`; whatever the command refuses.
    pub async fn change_setting(
        &self,
        staff: &Staff,
        (key, value): (&str, &Value),
        (request, locale): (String, Locale),
    ) -> Result<Setting> {
        let (key, ..) = SETTINGS.iter().find(|(known, ..)| *known == key).ok_or(Error::NotFound("setting"))?;
        let value = typed(value).ok_or_else(|| wrong("value", Problem::Missing))?;
        let command = if *key == "currency" { "shop_settings" } else { "setup" };
        let order = Order::new(command, request).with(key, Some(value));
        // A page has one field.
        let beside = |error| match error {
            Error::Argument { problem, .. } => wrong("value", problem),
            other => other,
        };
        self.answered(staff, order, locale).await.map_err(beside)?;
        let settings = self.settings(staff, locale).await?.settings;
        settings.into_iter().find(|one| one.key == *key).ok_or(Error::NotFound("setting"))
    }

    /// What the setup of the guild and of its shop lacks.
    ///
    /// # Errors
    /// As the commands say.
    pub async fn check(&self, staff: &Staff, request: String, locale: Locale) -> Result<Check> {
        let shop = Order::new("shop_settings", format!("{request}s"));
        let (setup, shop) = (
            self.answered(staff, Order::new("setup", request), locale).await?,
            self.answered(staff, shop, locale).await?,
        );
        let mut texts: Vec<&str> = setup.cards.iter().flat_map(|card| card.body.lines()).collect();
        let lacks: Vec<&str> =
            shop.cards.iter().filter(|card| card.tone == Tone::Warning).map(|card| card.body.as_str()).collect();
        texts.extend(&lacks);
        let called = self.called(staff, &texts, locale).await;
        let finding = |text: &&str| {
            let level = if text.starts_with(ALARM) {
                "error"
            } else if text.starts_with(WARNING) || lacks.contains(text) {
                "warning"
            } else {
                "ok"
            };
            // The page has signs of its own.
            let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !"<@#«`".contains(c));
            Finding { level, text: line(bare, &called) }
        };
        Ok(Check { findings: texts.iter().filter(|text| !text.trim().is_empty()).map(finding).collect() })
    }
}
