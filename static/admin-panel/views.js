// @ts-check
// Views of the list: those that everybody has, and a person's own, kept by the server.

import { call, get, post } from "./api.js";
import { ask, toast } from "./dialog.js";
import { h, redraw, u } from "./dom.js";
import { t } from "./i18n.js";
import { iconButton } from "./icons.js";
import { clip } from "./parts.js";
import { ACTIVE, FILTERS, listHref } from "./route.js";
import { here } from "./session.js";

/** @type {[string, Record<string, string>][]} */
const GIVEN = [
  ["view_active", { state: ACTIVE }],
  ["view_mine", { state: ACTIVE, assignee: "me" }],
  ["view_free", { state: ACTIVE, assignee: "none" }],
  ["view_breached", { state: "open,in_progress", sla: "breached", sort: "due", dir: "asc" }],
  ["view_all", {}],
];

/** The query of a view in one order, so that two can be compared. @param {Record<string, string>} filters */
const asQuery = (filters) => new URLSearchParams(FILTERS.filter((k) => filters[k]).map((k) => [k, filters[k]])).toString();

/** @param {string} query @returns {Record<string, string>} */
const asFilters = (query) => Object.fromEntries([...new URLSearchParams(query)].filter(([k]) => FILTERS.includes(k)));

/** @param {() => Record<string, string>} now the filters that would be saved */
export function savedViews(now) {
  /** @type {{id: string, name: string, query: string}[]} */
  let own = [];
  let failed = false;
  const el = h("nav", { class: "views", "aria-label": t("views") });

  const link = (/** @type {any} */ name, /** @type {Record<string, string>} */ filters, /** @type {string} */ key) =>
    h("a", { class: "view-link", href: listHref(filters), "aria-current": asQuery(filters) === asQuery(now()) ? "page" : null, "data-key": key }, name);

  function draw() {
    const current = asQuery(now());
    const saved = [...GIVEN.map(([, f]) => asQuery(f)), ...own.map((v) => asQuery(asFilters(v.query)))].includes(current);
    redraw(
      el,
      h("p", { class: "legend" }, t("views")),
      GIVEN.map(([key, filters]) => link(t(key), filters, key)),
      own.map((view) =>
        h("span", { class: "view-own" }, link(u(clip(view.name, 60)), asFilters(view.query), `view-${view.id}`), iconButton("trash", t("view_delete", { name: clip(view.name, 60) }), () => remove(view), { "data-key": `drop-${view.id}` })),
      ),
      failed && h("p", { class: "hint" }, t("views_failed")),
      !saved && h("button", { type: "button", class: "button is-small", "data-key": "save-view", onclick: save }, t("view_save")),
    );
  }

  const save = () =>
    ask({
      title: t("view_save_title"),
      text: t("view_save_why"),
      label: t("view_name"),
      required: true,
      max: 60,
      ok: t("save"),
      act: async (name) => {
        own.push(await post(`${here.base}/views`, { name, query: asQuery(now()) }));
        draw();
      },
    });

  const remove = (/** @type {any} */ view) =>
    ask({
      title: t("view_delete_title"),
      text: t("view_delete_why", { name: clip(view.name, 60) }),
      ok: t("delete"),
      danger: true,
      act: async () => {
        await call("DELETE", `${here.base}/views/${encodeURIComponent(view.id)}`);
        own = own.filter((v) => v.id !== view.id);
        draw();
        toast(t("view_deleted"));
      },
    });

  get(`${here.base}/views`).then(
    (answer) => {
      own = answer.views ?? answer;
      draw();
    },
    () => {
      failed = true;
      draw();
    },
  );
  return { el, draw };
}
