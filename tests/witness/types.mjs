// Type expressions of the package's `Paths` interface, turned into validators.
//
// The package exports a validator for each named schema, but which operation takes which one stands in its types only.
// This reads the little of TypeScript that the generator writes there and stops at anything else:
//
//   type   = inter { "|" inter }            inter = item { "&" item }
//   item   = base { "[]" }                  base  = name | literal | "(" type ")" | "{" fields "}" | "[" types "]"
//   fields = { key ["?"] ":" type ";" | "[" name ":" type "]" ":" type ";" }          key = name | string

import * as z from "zod/mini";
import * as schemas from "discord-api-spec/zod";

const TOKEN = /\s*(?:\/\*[\s\S]*?\*\/\s*|\/\/.*\n\s*)*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|[A-Za-z_$][\w$]*|[{}()[\]|&?:;,<>])/y;

const SIMPLE = {
  string: () => z.string(),
  number: () => z.number(),
  boolean: () => z.boolean(),
  null: () => z.null(),
  true: () => z.literal(true),
  false: () => z.literal(false),
  unknown: () => z.unknown(),
  any: () => z.unknown(),
  never: () => z.never(),
  undefined: () => z.undefined(),
};

/** Reads one type expression at `from`; gives its tree and where it ends. */
export function read(text, from) {
  let at = from;
  let token = null;
  const next = () => {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) throw new Error(`can't read the package's types at character ${at}`);
    at = TOKEN.lastIndex;
    token = found[1];
  };
  const take = (wanted) => {
    if (token !== wanted) throw new Error(`the package's types have ${token} for ${wanted} before character ${at}`);
    next();
  };
  const many = (mark, part, kind) => {
    if (token === mark) next();
    const items = [part()];
    while (token === mark) {
      next();
      items.push(part());
    }
    return items.length === 1 ? items[0] : { kind, items };
  };
  const type = () => many("|", inter, "union");
  const inter = () => many("&", item, "both");
  const item = () => {
    let found = base();
    while (token === "[") {
      next();
      take("]");
      found = { kind: "list", of: found };
    }
    return found;
  };
  const base = () => {
    if (token === "{") return fields();
    if (token === "(") {
      next();
      const inside = type();
      take(")");
      return inside;
    }
    if (token === "[") return tuple();
    if (token.startsWith('"')) return literal(JSON.parse(token));
    if (/^-?\d/.test(token)) return literal(Number(token));
    if (!/^[A-Za-z_$]/.test(token)) throw new Error(`the package's types have ${token} before character ${at}`);
    return name();
  };
  const literal = (value) => {
    next();
    return { kind: "literal", value };
  };
  const name = () => {
    const found = { kind: "name", name: token, of: [] };
    next();
    if (token !== "<") return found;
    do {
      next();
      found.of.push(type());
    } while (token === ",");
    take(">");
    return found;
  };
  const tuple = () => {
    const items = [];
    next();
    while (token !== "]") {
      items.push(type());
      if (token === ",") next();
    }
    next();
    return { kind: "tuple", items };
  };
  const fields = () => {
    const found = new Map();
    next();
    let rest;
    while (token !== "}") {
      if (token === "[") {
        rest = index();
        continue;
      }
      const key = token.startsWith('"') ? JSON.parse(token) : token;
      next();
      const optional = token === "?";
      if (optional) next();
      take(":");
      found.set(key, { optional, type: type() });
      // A type on one line has no mark behind its last field.
      if (token !== "}") take(";");
    }
    next();
    return { kind: "fields", found, rest };
  };
  const index = () => {
    next();
    next();
    take(":");
    type();
    take("]");
    take(":");
    const found = type();
    if (token !== "}") take(";");
    return found;
  };
  next();
  return type();
}

/** The validator of a type. */
export function validator(type) {
  switch (type.kind) {
    case "union":
      return z.union(type.items.map(validator));
    case "both":
      return type.items.map(validator).reduce((one, other) => z.intersection(one, other));
    case "list":
      return z.array(validator(type.of));
    case "literal":
      return z.literal(type.value);
    case "fields":
      if (type.rest) return z.record(z.string(), validator(type.rest));
      return z.object(
        Object.fromEntries(
          [...type.found].map(([key, field]) => {
            const inside = validator(field.type);
            return [key, field.optional ? z.optional(inside) : inside];
          }),
        ),
      );
    case "name":
      return named(type);
    default:
      throw new Error(`no validator for a ${type.kind}`);
  }
}

function named({ name, of }) {
  if (name === "Record" && of.length === 2) return z.record(validator(of[0]), validator(of[1]));
  if (name === "Array" && of.length === 1) return z.array(validator(of[0]));
  const schema = of.length === 0 ? (schemas[`${name}Schema`] ?? SIMPLE[name]?.()) : undefined;
  if (!schema) throw new Error(`the package has no validator for ${name}`);
  return schema;
}
