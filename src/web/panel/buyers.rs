//! The routes of orders and members.

use super::asked::{Staff, json};
use super::desk::attachment;
use super::refused::Refused;
use super::table::{Row, Run, row, shape};
use crate::kernel::{Error, Locale, UserId};
use crate::panel::deeds::{Done, Preview, Unasked};
use crate::panel::shop::{Give, MemberView, Members, MembersAsked, OrderView, Orders, OrdersAsked, RefundOf, Sure};
use actix_web::HttpResponse;
use futures_util::FutureExt;
use serde::Deserialize;

/// They.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("GET", "/api/admin/guilds/{guild}/orders", "A page of orders", Run::Staff(|staff| orders(staff).boxed_local())).gives(shape::<Orders>()).query(&["state", "member", "q", "from", "to", "sort", "limit", "cursor"]),
    row("GET", "/api/admin/guilds/{guild}/orders/{number}", "An order with all that stands of it", Run::Staff(|staff| order(staff).boxed_local())).gives(shape::<OrderView>()),
    row("POST", "/api/admin/guilds/{guild}/orders/{number}/refund/preview", "What a refund would do", Run::Staff(|staff| refund_preview(staff).boxed_local())).takes(shape::<RefundOf>()).gives(shape::<Preview>()),
    row("POST", "/api/admin/guilds/{guild}/orders/{number}/refund", "Gives back what a preview showed", Run::Staff(|staff| refund(staff).boxed_local())).takes(shape::<Sure>()).gives(shape::<Done>()),
    row("GET", "/api/admin/guilds/{guild}/orders/{number}/evidence", "All that stands of an order, as a file for a bank", Run::Staff(|staff| evidence(staff).boxed_local())).gives(None).query(&["lang"]),
    row("GET", "/api/admin/guilds/{guild}/members", "A page of the members that are known here", Run::Staff(|staff| members(staff).boxed_local())).gives(shape::<Members>()).query(&["q", "erased", "limit", "cursor"]),
    row("GET", "/api/admin/guilds/{guild}/members/{member}", "A member, what he holds, and why he has or lacks each role", Run::Staff(|staff| member(staff).boxed_local())).gives(shape::<MemberView>()),
    row("POST", "/api/admin/guilds/{guild}/members/{member}/grant", "Gives a member a plan or a role", Run::Operator(|staff| give(staff, "grant").boxed_local())).takes(shape::<Give>()).gives(shape::<Done>()),
    row("POST", "/api/admin/guilds/{guild}/members/{member}/revoke", "Takes from a member what was given by hand", Run::Operator(|staff| give(staff, "revoke").boxed_local())).takes(shape::<Give>()).gives(shape::<Done>()),
];

#[derive(Deserialize, Default)]
#[serde(default)]
struct InLanguage {
    lang: String,
}

/// What a command refused, beside the field by which the page calls its option; options that both call the same need no pair.
pub(super) fn beside(fields: &'static [(&'static str, &'static str)]) -> impl Fn(Error) -> Refused {
    move |error| {
        let Error::Argument { option, .. } = &error else { return Refused::Error(error) };
        match fields.iter().find(|(called, _)| called == option) {
            Some((_, field)) => Refused::Field(field, error),
            None => Refused::Error(error),
        }
    }
}

async fn orders(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked: OrdersAsked = staff.asked.query()?;
    json(&staff.asked.panel().orders(&staff.staff, &asked, staff.asked.locale).await?)
}

async fn order(staff: Staff) -> Result<HttpResponse, Refused> {
    let number = staff.asked.number("number", "order")?;
    json(&staff.asked.panel().one_order(&staff.staff, number, staff.asked.locale).await?)
}

async fn refund_preview(staff: Staff) -> Result<HttpResponse, Refused> {
    let (number, of): (_, RefundOf) = (staff.asked.number("number", "order")?, staff.asked.body()?);
    match staff.asked.panel().refund_preview(&staff.staff, number, &of, staff.asked.locale).await? {
        Ok(preview) => json(&preview),
        Err(Unasked(why)) => Err(Refused::Unasked(why)),
    }
}

async fn refund(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked = &staff.asked;
    let (number, Sure { confirm }) = (asked.number("number", "order")?, asked.body()?);
    let key = asked.key()?;
    json(&asked.panel().refund(&staff.staff, (number, &confirm), (key.as_deref(), asked.locale)).await?)
}

async fn evidence(staff: Staff) -> Result<HttpResponse, Refused> {
    let (number, InLanguage { lang }) = (staff.asked.number("number", "order")?, staff.asked.query()?);
    // A link bears no header.
    let locale = Locale::from_code(&lang).unwrap_or(staff.asked.locale);
    Ok(attachment(staff.asked.panel().evidence(&staff.staff, number, locale).await?))
}

async fn members(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked: MembersAsked = staff.asked.query()?;
    json(&staff.asked.panel().members(&staff.staff, &asked, staff.asked.locale).await?)
}

fn of_path(staff: &Staff) -> Result<UserId, Refused> {
    let id = staff.asked.part("member").parse().ok().and_then(UserId::new);
    id.ok_or(Refused::Error(Error::NotFound("member")))
}

async fn member(staff: Staff) -> Result<HttpResponse, Refused> {
    let user = of_path(&staff)?;
    json(&staff.asked.panel().member(&staff.staff, user, staff.asked.locale).await?)
}

async fn give(staff: Staff, deed: &'static str) -> Result<HttpResponse, Refused> {
    let asked = &staff.asked;
    let (user, give): (_, Give) = (of_path(&staff)?, asked.body()?);
    let key = asked.key()?;
    let given = asked.panel().give(&staff.staff, (user, deed, &give), (key.as_deref(), asked.locale)).await;
    let fields = beside(&[("given_plan", "what"), ("given_role", "what"), ("given_days", "days")]);
    json(&given.map_err(fields)?)
}
