// @ts-check
// Who did what with a ticket, the newest first, older lines on demand.

import { get } from "./api.js";
import { blank, problem, skeleton } from "./dialog.js";
import { h, redraw, u } from "./dom.js";
import { t } from "./i18n.js";
import { clip } from "./parts.js";
import { here } from "./session.js";
import { ago } from "./time.js";

export function historyTab() {
  const list = h("ol", { class: "history" });
  const foot = h("div");
  const el = h("div", { class: "history-box", tabindex: "0", role: "region", "aria-label": t("history") }, list, foot);
  let number = 0;

  const item = (/** @type {any} */ l) =>
    h(
      "li",
      null,
      h("span", { class: "history-text" }, l.by ? u(clip(l.by.name, 60), "msg-author") : h("span", { class: "msg-author" }, t("by_itself")), " ", u(clip(l.text || l.deed, 600)), !l.text && l.old && l.new ? [" : ", u(clip(l.old, 80)), " → ", u(clip(l.new, 80))] : null),
      ago(l.at, "msg-time"),
    );

  /** @param {string} before */
  async function load(before) {
    const of = number;
    redraw(foot, skeleton(before ? 2 : 6));
    try {
      const answer = await get(`${here.base}/tickets/${of}/history${before ? `?before=${encodeURIComponent(before)}` : ""}`);
      if (of !== number) return;
      if (!before) list.replaceChildren();
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
      if (of !== number) list.replaceChildren();
      number = of;
      load("");
    },
  };
}
