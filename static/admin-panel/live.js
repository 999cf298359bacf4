// @ts-check
// What happens elsewhere, as it happens: one event stream per browser, shared by its tabs, resumed where it broke off; where
// streams fail, a look every few seconds. It draws nothing and reads no row.

import { call, signal, signals } from "./api.js";

const POLL_MS = 15_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const SILENT_MS = 45_000;
/** After so many failures in a row the tab looks by itself. */
const TRIES = 3;
/** What the stream tells besides tickets and who is there. */
const ROWS = ["order", "decision", "giveaway", "promotion", "privacy", "alert"];

/**
 * @typedef {{ticket: (e: any) => void, presence?: (e: any) => void, row?: (kind: string, e: any) => void, refresh: () => void, state: (s: "connecting" | "live" | "polling" | "over") => void}} Handlers
 */

/** Follows a guild. @param {string} base the guild's path @param {Handlers} on */
export function follow(base, on) {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`panel ${base}`) : null;
  /** @type {EventSource | null} */
  let source = null;
  let last = "";
  let fails = 0;
  let timer = 0;
  let poll = 0;
  let silence = 0;
  let leads = false;
  let over = false;
  /** @type {"connecting" | "live" | "polling" | "over"} */
  let state = "connecting";

  const deliver = (/** @type {string} */ kind, /** @type {any} */ data) => {
    if (kind === "ticket") on.ticket(data);
    else if (kind === "presence") on.presence?.(data);
    else if (ROWS.includes(kind)) on.row?.(kind, data);
    else if (kind === "refresh") on.refresh();
    else if (kind === "state") {
      state = data;
      on.state(data);
    } else if (kind === "over") ended(data);
  };
  const tell = (/** @type {string} */ kind, /** @type {any} */ data) => {
    channel?.postMessage({ kind, data });
    deliver(kind, data);
  };
  const goes = (/** @type {typeof state} */ to) => state !== to && tell("state", to);
  const ended = (/** @type {any} */ data) => {
    over = true;
    stop();
    on.state("over");
    signal("signed-out", data?.why);
  };

  const stop = () => {
    source?.close();
    source = null;
    clearTimeout(timer);
    clearTimeout(silence);
    clearInterval(poll);
    poll = 0;
  };
  const heard = (/** @type {MessageEvent} */ e) => {
    if (e.lastEventId) last = e.lastEventId;
    clearTimeout(silence);
    if (e.type === "beat") silence = window.setTimeout(broke, SILENT_MS);
  };

  /** The stream broke: wait longer each time, and look by itself meanwhile. */
  function broke() {
    source?.close();
    source = null;
    clearTimeout(silence);
    clearTimeout(timer);
    if (over) return;
    fails += 1;
    if (fails >= TRIES && !poll) {
      goes("polling");
      tell("refresh", null);
      poll = window.setInterval(() => tell("refresh", null), POLL_MS);
    } else if (!poll) goes("connecting");
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (fails - 1)) * (0.7 + Math.random() * 0.6);
    timer = window.setTimeout(open, wait);
    // A stream doesn't say why it was refused; a plain question does.
    if (navigator.onLine) call("GET", "/api/admin/me").catch(() => {});
  }

  function open() {
    clearTimeout(timer);
    if (over || source) return;
    source = new EventSource(last ? `${base}/stream?after=${encodeURIComponent(last)}` : `${base}/stream`);
    source.onopen = () => {
      fails = 0;
      clearInterval(poll);
      poll = 0;
      goes("live");
      // What happened between the page's first look and now, or while nothing was heard.
      tell("refresh", null);
    };
    source.onerror = broke;
    const parsed = (/** @type {string} */ kind) => (/** @type {MessageEvent} */ e) => {
      heard(e);
      tell(kind, JSON.parse(e.data));
    };
    for (const kind of ["ticket", "presence", "over", ...ROWS]) source.addEventListener(kind, parsed(kind));
    source.addEventListener("beat", heard);
    source.addEventListener("reset", (e) => {
      last = /** @type {MessageEvent} */ (e).lastEventId;
      tell("refresh", null);
    });
  }

  const lead = () => {
    leads = true;
    open();
    return new Promise(() => {}); // held until the tab goes
  };
  channel?.addEventListener("message", (e) => {
    if (e.data.kind === "hello") {
      if (leads) channel.postMessage({ kind: "state", data: state });
    } else deliver(e.data.kind, e.data.data);
  });
  on.state(state);
  if (channel && navigator.locks) {
    channel.postMessage({ kind: "hello" });
    navigator.locks.request(`panel ${base}`, lead);
  } else lead();

  window.addEventListener("online", () => {
    if (!leads) return;
    fails = 0;
    source?.close();
    source = null;
    open();
  });
  window.addEventListener("offline", () => leads && source && broke());
  signals.addEventListener("signed-in", () => {
    over = false;
    fails = 0;
    on.refresh();
    if (leads) open();
  });
  signals.addEventListener("signed-out", () => {
    over = true;
    stop();
    on.state("over");
  });
  return { leads: () => leads };
}
