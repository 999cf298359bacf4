// @ts-check
// What narrows the list: search, states, priority, category, assignee, time limit, saved views, order. It writes the address;
// the list follows the address.

import { h, debounced, redraw, u } from "./dom.js";
import { num, t } from "./i18n.js";
import { icon, iconButton } from "./icons.js";
import { clip, staffName } from "./parts.js";
import { ACTIVE, FILTERS, go, listHref } from "./route.js";
import { here } from "./session.js";
import { savedViews } from "./views.js";

const TYPING_MS = 300;
const ORDERS = ["updated", "created", "due", "priority"];

/** The bar above the list and the column beside it. */
export function filterBar() {
  /** @type {Record<string, string>} */
  let filters = {};
  /** @type {any} */
  let counts = null;
  const views = savedViews(() => filters);

  /** @param {Record<string, string>} changes @param {boolean} [replace] */
  const apply = (changes, replace = false) => go({ view: "list", filters: { ...filters, ...changes } }, { replace });

  let searching = false;
  const search = debounced((text) => {
    apply({ q: text }, searching);
    searching = true;
  }, TYPING_MS);
  const box = h("input", { type: "search", class: "search-box", "aria-label": t("search"), placeholder: t("search_hint"), title: t("search_why"), dir: "auto", maxlength: 200, "aria-keyshortcuts": "/" });
  box.addEventListener("input", () => search(box.value.trim()));
  box.addEventListener("blur", () => { search.now(); searching = false; });
  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => {
    if (e.key === "Enter") search.now();
    if (e.key === "Escape" && !box.value) return box.blur();
    if (e.key === "Escape") {
      e.preventDefault();
      box.value = "";
      search("");
      search.now();
    }
  });

  const opener = h("span", { class: "chips" });
  const openButton = iconButton("filter", t("filters"), () => {
    const on = side.classList.toggle("is-shown");
    openButton.setAttribute("aria-expanded", String(on));
    if (on) side.querySelector("a, input")?.focus();
  }, { class: "icon-button filter-button", "aria-expanded": "false", "aria-controls": "filters" });
  const top = h("div", { class: "list-top" }, openButton, h("div", { class: "search", role: "search" }, icon("search"), box), opener);

  const facets = h("div", { class: "facets" });
  const side = h("aside", { class: "filters", id: "filters", "aria-label": t("filters") }, views.el, facets);

  const orderBox = h("select", { "aria-label": t("sort"), onchange: () => apply({ sort: orderBox.value === "updated" ? "" : orderBox.value }) }, ORDERS.map((o) => h("option", { value: o }, t(`sort_${o}`))));
  const dirBox = h("span");
  const sort = h("span", { class: "sort" }, orderBox, dirBox);

  /** Several of a list. @param {string} key @param {string} title @param {{code: string, name: string, emoji?: string}[]} items */
  function many(key, title, items) {
    const on = new Set((filters[key] ?? "").split(",").filter(Boolean));
    const flip = (/** @type {string} */ code) => {
      if (on.has(code)) on.delete(code);
      else on.add(code);
      apply({ [key]: items.map((i) => i.code).filter((c) => on.has(c)).join(",") });
    };
    return h(
      "fieldset",
      { class: "facet" },
      h("legend", null, title),
      items.map((item) =>
        h(
          "label",
          { class: "facet-row" },
          h("input", { type: "checkbox", checked: on.has(item.code), "data-key": `${key}-${item.code}`, onchange: () => flip(item.code) }),
          h("span", { class: "facet-name" }, item.emoji && h("span", { "aria-hidden": "true" }, `${item.emoji} `), u(item.name)),
          count(counts?.[key]?.[item.code]),
        ),
      ),
    );
  }

  const count = (/** @type {number | undefined} */ n) => h("span", { class: "count" }, n === undefined ? "" : num(n) + (n >= 1_000 ? "+" : ""));
  const counted = (/** @type {string} */ text, /** @type {number | undefined} */ n) => (n === undefined ? text : `${text} (${num(n)})`);

  /** One of a list. @param {string} key @param {string} title @param {[string, string][]} items */
  function one(key, title, items) {
    const now = filters[key] ?? "";
    const known = items.some(([value]) => value === now) ? items : [...items, /** @type {[string, string]} */ ([now, staffName(now)])];
    return h(
      "label",
      { class: "facet" },
      h("span", { class: "legend" }, title),
      h("select", { "data-key": key, onchange: (/** @type {any} */ e) => apply({ [key]: e.target.value }) }, known.map(([value, text]) => h("option", { value, selected: value === now }, clip(text, 60)))),
    );
  }

  function draw() {
    const guild = here.guild;
    if (document.activeElement !== box) box.value = filters.q ?? "";
    orderBox.value = ORDERS.includes(filters.sort ?? "") ? filters.sort : "updated";
    const up = filters.dir === "asc";
    redraw(dirBox, iconButton(up ? "up" : "down", t(up ? "dir_asc" : "dir_desc"), () => apply({ dir: up ? "" : "asc" }), { "data-key": "dir" }));
    redraw(opener, filters.opener && h("a", { class: "chip", href: listHref({ ...filters, opener: "" }), "data-key": "opener" }, t("one_opener"), icon("close"), h("span", { class: "visually-hidden" }, t("remove_filter"))));
    const any = FILTERS.some((key) => filters[key] && !["sort", "dir"].includes(key) && !(key === "state" && filters.state === ACTIVE));
    openButton.classList.toggle("is-on", any);
    const others = guild.staff.filter((/** @type {any} */ p) => p.id !== here.me.user.id);
    redraw(
      facets,
      many("state", t("state"), guild.states),
      one("assignee", t("assignee"), [["", t("anybody")], ["me", counted(t("me"), counts?.assignee?.me)], ["none", counted(t("nobody"), counts?.assignee?.none)], ...others.map((/** @type {any} */ p) => [p.id, p.name])]),
      one("sla", t("time_limit"), [["", t("any_sla")], ["breached", counted(t("sla_breached"), counts?.sla?.breached)], ["soon", counted(t("sla_soon"), counts?.sla?.soon)], ["ok", t("sla_ok")]]),
      many("priority", t("priority"), guild.priorities),
      many("category", t("category"), guild.categories),
      any && h("a", { class: "button is-small", href: listHref({ state: ACTIVE }), "data-key": "clear" }, icon("close"), t("clear_filters")),
    );
    views.draw();
  }

  return {
    top,
    side,
    sort,
    focusSearch: () => {
      box.focus();
      box.select();
    },
    /** @param {Record<string, string>} now */
    show(now) {
      filters = now;
      draw();
    },
    /** @param {any} found */
    counts(found) {
      counts = found;
      draw();
    },
  };
}
