//! Reading the events of the last thirty days.

use serde_json::Value;

use crate::sandbox::json::text;
use crate::sandbox::stripe::Books;
use crate::sandbox::stripe::object::{id_of, moment, set};
use crate::sandbox::stripe::refusal::Refusal;
use crate::sandbox::stripe::routes::{Call, Outcome};
use crate::sandbox::stripe::rules::DAY;
use crate::sandbox::stripe::store::{Kind, Row};

/// How long events can be read, in seconds.
const KEPT: u64 = 30 * DAY;

pub(crate) fn list(books: &mut Books, call: &Call) -> Outcome {
    let (one, many) = (call.form.text("type"), call.form.texts("types"));
    if one.is_some() && !many.is_empty() {
        return Err(Refusal::invalid("You may only specify one of these parameters: type, types.").param("type"));
    }
    let wanted: Vec<&str> = one.into_iter().chain(many.iter().map(String::as_str)).collect();
    let delivered = call.form.truth("delivery_success")?;
    books
        .store
        .page(Kind::Event, &call.form, &[], |row| {
            let kind = text(&row.object, "type").unwrap_or_default();
            recent(books, &row.object)
                && (wanted.is_empty() || wanted.iter().any(|want| fits(want, kind)))
                && delivered.is_none_or(|delivered| delivered == (books.post.lacking(&id_of(&row.object)) == 0))
        })
        .map(|page| with_pending(books, page))
}

/// `charge.*` stands for all types that begin so.
fn fits(want: &str, kind: &str) -> bool {
    match want.strip_suffix('*') {
        Some(start) => kind.starts_with(start),
        None => want == kind,
    }
}

fn recent(books: &Books, event: &Value) -> bool {
    moment(event, "created") + KEPT > books.now
}

fn with_pending(books: &Books, mut page: Value) -> Value {
    let data = page.get_mut("data").and_then(Value::as_array_mut);
    data.into_iter().flatten().for_each(|event| books.count_pending(event));
    page
}

pub(crate) fn get(books: &mut Books, call: &Call) -> Outcome {
    let Row { object, .. } = books.store.row(Kind::Event, call.id())?;
    if !recent(books, object) {
        return Err(Refusal::missing(Kind::Event.noun(), call.id()));
    }
    let mut event = object.clone();
    books.count_pending(&mut event);
    Ok(event)
}

impl Books {
    /// Sets how many endpoints still lack the event.
    fn count_pending(&self, event: &mut Value) {
        let pending = self.post.lacking(&id_of(event));
        set(event, "pending_webhooks", pending);
    }
}
