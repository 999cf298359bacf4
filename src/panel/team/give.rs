//! What operators do with giveaways at the panel: by the commands of Discord, with names in the place of mentions.

use super::page::wrong;
use crate::commands::Order;
use crate::db::Tx;
use crate::domain::giveaways::draw::Reason;
use crate::domain::giveaways::remote::{self, Call};
use crate::domain::giveaways::service::Step;
use crate::domain::giveaways::{Giveaway, reading, rerolls};
use crate::kernel::error::Problem;
use crate::kernel::text::{plain, same};
use crate::kernel::{Actor, Error, Locale, Result, System, UserId};
use crate::panel::deeds::{Done, Preview};
use crate::panel::outside::GuildNames;
use crate::panel::plain::line;
use crate::panel::tickets::Download;
use crate::panel::{Panel, Staff};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// What is given with `/giveaway_create`.
const OPTIONS: [&str; 23] = [
    "prize",
    "winners",
    "duration",
    "giveaway_begins",
    "giveaway_channel",
    "giveaway_text",
    "given_plan",
    "given_role",
    "given_days",
    "won_product",
    "won_variant",
    "won_coupon",
    "coupon_days",
    "any_role",
    "all_roles",
    "no_role",
    "needs_plan",
    "account_days",
    "member_days",
    "bonus_role",
    "bonus_entries",
    "claim_hours",
    "fairness",
];
/// What the word of a reroll confirms.
const REROLLS: &str = "reroll";
/// Longest note of a reroll, in characters.
const NOTE: usize = 100;

/// That a giveaway was made.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelGiveawayMade)]
pub struct Made {
    /// Its number.
    pub number: i64,
    /// What was made, in sentences.
    pub text: String,
}

/// A reroll that is asked for, or the word that confirms one.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PanelReroll)]
pub struct Reroll {
    /// Why, by a word of the draw's log.
    pub reason: Option<String>,
    /// Who is replaced: his id; where nobody is named, the only one who has nothing yet.
    pub member: Option<String>,
    /// More words, for the log.
    pub note: Option<String>,
    /// The word of the preview.
    pub confirm: Option<String>,
}

/// What a reroll's word is for.
#[derive(Serialize, Deserialize)]
struct Replaced {
    number: i64,
    user: UserId,
    reason: String,
    note: String,
}

/// What an option's value is as text; `None` where nothing is given.
fn given(option: &'static str, value: Option<&Value>) -> Result<Option<String>> {
    match value {
        Some(Value::String(text)) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(Value::Null) | None => Ok(None),
        Some(Value::Bool(_) | Value::Array(_) | Value::Object(_)) => Err(wrong(option, Problem::Unknown)),
    }
}

/// The channel that is meant: by its name where only one is called so, else as it was typed.
fn channel(inside: &GuildNames, typed: &str) -> String {
    let name = typed.trim_start_matches('#').trim();
    let mut called = inside.channels.iter().filter(|(_, known)| same(known) == same(name));
    match (called.next(), called.next()) {
        (Some((id, _)), None) => id.to_string(),
        _ => typed.to_owned(),
    }
}

/// A line of roles, with mentions in the place of names.
fn roles(inside: &GuildNames, typed: &str) -> String {
    let one = |part: &str| {
        let name = part.trim().trim_start_matches('@');
        let mut called = inside.roles.iter().filter(|(_, known)| same(known) == same(name));
        match (called.next(), called.next()) {
            (Some((id, _)), None) => format!("<@&{id}>"),
            _ => part.trim().to_owned(),
        }
    };
    typed.split(',').map(one).collect::<Vec<_>>().join(" ")
}

impl Panel {
    fn giveaway_step<'a>(&self, staff: &Staff, number: i64, request: &'a str) -> Step<'a> {
        Step { guild: staff.guild.id, number, by: staff.session.user, request, now: self.now() }
    }

    async fn giveaway_there(&self, staff: &Staff, number: i64) -> Result<Giveaway> {
        self.reading(&staff.actor, async |tx: &mut Tx| reading::one(tx, staff.guild.id, number).await).await
    }

    /// Makes a giveaway.
    ///
    /// # Errors
    /// Whatever the command refuses.
    pub async fn make_giveaway(
        &self,
        staff: &Staff,
        options: &Map<String, Value>,
        (request, locale): (String, Locale),
    ) -> Result<Made> {
        let mut order = Order::new("giveaway_create", request.clone());
        let inside = self.names_in(staff.guild.id).await;
        for option in OPTIONS {
            let Some(typed) = given(option, options.get(option))? else { continue };
            let meant = match option {
                "giveaway_channel" => channel(&inside, &typed),
                "any_role" | "all_roles" | "no_role" => roles(&inside, &typed),
                _ => typed,
            };
            order = order.with(option, Some(meant));
        }
        if given("giveaway_channel", options.get("giveaway_channel"))?.is_none() {
            return Err(wrong("giveaway_channel", Problem::Missing));
        }
        let Done { text } = self.order(staff, order, locale).await?;
        let read = async |tx: &mut Tx| reading::of_request(tx, staff.guild.id, &request).await;
        let made = self.reading(&staff.actor, read).await?.ok_or(Error::NotFound("giveaway"))?;
        Ok(Made { number: made.number, text })
    }

    /// Ends a giveaway, calls it off, or sets another end.
    ///
    /// # Errors
    /// [`Error::NotFound`]; whatever the command refuses.
    pub async fn change_giveaway(
        &self,
        staff: &Staff,
        (number, command, duration): (i64, &'static str, Option<&str>),
        (request, locale): (String, Locale),
    ) -> Result<Done> {
        self.giveaway_there(staff, number).await?;
        let order = Order::new(command, request).with("giveaway", Some(number)).with("duration", duration);
        self.order(staff, order, locale).await
    }

    /// Lets nobody enter for now, or lets members enter again. The command turns one into the other; here it is said which.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Conflict`] where it is neither open nor paused.
    pub async fn pause_giveaway(
        &self,
        staff: &Staff,
        (number, paused): (i64, bool),
        (request, locale): (String, Locale),
    ) -> Result<Done> {
        let (guild, now) = (staff.guild.id, self.now());
        // A repeat undoes nobody's later word, whatever became of the giveaway meanwhile.
        let call = Call { guild, key: &request, by: staff.session.user, now };
        // As the command does it: giveaways are the payments duty's.
        let duty = Actor::system_in(System::Payments, staff.guild.id);
        let changed = self.writing(&duty, async |tx: &mut Tx| remote::pause(tx, &call, number, paused).await).await?;
        let id = if paused { "giveaway-paused" } else { "giveaway-resumed" };
        let (title, ends) = (plain(&changed.title), format!("<t:{}:f>", changed.ends_at.as_second()));
        let args = [("number", number.into()), ("title", (&title).into()), ("ends", (&ends).into())];
        let text = self.app.words.speak(locale).on_a_page().with(id, &args);
        Ok(Done { text: line(&text, &self.called(staff, &[], locale).await) })
    }

    /// Who would be replaced: tried, and nothing of it kept.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Argument`]; [`Error::Conflict`] where nobody can be replaced, or it isn't clear who is meant.
    pub async fn preview_reroll(
        &self,
        staff: &Staff,
        (number, asked): (i64, &Reroll),
        locale: Locale,
    ) -> Result<Preview> {
        self.giveaway_there(staff, number).await?;
        let word = asked.reason.as_deref().unwrap_or_default();
        // That nobody claimed is the clock's reason alone.
        let by_hand = || Reason::ALL.into_iter().filter(|reason| *reason != Reason::Unclaimed);
        let choices = || Problem::NotAChoice { choices: by_hand().map(Reason::code).collect() };
        let reason = by_hand().find(|reason| reason.code() == word);
        let reason =
            reason.ok_or_else(|| wrong("reason", if word.is_empty() { Problem::Missing } else { choices() }))?;
        let member = match asked.member.as_deref().map(str::trim).filter(|typed| !typed.is_empty()) {
            Some(typed) => {
                Some(typed.parse().ok().and_then(UserId::new).ok_or_else(|| wrong("member", Problem::NotAPerson))?)
            }
            None => None,
        };
        let note = asked.note.as_deref().map(str::trim).unwrap_or_default();
        let found = note.chars().count();
        if found > NOTE {
            return Err(wrong("note", Problem::TooLong { max: NOTE, found }));
        }
        let step = self.giveaway_step(staff, number, "preview");
        let mut tx = self.app.db.begin(&Actor::system_in(System::Payments, staff.guild.id)).await?;
        let tried = rerolls::ask_reroll(&mut tx, step, member, (reason, note)).await;
        tx.rollback().await?;
        let (giveaway, user) = tried?;
        let say = self.app.words.speak(locale);
        let (title, who) = (plain(&giveaway.title), format!("<@{user}>"));
        let why = say.t(&format!("choice-{}", reason.code()));
        let args = [
            ("number", number.into()),
            ("title", (&title).into()),
            ("winner", (&who).into()),
            ("reason", (&why).into()),
        ];
        let text = say.with("panel-reroll", &args);
        let called = self.called(staff, &[&text], locale).await;
        let replaced = Replaced { number, user, reason: reason.code().to_owned(), note: note.to_owned() };
        Ok(Preview { text: line(&text, &called), token: self.sealed(staff, REROLLS, &replaced) })
    }

    /// Replaces the winner whom a preview named.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a word that is none, or too old; whatever the command refuses.
    pub async fn reroll(
        &self,
        staff: &Staff,
        (number, confirm): (i64, &str),
        (request, locale): (String, Locale),
    ) -> Result<Done> {
        let replaced: Replaced = self.unsealed(staff, REROLLS, confirm)?;
        if replaced.number != number {
            return Err(Error::Conflict("error-offer-gone"));
        }
        let note = Some(replaced.note).filter(|note| !note.is_empty());
        let order = Order::new("giveaway_reroll", request)
            .with("giveaway", Some(number))
            .with("reroll_reason", Some(replaced.reason))
            .with("member", Some(replaced.user))
            .with("note", note);
        self.order(staff, order, locale).await
    }

    /// The open file of a draw.
    ///
    /// # Errors
    /// [`Error::NotFound`]; whatever the command refuses.
    pub async fn giveaway_proof(
        &self,
        staff: &Staff,
        number: i64,
        (request, locale): (String, Locale),
    ) -> Result<Download> {
        self.giveaway_there(staff, number).await?;
        let order = Order::new("giveaway_proof", request).with("giveaway", Some(number));
        let reply = self.answered(staff, order, locale).await?;
        let file = reply.files.into_iter().next().ok_or(Error::Conflict("error-giveaway-not-frozen"))?;
        Ok(Download { name: file.name, kind: "application/json".to_owned(), bytes: file.bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{ChannelId, RoleId};

    #[test]
    fn names_are_meant_where_one_thing_alone_bears_them() {
        let (channel_of, role_of) = (|id| ChannelId::new(id).unwrap(), |id| RoleId::new(id).unwrap());
        let named = |name: &str| name.to_owned();
        let inside = GuildNames {
            of_bots: Vec::new(),
            channels: vec![
                (channel_of(1), named("annonces")),
                (channel_of(2), named("x")),
                (channel_of(3), named("X")),
            ],
            roles: vec![(role_of(4), named("Vérifié")), (role_of(5), named("Bêta"))],
        };
        assert_eq!(channel(&inside, "#Annonces"), "1");
        assert_eq!((channel(&inside, "x"), channel(&inside, "<#9>")), (named("x"), named("<#9>")));
        assert_eq!(roles(&inside, "@verifie, Bêta, <@&9>, rien"), "<@&4> <@&5> <@&9> rien");
    }
}
