//! What a page changes of a plan or a product: which fields stay, which are new, which were emptied. Which may be emptied is the
//! commands' to say.

use crate::kernel::error::Problem;
use crate::kernel::text::Body;
use crate::kernel::{Error, Result};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

/// Fields that are changed: absent where one stays, null or a blank text where it was emptied.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PanelPatch)]
pub struct Patch {
    /// The name.
    #[serde(deserialize_with = "text")]
    #[schema(value_type = Option<String>)]
    pub name: Option<Option<String>>,
    /// Of a plan: which of two is more.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    pub level: Option<Option<i64>>,
    /// The role that it gives; a plan may be without.
    #[serde(deserialize_with = "text")]
    #[schema(value_type = Option<String>)]
    pub role: Option<Option<String>>,
    /// Of a plan: what it brings, a line each.
    #[serde(deserialize_with = "text")]
    #[schema(value_type = Option<String>)]
    pub benefits: Option<Option<String>>,
    /// Of a plan: days of its trial; null: none.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    pub trial_days: Option<Option<i64>>,
    /// Of a plan: what a month costs, as typed.
    #[serde(deserialize_with = "text")]
    #[schema(value_type = Option<String>)]
    pub month: Option<Option<String>>,
    /// Of a plan: what a year costs, as typed.
    #[serde(deserialize_with = "text")]
    #[schema(value_type = Option<String>)]
    pub year: Option<Option<String>>,
    /// Of a product: its category.
    #[serde(deserialize_with = "text")]
    #[schema(value_type = Option<String>)]
    pub category: Option<Option<String>>,
    /// Of a product: what it is.
    #[serde(deserialize_with = "text")]
    #[schema(value_type = Option<String>)]
    pub description: Option<Option<String>>,
    /// Of a product: what one costs, as typed.
    #[serde(deserialize_with = "text")]
    #[schema(value_type = Option<String>)]
    pub price: Option<Option<String>>,
    /// Of a product: the code of the variant whose price it is; nothing where there is only one.
    pub variant: Option<String>,
    /// Of a product: how many one member may buy.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    pub per_member: Option<Option<i64>>,
}

fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(value: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// A text that is given; one without a word in it is emptied.
fn text<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    let text: Option<String> = Option::deserialize(value)?;
    Ok(Some(text.filter(|text| Body::parse(text) != Err(Problem::Empty))))
}

/// A value that may be changed and not emptied.
pub(super) fn kept<T>(option: &'static str, value: Option<Option<T>>) -> Result<Option<T>> {
    match value {
        Some(None) => Err(Error::Argument { option, problem: Problem::Empty }),
        Some(value) => Ok(value),
        None => Ok(None),
    }
}

/// A value that may be changed; where it was emptied, its word joins those of what is emptied.
pub(super) fn kept_or<T>(words: &mut Vec<&'static str>, part: &'static str, value: Option<Option<T>>) -> Option<T> {
    if matches!(value, Some(None)) {
        words.push(part);
    }
    value.flatten()
}

/// The words of what is emptied, as the commands take them.
pub(super) fn emptied(words: &[&'static str]) -> Option<String> {
    (!words.is_empty()).then(|| words.join(","))
}
