//! Drafting invoices: their lines, and what discounts and credit make of the sum.

use serde_json::{Value, json};

use super::Books;
use super::checkout::line_id;
use super::object::{field, fresh_id, id_of, int, joined, own, set};
use super::prices::{Line, reduction, spread};
use super::refusal::Refusal;
use super::store::Kind;
use crate::sandbox::json::list;

/// A line of an invoice to be.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) price: Value,
    pub(crate) amount: i64,
    pub(crate) quantity: i64,
    pub(crate) description: String,
    pub(crate) period: (u64, u64),
    /// The subscription's item; none for what is bought once.
    pub(crate) item: Option<String>,
    pub(crate) proration: bool,
}

impl Entry {
    /// A line for a period.
    pub(crate) fn of(line: &Line, amount: i64, period: (u64, u64), item: Option<String>) -> Self {
        let (price, quantity) = (line.price.clone(), line.quantity);
        let description = format!("{} × {}", line.quantity, line.description);
        Self { price, amount, quantity, description, period, item, proration: false }
    }

    fn json(&self, invoice: &str, subscription: &str, off: i64, discounts: &[Value]) -> Value {
        let details = json!({"credited_items": null});
        let parent = match &self.item {
            Some(item) => json!({
                "invoice_item_details": null, "type": "subscription_item_details",
                "subscription_item_details": {
                    "invoice_item": null, "proration": self.proration, "proration_details": details,
                    "subscription": subscription, "subscription_item": item,
                },
            }),
            None => json!({
                "invoice_item_details": {
                    "invoice_item": fresh_id("ii"), "proration": false, "proration_details": details,
                    "subscription": subscription,
                },
                "subscription_item_details": null, "type": "invoice_item_details",
            }),
        };
        let cuts: Vec<Value> = discounts.iter().map(|id| json!({"amount": off, "discount": id})).collect();
        json!({
            "id": line_id(), "object": "line_item", "amount": self.amount,
            "currency": field(&self.price, "currency"), "description": self.description, "discount_amounts": cuts,
            "discountable": !self.proration, "discounts": discounts, "invoice": invoice, "livemode": false,
            "metadata": {}, "parent": parent, "period": {"end": self.period.1, "start": self.period.0},
            "pretax_credit_amounts": [],
            "pricing": {
                "price_details": {"price": field(&self.price, "id"), "product": field(&self.price, "product")},
                "type": "price_details", "unit_amount_decimal": field(&self.price, "unit_amount_decimal"),
            },
            "quantity": self.quantity, "subscription": subscription, "subtotal": self.amount, "taxes": [],
        })
    }
}

impl Books {
    /// Drafts an invoice of a subscription; gives its id.
    pub(crate) fn draft_invoice(
        &mut self,
        subscription: &Value,
        reason: &str,
        entries: &[Entry],
        period: (u64, u64),
    ) -> Result<String, Refusal> {
        let (id, sub) = (fresh_id("in"), id_of(subscription));
        let customer = self.get(Kind::Customer, &own(subscription, "customer"))?;
        let amounts: Vec<i64> = entries.iter().map(|e| if e.proration { 0 } else { e.amount }).collect();
        let subtotal: i64 = entries.iter().map(|entry| entry.amount).sum();
        let discounts = self.live_discounts(subscription);
        let off = discounts.first().map_or(0, |discount| self.discount_on(discount, amounts.iter().sum()));
        let parts = spread(off, &amounts);
        let lines: Vec<Value> =
            entries.iter().zip(&parts).map(|(entry, off)| entry.json(&id, &sub, *off, &discounts)).collect();
        let totals: Vec<Value> = discounts.iter().map(|id| json!({"amount": off, "discount": id})).collect();
        let balance = int(&customer, "balance");
        let total = subtotal - off;
        let due = (total + balance.min(0)).max(0);
        let known = json!({
            "amount_due": due, "amount_remaining": due, "billing_reason": reason, "discounts": discounts,
            "lines": {"object": "list", "data": lines, "has_more": false, "url": format!("/v1/invoices/{id}/lines")},
            "period_end": period.1, "period_start": period.0, "starting_balance": balance, "subtotal": subtotal,
            "subtotal_excluding_tax": subtotal, "total": total, "total_discount_amounts": totals,
            "total_excluding_tax": total,
        });
        let invoice = joined(self.blank_invoice(&id, subscription, &customer), known);
        self.add(Kind::Invoice, invoice, json!({}), "invoice.created");
        self.change(Kind::Subscription, &sub, &[], |subscription| set(subscription, "latest_invoice", id.clone()))?;
        Ok(id)
    }

    fn blank_invoice(&self, id: &str, subscription: &Value, customer: &Value) -> Value {
        let first = json!({
            "id": id, "object": "invoice", "account_country": "FR", "account_name": "Maxis", "account_tax_ids": null,
            "amount_overpaid": 0, "amount_paid": 0, "amount_paid_off_stripe": 0, "amount_shipping": 0,
            "application": null, "attempt_count": 0, "attempted": false, "auto_advance": true,
            "automatic_tax": {"disabled_reason": null, "enabled": false, "liability": null, "provider": null, "status": null},
            "automatically_finalizes_at": null, "collection_method": "charge_automatically", "created": self.now,
            "currency": field(subscription, "currency"), "custom_fields": null, "customer": field(customer, "id"),
            "customer_account": null, "customer_address": null, "customer_email": field(customer, "email"),
            "customer_name": field(customer, "name"), "customer_phone": null, "customer_shipping": null,
            "customer_tax_exempt": "none", "customer_tax_ids": [], "default_payment_method": null,
            "default_source": null, "default_tax_rates": [], "description": null, "due_date": null,
            "effective_at": null, "ending_balance": null, "footer": null, "from_invoice": null,
        });
        let second = json!({
            "hosted_invoice_url": null, "invoice_pdf": null, "issuer": {"type": "self"},
            "last_finalization_error": null, "latest_revision": null, "livemode": false, "metadata": {},
            "next_payment_attempt": null, "number": null, "on_behalf_of": null,
            "parent": {
                "quote_details": null, "type": "subscription_details",
                "subscription_details": {
                    "metadata": field(subscription, "metadata"), "subscription": field(subscription, "id"),
                },
            },
            "payment_settings":
                {"default_mandate": null, "payment_method_options": null, "payment_method_types": null},
            "post_payment_credit_notes_amount": 0, "pre_payment_credit_notes_amount": 0, "receipt_number": null,
            "rendering": null, "shipping_cost": null, "shipping_details": null, "statement_descriptor": null,
            "status": "draft",
            "status_transitions":
                {"finalized_at": null, "marked_uncollectible_at": null, "paid_at": null, "voided_at": null},
            "test_clock": null, "total_pretax_credit_amounts": [], "total_taxes": [], "webhooks_delivered_at": self.now,
        });
        joined(first, second)
    }

    /// The discounts of a subscription that still count.
    fn live_discounts(&self, subscription: &Value) -> Vec<Value> {
        let live = |id: &&Value| {
            let discount = id.as_str().and_then(|id| self.store.get(Kind::Discount, id).ok());
            discount.is_some_and(|one| one.get("end").and_then(Value::as_u64).is_none_or(|end| self.now < end))
        };
        list(subscription, "discounts").iter().filter(live).cloned().collect()
    }

    fn discount_on(&self, discount: &Value, amount: i64) -> i64 {
        let discount = discount.as_str().and_then(|id| self.store.get(Kind::Discount, id).ok());
        let coupon = discount.and_then(|discount| discount.pointer("/source/coupon")?.as_str());
        let Some(row) = coupon.and_then(|id| self.store.row(Kind::Coupon, id).ok()) else { return 0 };
        reduction(&row.object, int(&row.notes, "hundredths"), amount)
    }
}
