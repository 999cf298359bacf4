//! How a choice is described whose kind stands beside the fields that it decides.
//!
//! Serde takes the kind out and gives the rest to a type that refuses what it doesn't know. Described as both at once (`allOf`), as the
//! derive does it, nothing would fit: the fields' own description refuses the kind. So the kind is put among them here.

use serde_json::Value;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{RefOr, Schema};

/// One of these, each with its word as its `kind`.
pub(super) fn schema<const N: usize>(kinds: [(&str, RefOr<Schema>); N]) -> RefOr<Schema> {
    let with = |(word, fields): (&str, RefOr<Schema>)| match fields {
        RefOr::T(Schema::Object(mut fields)) => {
            let kind = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([Value::from(word)]));
            fields.properties.insert("kind".to_owned(), RefOr::T(Schema::Object(kind.build())));
            fields.required.push("kind".to_owned());
            RefOr::T(Schema::Object(fields))
        }
        other => other,
    };
    let all = kinds.into_iter().map(with).fold(OneOfBuilder::new(), OneOfBuilder::item);
    RefOr::T(Schema::OneOf(all.build()))
}
