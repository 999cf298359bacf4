// @ts-check
// A list by cursor, of whatever rows: grey lines while it loads, what happened where it fails, what to do where it is empty,
// each row drawn anew only where it changed. What stands in a row is the page's.

import { blank, problem, skeleton, speak } from "./dialog.js";
import { h, redraw, throttled } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

const PAGE = 50;
/** So many rows are kept in step; below them a button says that the list changed. */
const IN_STEP = 100;
const REFRESH_MS = 1_500;

/**
 * `load` answers the rows and the next cursor; `one` loads one row anew (null: gone), where the server has such a question.
 * @param {{label: string, id: (row: any) => string, draw: (row: any) => any, empty: () => HTMLElement, cls?: string,
 *   load: (more: {limit: number, cursor?: string}, signal: AbortSignal) => Promise<{rows: any[], next?: string | null}>,
 *   one?: (id: string) => Promise<any>}} of
 */
export function listing({ label, id, draw: drawRow, empty, cls = "", load: ask, one }) {
  /** @type {any[]} */
  let rows = [];
  /** @type {string | null} */
  let next = null;
  let phase = "empty"; // empty, loading, failed, ready
  let abort = new AbortController();
  /** @type {Map<string, {el: any, as: string}>} */
  const drawn = new Map();
  const ul = h("ul", { class: `things ${cls}`, "aria-label": label });
  const state = h("div");
  const moreBox = h("div", { class: "list-more" });
  const changedPill = h("button", { type: "button", class: "pill-button", hidden: true, onclick: () => load() }, icon("up"), t("list_changed"));
  const el = h("div", { class: "listing" }, changedPill, ul, state, moreBox);

  function draw() {
    const wanted = new Set(rows.map(id));
    for (const [key, row] of drawn) {
      if (wanted.has(key)) continue;
      row.el.remove();
      drawn.delete(key);
    }
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    rows.forEach((row, i) => {
      const key = id(row);
      const as = JSON.stringify(row);
      let known = drawn.get(key);
      if (!known) drawn.set(key, (known = { el: h("li", { class: "thing", "data-id": key }), as: "" }));
      if (known.as !== as) {
        redraw(known.el, drawRow(row));
        known.as = as;
      }
      if (ul.children[i] !== known.el) ul.insertBefore(known.el, ul.children[i] ?? null);
    });
    if (focused?.isConnected && ul.contains(focused) && document.activeElement !== focused) focused.focus({ preventScroll: true });
    ul.hidden = rows.length === 0;
    if (phase !== "ready") return;
    redraw(state, rows.length === 0 && empty());
    redraw(moreBox, next && h("button", { type: "button", class: "button", "data-key": "more", onclick: more }, t("more")));
  }

  /** @param {boolean} [quiet] keeps what is shown until the answer is there */
  async function load(quiet = false) {
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    changedPill.hidden = true;
    if (!quiet) {
      phase = "loading";
      rows = [];
      next = null;
      draw();
      redraw(state, skeleton(6, "of-rows"));
      redraw(moreBox);
    }
    try {
      const answer = await ask({ limit: rows.length > PAGE ? IN_STEP : PAGE }, signal);
      if (signal.aborted) return;
      rows = answer.rows;
      next = answer.next ?? null;
      phase = "ready";
      draw();
    } catch (error) {
      if (signal.aborted) return;
      // Rows that are there stay: the strip says that the server is away, and the next look comes by itself.
      if (quiet && phase === "ready") return;
      phase = "failed";
      redraw(state, problem(error, () => load()));
    }
  }

  async function more() {
    if (!next) return;
    const { signal } = abort;
    const before = rows.length;
    redraw(moreBox, skeleton(2, "of-rows"));
    try {
      const answer = await ask({ limit: PAGE, cursor: next }, signal);
      if (signal.aborted) return;
      const known = new Set(rows.map(id));
      rows = [...rows, ...answer.rows.filter((row) => !known.has(id(row)))];
      next = answer.next ?? null;
      draw();
      speak(t("more_rows", { n: rows.length - before }));
      if (document.activeElement === document.body) focusRow(before);
    } catch (error) {
      if (!signal.aborted) redraw(moreBox, problem(error, more));
    }
  }

  const refresh = throttled(() => {
    if (phase === "failed") load();
    else if (phase === "ready" && rows.length > IN_STEP) changedPill.hidden = false;
    else if (phase === "ready" && el.isConnected) load(true);
  }, REFRESH_MS);

  const focusRow = (/** @type {number} */ i) => {
    const target = ul.children[i]?.querySelector("a[href], button, summary");
    target?.focus();
    target?.scrollIntoView({ block: "nearest" });
  };

  return {
    el,
    load,
    refresh,
    rows: () => rows,
    /** Something happened to a row: it alone is loaded where that can be. @param {string} key */
    async touched(key) {
      const i = rows.findIndex((row) => id(row) === key);
      if (i < 0 || !one) return refresh();
      const fresh = await one(key).catch(() => undefined);
      const now = rows.findIndex((row) => id(row) === key);
      if (now < 0 || fresh === undefined) return;
      rows = fresh === null ? rows.filter((_, k) => k !== now) : rows.map((row, k) => (k === now ? { ...row, ...fresh } : row));
      draw();
    },
    /** Moves the focus by rows. @param {number} step */
    move(step) {
      const now = [...ul.children].findIndex((li) => li.contains(document.activeElement));
      const to = now < 0 ? 0 : now + step;
      if (to >= rows.length && next) more();
      else if (to < 0 || to >= rows.length) speak(t(step > 0 ? "row_last" : "row_first"));
      else focusRow(to);
    },
  };
}

/** What stands where filters leave nothing. @param {string} href the list without them */
export const nothingFits = (href) => blank(t("nothing_fits"), t("nothing_fits_why"), h("a", { class: "button", href }, t("clear_filters")));
