//! Members' requests for their data or its erasure at the panel, with what an erasure would do, and how long what is kept. What is done
//! goes through `/privacy_requests` and `/retention`.

use super::page::{Paged, cut, wrong};
use crate::commands::Order;
use crate::commands::privacy as shown;
use crate::db::Tx;
use crate::domain::privacy::retention::{self, FEWEST_DAYS, Kept, MOST_DAYS, Rule};
use crate::domain::privacy::{self, Counted, Preview as Erasure, Request, RequestKind, RequestState};
use crate::kernel::error::Problem;
use crate::kernel::words::Speech;
use crate::kernel::{Error, Locale, Result, UserId};
use crate::panel::deeds::{Done, Preview};
use crate::panel::plain::line;
use crate::panel::sealed::digest;
use crate::panel::tickets::Person;
use crate::panel::{Panel, Staff};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use utoipa::ToSchema;

/// What the word of an erasure confirms, and that of a retention.
const ERASES: &str = "erasure";
const KEEPS: &str = "retention";

/// A request of a member.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelPrivacyRequest)]
pub struct PrivacyRow {
    /// Its number.
    pub id: i64,
    /// Who asked; nobody once he is erased.
    pub member: Option<Person>,
    /// `export` or `erasure`.
    pub kind: &'static str,
    /// When he asked.
    #[schema(value_type = String, format = DateTime)]
    pub asked_at: Timestamp,
    /// By when it must be answered.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Timestamp,
    /// Where it stands.
    pub state: &'static str,
    /// The same in words.
    pub state_name: String,
    /// Why it was refused; empty where it wasn't.
    pub text: String,
    /// What may be done with it.
    pub may: Vec<&'static str>,
}

/// A page of requests.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelPrivacyRequests)]
pub struct PrivacyRows {
    /// They, the newest first.
    pub requests: Vec<PrivacyRow>,
    /// Where the next page begins; none: this is the last.
    pub next: Option<String>,
}

/// How much of something there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PanelCounted)]
pub struct CountedView {
    /// It, with how much, in words.
    pub what: String,
    /// How much.
    pub count: i64,
    /// Why it stays; nothing for what is erased.
    pub why: Option<String>,
}

/// What an erasure would do, and the word with which it is confirmed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelErasure)]
pub struct ErasureView {
    /// It, in sentences.
    pub text: String,
    /// The word.
    pub token: String,
    /// What would be gone.
    pub erased: Vec<CountedView>,
    /// What would stay, and why.
    pub kept: Vec<CountedView>,
}

/// A confirmation, or why a request is refused.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PanelPrivacyAnswer)]
pub struct PrivacyAnswer {
    /// The word of the preview.
    pub confirm: Option<String>,
    /// What the member will read.
    pub reason: Option<String>,
}

/// How long something is kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelRetention)]
pub struct RetentionRow {
    /// Its word in the path.
    pub what: &'static str,
    /// What it is called.
    pub name: String,
    /// For how many days; none: without limit.
    pub days: Option<u32>,
    /// Why so long.
    pub why: String,
    /// What may be done with it.
    pub may: Vec<&'static str>,
}

/// How long everything is kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelRetentions)]
pub struct RetentionRows {
    /// They.
    pub rules: Vec<RetentionRow>,
}

/// How long something is to be kept, or the word that confirms it.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PanelNewRetention)]
pub struct NewRetention {
    /// From 30 to 3650; none: without limit.
    pub days: Option<i64>,
    /// The word of the preview.
    pub confirm: Option<String>,
}

/// What the word of an erasure is for.
#[derive(Serialize, Deserialize)]
struct Erases {
    id: i64,
    shown: String,
}

/// What the word of a retention is for.
#[derive(Serialize, Deserialize)]
struct Keeps {
    what: String,
    days: Option<u32>,
    gone: i64,
}

/// What came of a deed that was shown first.
#[derive(Debug)]
pub enum Looked<P, T> {
    /// It is done.
    Done(T),
    /// It is to be looked at first: `confirm`, or `changed` where it isn't so any more.
    Unsure(&'static str, P),
}

fn counted(say: &Speech<'_>, one: &Counted) -> CountedView {
    CountedView {
        what: say.with(&format!("privacy-what-{}", one.what), &[("count", one.count.into())]),
        count: one.count,
        why: (!one.why.is_empty()).then(|| say.t(&format!("privacy-why-{}", one.why))),
    }
}

fn row(say: &Speech<'_>, one: &Request, names: &HashMap<UserId, String>) -> PrivacyRow {
    let id = one.user.to_string();
    let member = || Person { name: names.get(&one.user).cloned().unwrap_or_else(|| id.clone()), id: id.clone() };
    let waits = one.kind == RequestKind::Erasure && one.state == RequestState::Asked;
    let state = say.t(&format!("privacy-state-{}", one.state.as_str()));
    PrivacyRow {
        id: one.id,
        member: (!privacy::is_pseudonym(one.user)).then(member),
        kind: one.kind.as_str(),
        asked_at: one.asked_at,
        due_at: one.due_at,
        state: one.state.as_str(),
        // The page has signs of its own.
        state_name: state.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned(),
        text: one.reason.clone().unwrap_or_default(),
        may: if waits { vec!["confirm", "refuse"] } else { Vec::new() },
    }
}

fn rule(say: &Speech<'_>, one: &Rule) -> RetentionRow {
    let what = one.kept.as_str();
    RetentionRow {
        what,
        name: say.t(&format!("privacy-kept-{what}")),
        days: one.days,
        why: say.t(&format!("privacy-kept-why-{what}")),
        may: if one.kept.is_chosen() { vec!["change"] } else { Vec::new() },
    }
}

/// What may be chosen, and for how many days.
fn chosen(what: &str, days: Option<i64>) -> Result<(Kept, Option<u32>)> {
    let kept = Kept::from_word(what).filter(|kept| kept.is_chosen()).ok_or(Error::NotFound("retention"))?;
    let range = || wrong("days", Problem::NotInRange { min: FEWEST_DAYS.into(), max: MOST_DAYS.into() });
    let read = |days: i64| u32::try_from(days).ok().filter(|days| (FEWEST_DAYS..=MOST_DAYS).contains(days));
    Ok((kept, days.map(|days| read(days).ok_or_else(range)).transpose()?))
}

impl Panel {
    /// A page of requests, the newest first.
    ///
    /// # Errors
    /// [`Error::Argument`] for what can't be read.
    pub async fn privacy_requests(&self, staff: &Staff, asked: &Paged, locale: Locale) -> Result<PrivacyRows> {
        let (limit, below) = (asked.limit()?, asked.below()?);
        let read =
            async |tx: &mut Tx| privacy::requests(tx, staff.guild.id, (true, below), limit.saturating_add(1)).await;
        let mut found = self.reading(&staff.actor, read).await?;
        let next = cut(&mut found, limit, |one| one.id);
        let people: BTreeSet<_> = found.iter().map(|one| one.user).collect();
        let names = self.member_names(staff.guild.id, people).await;
        let say = self.app.words.speak(locale);
        Ok(PrivacyRows { requests: found.iter().map(|one| row(&say, one, &names)).collect(), next })
    }

    /// One request.
    async fn privacy_request(&self, staff: &Staff, id: i64) -> Result<Request> {
        let read = async |tx: &mut Tx| privacy::request(tx, staff.guild.id, id).await;
        self.reading(&staff.actor, read).await
    }

    async fn one_privacy_row(&self, staff: &Staff, id: i64, locale: Locale) -> Result<PrivacyRow> {
        let one = self.privacy_request(staff, id).await?;
        let names = self.member_names(staff.guild.id, BTreeSet::from([one.user])).await;
        Ok(row(&self.app.words.speak(locale), &one, &names))
    }

    /// What confirming a request would do.
    ///
    /// # Errors
    /// [`Error::Conflict`] where there is none of that number, it was decided before, or something must come to its end first.
    pub async fn preview_erasure(&self, staff: &Staff, id: i64, locale: Locale) -> Result<ErasureView> {
        let request = self.privacy_request(staff, id).await?;
        if (request.kind, request.state) != (RequestKind::Erasure, RequestState::Asked) {
            return Err(Error::Conflict("error-privacy-decided"));
        }
        let erasure = shown::preview(&self.app, (staff.guild.id, request.user), self.now()).await?;
        if !erasure.obstacles.is_empty() {
            return Err(Error::Conflict("error-privacy-obstacles-staff"));
        }
        let say = self.app.words.speak(locale);
        let names = self.member_names(staff.guild.id, BTreeSet::from([request.user])).await;
        let name = names.get(&request.user).cloned().unwrap_or_else(|| request.user.to_string());
        Ok(self.erasure_shown(staff, &say, (id, &name), &erasure))
    }

    fn erasure_shown(
        &self,
        staff: &Staff,
        say: &Speech<'_>,
        (id, name): (i64, &str),
        erasure: &Erasure,
    ) -> ErasureView {
        let mut text = vec![say.with("panel-erasure", &[("id", id.into()), ("name", name.into())])];
        if erasure.holds {
            text.push(say.t("privacy-confirmed-roles"));
        }
        if !erasure.customer.is_empty() {
            let args = [("customer", (&erasure.customer).into())];
            text.push(say.with("privacy-confirmed-stripe", &args).replace('`', ""));
        }
        let erased: Vec<CountedView> = erasure.erased.iter().map(|one| counted(say, one)).collect();
        let kept: Vec<CountedView> = erasure.kept.iter().map(|one| counted(say, one)).collect();
        let facts: Vec<(&str, i64)> =
            erasure.erased.iter().chain(&erasure.kept).map(|one| (one.what, one.count)).collect();
        let erases = Erases { id, shown: digest(&(facts, erasure.holds, &erasure.customer)) };
        ErasureView { text: text.join("\n"), token: self.sealed(staff, ERASES, &erases), erased, kept }
    }

    /// Confirms the erasure that a preview showed.
    ///
    /// # Errors
    /// As [`Panel::preview_erasure`]; [`Error::Conflict`] for a word that is none, or too old.
    pub async fn confirm_erasure(
        &self,
        staff: &Staff,
        (id, confirm): (i64, Option<&str>),
        (request, locale): (String, Locale),
    ) -> Result<Looked<ErasureView, PrivacyRow>> {
        let is_repeat = confirm.is_some() && self.privacy_request(staff, id).await?.state != RequestState::Asked;
        if !is_repeat {
            let now = self.preview_erasure(staff, id, locale).await?;
            let Some(confirm) = confirm else { return Ok(Looked::Unsure("confirm", now)) };
            let seen: Erases = self.unsealed(staff, ERASES, confirm)?;
            let is: Erases = self.unsealed(staff, ERASES, &now.token)?;
            if (seen.id, &seen.shown) != (is.id, &is.shown) {
                return Ok(Looked::Unsure("changed", now));
            }
        }
        // Of a request that was decided before, the command says so, or gives the answer that it gave to this very wish.
        let order = Order::new("privacy_confirm", request).with("privacy_request", Some(id));
        self.answered(staff, order, locale).await?;
        Ok(Looked::Done(self.one_privacy_row(staff, id, locale).await?))
    }

    /// Refuses a request, and tells the member why.
    ///
    /// # Errors
    /// [`Error::Argument`] about the reason; whatever the command refuses.
    pub async fn refuse_erasure(
        &self,
        staff: &Staff,
        (id, reason): (i64, &str),
        (request, locale): (String, Locale),
    ) -> Result<PrivacyRow> {
        if reason.trim().is_empty() {
            return Err(wrong("reason", Problem::Missing));
        }
        let order = Order::new("privacy_refuse", request);
        let order = order.with("privacy_request", Some(id)).with("reason", Some(reason));
        self.answered(staff, order, locale).await?;
        self.one_privacy_row(staff, id, locale).await
    }

    /// How long what is kept.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the database can't be reached.
    pub async fn retention(&self, staff: &Staff, locale: Locale) -> Result<RetentionRows> {
        let installed = (self.app.privacy, self.app.tickets.attachment_days);
        let read = async |tx: &mut Tx| retention::rules(tx, staff.guild.id, installed).await;
        let rules = self.reading(&staff.actor, read).await?;
        let say = self.app.words.speak(locale);
        Ok(RetentionRows { rules: rules.iter().map(|one| rule(&say, one)).collect() })
    }

    /// What another time would erase.
    ///
    /// # Errors
    /// [`Error::NotFound`] for what nobody chooses for; [`Error::Argument`] about the days.
    pub async fn preview_retention(
        &self,
        staff: &Staff,
        (what, days): (&str, Option<i64>),
        locale: Locale,
    ) -> Result<Preview> {
        let (kept, days) = chosen(what, days)?;
        let gone = match days {
            Some(days) => shown::over(&self.app, staff.guild.id, (kept, days), self.now()).await?,
            None => 0,
        };
        let say = self.app.words.speak(locale);
        let name = say.t(&format!("privacy-kept-{what}"));
        let text = match days {
            Some(days) => {
                let args = [("what", (&name).into()), ("days", i64::from(days).into()), ("count", gone.into())];
                say.with("panel-retention", &args)
            }
            None => say.with("panel-retention-unlimited", &[("what", (&name).into())]),
        };
        let keeps = Keeps { what: what.to_owned(), days, gone };
        let called = self.called(staff, &[], locale).await;
        Ok(Preview { text: line(&text, &called), token: self.sealed(staff, KEEPS, &keeps) })
    }

    /// Sets how long something is kept, as a preview showed it.
    ///
    /// # Errors
    /// As [`Panel::preview_retention`]; [`Error::Conflict`] for a word that is none, or too old.
    pub async fn change_retention(
        &self,
        staff: &Staff,
        (what, asked): (&str, &NewRetention),
        (request, locale): (String, Locale),
    ) -> Result<Looked<Preview, Done>> {
        let Some(confirm) = &asked.confirm else {
            return Ok(Looked::Unsure("confirm", self.preview_retention(staff, (what, asked.days), locale).await?));
        };
        let seen: Keeps = self.unsealed(staff, KEEPS, confirm)?;
        if seen.what != what {
            return Err(Error::Conflict("error-offer-gone"));
        }
        let now = self.preview_retention(staff, (what, seen.days.map(i64::from)), locale).await?;
        let is: Keeps = self.unsealed(staff, KEEPS, &now.token)?;
        if seen.gone < is.gone {
            return Ok(Looked::Unsure("changed", now));
        }
        let order = Order::new("retention_set", request)
            .with("kept", Some(format!("kept_{what}")))
            .with("kept_days", Some(seen.days.unwrap_or_default()));
        Ok(Looked::Done(self.order(staff, order, locale).await?))
    }
}
