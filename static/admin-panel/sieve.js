// @ts-check
// The filters above a list: words, one of several, a member, days. It writes the address; the list follows the address.

import { at, go, to } from "./address.js";
import { debounced, freshId, h, redraw } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { clip } from "./parts.js";

const TYPING_MS = 300;

/** @typedef {{key: string, label: string, kind: "words" | "one" | "day" | "line", hint?: string, items?: [string, string][]}} Part */

/** @param {Part[]} parts */
export function sieve(parts) {
  /** @type {Record<string, any>} */
  const boxes = {};
  const clear = h("span");
  const apply = (/** @type {string} */ key, /** @type {string} */ value, replace = false) => go(to({ [key]: value }), { replace });

  const typed = (/** @type {any} */ box, /** @type {string} */ key) => {
    let going = false;
    const search = debounced((text) => {
      apply(key, text, going);
      going = true;
    }, TYPING_MS);
    box.addEventListener("input", () => search(box.value.trim()));
    box.addEventListener("blur", () => { search.now(); going = false; });
    box.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => {
      if (e.key === "Enter") search.now();
      if (e.key !== "Escape") return;
      if (!box.value) return box.blur();
      e.preventDefault();
      box.value = "";
      search("");
      search.now();
    });
    return box;
  };

  const drawn = parts.map((part) => {
    const id = freshId("sieve");
    const common = { id, "data-key": `sieve-${part.key}` };
    if (part.kind === "words") {
      boxes[part.key] = typed(h("input", { ...common, type: "search", class: "search-box", "aria-label": part.label, placeholder: part.hint ?? part.label, dir: "auto", maxlength: 200, "aria-keyshortcuts": "/" }), part.key);
      return h("div", { class: "search", role: "search" }, icon("search"), boxes[part.key]);
    }
    if (part.kind === "line") boxes[part.key] = typed(h("input", { ...common, type: "text", placeholder: part.hint, dir: "auto", maxlength: 100 }), part.key);
    if (part.kind === "day") boxes[part.key] = h("input", { ...common, type: "date", onchange: (/** @type {any} */ e) => apply(part.key, e.target.value) });
    if (part.kind === "one") boxes[part.key] = h("select", { ...common, onchange: (/** @type {any} */ e) => apply(part.key, e.target.value) });
    return h("div", { class: "sieve-part" }, h("label", { for: id, class: "legend" }, part.label), boxes[part.key]);
  });

  function draw() {
    const q = at();
    for (const part of parts) {
      const box = boxes[part.key];
      const now = q[part.key] ?? "";
      if (part.kind === "one") {
        const items = part.items ?? [];
        const known = items.some(([value]) => value === now) ? items : [...items, /** @type {[string, string]} */ ([now, now])];
        redraw(box, known.map(([value, text]) => h("option", { value, selected: value === now }, clip(text, 60))));
      }
      if (document.activeElement !== box || part.kind === "one") box.value = now;
    }
    redraw(clear, parts.some((p) => q[p.key]) && h("a", { class: "button is-small", href: to(Object.fromEntries(parts.map((p) => [p.key, null]))), "data-key": "sieve-clear" }, icon("close"), t("clear_filters")));
  }

  return {
    el: h("div", { class: "sieve" }, drawn, clear),
    draw,
    /** The choices of a part, once they are known. @param {string} key @param {[string, string][]} items */
    offer(key, items) {
      const part = parts.find((p) => p.key === key);
      if (!part || JSON.stringify(part.items) === JSON.stringify(items)) return;
      part.items = items;
      draw();
    },
    /** What narrows the list now. @returns {Record<string, string>} */
    now: () => Object.fromEntries(parts.flatMap((p) => (at()[p.key] ? [[p.key, at()[p.key]]] : []))),
    focus() {
      const first = boxes[parts[0].key];
      first.focus();
      first.select?.();
    },
  };
}
