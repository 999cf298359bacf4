// A list of proposals above or below a text field, driven from that field: the ARIA combobox
// pattern. Used by the command picker, option choices, autocomplete and mentions.

import { freshId, h } from "./dom.js";

export class Listbox {
  /** `onpick(item)` is called with the chosen item; items are {label, detail?, hint?, lead?, value?}. */
  constructor({ onpick }) {
    this.onpick = onpick;
    this.items = [];
    this.active = -1;
    this.field = null;
    this.title = h("div", { class: "listbox-title" });
    this.list = h("ul", { class: "listbox-items", role: "listbox", id: freshId("list") });
    this.element = h("div", { class: "listbox", hidden: true }, this.title, this.list);
    // The field keeps the focus while the pointer chooses.
    this.element.addEventListener("pointerdown", (e) => e.preventDefault());
  }

  get open() {
    return !this.element.hidden;
  }

  /** Shows the items for `field`. `note` stands where there is none; `select` is the first active row. */
  show(field, items, { title = "", note = "", select = 0 } = {}) {
    if (this.field && this.field !== field) this.hide();
    this.field = field;
    this.items = items;
    this.title.textContent = title;
    this.title.hidden = !title;
    this.list.setAttribute("aria-label", title || note);
    this.list.replaceChildren(
      ...(items.length
        ? items.map((item, i) => this.#row(item, i))
        : note
          ? [h("li", { class: "listbox-note", role: "presentation" }, note)]
          : []),
    );
    this.element.hidden = items.length === 0 && !note;
    if (field.role === "combobox") field.setAttribute("aria-expanded", String(this.open));
    field.setAttribute("aria-controls", this.list.id);
    this.#activate(items.length ? Math.min(select, items.length - 1) : -1);
  }

  hide() {
    if (this.field) {
      if (this.field.role === "combobox") this.field.setAttribute("aria-expanded", "false");
      this.field.removeAttribute("aria-activedescendant");
    }
    this.element.hidden = true;
    this.items = [];
    this.active = -1;
    this.field = null;
  }

  /** Handles ↑ ↓ Enter Tab Escape while open; true when the key was used. */
  key(event) {
    if (!this.open) return false;
    if (event.key === "Escape") this.hide();
    else if (event.key === "ArrowDown" && this.items.length) this.#activate((this.active + 1) % this.items.length);
    else if (event.key === "ArrowUp" && this.items.length)
      this.#activate((this.active <= 0 ? this.items.length : this.active) - 1);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && this.items[this.active])
      this.onpick(this.items[this.active]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #row(item, index) {
    return h(
      "li",
      {
        class: "listbox-item",
        role: "option",
        id: `${this.list.id}-${index}`,
        "aria-selected": "false",
        onclick: () => this.onpick(item),
        onpointermove: () => this.active !== index && this.#activate(index),
      },
      item.lead,
      h(
        "span",
        { class: "listbox-text" },
        h("span", { class: "listbox-label" }, item.label),
        item.detail && h("span", { class: "listbox-detail" }, item.detail),
      ),
      item.hint && h("span", { class: "listbox-hint" }, item.hint),
    );
  }

  #activate(index) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const row = index >= 0 ? this.list.children[index] : null;
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.field?.setAttribute("aria-activedescendant", row.id);
    else this.field?.removeAttribute("aria-activedescendant");
  }
}

/** Lower case without accents, for matching what is typed. */
export const fold = (text) => String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
