//! The routes of members' requests for their data, and of how long what is kept.

use super::asked::{Staff, json};
use super::refused::Refused;
use super::table::{Row, Run, row, shape};
use crate::panel::deeds::{self, Done, Preview};
use crate::panel::team::{self as shapes, Looked};
use actix_web::HttpResponse;
use futures_util::FutureExt;

/// They.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("GET", "/api/admin/guilds/{guild}/privacy", "A page of members' requests for their data or its erasure", Run::Operator(|staff| requests(staff).boxed_local())).gives(shape::<shapes::PrivacyRows>()).query(&["limit", "cursor"]),
    row("GET", "/api/admin/guilds/{guild}/privacy/{id}/preview", "What an erasure would erase, and what stays", Run::Operator(|staff| preview(staff).boxed_local())).gives(shape::<shapes::ErasureView>()),
    row("POST", "/api/admin/guilds/{guild}/privacy/{id}/confirm", "Confirms the erasure that a preview showed", Run::Operator(|staff| confirm(staff).boxed_local())).takes(shape::<shapes::PrivacyAnswer>()).gives(shape::<shapes::PrivacyRow>()),
    row("POST", "/api/admin/guilds/{guild}/privacy/{id}/refuse", "Refuses an erasure, with a reason", Run::Operator(|staff| refuse(staff).boxed_local())).takes(shape::<shapes::PrivacyAnswer>()).gives(shape::<shapes::PrivacyRow>()),
    row("GET", "/api/admin/guilds/{guild}/retention", "How long what is kept", Run::Operator(|staff| retention(staff).boxed_local())).gives(shape::<shapes::RetentionRows>()),
    row("POST", "/api/admin/guilds/{guild}/retention/{what}/preview", "What another time would erase", Run::Operator(|staff| preview_retention(staff).boxed_local())).takes(shape::<shapes::NewRetention>()).gives(shape::<Preview>()),
    row("PATCH", "/api/admin/guilds/{guild}/retention/{what}", "Sets how long something is kept, as a preview showed it", Run::Operator(|staff| keep(staff).boxed_local())).takes(shape::<shapes::NewRetention>()).gives(shape::<Done>()),
];

async fn requests(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked: shapes::Paged = staff.asked.query()?;
    json(&staff.asked.panel().privacy_requests(&staff.staff, &asked, staff.asked.locale).await?)
}

async fn preview(staff: Staff) -> Result<HttpResponse, Refused> {
    let id = staff.asked.number("id", "request")?;
    json(&staff.asked.panel().preview_erasure(&staff.staff, id, staff.asked.locale).await?)
}

async fn confirm(staff: Staff) -> Result<HttpResponse, Refused> {
    let (id, answer): (i64, shapes::PrivacyAnswer) = (staff.asked.number("id", "request")?, staff.asked.body()?);
    let request = deeds::request(&staff.staff, &format!("privacy/{id}/confirm"), staff.asked.key()?.as_deref());
    let what = (id, answer.confirm.as_deref());
    match staff.asked.panel().confirm_erasure(&staff.staff, what, (request, staff.asked.locale)).await? {
        Looked::Done(row) => json(&row),
        Looked::Unsure(word, preview) => Err(Refused::Erasure(word, preview)),
    }
}

async fn refuse(staff: Staff) -> Result<HttpResponse, Refused> {
    let (id, answer): (i64, shapes::PrivacyAnswer) = (staff.asked.number("id", "request")?, staff.asked.body()?);
    let request = deeds::request(&staff.staff, &format!("privacy/{id}/refuse"), staff.asked.key()?.as_deref());
    let what = (id, answer.reason.as_deref().unwrap_or_default());
    json(&staff.asked.panel().refuse_erasure(&staff.staff, what, (request, staff.asked.locale)).await?)
}

async fn retention(staff: Staff) -> Result<HttpResponse, Refused> {
    json(&staff.asked.panel().retention(&staff.staff, staff.asked.locale).await?)
}

async fn preview_retention(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked: shapes::NewRetention = staff.asked.body()?;
    let what = (staff.asked.part("what"), asked.days);
    json(&staff.asked.panel().preview_retention(&staff.staff, what, staff.asked.locale).await?)
}

async fn keep(staff: Staff) -> Result<HttpResponse, Refused> {
    let (what, asked): (&str, shapes::NewRetention) = (staff.asked.part("what"), staff.asked.body()?);
    let request = deeds::request(&staff.staff, &format!("retention/{what}"), None);
    match staff.asked.panel().change_retention(&staff.staff, (what, &asked), (request, staff.asked.locale)).await? {
        Looked::Done(done) => json(&done),
        Looked::Unsure(word, preview) => Err(Refused::Unconfirmed(word, preview)),
    }
}
