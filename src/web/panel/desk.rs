//! The routes of doing something to tickets, of canned replies and saved views.

use super::asked::{Staff, done, json};
use super::refused::Refused;
use crate::kernel::Error;
use crate::kernel::error::Problem;
use crate::panel::Doing;
use crate::panel::tickets::{Act, Bulk, Download, Meant, NewCanned, NewView, Write, Written};
use actix_web::HttpResponse;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

/// An answer or a note.
#[derive(Deserialize, ToSchema)]
#[schema(as = PanelBody)]
pub(super) struct Said {
    /// What it says.
    body: String,
}

/// With what something is done to a ticket.
#[derive(Deserialize, Default, ToSchema)]
#[serde(default)]
#[schema(as = PanelValue)]
pub(super) struct With {
    /// To whom it is given.
    to: Option<String>,
    /// How urgent it is.
    priority: Option<String>,
    /// What it is about.
    category: Option<String>,
    /// Why it is closed.
    reason: Option<String>,
}

/// Something to do to several tickets.
#[derive(Deserialize, ToSchema)]
#[schema(as = PanelBulk)]
pub(super) struct ToSeveral {
    /// Their numbers, a hundred at most.
    numbers: Vec<i64>,
    /// `claim`, `assign`, `priority`, `category`, `resolve` or `close`.
    r#do: String,
    /// With what.
    #[serde(default)]
    value: Option<String>,
}

/// What somebody does at a ticket.
#[derive(Deserialize, ToSchema)]
#[schema(as = PanelPresence)]
pub(super) struct Does {
    /// What.
    doing: Doing,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Seen {
    seen: String,
    force: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct WithNotes {
    notes: bool,
}

async fn write(staff: Staff, meant: Meant) -> Result<HttpResponse, Refused> {
    let asked = &staff.asked;
    let (number, said, key) = (asked.number("number", "ticket")?, asked.body::<Said>()?, asked.key()?);
    let Seen { seen, force } = asked.query()?;
    let wrong = |_| Error::Argument { option: "seen", problem: Problem::NotAnId };
    let seen = if seen.is_empty() || force { None } else { Some(seen.parse().map_err(wrong)?) };
    let write = Write { body: said.body, seen, key };
    match asked.panel().write(&staff.staff, number, meant, write).await? {
        Written::Done(message) => Ok(HttpResponse::Created().insert_header((CACHE_CONTROL, "no-store")).json(message)),
        // Our own types always make JSON.
        Written::Meanwhile(message) => Err(Refused::Meanwhile(
            "someone-answered",
            "panel-someone-answered",
            serde_json::to_value(message).unwrap_or(Value::Null),
        )),
    }
}

pub(super) async fn reply(staff: Staff) -> Result<HttpResponse, Refused> {
    write(staff, Meant::Reply).await
}

pub(super) async fn note(staff: Staff) -> Result<HttpResponse, Refused> {
    write(staff, Meant::Note).await
}

/// What the last part of the path says, with what the body gives.
pub(super) async fn act(staff: Staff, what: &'static str) -> Result<HttpResponse, Refused> {
    let asked = &staff.asked;
    let number = asked.number("number", "ticket")?;
    let With { to, priority, category, reason } = if asked.body.is_empty() { With::default() } else { asked.body()? };
    let value = match what {
        "assign" => to,
        "priority" => priority,
        "category" => category,
        "close" => reason,
        _ => None,
    };
    let act = Act::read(what, value.as_deref())?;
    json(&asked.panel().act(&staff.staff, number, &act).await?)
}

pub(super) async fn bulk(staff: Staff) -> Result<HttpResponse, Refused> {
    let ToSeveral { numbers, r#do, value } = staff.asked.body()?;
    let bulk = Bulk { numbers, act: Act::read(&r#do, value.as_deref())? };
    json(&staff.asked.panel().bulk(&staff.staff, &bulk, staff.asked.locale).await?)
}

pub(super) async fn presence(staff: Staff) -> Result<HttpResponse, Refused> {
    let (number, Does { doing }) = (staff.asked.number("number", "ticket")?, staff.asked.body()?);
    staff.asked.panel().is_seen_at(&staff.staff, number, doing).await?;
    done()
}

/// Something to keep: never shown in the browser, whatever it holds.
pub(super) fn attachment(file: Download) -> HttpResponse {
    let plain: String =
        file.name.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
    let coded: String =
        url::form_urlencoded::byte_serialize(file.name.as_bytes()).collect::<String>().replace('+', "%20");
    // A type that can't stand in a header says nothing.
    let kind = HeaderValue::from_str(&file.kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{coded}")))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(file.bytes)
}

pub(super) async fn transcript(staff: Staff) -> Result<HttpResponse, Refused> {
    let (number, WithNotes { notes }) = (staff.asked.number("number", "ticket")?, staff.asked.query()?);
    let file = staff.asked.panel().transcript(&staff.staff, (number, notes), staff.asked.locale).await?;
    Ok(attachment(file))
}

pub(super) async fn file(staff: Staff) -> Result<HttpResponse, Refused> {
    let whose = (staff.asked.number("number", "ticket")?, staff.asked.number("file", "file")?);
    Ok(attachment(staff.asked.panel().file(&staff.staff, whose).await?))
}

pub(super) async fn canned(staff: Staff) -> Result<HttpResponse, Refused> {
    json(&staff.asked.panel().canned(&staff.staff).await?)
}

pub(super) async fn add_canned(staff: Staff) -> Result<HttpResponse, Refused> {
    let new: NewCanned = staff.asked.body()?;
    json(&staff.asked.panel().keep_canned(&staff.staff, None, &new).await?)
}

pub(super) async fn change_canned(staff: Staff) -> Result<HttpResponse, Refused> {
    let (id, new): (_, NewCanned) = (staff.asked.number("id", "canned")?, staff.asked.body()?);
    json(&staff.asked.panel().keep_canned(&staff.staff, Some(id), &new).await?)
}

pub(super) async fn remove_canned(staff: Staff) -> Result<HttpResponse, Refused> {
    staff.asked.panel().remove_canned(&staff.staff, staff.asked.number("id", "canned")?).await?;
    done()
}

pub(super) async fn views(staff: Staff) -> Result<HttpResponse, Refused> {
    json(&staff.asked.panel().views(&staff.staff).await?)
}

pub(super) async fn save_view(staff: Staff) -> Result<HttpResponse, Refused> {
    let new: NewView = staff.asked.body()?;
    json(&staff.asked.panel().save_view(&staff.staff, &new).await?)
}

pub(super) async fn remove_view(staff: Staff) -> Result<HttpResponse, Refused> {
    staff.asked.panel().remove_view(&staff.staff, staff.asked.number("id", "view")?).await?;
    done()
}
