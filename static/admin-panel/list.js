// @ts-check
// The list of tickets: loads pages by cursor, keeps what is shown in step with what happens, and knows which rows are chosen.
// Filters, bulk deeds and single rows have modules of their own.

import { get, withQuery } from "./api.js";
import { bulkBar } from "./bulk.js";
import { blank, problem, skeleton, speak } from "./dialog.js";
import { h, redraw, throttled } from "./dom.js";
import { filterBar } from "./filters.js";
import { num, t } from "./i18n.js";
import { icon } from "./icons.js";
import { ACTIVE, go, listHref, read } from "./route.js";
import { makeRow } from "./rows.js";
import { here } from "./session.js";

const PAGE = 50;
/** So many rows are kept in step; below them a button says that the list changed. */
const IN_STEP = 100;
const REFRESH_MS = 1_500;

/** The list and its filters. */
export function ticketList() {
  /** @type {import("./rows.js").Row[]} */
  let rows = [];
  /** @type {string | null} */
  let next = null;
  let partial = false;
  /** How often the list was asked for again, and which of these answers is shown: an older one says less. */
  let asks = 0;
  let newest = 0;
  /** @type {Record<string, string>} */
  let filters = {};
  let shown = "";
  let phase = "empty"; // empty, loading, failed, ready
  let openNumber = 0;
  let anchor = 0;
  let stale = false;
  /** @type {AbortController | null} */
  let abort = null;
  /** @type {Set<number>} */
  const selected = new Set();
  /** @type {Map<number, ReturnType<typeof makeRow>>} */
  const drawn = new Map();

  const bar = filterBar();
  const bulk = bulkBar({ chosen: () => [...selected], done: (numbers) => { for (const n of numbers) selected.delete(n); draw(); refresh(); }, clear: () => { selected.clear(); draw(); } });
  const all = h("input", { type: "checkbox", "aria-label": t("select_all"), title: t("select_all"), onchange: () => { for (const r of all.checked ? rows.slice(0, 100) : []) selected.add(r.number); if (!all.checked) selected.clear(); draw(); } });
  const total = h("span", { class: "list-total", role: "status" });
  const ul = h("ul", { class: "rows", "aria-label": t("tickets") });
  const state = h("div", { class: "list-state" });
  const moreBox = h("div", { class: "list-more" });
  const changedPill = h("button", { type: "button", class: "pill-button", hidden: true, onclick: () => load() }, icon("up"), t("list_changed"));
  const el = h(
    "section",
    { class: "list", "aria-labelledby": "list-title" },
    bar.side,
    h(
      "div",
      { class: "list-main" },
      h("h1", { id: "list-title", class: "visually-hidden" }, t("tickets")),
      bar.top,
      h("div", { class: "list-head" }, h("span", { class: "row-check" }, all), total, bar.sort),
      bulk.el,
      h("div", { class: "list-scroll" }, changedPill, ul, state, moreBox),
    ),
  );

  const path = (/** @type {Record<string, any>} */ more) => withQuery(`${here.base}/tickets`, { ...filters, ...more });

  function draw() {
    const wanted = new Set(rows.map((r) => r.number));
    for (const [number, row] of drawn) {
      if (wanted.has(number)) continue;
      row.el.remove();
      drawn.delete(number);
    }
    for (const number of selected) if (!wanted.has(number)) selected.delete(number);
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    rows.forEach((r, i) => {
      let row = drawn.get(r.number);
      if (!row) drawn.set(r.number, (row = makeRow(select)));
      row.draw(r.number === openNumber ? { ...r, unread: false } : r, r.number === openNumber, selected.has(r.number));
      if (ul.children[i] !== row.el) ul.insertBefore(row.el, ul.children[i] ?? null);
    });
    if (focused && ul.contains(focused) && document.activeElement !== focused) focused.focus({ preventScroll: true });
    all.checked = rows.length > 0 && selected.size > 0 && rows.every((r) => selected.has(r.number));
    all.indeterminate = selected.size > 0 && !all.checked;
    bulk.show(selected.size);
    if (phase === "ready") {
      const filtered = Object.keys(filters).some((k) => !["sort", "dir"].includes(k));
      redraw(state, rows.length === 0 && emptyText(filtered));
      redraw(moreBox, next && h("button", { type: "button", class: "button", "data-key": "more", onclick: more }, t("more")), !next && partial && h("p", { class: "hint" }, t("search_partial")));
    }
  }

  function emptyText(/** @type {boolean} */ filtered) {
    if (filters.q) return blank(t("empty_search"), t("empty_search_why"), h("a", { class: "button", href: listHref({ ...filters, q: "" }) }, t("clear_search")));
    if (filters.state === ACTIVE && Object.keys(filters).length === 1) return blank(t("empty_active"), t("empty_active_why"), h("a", { class: "button", href: listHref({}) }, t("show_all")));
    if (filtered) return blank(t("empty_filtered"), t("empty_filtered_why"), h("a", { class: "button", href: listHref({ state: ACTIVE }) }, t("clear_filters")));
    return blank(t("empty_all"), t("empty_all_why"));
  }

  function select(/** @type {number} */ number, /** @type {boolean} */ on, /** @type {boolean} */ range) {
    const at = rows.findIndex((r) => r.number === number);
    const from = range ? rows.findIndex((r) => r.number === anchor) : at;
    const [a, b] = from < 0 ? [at, at] : [Math.min(at, from), Math.max(at, from)];
    for (const r of rows.slice(a, b + 1)) if (on) selected.add(r.number); else selected.delete(r.number);
    anchor = number;
    draw();
  }

  async function load() {
    abort?.abort();
    abort = new AbortController();
    const mine = abort;
    phase = "loading";
    rows = [];
    next = null;
    changedPill.hidden = true;
    draw();
    total.textContent = "";
    redraw(state, skeleton(8, "of-rows"));
    redraw(moreBox);
    counts(mine.signal);
    try {
      const answer = await get(path({ limit: PAGE }), mine.signal);
      rows = answer.tickets;
      next = answer.next;
      partial = answer.partial;
      phase = "ready";
      draw();
    } catch (error) {
      if (mine.signal.aborted) return;
      phase = "failed";
      redraw(state, problem(error, load));
    }
  }

  async function counts(/** @type {AbortSignal} */ signal) {
    // Without counts the list works all the same.
    const answer = await get(withQuery(`${here.base}/tickets/counts`, filters), signal).catch(() => null);
    if (signal.aborted) return;
    bar.counts(answer);
    if (!answer) return;
    const text = t("total_n", { n: answer.total, shown: answer.capped ? `${num(answer.total)}+` : num(answer.total) });
    if (total.textContent !== text) total.textContent = text;
  }

  async function more() {
    if (!next) return;
    const cursor = next;
    const before = rows.length;
    redraw(moreBox, skeleton(2, "of-rows"));
    try {
      const answer = await get(path({ limit: PAGE, cursor }), abort?.signal);
      const known = new Set(rows.map((r) => r.number));
      rows = [...rows, ...answer.tickets.filter((/** @type {any} */ r) => !known.has(r.number))];
      next = answer.next;
      partial = answer.partial;
      draw();
      speak(t("more_loaded", { n: rows.length - before }));
      if (document.activeElement === document.body) focusRow(rows[before]?.number);
    } catch (error) {
      if (!abort?.signal.aborted) redraw(moreBox, problem(error, more));
    }
  }

  const refresh = throttled(async () => {
    if (phase === "failed") return load();
    if (phase !== "ready") return;
    stale = el.hidden; // looked at again once it is shown
    if (stale) return;
    const signal = abort?.signal ?? new AbortController().signal;
    if (rows.length > IN_STEP) {
      changedPill.hidden = false;
      return counts(signal);
    }
    counts(signal);
    // A refresh that fails is no news: the strip says that the server is away, and the next one comes.
    const turn = (asks += 1);
    const answer = await get(path({ limit: rows.length > PAGE ? IN_STEP : PAGE }), signal).catch(() => null);
    if (!answer || signal.aborted || phase !== "ready" || rows.length > IN_STEP || turn < newest) return;
    newest = turn;
    rows = answer.tickets;
    next = answer.next;
    partial = answer.partial;
    draw();
  }, REFRESH_MS);

  const focusRow = (/** @type {number | undefined} */ number) => {
    const link = number ? drawn.get(number)?.el.querySelector(".row-link") : null;
    link?.focus();
    link?.scrollIntoView({ block: "nearest" });
    return Boolean(link);
  };
  const focusedNumber = () => Number(/** @type {any} */ (document.activeElement?.closest(".row"))?.dataset.number) || 0;

  return {
    el,
    bar,
    bulk,
    refresh,
    focusRow,
    /** Shows the list of a route; what is shown already stays. @param {import("./route.js").Route} route */
    show(route) {
      openNumber = route.ticket ?? 0;
      const as = JSON.stringify([here.base, route.filters]);
      bar.show(route.filters);
      filters = route.filters;
      if (as === shown && phase === "ready") {
        draw();
        return stale ? refresh() : undefined;
      }
      shown = as;
      selected.clear();
      return load();
    },
    /** Marks a ticket as read, or takes what a deed changed. @param {any} ticket */
    update(ticket) {
      const at = rows.findIndex((r) => r.number === ticket.number);
      if (at < 0) return;
      rows[at] = { ...rows[at], ...ticket };
      draw();
    },
    /** Moves by `step`: the open ticket if one is open, else the focus. @param {number} step */
    move(step) {
      const now = openNumber || focusedNumber();
      const at = rows.findIndex((r) => r.number === now);
      const to = rows[at < 0 ? 0 : at + step];
      if (!to) {
        if (step > 0 && next) return more();
        return speak(t(step > 0 ? "last_row" : "first_row"));
      }
      if (openNumber) go({ ticket: to.number, tab: read().tab });
      else focusRow(to.number);
    },
    /** Chooses the focused row, or lets go of it. */
    toggle() {
      const number = focusedNumber();
      if (number) select(number, !selected.has(number), false);
    },
    /** The number that a shortcut means: the open ticket, else the focused row. */
    target: () => openNumber || focusedNumber(),
    chosen: () => selected.size,
  };
}
