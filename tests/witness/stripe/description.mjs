// Stripe's OpenAPI description as validators: of what an operation takes, of what it answers, and of each object.
//
// A field that the description does not know is a fault. An object inside another is checked for its kind there, and
// judged by itself elsewhere: the description's objects know all others, so a whole validator would be a thousand.

import { readFileSync } from "node:fs";
import Ajv from "ajv";

const PLACE = new URL("../python/seahaven_stripe_world/spec/spec3.json", import.meta.url);
const description = JSON.parse(readFileSync(PLACE, "utf8"));
const schemas = description.components.schemas;
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });

const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation, steps: path.split("/"), made: new Map() })),
);

/** The operation of a request; fixed paths win over those with a variable part. */
export function find(method, path) {
  const given = path.split("/");
  const fitting = operations.filter(
    (one) =>
      one.method === method.toLowerCase() &&
      one.steps.length === given.length &&
      one.steps.every((step, n) => step.startsWith("{") || step === given[n]),
  );
  const variable = (one) => one.steps.filter((step) => step.startsWith("{")).length;
  return fitting.sort((a, b) => variable(a) - variable(b))[0];
}

/** The schema of what an operation takes. */
export function takes(one) {
  if (!one.made.has("takes")) one.made.set("takes", one.method === "post" ? body(one) : query(one));
  return one.made.get("takes");
}

function body({ operation }) {
  const content = operation.requestBody?.content?.["application/x-www-form-urlencoded"];
  return strict(content?.schema ?? { type: "object", properties: {} });
}

function query(one) {
  const inside = (one.operation.parameters ?? []).filter((parameter) => parameter.in === "query");
  const properties = Object.fromEntries(inside.map(({ name, schema }) => [name, schema]));
  const required = inside.filter((parameter) => parameter.required).map(({ name }) => name);
  return strict({ ...body(one), type: "object", properties: { ...body(one).properties, ...properties }, required });
}

/** The validator of what an operation takes. */
export function request(one) {
  return kept(one.made, "request", () => ajv.compile(takes(one)));
}

/** The validator of what it answers with a status. */
export function answer(one, status) {
  const key = one.operation.responses[status] ? String(status) : "default";
  return kept(one.made, key, () => compile(one.operation.responses[key].content["application/json"].schema));
}

/** The validators of the objects of a kind, as their `object` says it. */
const kinds = new Map();
export function objects(kind, deleted) {
  return kept(kinds, `${kind} ${deleted}`, () => {
    const named = Object.entries(schemas).filter(([name, schema]) => kindOf(schema) === kind && name.startsWith("deleted_") === deleted);
    return named.map(([name]) => compile(schemas[name]));
  });
}

const kindOf = (schema) => schema.properties?.object?.enum?.[0];

function kept(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  return map.get(key);
}

// A schema with everything it refers to; objects that have a kind are only asked for that kind.
function compile(schema) {
  const definitions = {};
  const named = schema.$ref?.split("/").pop();
  const top = strict(named ? schemas[named] : schema, definitions);
  const queue = new Set(Object.keys(definitions));
  for (const name of queue) {
    definitions[name] = strict(schemas[name], definitions);
    Object.keys(definitions).forEach((found) => queue.add(found));
  }
  return ajv.compile({ ...top, $defs: definitions });
}

// The same without what OpenAPI adds to JSON Schema, and without unknown fields.
function strict(schema, definitions = {}) {
  const inner = (one) => strict(one, definitions);
  if (schema.$ref) {
    const name = schema.$ref.split("/").pop();
    const kind = kindOf(schemas[name]);
    const there = kind
      ? { type: "object", required: ["object"], properties: { object: { const: kind } } }
      : { $ref: `#/$defs/${name}` };
    if (!kind) definitions[name] ??= {};
    return schema.nullable ? { anyOf: [there, { type: "null" }] } : there;
  }
  const made = {};
  for (const key of ["type", "enum", "maxLength", "required", "pattern"]) if (schema[key] !== undefined) made[key] = schema[key];
  if (schema.items) made.items = inner(schema.items);
  if (schema.anyOf) made.anyOf = schema.anyOf.map(inner);
  if (schema.properties) {
    made.properties = Object.fromEntries(Object.entries(schema.properties).map(([key, one]) => [key, inner(one)]));
    made.additionalProperties = schema.additionalProperties ? additional(schema.additionalProperties, inner) : false;
  } else if (schema.additionalProperties !== undefined) {
    made.additionalProperties = additional(schema.additionalProperties, inner);
  }
  return schema.nullable ? { anyOf: [made, { type: "null" }] } : made;
}

const additional = (rest, inner) => (typeof rest === "object" ? inner(rest) : rest);
