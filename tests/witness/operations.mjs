// The operations of Discord's REST API, with their validators, from the package's description.

import { readFileSync } from "node:fs";
import { read, validator } from "./types.mjs";

const METHODS = ["get", "put", "post", "patch", "delete"];

/** One operation; its validators are made when they are first asked for. */
class Operation {
  #requestBody;
  #responses;
  #query;
  #made = new Map();

  constructor(path, method, fields) {
    this.path = path;
    this.method = method;
    this.steps = path.split("/");
    this.#requestBody = fields.get("requestBody").type;
    this.#responses = fields.get("responses").type.found;
    const parameters = fields.get("parameters").type.found;
    this.parameters = parameters.get("path").type.found ?? new Map();
    this.#query = parameters.get("query").type.found ?? new Map();
  }

  /** The validator of the request's body; none where the operation takes no body. */
  request() {
    const type = this.#requestBody;
    if (type.kind === "name" && type.name === "undefined") return null;
    return this.#make("request", type);
  }

  /** The validator of an answer's body: undefined where the status is not described, null where it has no body. */
  answer(status) {
    const keys = [String(status), `${String(status)[0]}XX`, "default"];
    const key = keys.find((key) => this.#responses.has(key));
    if (!key) return undefined;
    const { type } = this.#responses.get(key);
    return type.kind === "name" && type.name === "unknown" ? null : this.#make(key, type);
  }

  /** The type of a query's field; undefined where there is none of that name. */
  field(name) {
    return this.#query.get(name)?.type;
  }

  /** How many of its steps are variable; undefined where the path is another. */
  fits(steps) {
    if (steps.length !== this.steps.length) return undefined;
    let variable = 0;
    for (const [n, step] of this.steps.entries()) {
      if (step.startsWith("{")) variable += 1;
      else if (step !== steps[n]) return undefined;
    }
    return variable;
  }

  #make(key, type) {
    if (!this.#made.has(key)) this.#made.set(key, validator(type));
    return this.#made.get(key);
  }
}

function load() {
  const types = new URL("node_modules/discord-api-spec/build/discord-api-spec.ts", import.meta.url);
  const text = readFileSync(types, "utf8");
  const mark = "export interface Paths ";
  const at = text.indexOf(mark);
  if (at < 0) throw new Error("the package's types have no Paths");
  const paths = read(text, at + mark.length);
  const all = [];
  for (const [path, { type }] of paths.found) {
    for (const method of METHODS) {
      const fields = type.found.get(method)?.type.found;
      if (fields) all.push(new Operation(path, method.toUpperCase(), fields));
    }
  }
  return all;
}

const operations = load();

/** The operation of a method and path: the one with the fewest variable steps. */
export function find(method, path) {
  const steps = path.split("/");
  let best;
  let fewest = Infinity;
  for (const operation of operations) {
    if (operation.method !== method) continue;
    const variable = operation.fits(steps);
    if (variable !== undefined && variable < fewest) {
      best = operation;
      fewest = variable;
    }
  }
  return best;
}
