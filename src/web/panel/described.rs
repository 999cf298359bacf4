//! The panel's part of the description of all that is served, made from the table of routes.

use super::refused::Body;
use super::table::{Row, Shape, Who, rows};
use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema};

/// What a request may be refused with, by who may make it.
const ALL: [(u16, &str); 7] = [
    (400, "Something in it can't be used"),
    (403, "It comes from a foreign page, or its person is no staff there any more"),
    (404, "There is no such thing, or it isn't for this person"),
    (408, "It did not arrive whole"),
    (413, "It is too large"),
    (429, "Too many requests"),
    (503, "Something that it needs can't be reached"),
];

/// Adds the panel's paths and shapes to a description.
pub(in crate::web) fn describe(description: &mut Value) {
    let mut shapes = Vec::new();
    let mut paths: Map<String, Value> = Map::new();
    shapes.push((Body::name().into_owned(), Body::schema()));
    Body::schemas(&mut shapes);
    for row in rows() {
        for shape in [row.takes, row.gives.1].into_iter().flatten() {
            (shape.add)(&mut shapes);
        }
        let path = paths.entry(row.path.to_owned()).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(row.method.to_ascii_lowercase(), operation(row));
        }
    }
    if let Some(all) = description.get_mut("paths").and_then(Value::as_object_mut) {
        all.extend(paths);
    }
    if let Some(all) = description.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        // Our own shapes always become JSON.
        all.extend(shapes.into_iter().filter_map(|(name, shape)| Some((name, serde_json::to_value(shape).ok()?))));
    }
}

fn named(shape: &Shape) -> Value {
    json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{}", (shape.name)())}}})
}

fn operation(row: &Row) -> Value {
    let refused = Shape { name: Body::name, add: |_| {} };
    let mut responses = Map::new();
    let (status, gives) = row.gives;
    let mut fine = json!({"description": "It is done"});
    if let (Some(gives), Some(fine)) = (&gives, fine.as_object_mut()) {
        fine.insert("content".to_owned(), named(gives));
    }
    responses.insert(status.to_string(), fine);
    if row.who() == Who::Anybody {
        for status in ["302", "303"] {
            responses.insert(status.to_owned(), json!({"description": "Leads on"}));
        }
        responses.insert("409".to_owned(), json!({"description": "It was used", "content": named(&refused)}));
    } else {
        responses.insert("401".to_owned(), json!({"description": "Nobody is signed in", "content": named(&refused)}));
        responses.insert("409".to_owned(), json!({"description": "It doesn't fit", "content": named(&refused)}));
    }
    for (status, why) in ALL {
        responses.insert(status.to_string(), json!({"description": why, "content": named(&refused)}));
    }
    let parts = row.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let in_path = parts.map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}));
    let behind = row.query.iter().map(|name| json!({"name": name, "in": "query", "schema": {"type": "string"}}));
    let mut operation = json!({
        "tags": ["panel"], "summary": row.about, "parameters": in_path.chain(behind).collect::<Vec<_>>(), "responses": responses,
    });
    if let (Some(takes), Some(operation)) = (&row.takes, operation.as_object_mut()) {
        operation.insert("requestBody".to_owned(), json!({"required": true, "content": named(takes)}));
    }
    operation
}
