// What is wrong with a value, as short findings: where (JSON pointer) and what; never a value.

import * as z from "zod/mini";
import { excused } from "./known.mjs";

z.config(z.locales.en());

/** Everything wrong with `value` by a validator, known false alarms left out. */
export function faults(schema, value, part) {
  const wrong = misfits(schema, value, part, []);
  if (wrong.length > 0) return wrong.map(({ path, what }) => ({ pointer: pointer(path), what }));
  return unknown(schema, value, part, [])
    .map((path) => ({ part, pointer: pointer(path), what: "unknown field" }))
    .filter((found) => !excused(found));
}

// `above` is where the value stands in the whole.
function misfits(schema, value, part, above) {
  const result = z.safeParse(schema, value);
  return result.success ? [] : result.error.issues.flatMap((issue) => leaves(issue, above, { value, above }, part));
}

// A union's fault holds the faults of each of its kinds: the nearest kind's are the ones worth saying.
function leaves(issue, above, root, part) {
  const path = [...above, ...(issue.path ?? [])];
  if (issue.code === "invalid_union" && issue.errors?.length > 0) {
    const kinds = issue.errors.map((issues) => ({
      other: issues.some((i) => i.code === "invalid_value" && i.path?.length === 1 && i.path[0] === "type"),
      found: issues.flatMap((i) => leaves(i, path, root, part)),
    }));
    kinds.sort((a, b) => a.other - b.other || a.found.length - b.found.length || depth(b) - depth(a));
    return kinds.some((kind) => kind.found.length === 0) ? [] : kinds[0].found;
  }
  const found = { part, pointer: pointer(path), what: issue.message, issue, value: at(root, path) };
  return excused(found) ? [] : [{ path, what: issue.message }];
}

const depth = (kind) => Math.max(...kind.found.map(({ path }) => path.length), 0);

const at = ({ value, above }, path) => path.slice(above.length).reduce((inside, step) => inside?.[step], value);

const pointer = (path) => path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

// The validators let fields pass that they don't know; this walks beside them and names those.
function unknown(schema, value, part, path) {
  if (value === null || typeof value !== "object") return [];
  const into = (inner, item, ...step) => unknown(inner, item, part, [...path, ...step]);
  const def = schema._zod.def;
  switch (def.type) {
    case "lazy":
      return into(def.getter(), value);
    case "optional":
    case "nullable":
      return into(def.innerType, value);
    case "array":
      return value.flatMap((item, n) => into(def.element, item, n));
    case "record":
      return Object.entries(value).flatMap(([key, item]) => into(def.valueType, item, key));
    case "object":
      return Object.entries(value).flatMap(([key, item]) =>
        Object.hasOwn(def.shape, key) ? into(def.shape[key], item, key) : [[...path, key]],
      );
    case "union": {
      const fitting = def.options.filter((option) => misfits(option, value, part, path).length === 0);
      const found = fitting.map((option) => into(option, value));
      return found.sort((a, b) => a.length - b.length)[0] ?? [];
    }
    case "intersection": {
      const right = new Set(into(def.right, value).map(pointer));
      return into(def.left, value).filter((step) => right.has(pointer(step)));
    }
    default:
      return [];
  }
}
