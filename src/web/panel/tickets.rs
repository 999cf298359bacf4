//! The routes of reading tickets.

use super::asked::{Staff, json};
use super::refused::Refused;
use crate::panel::tickets::Asked;
use actix_web::HttpResponse;
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Before {
    before: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Days {
    days: String,
}

pub(super) async fn guild(staff: Staff) -> Result<HttpResponse, Refused> {
    json(&staff.asked.panel().guild(&staff.staff, staff.asked.locale).await?)
}

pub(super) async fn overview(staff: Staff) -> Result<HttpResponse, Refused> {
    let Days { days } = staff.asked.query()?;
    json(&staff.asked.panel().overview(&staff.staff, &days).await?)
}

pub(super) async fn list(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked: Asked = staff.asked.query()?;
    json(&staff.asked.panel().list(&staff.staff, &asked).await?)
}

pub(super) async fn counts(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked: Asked = staff.asked.query()?;
    json(&staff.asked.panel().counts(&staff.staff, &asked).await?)
}

pub(super) async fn ticket(staff: Staff) -> Result<HttpResponse, Refused> {
    let number = staff.asked.number("number", "ticket")?;
    json(&staff.asked.panel().ticket(&staff.staff, number).await?)
}

pub(super) async fn messages(staff: Staff) -> Result<HttpResponse, Refused> {
    let (number, Before { before }) = (staff.asked.number("number", "ticket")?, staff.asked.query()?);
    json(&staff.asked.panel().messages(&staff.staff, number, &before).await?)
}

pub(super) async fn history(staff: Staff) -> Result<HttpResponse, Refused> {
    let (number, Before { before }) = (staff.asked.number("number", "ticket")?, staff.asked.query()?);
    json(&staff.asked.panel().history(&staff.staff, number, (&before, staff.asked.locale)).await?)
}

pub(super) async fn opener(staff: Staff) -> Result<HttpResponse, Refused> {
    let number = staff.asked.number("number", "ticket")?;
    json(&staff.asked.panel().opener(&staff.staff, number, staff.asked.locale).await?)
}
