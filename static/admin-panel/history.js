// @ts-check
// Who did what with a ticket, the newest first, older lines on demand. Who only looked stands in one line above, folded.

import { get } from "./api.js";
import { blank, problem, skeleton } from "./dialog.js";
import { h, redraw, u } from "./dom.js";
import { say, t } from "./i18n.js";
import { clip } from "./parts.js";
import { here } from "./session.js";
import { ago } from "./time.js";

/** Of those who looked, so many are named while the line is folded. */
const SHOWN = 3;

export function historyTab() {
  const looks = h("div");
  const list = h("ol", { class: "history" });
  const foot = h("div");
  const el = h("div", { class: "history-box", tabindex: "0", role: "region", "aria-label": t("history") }, looks, list, foot);
  let number = 0;

  const item = (/** @type {any} */ l) =>
    h(
      "li",
      null,
      h("span", { class: "history-text" }, l.by ? u(clip(l.by.name, 60), "msg-author") : h("span", { class: "msg-author" }, "Maxis"), " ", u(clip(l.text || l.deed, 600)), !l.text && l.old && l.new ? [" : ", u(clip(l.old, 80)), " → ", u(clip(l.new, 80))] : null),
      ago(l.at, "msg-time"),
    );

  /** @param {any[]} all */
  function drawLooks(all) {
    const times = all.reduce((sum, l) => sum + l.times, 0);
    redraw(looks, times > 0 && h(
      "details",
      { class: "history-looks", "data-key": "looks" },
      h("summary", null, say("looks", { n: times, who: h("span", null, all.slice(0, SHOWN).map((l, i) => [i > 0 && ", ", u(clip(l.by.name, 60))]), all.length > SHOWN && " …") }), " ", ago(all[0].last, "msg-time")),
      h("ul", null, all.map((l) => h("li", null, u(clip(l.by.name, 60), "msg-author"), " · ", t("looks_times", { n: l.times }), " ", ago(l.last, "msg-time")))),
    ));
  }

  /** @param {string} before */
  async function load(before) {
    const of = number;
    redraw(foot, skeleton(before ? 2 : 6));
    try {
      const answer = await get(`${here.base}/tickets/${of}/history${before ? `?before=${encodeURIComponent(before)}` : ""}`);
      if (of !== number) return;
      if (!before) {
        list.replaceChildren();
        const open = looks.querySelector("details")?.open ?? false;
        drawLooks(answer.looks ?? []);
        const fold = looks.querySelector("details");
        if (fold) fold.open = open;
      }
      list.append(...answer.lines.map(item));
      redraw(foot, answer.older ? h("button", { type: "button", class: "button is-small", onclick: () => load(answer.older) }, t("older")) : list.children.length === 0 && blank(t("history_none"), ""));
    } catch (error) {
      if (of === number) redraw(foot, problem(error, () => load(before)));
    }
  }
  return {
    el,
    /** @param {number} of */
    show(of) {
      if (of !== number) {
        list.replaceChildren();
        looks.replaceChildren();
      }
      number = of;
      load("");
    },
  };
}
