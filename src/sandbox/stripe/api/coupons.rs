//! Coupons and promotion codes.

use serde_json::{Value, json};

use crate::sandbox::json::text;
use crate::sandbox::stripe::Books;
use crate::sandbox::stripe::form::Form;
use crate::sandbox::stripe::object::{field, fresh_id, id_of, int, letters, moment, own, set};
use crate::sandbox::stripe::refusal::Refusal;
use crate::sandbox::stripe::routes::{Call, Outcome};
use crate::sandbox::stripe::store::Kind;

/// What making a coupon takes.
pub(crate) const COUPON: &[&str] = &[
    "id",
    "name",
    "percent_off",
    "amount_off",
    "currency",
    "duration",
    "duration_in_months",
    "max_redemptions",
    "redeem_by",
    "metadata",
    "metadata.*",
];

/// What making a promotion code takes.
pub(crate) const CODE: &[&str] = &[
    "promotion.type",
    "promotion.coupon",
    "code",
    "active",
    "customer",
    "expires_at",
    "max_redemptions",
    "metadata",
    "metadata.*",
    "restrictions.first_time_transaction",
    "restrictions.minimum_amount",
    "restrictions.minimum_amount_currency",
];

pub(crate) fn create(books: &mut Books, call: &Call) -> Outcome {
    let form = &call.form;
    let id = form.text("id").map_or_else(|| letters(8), str::to_owned);
    if books.store.get(Kind::Coupon, &id).is_ok() {
        return Err(Refusal::invalid("Coupon already exists.").code("resource_already_exists").param("id"));
    }
    let (percent, amount) = (percent(form)?, form.int("amount_off")?);
    let currency = match (percent, amount) {
        (Some(_), None) => None,
        (None, Some(amount)) if amount > 0 => Some(form.need("currency")?.to_lowercase()),
        (None, None) => return Err(Refusal::invalid("Must provide percent_off or amount_off.").param("percent_off")),
        _ => {
            return Err(
                Refusal::invalid("You may pass either percent_off or a positive amount_off.").param("amount_off")
            );
        }
    };
    let duration = form.choice("duration", &["forever", "once", "repeating"])?.unwrap_or("once");
    let months = form.int("duration_in_months")?;
    if (duration == "repeating") != months.is_some_and(|months| months > 0) {
        let message = "You must pass duration_in_months with duration=repeating, and only with it.";
        return Err(Refusal::invalid(message).param("duration_in_months"));
    }
    let redeem_by = form.moment("redeem_by")?;
    if redeem_by.is_some_and(|until| until <= books.now) {
        return Err(Refusal::invalid("redeem_by must be in the future.").param("redeem_by"));
    }
    let uses = positive(form, "max_redemptions")?;
    let metadata = form.metadata("metadata", &Value::Null)?;
    let percent_off = percent.map(|(_, shown)| shown);
    let coupon = json!({
        "id": id, "object": "coupon", "amount_off": amount, "created": books.now, "currency": currency,
        "duration": duration, "duration_in_months": months, "livemode": false, "max_redemptions": uses,
        "metadata": metadata, "name": form.text("name"), "percent_off": percent_off, "redeem_by": redeem_by,
        "times_redeemed": 0, "valid": true,
    });
    let notes = json!({"hundredths": percent.map(|(hundredths, _)| hundredths)});
    Ok(books.add(Kind::Coupon, coupon, notes, "coupon.created"))
}

/// The percentage in hundredths, and as JSON shows it.
fn percent(form: &Form) -> Result<Option<(i64, f64)>, Refusal> {
    let Some(given) = form.text("percent_off") else { return Ok(None) };
    let wrong =
        || Refusal::invalid(format!("Invalid decimal: {given}; must be above 0 and at most 100")).param("percent_off");
    let shown: f64 = given.parse().map_err(|_| wrong())?;
    let (whole, rest) = given.split_once('.').unwrap_or((given, ""));
    let digits: String = rest.chars().chain("00".chars()).take(2).collect();
    let hundredths: i64 = format!("{whole}{digits}").parse().map_err(|_| wrong())?;
    if (1..=10_000).contains(&hundredths) { Ok(Some((hundredths, shown))) } else { Err(wrong()) }
}

fn positive(form: &Form, place: &str) -> Result<Option<i64>, Refusal> {
    let found = form.int(place)?;
    match found {
        Some(n) if n < 1 => Err(Refusal::invalid(format!("Invalid {place}: must be at least 1")).param(place)),
        _ => Ok(found),
    }
}

pub(crate) fn get(books: &mut Books, call: &Call) -> Outcome {
    let coupon = books.get(Kind::Coupon, call.id())?;
    Ok(books.coupon_now(coupon))
}

pub(crate) fn list(books: &mut Books, call: &Call) -> Outcome {
    let mut page = books.store.page(Kind::Coupon, &call.form, &[], |_| true)?;
    if let Some(data) = page.get_mut("data").and_then(Value::as_array_mut) {
        data.iter_mut().for_each(|coupon| *coupon = books.coupon_now(coupon.take()));
    }
    Ok(page)
}

pub(crate) fn update(books: &mut Books, call: &Call) -> Outcome {
    let present = books.get(Kind::Coupon, call.id())?;
    let metadata = call.form.metadata("metadata", &field(&present, "metadata"))?;
    books.change(Kind::Coupon, call.id(), &["coupon.updated"], |coupon| {
        if call.form.has("name") {
            set(coupon, "name", call.form.text("name"));
        }
        set(coupon, "metadata", metadata);
    })
}

pub(crate) fn delete(books: &mut Books, call: &Call) -> Outcome {
    let coupon = books.get(Kind::Coupon, call.id())?;
    books.store.remove(Kind::Coupon, call.id());
    books.tell("coupon.deleted", &coupon);
    Ok(json!({"id": call.id(), "object": "coupon", "deleted": true}))
}

pub(crate) fn create_code(books: &mut Books, call: &Call) -> Outcome {
    let form = &call.form;
    form.choice("promotion.type", &["coupon"])?.ok_or_else(|| Refusal::required("promotion[type]"))?;
    let coupon = form.need("promotion.coupon")?;
    books.store.get(Kind::Coupon, coupon).map_err(|refusal| refusal.named_by("promotion[coupon]"))?;
    let customer = books.customer_named(form, "customer")?.map(|customer| id_of(&customer));
    let code = form.text("code").map_or_else(|| letters(8).to_uppercase(), str::to_owned);
    let taken = books.store.all(Kind::PromotionCode).any(|row| {
        text(&row.object, "code").is_some_and(|other| other.eq_ignore_ascii_case(&code))
            && row.object.get("active") == Some(&Value::Bool(true))
    });
    if taken {
        let message = format!("An active promotion code with `code: {code}` already exists.");
        return Err(Refusal::invalid(message).code("resource_already_exists").param("code"));
    }
    let first = form.truth("restrictions.first_time_transaction")?.unwrap_or(false);
    let promotion_code = json!({
        "id": fresh_id("promo"), "object": "promotion_code", "active": form.truth("active")?.unwrap_or(true),
        "code": code, "created": books.now, "customer": customer, "customer_account": null,
        "expires_at": form.moment("expires_at")?, "livemode": false,
        "max_redemptions": positive(form, "max_redemptions")?, "metadata": form.metadata("metadata", &Value::Null)?,
        "promotion": {"coupon": coupon, "type": "coupon"},
        "restrictions": {
            "first_time_transaction": first, "minimum_amount": form.int("restrictions.minimum_amount")?,
            "minimum_amount_currency": form.text("restrictions.minimum_amount_currency"),
        },
        "times_redeemed": 0,
    });
    Ok(books.add(Kind::PromotionCode, promotion_code, json!({}), "promotion_code.created"))
}

pub(crate) fn code(books: &mut Books, call: &Call) -> Outcome {
    books.get(Kind::PromotionCode, call.id())
}

pub(crate) fn codes(books: &mut Books, call: &Call) -> Outcome {
    let same = [("active", "/active"), ("coupon", "/promotion/coupon"), ("customer", "/customer")];
    let code = call.form.text("code");
    let fits = |object: &Value| {
        code.is_none_or(|code| text(object, "code").is_some_and(|found| found.eq_ignore_ascii_case(code)))
    };
    books.store.page(Kind::PromotionCode, &call.form, &same, |row| fits(&row.object))
}

pub(crate) fn update_code(books: &mut Books, call: &Call) -> Outcome {
    let present = books.get(Kind::PromotionCode, call.id())?;
    let metadata = call.form.metadata("metadata", &field(&present, "metadata"))?;
    let active = call.form.truth("active")?;
    books.change(Kind::PromotionCode, call.id(), &["promotion_code.updated"], |code| {
        if let Some(active) = active {
            set(code, "active", active);
        }
        set(code, "metadata", metadata);
    })
}

impl Books {
    /// A coupon as it stands at this moment.
    fn coupon_now(&self, mut coupon: Value) -> Value {
        let good = self.redeemable(&coupon);
        set(&mut coupon, "valid", good);
        coupon
    }

    /// Whether a coupon or a promotion code may still be used.
    pub(crate) fn redeemable(&self, object: &Value) -> bool {
        let limit = object.get("max_redemptions").and_then(Value::as_i64);
        let ends = ["redeem_by", "expires_at"].iter().map(|key| moment(object, key)).find(|end| *end > 0);
        limit.is_none_or(|limit| int(object, "times_redeemed") < limit)
            && ends.is_none_or(|end| self.now < end)
            && object.get("active") != Some(&Value::Bool(false))
    }

    /// Counts one use of a coupon or a promotion code.
    pub(crate) fn redeem(&mut self, kind: Kind, id: &str) {
        let event = if kind == Kind::PromotionCode { "promotion_code.updated" } else { "coupon.updated" };
        let counted = self.change(kind, id, &[event], |object| {
            let times = int(object, "times_redeemed") + 1;
            set(object, "times_redeemed", times);
        });
        // A coupon that was deleted meanwhile counts nothing.
        drop(counted);
    }

    /// The coupon that a coupon's or promotion code's parameter names, with the code's id, when it may be used.
    pub(crate) fn discount_named(
        &self,
        form: &Form,
        customer: Option<&str>,
    ) -> Result<Option<(Value, Option<String>)>, Refusal> {
        let used_up = |what: &str, param: &str| {
            Refusal::invalid(format!("This {what} is expired and cannot be applied."))
                .code("coupon_expired")
                .param(param)
        };
        if let Some(id) = form.text("discounts.0.coupon") {
            let param = "discounts[0][coupon]";
            let coupon = self.get(Kind::Coupon, id).map_err(|refusal| refusal.named_by(param))?;
            return if self.redeemable(&coupon) { Ok(Some((coupon, None))) } else { Err(used_up("coupon", param)) };
        }
        let Some(id) = form.text("discounts.0.promotion_code") else { return Ok(None) };
        let param = "discounts[0][promotion_code]";
        let code = self.get(Kind::PromotionCode, id).map_err(|refusal| refusal.named_by(param))?;
        let coupon = code.pointer("/promotion/coupon").and_then(Value::as_str).unwrap_or_default();
        let coupon = self.get(Kind::Coupon, coupon).map_err(|refusal| refusal.named_by(param))?;
        if !self.redeemable(&code) || !self.redeemable(&coupon) {
            return Err(used_up("promotion code", param));
        }
        let bound = own(&code, "customer");
        let paid_before = |customer: &str| {
            self.store.all(Kind::Charge).any(|row| {
                text(&row.object, "customer") == Some(customer) && text(&row.object, "status") == Some("succeeded")
            })
        };
        if (!bound.is_empty() && customer != Some(&bound))
            || (code.pointer("/restrictions/first_time_transaction") == Some(&Value::Bool(true))
                && customer.is_some_and(paid_before))
        {
            let message = "This promotion code cannot be redeemed because the associated customer may not use it.";
            return Err(Refusal::invalid(message).code("promotion_code_customer_not_allowed").param(param));
        }
        Ok(Some((coupon, Some(id.to_owned()))))
    }
}
