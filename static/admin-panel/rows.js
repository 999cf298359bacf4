// @ts-check
// One row of the list of tickets, drawn anew only where its ticket changed. Choosing and loading rows is list.js.

import { h, u } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { assignee, category, clip, priority, sla, statePill } from "./parts.js";
import { href } from "./route.js";
import { ago } from "./time.js";

/** @typedef {{number: number, subject: string, opener: {id: string, name: string}, plan: string | null, category: string, priority: string, state: string, assignee: {id: string, name: string} | null, created_at: string, updated_at: string, due_at: string | null, sla: string, messages: number, last_from: string, unread: boolean}} Row */

/** Whether the member waits for an answer. @param {Row} row */
const waits = (row) => row.last_from === "member" && row.state !== "closed" && row.state !== "resolved";

/** @param {Row} row */
const link = (row) =>
  h(
    "a",
    { class: "row-link", href: href({ view: "list", ticket: row.number, tab: "talk" }), "data-key": `row-${row.number}` },
    priority(row.priority, true),
    h(
      "span",
      { class: "row-main" },
      h(
        "span",
        { class: "row-subject" },
        row.unread && h("span", { class: "dot", title: t("unread") }, h("span", { class: "visually-hidden" }, t("unread"))),
        u(clip(row.subject), "row-words"),
      ),
      h(
        "span",
        { class: "row-sub" },
        h("span", { class: "number" }, `#${row.number}`),
        u(clip(row.opener.name, 60), "row-opener"),
        row.plan && h("span", { class: "plan" }, u(clip(row.plan, 24))),
        category(row.category),
        waits(row)
          ? h("span", { class: "row-waits", title: t("member_waits") }, icon("reply"), h("span", { class: "row-waits-words" }, t("member_waits")))
          : h("span", null, t("messages_n", { n: row.messages })),
      ),
    ),
    h("span", { class: "row-state" }, statePill(row.state)),
    h("span", { class: "row-who" }, assignee(row.assignee)),
    h("span", { class: "row-due" }, sla(row)),
    h("span", { class: "row-updated" }, ago(row.updated_at)),
  );

/**
 * A row that knows how to be drawn anew.
 * @param {(number: number, on: boolean, shift: boolean) => void} onselect
 */
export function makeRow(onselect) {
  const box = h("input", { type: "checkbox" });
  const holder = h("label", { class: "row-check" }, box);
  const el = h("li", { class: "row" }, holder);
  let drawn = "";
  let at = "";
  box.addEventListener("click", (/** @type {MouseEvent} */ e) => onselect(Number(el.dataset.number), box.checked, e.shiftKey));
  return {
    el,
    /** @param {Row} row @param {boolean} open @param {boolean} selected */
    draw(row, open, selected) {
      el.classList.toggle("is-open", open);
      el.classList.toggle("is-selected", selected);
      el.classList.toggle("is-unread", row.unread);
      box.checked = selected;
      const as = JSON.stringify(row) + location.search.replace(/&?(ticket|tab)=\w+/gu, "");
      if (as !== drawn) {
        const old = el.querySelector(".row-link");
        const focused = old !== null && old === document.activeElement;
        const fresh = link(row);
        old?.remove();
        el.append(fresh);
        el.dataset.number = String(row.number);
        box.setAttribute("aria-label", t("select_ticket", { number: String(row.number) }));
        if (focused) fresh.focus({ preventScroll: true });
        if (drawn && row.updated_at !== at) {
          el.classList.remove("is-fresh");
          void el.offsetWidth; // restarts the flash
          el.classList.add("is-fresh");
        }
        drawn = as;
        at = row.updated_at;
      }
      const a = el.querySelector(".row-link");
      if (open) a.setAttribute("aria-current", "true");
      else a.removeAttribute("aria-current");
    },
  };
}
