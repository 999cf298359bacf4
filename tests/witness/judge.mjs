// The outside witness: judges REST exchanges by the validators of `discord-api-spec`, which are generated from
// Discord's own OpenAPI description. Reads exchanges from stdin, one JSON object a line:
//
//   {"method","path","query"?,"status","request","response","fault"?}
//
// Prints one line for each violation (method, route, what, JSON pointer; never a value), then a summary. An exchange
// whose answer was a fault on request is judged for its request alone. Exits 1 on any violation or unknown route.

import { createInterface } from "node:readline";
import { faults } from "./faults.mjs";
import { find } from "./operations.mjs";

// How simple types are written in a path or a query.
const plain = {
  SnowflakeType: /^(0|[1-9]\d*)$/,
  number: /^-?\d+(\.\d+)?$/,
  boolean: /^(true|false|True|False|1|0)$/,
};

const count = { requests: 0, answers: 0, unknown: 0, violations: 0 };

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") judge(JSON.parse(line));
}
console.log(`judged ${count.requests} requests and ${count.answers} answers, ${count.unknown} unknown routes`);
process.exitCode = count.violations + count.unknown > 0 ? 1 : 0;

function judge(exchange) {
  const operation = find(exchange.method, exchange.path);
  if (!operation) {
    count.unknown += 1;
    console.log(`${exchange.method} ${veiled(exchange.path)}: unknown route`);
    return;
  }
  const say = (part, { pointer, what }) => {
    count.violations += 1;
    console.log(`${operation.method} ${operation.path}: ${part}${pointer}: ${what}`);
  };
  count.requests += 1;
  place(operation, exchange).forEach((fault) => say("path", fault));
  query(operation, exchange).forEach((fault) => say("query", fault));
  request(operation, exchange).forEach((fault) => say("request", fault));
  if (exchange.fault) return;
  count.answers += 1;
  answer(operation, exchange).forEach((fault) => say(`answer ${exchange.status}`, fault));
}

// A token in a path is not for a log.
function veiled(path) {
  return path.replace(/[^/]{21,}/g, "…");
}

function place(operation, { path }) {
  const given = path.split("/");
  return operation.steps.flatMap((step, n) => {
    const type = step.startsWith("{") ? operation.parameters.get(step.slice(1, -1))?.type : undefined;
    const rule = plain[type?.name];
    return rule && !rule.test(given[n]) ? [{ pointer: `/${step}`, what: `no ${type.name}` }] : [];
  });
}

function query(operation, exchange) {
  return [...new URLSearchParams(exchange.query ?? "")].flatMap(([name, value]) => {
    const type = operation.field(name);
    if (!type) return [{ pointer: `/${name}`, what: "unknown field" }];
    const rule = plain[type.name];
    return rule && !rule.test(value) ? [{ pointer: `/${name}`, what: `no ${type.name}` }] : [];
  });
}

function request(operation, exchange) {
  const body = exchange.request ?? null;
  const schema = operation.request();
  if (!schema) return body === null ? [] : [{ pointer: "", what: "a body where none is taken" }];
  const part = { side: "request", operation };
  const found = faults(schema, body, part);
  // The types don't say whether a body may be left out; where every field may, it may.
  return body === null && found.length > 0 ? faults(schema, {}, part) : found;
}

function answer(operation, exchange) {
  const body = exchange.response ?? null;
  const schema = operation.answer(exchange.status);
  if (schema === undefined) return [{ pointer: "", what: "this status is not described" }];
  if (schema === null) return body === null ? [] : [{ pointer: "", what: "a body where none is given" }];
  return faults(schema, body, { side: "answer", operation, status: exchange.status });
}
