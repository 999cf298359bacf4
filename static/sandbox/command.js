// A slash command being filled in: one field per option, in place of the message box.

import { OPTION, localized } from "./commands.js";
import { avatar, displayName, freshId, h, icon, iconButton } from "./dom.js";
import { FileTray } from "./files.js";
import { fold } from "./listbox.js";
import { t } from "./texts.js";

const AUTOCOMPLETE_DELAY_MS = 180;
const MAX_ROWS = 25;

const isNumber = (option) => option.type === OPTION.INTEGER || option.type === OPTION.NUMBER;

/** The form of one command. `host` gives locale, people(), channels(), roles(), complete(), listbox. */
export class CommandForm {
  constructor(command, host, { onsend, oncancel, onerror }) {
    this.command = command;
    this.host = host;
    this.oncancel = oncancel;
    this.onsend = onsend;
    this.onerror = onerror;
    this.fields = command.options.map((option) => new Field(this, option));
    this.hint = h("div", { class: "command-hint", "aria-live": "polite" });
    this.more = h("span", { class: "command-more" });
    this.element = h(
      "form",
      {
        class: "command-form",
        "aria-label": `/${command.label}`,
        autocomplete: "off",
        onsubmit: (e) => this.#submit(e),
        onkeydown: (e) => this.#key(e),
      },
      this.hint,
      h(
        "div",
        { class: "command-line" },
        h("span", { class: "command-name" }, `/${command.label}`),
        this.fields.map((f) => f.element),
        this.more,
        iconButton("close", t("cancel_command"), oncancel),
        h("button", { type: "submit", class: "send-button", "aria-label": t("send"), title: t("send") }, icon("send")),
      ),
    );
    for (const field of this.fields) field.element.hidden = !field.option.required;
    this.#drawMore();
    this.describe(null);
  }

  /** Puts `text` in the first field that takes free text: what was typed after the command's name. */
  prefill(text) {
    const field = this.fields.find((f) => f.option.type === OPTION.STRING && !f.option.choices);
    if (!text || !field) return;
    this.show(field);
    field.input.value = text;
  }

  focus() {
    const next = this.fields.find((f) => f.option.required && f.empty) ?? this.fields.find((f) => !f.element.hidden);
    if (next) next.focus();
    else this.element.querySelector(".send-button").focus();
  }

  /** Moves on after a pick: to the next empty required field, else to the send button. */
  advance(from) {
    const next = this.fields.find((f) => f !== from && !f.element.hidden && f.option.required && f.empty);
    if (next) next.focus();
    else from.input.focus();
  }

  show(field) {
    field.element.hidden = false;
    this.#drawMore();
  }

  describe(field) {
    if (!field) {
      this.hint.replaceChildren(this.command.description);
      return;
    }
    const { option } = field;
    this.hint.replaceChildren(
      h("strong", {}, localized(option, "name", this.host.locale)),
      ` · ${localized(option, "description", this.host.locale)} `,
      h("span", { class: "muted" }, `(${t(option.required ? "required" : "optional")})`),
    );
  }

  /** The options as typed so far: what autocomplete may look at. */
  sketch() {
    return Object.fromEntries(
      this.fields
        .filter((f) => !f.element.hidden && !f.empty && f.option.type !== OPTION.ATTACHMENT)
        .map((f) => [f.option.name, f.sketch()]),
    );
  }

  #drawMore() {
    const hidden = this.fields.filter((f) => f.element.hidden);
    this.more.replaceChildren(
      ...hidden.map((f) =>
        h(
          "button",
          {
            type: "button",
            class: "chip",
            title: localized(f.option, "description", this.host.locale),
            onclick: () => {
              this.show(f);
              f.focus();
            },
          },
          `+ ${localized(f.option, "name", this.host.locale)}`,
        ),
      ),
    );
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.host.listbox.key(event)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.oncancel();
    } else if (event.key === "Enter" && event.target.tagName === "INPUT") {
      event.preventDefault();
      this.element.requestSubmit();
    } else if (event.key === "Backspace" && event.target.value === "") {
      const field = this.fields.find((f) => f.input === event.target);
      if (field && !field.option.required) {
        event.preventDefault();
        field.element.hidden = true;
        this.#drawMore();
        this.focus();
      }
    }
  }

  #submit(event) {
    event.preventDefault();
    const shown = this.fields.filter((f) => !f.element.hidden);
    const missing = shown.filter((f) => f.option.required && f.empty);
    const wrong = shown.filter((f) => !f.empty && f.problem());
    for (const f of shown) f.mark(missing.includes(f) || wrong.includes(f));
    if (missing.length) {
      missing[0].focus();
      this.onerror(
        t("missing_option", { names: missing.map((f) => localized(f.option, "name", this.host.locale)).join(", ") }),
      );
      return;
    }
    if (wrong.length) {
      wrong[0].focus();
      this.onerror(wrong[0].problem());
      return;
    }
    const filled = shown.filter((f) => !f.empty);
    const files = filled.filter((f) => f.tray);
    const values = filled.filter((f) => !f.tray);
    this.host.listbox.hide();
    this.onsend({
      application_id: this.command.application,
      name: this.command.path,
      options: Object.fromEntries(values.map((f) => [f.option.name, f.value()])),
      ...(files.length
        ? { attachments: Object.fromEntries(files.map((f) => [f.option.name, f.tray.payload()[0]])) }
        : {}),
    });
  }
}

/** One option: its label, its control, and the list it may draw from. */
class Field {
  constructor(form, option) {
    this.form = form;
    this.option = option;
    this.picked = null;
    const id = freshId("option");
    const name = localized(option, "name", form.host.locale);
    const label = h(
      "label",
      { htmlFor: id, class: "option-name" },
      name,
      option.required && h("span", { class: "option-required", title: t("required") }, "*"),
    );
    if (option.type === OPTION.ATTACHMENT) {
      this.tray = new FileTray({ multiple: false, onerror: form.onerror, onchange: () => this.mark(false) });
      this.input = h(
        "button",
        { type: "button", id, class: "chip", onclick: () => this.tray.choose(), onfocus: () => form.describe(this) },
        t("choose_file"),
      );
      this.element = h("span", { class: "option" }, label, this.input, this.tray.input, this.tray.element);
      return;
    }
    this.input = h("input", {
      id,
      class: "option-input",
      type: "text",
      inputmode: isNumber(option) && !option.autocomplete ? "numeric" : null,
      maxlength: option.max_length,
      "aria-required": option.required ? "true" : null,
      placeholder: localized(option, "description", form.host.locale),
      spellcheck: "false",
      autocomplete: "off",
      onfocus: () => this.#focused(),
      onblur: () => form.host.listbox.hide(),
      oninput: () => this.#typed(),
      onkeydown: (e) => e.key === "ArrowDown" && !form.host.listbox.open && this.#propose(),
    });
    if (this.#listed) {
      this.input.setAttribute("role", "combobox");
      this.input.setAttribute("aria-autocomplete", "list");
      this.input.setAttribute("aria-expanded", "false");
    }
    this.element = h("span", { class: "option" }, label, this.input);
  }

  get #listed() {
    return Boolean(this.option.choices?.length || this.option.autocomplete) || this.#fixed;
  }

  /** Whether only an item of the list is a value. */
  get #fixed() {
    const { type, choices } = this.option;
    return (
      Boolean(choices?.length) ||
      [OPTION.BOOLEAN, OPTION.USER, OPTION.CHANNEL, OPTION.ROLE, OPTION.MENTIONABLE].includes(type)
    );
  }

  get empty() {
    return this.tray ? this.tray.files.length === 0 : this.input.value === "";
  }

  focus() {
    this.input.focus();
  }

  mark(wrong) {
    this.element.classList.toggle("is-wrong", wrong);
    this.input.setAttribute("aria-invalid", String(wrong));
  }

  /** What is wrong with the value, in words; null when nothing. */
  problem() {
    if (this.tray) return null;
    if (this.#fixed) return this.#chosen() ? null : t("bad_choice");
    if (isNumber(this.option) && this.#number() === null) return t("bad_number");
    return null;
  }

  /** What the API takes. */
  value() {
    if (this.#fixed) return this.#chosen().value;
    if (isNumber(this.option)) return this.#number();
    return this.#chosen()?.value ?? this.input.value;
  }

  sketch() {
    return this.problem() ? this.input.value : this.value();
  }

  #number() {
    const chosen = this.#chosen()?.value;
    const number = Number(chosen ?? this.input.value.trim().replace(",", "."));
    const whole = this.option.type !== OPTION.INTEGER || Number.isSafeInteger(number);
    return Number.isFinite(number) && whole ? number : null;
  }

  #chosen() {
    if (this.picked?.label === this.input.value) return this.picked;
    return this.option.autocomplete
      ? null
      : (this.#items().find((i) => fold(i.label) === fold(this.input.value)) ?? null);
  }

  #items() {
    const { host } = this.form;
    const { type, choices } = this.option;
    if (choices?.length) return choices.map((c) => ({ label: localized(c, "name", host.locale), value: c.value }));
    if (type === OPTION.BOOLEAN)
      return [
        { label: t("yes"), value: true },
        { label: t("no"), value: false },
      ];
    const people = host
      .people()
      .map((u) => ({ label: displayName(u), hint: u.username, lead: avatar(u, "is-tiny"), value: u.id }));
    const roles = host.roles().map((r) => ({ label: r.name, value: r.id }));
    if (type === OPTION.USER) return people;
    if (type === OPTION.ROLE) return roles;
    if (type === OPTION.MENTIONABLE) return [...people, ...roles];
    if (type === OPTION.CHANNEL)
      return host.channels().map((c) => ({ label: c.name, lead: icon("hash"), value: c.id }));
    return [];
  }

  #focused() {
    this.form.describe(this);
    if (this.#listed && this.empty) this.#propose();
  }

  #typed() {
    this.picked = null;
    this.mark(false);
    if (this.#listed) this.#propose();
  }

  #propose() {
    if (this.option.autocomplete) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#ask(), AUTOCOMPLETE_DELAY_MS);
      return;
    }
    const wanted = fold(this.input.value);
    this.#offer(this.#items().filter((i) => fold(i.label).includes(wanted)));
  }

  async #ask() {
    const asked = this.input.value;
    const current = () => document.activeElement === this.input && this.input.value === asked;
    if (!current()) return;
    const { listbox } = this.form.host;
    if (!listbox.open) listbox.show(this.input, [], { note: t("searching") });
    try {
      const { choices } = await this.form.host.complete({ ...this.#question(), focused: this.option.name });
      if (current())
        this.#offer(
          choices.map((c) => ({ label: String(localized(c, "name", this.form.host.locale)), value: c.value })),
        );
    } catch {
      if (current()) listbox.show(this.input, [], { note: t("no_choice") });
    }
  }

  #question() {
    const { command } = this.form;
    return {
      application_id: command.application,
      name: command.path,
      options: { ...this.form.sketch(), [this.option.name]: this.input.value },
    };
  }

  #offer(items) {
    const { listbox } = this.form.host;
    listbox.onpick = (item) => this.#pick(item);
    listbox.show(this.input, items.slice(0, MAX_ROWS), {
      title: localized(this.option, "name", this.form.host.locale),
      note: t("no_choice"),
    });
  }

  #pick(item) {
    this.picked = item;
    this.input.value = item.label;
    this.mark(false);
    this.form.host.listbox.hide();
    this.form.advance(this);
  }
}
