//! Settings that may be changed from afar, with what must not be kept: as `/setup` refuses it.

use super::super::person::Operator;
use super::promotions::wrong;
use crate::app::App;
use crate::commands::time_zone;
use crate::control::wanted::{SettingKey, WantedSetting};
use crate::domain::accounts::{Change, Guild};
use crate::kernel::error::Problem;
use crate::kernel::{ChannelId, Error, Locale, Result};

/// A setting's new value.
pub(super) struct New {
    /// Which.
    pub(super) key: SettingKey,
    /// What it is to be, as it is kept.
    pub(super) value: String,
    /// The change.
    pub(super) change: Change,
}

/// What a setting is now.
pub(super) fn present(guild: &Guild, key: SettingKey) -> Option<String> {
    match key {
        SettingKey::Language => Some(guild.locale.as_str().to_owned()),
        SettingKey::TimeZone => Some(guild.time_zone.clone()),
        SettingKey::SupportChannel => guild.support_channel.map(|id| id.to_string()),
        SettingKey::StaffChannel => guild.staff_channel.map(|id| id.to_string()),
    }
}

/// Reads a setting's new value.
pub(super) async fn read(app: &App, by: &Operator, wanted: &WantedSetting) -> Result<New> {
    let typed = wanted.value.trim();
    let mut change = Change::default();
    let value = match wanted.key {
        SettingKey::Language => {
            let Some(locale) = Locale::ALL.into_iter().find(|locale| locale.as_str() == typed) else {
                return wrong("language", Problem::NotAChoice { choices: vec!["fr", "en"] });
            };
            change.locale = Some(locale);
            locale.as_str().to_owned()
        }
        SettingKey::TimeZone => {
            let zone = time_zone(typed)?;
            change.time_zone = Some(zone.clone());
            zone
        }
        SettingKey::SupportChannel => {
            let id = channel(app, by, wanted.key, ("support_channel", typed)).await?;
            change.support_channel = Some(id);
            id.to_string()
        }
        SettingKey::StaffChannel => {
            let id = channel(app, by, wanted.key, ("staff_channel", typed)).await?;
            change.staff_channel = Some(id);
            id.to_string()
        }
    };
    if present(&by.guild, wanted.key).as_ref() == Some(&value) {
        return Err(Error::Conflict("error-plan-same"));
    }
    Ok(New { key: wanted.key, value, change })
}

/// A channel of the guild; one for staff must not be everybody's, and not that for members.
async fn channel(
    app: &App,
    by: &Operator,
    key: SettingKey,
    (option, typed): (&'static str, &str),
) -> Result<ChannelId> {
    let id: ChannelId = typed.parse().map_err(|_| Error::Argument { option, problem: Problem::NotAChannel })?;
    let staff = matches!(key, SettingKey::StaffChannel);
    let other = if staff { by.guild.support_channel } else { by.guild.staff_channel };
    if other == Some(id) {
        return Err(Error::Conflict("setup-same-channel"));
    }
    let seen = app.inspector.look(by.guild.id, &[id], &[]).await?;
    if seen.unknown_channels.contains(&id) {
        return Err(Error::Conflict("setup-unknown-channel"));
    }
    // Tickets are shown there, so it must be known who reads it.
    if staff && seen.open.contains(&id) {
        return Err(Error::Conflict("setup-open-staff-channel"));
    }
    if staff && seen.hidden.contains(&id) {
        return Err(Error::Conflict("error-plan-hidden-channel"));
    }
    Ok(id)
}
