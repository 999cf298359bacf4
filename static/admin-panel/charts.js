// @ts-check
// Bars over days, drawn as SVG at the width that there is. The same figures stand in a table beside each chart, which is what a
// screen reader gets.

import { h, svg } from "./dom.js";
import { num, t } from "./i18n.js";
import { day } from "./time.js";

const HEIGHT = 180;
const PAD = { top: 10, right: 4, bottom: 22, left: 34 };

/** A round number at or above whose quarters are whole, for the top of the scale. @param {number} n */
export function ceiling(n) {
  for (let size = 1; size < 1e12; size *= 10) {
    const found = [4, 8, 12, 16, 20, 24, 32].find((step) => step * size >= n);
    if (found) return found * size;
  }
  return n;
}

/**
 * `write` says how a figure is written where it stands alone (a sum of money).
 * @param {{title: string, days: any[], series: {key: string, name: string, cls: string}[], write?: (n: number) => string}} what
 */
export function bars({ title, days, series, write = num }) {
  const canvas = h("div", { class: "chart-canvas", "aria-hidden": "true" });
  const top = ceiling(Math.max(0, ...days.flatMap((d) => series.map((s) => Number(d[s.key]) || 0))));

  const draw = (/** @type {number} */ width) => {
    const inner = { w: width - PAD.left - PAD.right, h: HEIGHT - PAD.top - PAD.bottom };
    const y = (/** @type {number} */ n) => PAD.top + inner.h * (1 - n / top);
    const slot = inner.w / Math.max(1, days.length);
    const bar = Math.max(1, (slot * 0.72) / series.length);
    const every = Math.max(1, Math.ceil(days.length / Math.max(2, Math.floor(inner.w / 70))));
    const lines = [0, top / 4, top / 2, (top * 3) / 4, top].map((n) => [
      svg("line", { class: "grid", x1: PAD.left, x2: width - PAD.right, y1: y(n), y2: y(n) }),
      svg("text", { class: "tick", x: PAD.left - 6, y: y(n) + 4, "text-anchor": "end" }, num(n, { notation: "compact" })),
    ]);
    const columns = days.map((d, i) => {
      const x = PAD.left + slot * i;
      const tip = [day(d.day, { dateStyle: "full" }), ...series.map((s) => `${s.name} : ${write(Number(d[s.key]) || 0)}`)].join("\n");
      return svg(
        "g",
        { class: "column" },
        svg("title", {}, tip),
        svg("rect", { class: "hover", x, y: PAD.top, width: slot, height: inner.h }),
        series.map((s, k) => {
          const n = Number(d[s.key]) || 0;
          return svg("rect", { class: s.cls, x: x + slot * 0.14 + bar * k, y: y(n), width: Math.max(1, bar - 0.5), height: Math.max(0, inner.h + PAD.top - y(n)), rx: Math.min(2, bar / 3) });
        }),
        i % every === 0 && svg("text", { class: "tick", x: x + slot / 2, y: HEIGHT - 6, "text-anchor": "middle" }, day(d.day)),
      );
    });
    canvas.replaceChildren(svg("svg", { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` }, lines, columns));
  };
  let last = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.round(entry.contentRect.width);
    if (width > 60 && width !== last) draw((last = width));
  }).observe(canvas);

  const total = (/** @type {string} */ key) => days.reduce((sum, d) => sum + (Number(d[key]) || 0), 0);
  return h(
    "figure",
    { class: "chart" },
    h(
      "figcaption",
      null,
      h("h2", null, title),
      h("ul", { class: "legend-list" }, series.map((s) => h("li", null, h("i", { class: `key ${s.cls}`, "aria-hidden": "true" }), s.name, " ", h("strong", null, write(total(s.key)))))),
    ),
    canvas,
    h(
      "details",
      { class: "chart-table" },
      h("summary", null, t("as_table")),
      h(
        "div",
        { class: "table-scroll", tabindex: "0", role: "region", "aria-label": title },
        h(
          "table",
          null,
          h("thead", null, h("tr", null, h("th", { scope: "col" }, t("day")), series.map((s) => h("th", { scope: "col" }, s.name)))),
          h("tbody", null, days.map((d) => h("tr", null, h("th", { scope: "row" }, day(d.day)), series.map((s) => h("td", null, write(Number(d[s.key]) || 0)))))),
        ),
      ),
    ),
  );
}
