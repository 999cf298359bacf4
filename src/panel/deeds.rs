//! What is done at the panel beside tickets: the commands of Discord, with their rules and caps, under a page's own form.
//!
//! It decides nothing. What a command asks back by a button, a page asks by a preview, whose word is that button's; whoever has the
//! word of somebody else's has nothing, since an offer is found for its asker alone.

use super::names::with_erased;
use super::plain::{Called, to_text};
use super::{Panel, Staff, plain};
use crate::commands::{self, Order};
use crate::domain::accounts::Person;
use crate::kernel::reply::{Action, Reply};
use crate::kernel::{Error, Locale, Result};
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

/// What would happen, and the word with which it does.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelPreview)]
pub struct Preview {
    /// What would happen, in sentences.
    pub text: String,
    /// The word.
    pub token: String,
}

/// What happened.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelDone)]
pub struct Done {
    /// It, in sentences.
    pub text: String,
}

/// Under what a command knows a repeat of a request: the same session, the same path and the same key make the same.
pub fn request(staff: &Staff, path: &str, key: Option<&str>) -> String {
    let Some(key) = key else { return format!("panel{:032x}", rand::random::<u128>()) };
    let mut sum = Sha256::new();
    for part in [staff.session.user.to_string().as_str(), staff.guild.id.to_string().as_str(), path, key] {
        sum.update(part.as_bytes());
        sum.update([0]);
    }
    let sum = sum.finalize();
    let hex: String = sum.iter().take(20).map(|byte| format!("{byte:02x}")).collect();
    format!("panel{hex}")
}

impl Panel {
    /// He as his commands know him.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where Discord doesn't answer.
    async fn person(&self, staff: &Staff, locale: Locale) -> Result<Person> {
        let mut person = self.ranks.person(self, staff).await?;
        person.locale = Some(locale);
        let name = self.member_name(staff.guild.id, person.user).await;
        person.name = name.unwrap_or_else(|| person.user.to_string());
        Ok(person)
    }

    /// Carries out a command and gives its answer.
    ///
    /// # Errors
    /// Whatever it refuses.
    pub(super) async fn answered(&self, staff: &Staff, order: Order, locale: Locale) -> Result<Reply> {
        let person = self.person(staff, locale).await?;
        commands::ordered(&self.app, &staff.guild, person, order).await
    }

    /// A reply as sentences without Discord's signs.
    pub(super) async fn as_text(&self, staff: &Staff, reply: &Reply, locale: Locale) -> String {
        to_text(reply, &self.called(staff, &plain::parts(reply), locale).await)
    }

    /// What stands in the place of the ids in texts.
    pub(super) async fn called(&self, staff: &Staff, texts: &[&str], locale: Locale) -> Called {
        let mut called = Called::new(&staff.guild.time_zone, locale);
        let people = self.member_names(staff.guild.id, plain::people(texts)).await;
        called.people = with_erased(&self.app.words.speak(locale), people);
        if plain::names_inside(texts) {
            called.inside = self.names_in(staff.guild.id).await;
        }
        called
    }

    /// Carries out a command that doesn't ask back.
    ///
    /// # Errors
    /// Whatever it refuses.
    pub async fn order(&self, staff: &Staff, order: Order, locale: Locale) -> Result<Done> {
        let reply = self.answered(staff, order, locale).await?;
        Ok(Done { text: self.as_text(staff, &reply, locale).await })
    }

    /// Asks a command that asks back: what would happen. The button that confirms it runs the command named `confirms`.
    ///
    /// # Errors
    /// Whatever it refuses; [`Unasked`] in the place of a preview where there is nothing to confirm, with why.
    pub async fn preview(
        &self,
        staff: &Staff,
        order: Order,
        (confirms, locale): (&str, Locale),
    ) -> Result<std::result::Result<Preview, Unasked>> {
        let reply = self.answered(staff, order, locale).await?;
        let text = self.as_text(staff, &reply, locale).await;
        let button = reply.buttons.iter().find(|button| button.action.command == confirms);
        Ok(button
            .map(|button| button.action.to_string())
            .map_or_else(|| Err(Unasked(text.clone())), |token| Ok(Preview { text: text.clone(), token })))
    }

    /// Confirms what a preview showed.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a word that is no preview's of his; whatever the command refuses.
    pub async fn confirm(
        &self,
        staff: &Staff,
        (confirms, token): (&str, &str),
        (request, locale): (String, Locale),
    ) -> Result<Done> {
        let action: Action = token.parse().map_err(|_| Error::Conflict("error-offer-gone"))?;
        if action.command != confirms {
            return Err(Error::Conflict("error-offer-gone"));
        }
        self.order(staff, Order::pressed(&action, request), locale).await
    }
}

/// Why there is nothing to confirm, in sentences.
#[derive(Debug)]
pub struct Unasked(pub String);
