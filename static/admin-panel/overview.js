// @ts-check
// The overview: figures of now, each a link to its tickets; charts over days; who of the team has how much.

import { get } from "./api.js";
import { blank, problem, skeleton } from "./dialog.js";
import { h, redraw, throttled, u } from "./dom.js";
import { bars } from "./charts.js";
import { num, t } from "./i18n.js";
import { icon } from "./icons.js";
import { clip } from "./parts.js";
import { ACTIVE, href, listHref } from "./route.js";
import { here } from "./session.js";
import { ago, span } from "./time.js";

const REFRESH_MS = 10_000;

export function overview() {
  const body = h("div", { class: "overview-body" });
  const head = h("div", { class: "overview-head" });
  const el = h("section", { class: "overview", "aria-labelledby": "overview-title" }, head, body);
  let days = 30;
  let shown = "";
  /** @type {AbortController | null} */
  let abort = null;

  const tile = (/** @type {string} */ text, /** @type {number} */ n, /** @type {Record<string, string>} */ filters, /** @type {string} */ cls) =>
    h("a", { class: `tile ${n > 0 ? cls : ""}`, href: listHref(filters), "data-key": text }, h("span", { class: "tile-name" }, t(text)), h("strong", { class: "tile-value" }, num(n)));
  const fact = (/** @type {string} */ text, /** @type {any} */ value, /** @type {string} */ hint) =>
    h("div", { class: "tile is-plain" }, h("span", { class: "tile-name" }, t(text)), h("strong", { class: "tile-value" }, value), h("span", { class: "hint" }, hint));
  const stars = (/** @type {number | null} */ n) => (n === null ? "–" : [num(n, { maximumFractionDigits: 1 }), h("span", { class: "of-five" }, " / 5")]);

  function draw(/** @type {any} */ o) {
    const agents = o.agents.length
      ? h(
          "div",
          { class: "table-scroll", tabindex: "0", role: "region", "aria-labelledby": "team-title" },
          h(
            "table",
            { class: "agents" },
            h("thead", null, h("tr", null, ["agent", "assigned_now", "resolved", "mean_resolution", "satisfaction"].map((k) => h("th", { scope: "col" }, t(k))))),
            h(
              "tbody",
              null,
              o.agents.map((/** @type {any} */ a) =>
                h(
                  "tr",
                  null,
                  h("th", { scope: "row" }, u(clip(a.name, 60))),
                  h("td", null, a.assigned > 0 ? h("a", { href: listHref({ assignee: a.id === here.me.user.id ? "me" : a.id }), "data-key": `agent-${a.id}` }, num(a.assigned)) : num(0)),
                  h("td", null, num(a.resolved)),
                  h("td", null, span(a.resolution_s)),
                  h("td", null, stars(a.satisfaction)),
                ),
              ),
            ),
          ),
        )
      : blank(t("no_agents"), t("no_agents_why"));
    redraw(
      body,
      h(
        "div",
        { class: "tiles" },
        tile("open_now", o.open, { state: "open,in_progress" }, ""),
        tile("unassigned", o.unassigned, { state: ACTIVE, assignee: "none" }, "is-warn"),
        tile("waiting_now", o.waiting, { state: "waiting_user" }, ""),
        tile("critical_now", o.critical, { state: ACTIVE, priority: "critical" }, "is-bad"),
        tile("breached_now", o.breached, { state: "open,in_progress", sla: "breached", sort: "due", dir: "asc" }, "is-bad"),
        tile("soon_now", o.breaching_soon, { state: "open,in_progress", sla: "soon", sort: "due", dir: "asc" }, "is-warn"),
      ),
      h(
        "div",
        { class: "tiles" },
        fact("mean_first", span(o.first_response_s), t("over_days", { n: days })),
        fact("mean_resolution", span(o.resolution_s), t("over_days", { n: days })),
        fact("satisfaction", stars(o.satisfaction), t("rated_n", { n: o.rated })),
      ),
      h(
        "div",
        { class: "charts" },
        bars({ title: t("chart_flow"), days: o.days, series: [{ key: "opened", name: t("opened"), cls: "c-opened" }, { key: "resolved", name: t("resolved"), cls: "c-resolved" }] }),
        bars({ title: t("chart_breached"), days: o.days, series: [{ key: "breached", name: t("breached"), cls: "c-breached" }] }),
      ),
      h("h2", { id: "team-title" }, t("team")),
      agents,
      h("p", { class: "hint" }, t("figures_of"), " ", ago(new Date().toISOString())),
    );
  }

  async function load(/** @type {boolean} */ quiet) {
    abort?.abort();
    abort = new AbortController();
    const mine = abort;
    if (!quiet) redraw(body, skeleton(6, "of-tiles"), skeleton(3, "of-charts"));
    try {
      const o = await get(`${here.base}/overview?days=${days}`, mine.signal);
      if (!mine.signal.aborted) draw(o);
    } catch (error) {
      // Old figures are better than none while the server is away; they say how old they are.
      if (!mine.signal.aborted && !quiet) redraw(body, problem(error, () => load(false)));
    }
  }
  const refresh = throttled(() => !el.hidden && shown !== "" && !el.contains(document.querySelector(".chart-table[open]")) && load(true), REFRESH_MS);

  return {
    el,
    refresh,
    /** @param {import("./route.js").Route} route */
    show(route) {
      days = route.days;
      redraw(
        head,
        h("h1", { id: "overview-title", tabindex: "-1" }, t("overview")),
        h("nav", { class: "segments", "aria-label": t("period") }, [7, 30, 90].map((d) => h("a", { href: href({ view: "overview", days: d }), "aria-current": d === days ? "true" : null, "data-key": `d${d}` }, t("days_n", { n: d })))),
        h("a", { class: "button", href: listHref({ state: ACTIVE }) }, icon("inbox"), t("to_list")),
      );
      const as = `${here.base} ${days}`;
      if (as !== shown) load(false);
      else refresh();
      shown = as;
    },
  };
}
