// @ts-check
// Calls to the server: language, CSRF, repeats that write once, time-outs, and one kind of error. It draws nothing; that a
// session ended is told as an event of `signals`.

import { lang, t } from "./i18n.js";

const PATIENCE_MS = 20_000;

/** `signed-out` (detail: why), `signed-in`, `reached` and `unreached` (the server answers, or not). */
export const signals = new EventTarget();
/** Tells everybody who listens. @param {string} name @param {any} [detail] */
export const signal = (name, detail) => signals.dispatchEvent(new CustomEvent(name, { detail }));

let csrf = "";
/** Takes the word that `me` gave. @param {string} word */
export const setCsrf = (word) => {
  csrf = word;
};

/** @type {(() => Promise<any>) | null} */
let renew = null;
/** Says how a stale CSRF word is renewed: somebody signed in anew in another tab. @param {() => Promise<any>} how */
export const onStale = (how) => {
  renew = how;
};

/** What went wrong: the server's word and text, or the page's own where none came. Status 0: no answer at all. */
export class ApiError extends Error {
  /** @param {number} status @param {Record<string, any>} body @param {number} [wait] seconds */
  constructor(status, body, wait) {
    super(body.text);
    this.status = status;
    this.word = body.error ?? "";
    this.text = body.text;
    this.field = body.field ?? null;
    this.body = body;
    this.wait = wait ?? 0;
  }
}

/** Text of an error that came without words. @param {number} status @param {number} wait */
function ownText(status, wait) {
  if (status === 429) return t("err_429", { n: wait || 5 });
  if (status === 404) return t("err_404");
  if (status === 401) return t("err_401");
  if (status === 403) return t("err_403");
  if (status === 413) return t("err_413");
  return t("err_500", { status });
}

/** @param {Response} response */
async function bodyOf(response) {
  const kind = response.headers.get("content-type") ?? "";
  if (!kind.includes("json")) return {};
  return response.json().catch(() => ({}));
}

/**
 * One call. `key` is the Idempotency-Key of a write that may be repeated; `quiet` leaves the end of a session to the caller.
 * @param {string} method @param {string} path
 * @param {{body?: any, key?: string, signal?: AbortSignal, keepalive?: boolean, quiet?: boolean, again?: boolean}} [options]
 * @returns {Promise<any>}
 */
export async function call(method, path, options = {}) {
  const headers = new Headers({ "X-Lang": lang(), Accept: "application/json" });
  if (method !== "GET") headers.set("X-CSRF", csrf);
  if (options.key) headers.set("Idempotency-Key", options.key);
  if (options.body !== undefined) headers.set("Content-Type", "application/json");
  const timeout = AbortSignal.timeout(PATIENCE_MS);
  const request = {
    method,
    headers,
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
    credentials: /** @type {const} */ ("same-origin"),
    cache: /** @type {const} */ ("no-store"),
    keepalive: options.keepalive ?? false,
    signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
  };
  let response;
  try {
    response = await fetch(path, request);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    if (!timeout.aborted) signal("unreached");
    throw new ApiError(0, { error: timeout.aborted ? "slow" : "offline", text: t(timeout.aborted ? "err_slow" : "err_offline") });
  }
  signal("reached");
  if (response.status === 204) return null;
  const body = await bodyOf(response);
  if (response.ok) return body;
  const wait = Number(response.headers.get("retry-after")) || 0;
  if (response.status === 403 && body.error === "csrf" && renew && !options.again) {
    await renew();
    return call(method, path, { ...options, again: true });
  }
  const failed = new ApiError(response.status, { ...body, text: body.text || ownText(response.status, wait) }, wait);
  if (response.status === 401 && !options.quiet) signal("signed-out", body.error);
  throw failed;
}

/** Reads. @param {string} path @param {AbortSignal} [abort] */
export const get = (path, abort) => call("GET", path, { signal: abort });
/** Writes. @param {string} path @param {any} [body] @param {string} [key] */
export const post = (path, body, key) => call("POST", path, { body, key });

/** A path with what the values hold; empty ones are left out. @param {string} path @param {Record<string, any>} values */
export function withQuery(path, values) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "" && value !== false) query.set(key, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** A fresh UUID, also where the page isn't served over TLS. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const hex = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
