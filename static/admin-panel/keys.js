// @ts-check
// Single-key shortcuts: one table, one listener, one help box. They are silent while somebody types, inside a box, and where
// the person switched them off.

import { confirmBox } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { keep, kept } from "./store.js";

/** @typedef {{key: string, text: string, run: () => any, when?: () => boolean, shown?: string}} Shortcut */
/** @type {Shortcut[]} */
const table = [];

/** Adds shortcuts; the first that applies wins. @param {...Shortcut} more */
export const shortcuts = (...more) => table.push(...more);

const typing = (/** @type {EventTarget | null} */ el) =>
  el instanceof HTMLElement && (el.isContentEditable || /^(TEXTAREA|SELECT)$/u.test(el.tagName) || (el instanceof HTMLInputElement && el.type !== "checkbox" && el.type !== "radio"));

/** Whether single keys act. */
export const keysOn = () => kept("keys") !== "off";

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || typing(e.target)) return;
  if (document.querySelector("dialog[open]") || !keysOn()) return;
  const found = table.find((s) => s.key === e.key && (s.when?.() ?? true));
  if (!found) return;
  e.preventDefault();
  found.run();
});

/** The list of shortcuts, with the switch. */
export function showKeys() {
  const seen = new Set();
  const rows = table.filter((s) => !seen.has(s.key + s.text) && seen.add(s.key + s.text));
  const line = (/** @type {string} */ key, /** @type {string} */ text) => h("div", { class: "key-row" }, h("dt", null, h("kbd", null, key)), h("dd", null, text));
  confirmBox({
    title: t("keys_title"),
    body: [
      h("dl", { class: "key-list" }, rows.map((s) => line(s.shown ?? s.key, t(s.text))), line("Ctrl ⏎", t("key_send")), line("Ctrl K", t("key_canned")), line("Esc", t("key_escape"))),
      h(
        "label",
        { class: "check" },
        h("input", { type: "checkbox", checked: keysOn(), onchange: (/** @type {any} */ e) => keep("keys", e.target.checked ? null : "off") }),
        t("keys_on"),
      ),
    ],
  });
}
