// @ts-check
// Deeds on several tickets at once: the bar that comes when rows are chosen, and what was done and refused.

import { post } from "./api.js";
import { ask, confirmBox, pick, toast } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { mates } from "./mates.js";
import { here } from "./session.js";

/** The server takes so many at once. */
const MOST = 100;

/** @param {{chosen: () => number[], done: (numbers: number[]) => void, clear: () => void}} of */
export function bulkBar({ chosen, done, clear }) {
  const label = h("strong", { role: "status" });
  const act = (/** @type {string} */ text, /** @type {any} */ drawing, /** @type {() => void} */ run) =>
    h("button", { type: "button", class: "button is-small", onclick: run }, icon(drawing), t(text));
  const named = (/** @type {any[]} */ items) => items.map((i) => ({ id: i.code, name: i.name }));
  const el = h(
    "div",
    { class: "bulk", hidden: true, role: "toolbar", "aria-label": t("bulk") },
    label,
    act("claim", "user", () => send("claim")),
    act("assign", "user", () => assign()),
    act("priority", "up", () => which("priority", t("priority"), named(here.guild.priorities))),
    act("category", "filter", () => which("category", t("category"), named(here.guild.categories))),
    act("resolve", "check", () => sure("resolve")),
    act("close", "lock", () => sure("close")),
    h("button", { type: "button", class: "button is-small is-quiet", onclick: clear }, t("clear_selection")),
  );

  /** Asks what to give to the tickets that are chosen now. */
  const which = (/** @type {string} */ deed, /** @type {string} */ title, /** @type {any[]} */ items) => {
    const numbers = chosen();
    pick({ title, label: t("type_to_find"), items, choose: (id) => send(deed, id, numbers) });
  };
  const assign = () => which("assign", t("assign_title"), mates());

  const sure = (/** @type {"resolve" | "close"} */ deed) => {
    // What is asked about stays what is done, whatever the list shows meanwhile.
    const numbers = chosen();
    ask({
      title: t(`bulk_${deed}_title`, { n: Math.min(numbers.length, MOST) }),
      text: t(`bulk_${deed}_why`),
      label: deed === "close" ? t("close_reason") : undefined,
      area: true,
      max: 500,
      ok: t(deed),
      act: (value) => run(deed, value || null, numbers),
    });
  };

  const send = (/** @type {string} */ deed, /** @type {any} */ value = null, numbers = chosen()) => run(deed, value, numbers).catch((error) => toast(error.text ?? String(error), { bad: true }));

  async function run(/** @type {string} */ deed, /** @type {any} */ value, /** @type {number[]} */ numbers) {
    const answer = await post(`${here.base}/tickets/bulk`, { numbers: numbers.slice(0, MOST), do: deed, value });
    done(answer.done);
    if (answer.refused.length === 0) return toast(t("bulk_done", { n: answer.done.length }));
    toast(t("bulk_some", { done: answer.done.length, n: answer.refused.length }), { bad: true, action: [t("details"), () => refusals(answer.refused)] });
  }

  const refusals = (/** @type {any[]} */ list) =>
    confirmBox({
      title: t("bulk_refused_title"),
      body: h("ul", { class: "plain" }, list.map((r) => h("li", null, h("strong", null, `#${r.number}`), " ", r.text))),
    });

  return {
    el,
    assign,
    sure,
    /** @param {number} n */
    show(n) {
      el.hidden = n === 0;
      const text = n > MOST ? t("selected_too_many", { n, most: MOST }) : t("selected_n", { n });
      if (label.textContent !== text) label.textContent = text;
    },
  };
}
