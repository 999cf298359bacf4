//! The routes of promotions, giveaways, decisions, settings and the audit.

use super::asked::{Staff, json};
use super::desk::attachment;
use super::refused::Refused;
use super::table::{Row, Run, row, shape};
use crate::kernel::error::Problem;
use crate::kernel::{Error, Locale};
use crate::panel::deeds::{self, Done, Preview};
use crate::panel::team::{self as shapes, Confirmed};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use futures_util::FutureExt;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// What an approval is bound to.
#[derive(Deserialize, ToSchema)]
#[schema(as = PanelBound)]
pub(super) struct Bound {
    /// The digest that was shown.
    #[serde(default)]
    digest: Option<String>,
}

/// The word of a preview.
#[derive(Deserialize, Default, ToSchema)]
#[serde(default)]
#[schema(as = PanelConfirm)]
pub(super) struct Confirm {
    /// It.
    confirm: Option<String>,
}

/// How much later something ends.
#[derive(Deserialize, Default, ToSchema)]
#[serde(default)]
#[schema(as = PanelLater)]
pub(super) struct Later {
    /// How long, or until when.
    duration: Option<String>,
}

/// A setting's new value.
#[derive(Deserialize, Default, ToSchema)]
#[serde(default)]
#[schema(as = PanelNewValue)]
pub(super) struct NewValue {
    /// It.
    value: Value,
}

/// The options of `/giveaway_create`.
#[derive(Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(as = PanelNewGiveaway, value_type = Object)]
pub(super) struct NewGiveaway(Map<String, Value>);

/// A step that needs nothing more.
#[derive(Deserialize, ToSchema)]
#[schema(as = PanelNothing)]
pub(super) struct Nothing {}

/// They.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("GET", "/api/admin/guilds/{guild}/decisions", "Shellia's plans, and how the switch stands", Run::Operator(|staff| decisions(staff).boxed_local())).gives(shape::<shapes::Decisions>()).query(&["state", "id", "limit", "cursor"]),
    row("POST", "/api/admin/guilds/{guild}/decisions/{id}/approve", "Approves a plan as it was shown", Run::Operator(|staff| approve(staff).boxed_local())).takes(shape::<Bound>()).gives(shape::<shapes::Decision>()),
    row("POST", "/api/admin/guilds/{guild}/decisions/{id}/reject", "Rejects a plan", Run::Operator(|staff| reject(staff).boxed_local())).takes(shape::<Nothing>()).gives(shape::<shapes::Decision>()),
    row("POST", "/api/admin/guilds/{guild}/stop", "Stops everything that Shellia does", Run::Operator(|staff| stop(staff).boxed_local())).takes(shape::<Nothing>()).gives(shape::<shapes::SwitchView>()),
    row("POST", "/api/admin/guilds/{guild}/resume", "Asks for everything to go on, by a plan that is to be approved", Run::Operator(|staff| resume(staff).boxed_local())).takes(shape::<Nothing>()).gives(shape::<shapes::Resumed>()),
    row("GET", "/api/admin/guilds/{guild}/giveaways", "A page of giveaways", Run::Staff(|staff| giveaways(staff).boxed_local())).gives(shape::<shapes::Giveaways>()).query(&["state", "limit", "cursor"]),
    row("GET", "/api/admin/guilds/{guild}/giveaways/{number}", "A giveaway with its winners and what was done to it", Run::Staff(|staff| giveaway(staff).boxed_local())).gives(shape::<shapes::GiveawayDetail>()),
    row("GET", "/api/admin/guilds/{guild}/giveaways/{number}/proof", "The open file of a draw", Run::Staff(|staff| proof(staff).boxed_local())).gives(None).query(&["lang"]),
    row("POST", "/api/admin/guilds/{guild}/giveaways", "Makes a giveaway", Run::Operator(|staff| make_giveaway(staff).boxed_local())).takes(shape::<NewGiveaway>()).creates(shape::<shapes::Made>()),
    row("POST", "/api/admin/guilds/{guild}/giveaways/{number}/end", "Ends a giveaway early", Run::Operator(|staff| change(staff, "giveaway_end", "end").boxed_local())).takes(shape::<Nothing>()).gives(shape::<Done>()),
    row("POST", "/api/admin/guilds/{guild}/giveaways/{number}/extend", "Ends a giveaway later", Run::Operator(|staff| extend(staff).boxed_local())).takes(shape::<Later>()).gives(shape::<Done>()),
    row("POST", "/api/admin/guilds/{guild}/giveaways/{number}/cancel", "Calls a giveaway off", Run::Operator(|staff| change(staff, "giveaway_cancel", "cancel").boxed_local())).takes(shape::<Nothing>()).gives(shape::<Done>()),
    row("POST", "/api/admin/guilds/{guild}/giveaways/{number}/pause", "Lets nobody enter for now", Run::Operator(|staff| pause(staff, true).boxed_local())).takes(shape::<Nothing>()).gives(shape::<Done>()),
    row("POST", "/api/admin/guilds/{guild}/giveaways/{number}/resume", "Lets members enter again", Run::Operator(|staff| pause(staff, false).boxed_local())).takes(shape::<Nothing>()).gives(shape::<Done>()),
    row("POST", "/api/admin/guilds/{guild}/giveaways/{number}/reroll/preview", "Who would be replaced", Run::Operator(|staff| preview_reroll(staff).boxed_local())).takes(shape::<shapes::Reroll>()).gives(shape::<Preview>()),
    row("POST", "/api/admin/guilds/{guild}/giveaways/{number}/reroll", "Replaces a winner", Run::Operator(|staff| reroll(staff).boxed_local())).takes(shape::<shapes::Reroll>()).gives(shape::<Done>()),
    row("GET", "/api/admin/guilds/{guild}/promotions", "A page of promotions", Run::Operator(|staff| promotions(staff).boxed_local())).gives(shape::<shapes::Promotions>()).query(&["state", "limit", "cursor"]),
    row("POST", "/api/admin/guilds/{guild}/promotions/preview", "What a promotion would do", Run::Operator(|staff| preview_promotion(staff).boxed_local())).takes(shape::<shapes::NewPromo>()).gives(shape::<shapes::PricesPreview>()),
    row("POST", "/api/admin/guilds/{guild}/promotions", "Makes the promotion that a preview showed", Run::Operator(|staff| make_promotion(staff).boxed_local())).takes(shape::<Confirm>()).creates(shape::<shapes::PromotionRow>()),
    row("POST", "/api/admin/guilds/{guild}/promotions/{number}/stop/preview", "What the end of a promotion would do", Run::Operator(|staff| preview_stop(staff).boxed_local())).takes(shape::<Nothing>()).gives(shape::<shapes::PricesPreview>()),
    row("POST", "/api/admin/guilds/{guild}/promotions/{number}/stop", "Stops the promotion whose end a preview showed", Run::Operator(|staff| stop_promotion(staff).boxed_local())).takes(shape::<Confirm>()).gives(shape::<shapes::PromotionRow>()),
    row("GET", "/api/admin/guilds/{guild}/settings", "The settings", Run::Operator(|staff| settings(staff).boxed_local())).gives(shape::<shapes::Settings>()),
    row("PATCH", "/api/admin/guilds/{guild}/settings/{key}", "Changes a setting", Run::Operator(|staff| change_setting(staff).boxed_local())).takes(shape::<NewValue>()).gives(shape::<shapes::Setting>()),
    row("GET", "/api/admin/guilds/{guild}/check", "What the setup lacks", Run::Operator(|staff| check(staff).boxed_local())).gives(shape::<shapes::Check>()),
    row("GET", "/api/admin/guilds/{guild}/audit", "What was done, by whom", Run::Operator(|staff| audit(staff).boxed_local())).gives(shape::<shapes::Audit>()).query(&["who", "what", "from", "to", "limit", "cursor"]),
];

async fn decisions(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked: shapes::DecisionsAsked = staff.asked.query()?;
    json(&staff.asked.panel().decisions(&staff.staff, &asked, staff.asked.locale).await?)
}

async fn approve(staff: Staff) -> Result<HttpResponse, Refused> {
    let (number, Bound { digest }) = (staff.asked.number("id", "plan")?, staff.asked.body()?);
    let digest = digest.ok_or(Error::Argument { option: "digest", problem: Problem::Missing })?;
    json(&staff.asked.panel().approve(&staff.staff, (number, &digest), staff.asked.locale).await?)
}

async fn reject(staff: Staff) -> Result<HttpResponse, Refused> {
    let number = staff.asked.number("id", "plan")?;
    json(&staff.asked.panel().reject(&staff.staff, number, staff.asked.locale).await?)
}

async fn stop(staff: Staff) -> Result<HttpResponse, Refused> {
    json(&staff.asked.panel().stop_plans(&staff.staff, staff.asked.locale).await?)
}

async fn resume(staff: Staff) -> Result<HttpResponse, Refused> {
    let intent = intent(&staff, "resume")?.0;
    json(&staff.asked.panel().resume_plans(&staff.staff, intent, staff.asked.locale).await?)
}

/// Under what a repeat of this request is known, and the language of its answer.
fn intent(staff: &Staff, path: &str) -> Result<(String, Locale), Refused> {
    let request = deeds::request(&staff.staff, path, staff.asked.key()?.as_deref());
    Ok((request, staff.asked.locale))
}

fn created(value: &impl Serialize) -> Result<HttpResponse, Refused> {
    let mut response = json(value)?;
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

async fn giveaways(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked: shapes::GiveawaysAsked = staff.asked.query()?;
    json(&staff.asked.panel().giveaways(&staff.staff, &asked, staff.asked.locale).await?)
}

async fn giveaway(staff: Staff) -> Result<HttpResponse, Refused> {
    let number = staff.asked.number("number", "giveaway")?;
    json(&staff.asked.panel().giveaway(&staff.staff, number, staff.asked.locale).await?)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct InLanguage {
    lang: String,
}

async fn proof(staff: Staff) -> Result<HttpResponse, Refused> {
    let (number, InLanguage { lang }) = (staff.asked.number("number", "giveaway")?, staff.asked.query()?);
    // A link bears no header.
    let locale = Locale::from_code(&lang).unwrap_or(staff.asked.locale);
    let request = deeds::request(&staff.staff, "proof", None);
    Ok(attachment(staff.asked.panel().giveaway_proof(&staff.staff, number, (request, locale)).await?))
}

async fn make_giveaway(staff: Staff) -> Result<HttpResponse, Refused> {
    let (NewGiveaway(options), intent) = (staff.asked.body()?, intent(&staff, "giveaways")?);
    created(&staff.asked.panel().make_giveaway(&staff.staff, &options, intent).await?)
}

async fn change(staff: Staff, command: &'static str, deed: &str) -> Result<HttpResponse, Refused> {
    let number = staff.asked.number("number", "giveaway")?;
    let intent = intent(&staff, &format!("giveaways/{number}/{deed}"))?;
    json(&staff.asked.panel().change_giveaway(&staff.staff, (number, command, None), intent).await?)
}

async fn extend(staff: Staff) -> Result<HttpResponse, Refused> {
    let (number, Later { duration }) = (staff.asked.number("number", "giveaway")?, staff.asked.body()?);
    let intent = intent(&staff, &format!("giveaways/{number}/extend"))?;
    let what = (number, "giveaway_extend", duration.as_deref());
    json(&staff.asked.panel().change_giveaway(&staff.staff, what, intent).await?)
}

async fn pause(staff: Staff, paused: bool) -> Result<HttpResponse, Refused> {
    let number = staff.asked.number("number", "giveaway")?;
    let deed = if paused { "pause" } else { "resume" };
    let intent = intent(&staff, &format!("giveaways/{number}/{deed}"))?;
    json(&staff.asked.panel().pause_giveaway(&staff.staff, (number, paused), intent).await?)
}

async fn preview_reroll(staff: Staff) -> Result<HttpResponse, Refused> {
    let (number, asked): (i64, shapes::Reroll) = (staff.asked.number("number", "giveaway")?, staff.asked.body()?);
    json(&staff.asked.panel().preview_reroll(&staff.staff, (number, &asked), staff.asked.locale).await?)
}

async fn reroll(staff: Staff) -> Result<HttpResponse, Refused> {
    let (number, asked): (i64, shapes::Reroll) = (staff.asked.number("number", "giveaway")?, staff.asked.body()?);
    let panel = staff.asked.panel();
    let Some(confirm) = &asked.confirm else {
        let preview = panel.preview_reroll(&staff.staff, (number, &asked), staff.asked.locale).await?;
        return Err(Refused::Unconfirmed("confirm", preview));
    };
    let intent = intent(&staff, &format!("giveaways/{number}/reroll"))?;
    json(&panel.reroll(&staff.staff, (number, confirm), intent).await?)
}

async fn promotions(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked: shapes::PromotionsAsked = staff.asked.query()?;
    json(&staff.asked.panel().promotions(&staff.staff, &asked, staff.asked.locale).await?)
}

async fn preview_promotion(staff: Staff) -> Result<HttpResponse, Refused> {
    let typed: shapes::NewPromo = staff.asked.body()?;
    json(&staff.asked.panel().preview_promotion(&staff.staff, &typed, staff.asked.locale).await?)
}

async fn make_promotion(staff: Staff) -> Result<HttpResponse, Refused> {
    let Confirm { confirm } = staff.asked.body()?;
    let Some(confirm) = confirm else {
        let say = staff.asked.panel().app().words.speak(staff.asked.locale);
        return Err(Refused::Unasked(say.t("panel-promo-unseen")));
    };
    let intent = intent(&staff, "promotions")?;
    match staff.asked.panel().make_promotion(&staff.staff, &confirm, intent).await? {
        Confirmed::Done(row) => created(&row),
        Confirmed::Changed(preview) => Err(Refused::Prices("changed", preview)),
    }
}

async fn preview_stop(staff: Staff) -> Result<HttpResponse, Refused> {
    let number = staff.asked.number("number", "promotion")?;
    json(&staff.asked.panel().preview_promotion_stop(&staff.staff, number, staff.asked.locale).await?)
}

async fn stop_promotion(staff: Staff) -> Result<HttpResponse, Refused> {
    let (number, Confirm { confirm }) = (staff.asked.number("number", "promotion")?, staff.asked.body()?);
    let panel = staff.asked.panel();
    let Some(confirm) = confirm else {
        let preview = panel.preview_promotion_stop(&staff.staff, number, staff.asked.locale).await?;
        return Err(Refused::Prices("confirm", preview));
    };
    let intent = intent(&staff, &format!("promotions/{number}/stop"))?;
    match panel.stop_promotion(&staff.staff, (number, &confirm), intent).await? {
        Confirmed::Done(row) => json(&row),
        Confirmed::Changed(preview) => Err(Refused::Prices("changed", preview)),
    }
}

async fn settings(staff: Staff) -> Result<HttpResponse, Refused> {
    json(&staff.asked.panel().settings(&staff.staff, staff.asked.locale).await?)
}

async fn change_setting(staff: Staff) -> Result<HttpResponse, Refused> {
    let NewValue { value } = staff.asked.body()?;
    let key = staff.asked.part("key").to_owned();
    let intent = intent(&staff, &format!("settings/{key}"))?;
    json(&staff.asked.panel().change_setting(&staff.staff, (&key, &value), intent).await?)
}

async fn check(staff: Staff) -> Result<HttpResponse, Refused> {
    let request = deeds::request(&staff.staff, "check", None);
    json(&staff.asked.panel().check(&staff.staff, request, staff.asked.locale).await?)
}

async fn audit(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked: shapes::AuditAsked = staff.asked.query()?;
    json(&staff.asked.panel().audit(&staff.staff, &asked, staff.asked.locale).await?)
}
