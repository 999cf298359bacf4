// The outside witness of Stripe: judges exchanges by Stripe's own OpenAPI description. Reads them from stdin, one JSON
// object a line:
//
//   {"method","path","query"?,"form"?,"status","response","fault"?}
//
// Prints one line for each violation (method, route, what, JSON pointer; never a value), then a summary. An exchange
// whose answer was a fault on request is judged for its request alone. Exits 1 on any violation or unknown route.

import { createInterface } from "node:readline";
import { answer, find, objects, request, takes } from "./description.mjs";
import { decode, typed } from "./form.mjs";
import { excused } from "./known.mjs";

const count = { requests: 0, answers: 0, unknown: 0, violations: 0 };

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") judge(JSON.parse(line));
}
console.log(`judged ${count.requests} requests and ${count.answers} answers, ${count.unknown} unknown routes`);
process.exitCode = count.violations + count.unknown > 0 ? 1 : 0;

function judge(exchange) {
  const one = find(exchange.method, exchange.path);
  if (!one) {
    count.unknown += 1;
    console.log(`${exchange.method} ${exchange.path.replace(/[^/]{21,}/g, "…")}: unknown route`);
    return;
  }
  const say = (part, { pointer, what }) => {
    count.violations += 1;
    console.log(`${exchange.method} ${one.path}: ${part}${pointer}: ${what}`);
  };
  count.requests += 1;
  const raw = [exchange.query, exchange.form].filter(Boolean).join("&");
  findings(request(one), typed(takes(one), decode(raw)), "").forEach((fault) => say("request", fault));
  if (exchange.fault) return;
  count.answers += 1;
  const body = exchange.response ?? null;
  const found = findings(answer(one, exchange.status), body, body?.object);
  [...found, ...inside(body, "")].forEach((fault) => say(`answer ${exchange.status}`, fault));
}

// What a validator objects to; what no kind of an alternative takes is said once.
function findings(valid, value, kind) {
  if (valid(value)) return [];
  const wide = valid.errors.filter((error) => error.keyword !== "anyOf" && error.params.type !== "null");
  const said = (wide.length > 0 ? wide : valid.errors).map((error) => {
    const extra = error.params.additionalProperty;
    const pointer = extra === undefined ? error.instancePath : `${error.instancePath}/${extra}`;
    return { kind, pointer, what: extra === undefined ? error.message : "unknown field" };
  });
  const once = new Map(said.map((fault) => [`${fault.pointer} ${fault.what}`, fault]));
  return [...once.values()].filter((fault) => !excused(fault));
}

// Every object that says its kind, wherever it stands, by the description of that kind. Lists belong to who has them,
// and what was before a change need not be whole.
function inside(value, pointer) {
  if (value === null || typeof value !== "object") return [];
  const deeper = Object.entries(value)
    .filter(([key]) => key !== "previous_attributes")
    .flatMap(([key, item]) => inside(item, `${pointer}/${key}`));
  const kind = value.object;
  if (Array.isArray(value) || typeof kind !== "string" || kind === "list") return deeper;
  const tried = objects(kind, value.deleted === true).map((valid) => findings(valid, value, kind));
  if (tried.length === 0) return [{ pointer, what: `no object is a ${kind}` }, ...deeper];
  const best = tried.sort((a, b) => a.length - b.length)[0];
  return [...best.map(({ pointer: place, what }) => ({ pointer: `${pointer}${place}`, what })), ...deeper];
}
