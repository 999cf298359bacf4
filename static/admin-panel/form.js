// @ts-check
// Forms: fields with labels and hints, what is wrong beside its field, what was typed kept whatever happens, a repeat that
// writes once. What a form is for is the page's.

import { call, uuid } from "./api.js";
import { confirmBox } from "./dialog.js";
import { flat, freshId, h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { here } from "./session.js";
import { formPlace, held, hold } from "./store.js";

/**
 * `items` of a choice: value and text. A field of kind `check` gives a boolean, `number` a number, the rest text; what was left
 * empty gives null. `offer` fills the list from which a line is chosen, one name or several between commas; what isn't in it may be
 * typed all the same. `when` names the field and the values of it with which this one matters: else it is hidden and gives null.
 * @typedef {{name: string, label: string, kind?: "line" | "area" | "number" | "one" | "check" | "moment", hint?: any, required?: boolean, max?: number, least?: number, most?: number, items?: [string, string][], value?: any, example?: string, rows?: number, plain?: boolean, offer?: () => Promise<string[]>, several?: boolean, when?: [string, string[]]}} Field
 */

/** Writes so that a repeat after no answer, or after a fault of the server, writes once. */
export function writer() {
  /** @type {Map<string, string>} */
  const keys = new Map();
  return async (/** @type {string} */ method, /** @type {string} */ path, /** @type {any} */ body) => {
    const what = JSON.stringify([method, path, body]);
    const key = keys.get(what) ?? uuid();
    keys.set(what, key);
    try {
      const answer = await call(method, path, { body, key: method === "POST" ? key : undefined });
      keys.delete(what);
      return answer;
    } catch (error) {
      const { status } = /** @type {any} */ (error);
      if (status > 0 && status < 500) keys.delete(what);
      throw error;
    }
  };
}

/** @param {Field} f @param {string} id @param {string} notes ids of what explains it */
function control(f, id, notes) {
  const common = { id, name: f.name, required: f.required, "aria-describedby": notes };
  if (f.kind === "area") return h("textarea", { ...common, rows: f.rows ?? 3, maxlength: f.max, dir: "auto", placeholder: f.example, spellcheck: f.plain ? "false" : null, autocomplete: f.plain ? "off" : null, class: f.plain ? "is-code" : null }, f.value ?? "");
  if (f.kind === "one") return h("select", common, (f.items ?? []).map(([value, text]) => h("option", { value, selected: value === (f.value ?? "") }, text)));
  if (f.kind === "check") return h("input", { ...common, type: "checkbox", checked: Boolean(f.value) });
  if (f.kind === "number") return h("input", { ...common, type: "number", inputmode: "numeric", min: f.least, max: f.most, step: 1, value: f.value ?? "" });
  return h("input", { ...common, type: "text", maxlength: f.max ?? 200, dir: "auto", placeholder: f.example, autocomplete: "off", value: f.value ?? "" });
}

/** The list of a line: the browser's own, so that keys and screen readers know it. @param {Field} f @param {any} el @param {string} id */
function offered(f, el, id) {
  const list = h("datalist", { id: `${id}-list` });
  el.setAttribute("list", list.id);
  /** @type {string[]} */
  let names = [];
  const draw = () => {
    const before = f.several ? el.value.slice(0, el.value.lastIndexOf(",") + 1) : "";
    list.replaceChildren(...names.map((name) => h("option", { value: before ? `${before.trimEnd()} ${name}` : name })));
  };
  // The list is only an aid: without it the field takes what is typed.
  f.offer?.().then((found) => { names = found; draw(); }, () => {});
  if (f.several) el.addEventListener("input", draw);
  return list;
}

/**
 * `act` may fail: what is wrong is said beside its field, or over the buttons, and everything typed stays. What is typed into one
 * with a name to `keep` it under is there again when the tab comes back to it, until `forget` or its own way out.
 * @param {{fields: Field[], ok: string, danger?: boolean, intro?: any, extra?: any, keep?: string, act: (values: Record<string, any>) => Promise<any>, cancel?: () => void}} of
 */
export function form({ fields, ok, danger = false, intro, extra, keep, act, cancel }) {
  const place = keep ? formPlace(here.me.user.id, here.guild.id, keep) : "";
  const typed = place ? (held(place) ?? {}) : {};
  const forget = () => place && hold(place, null);
  const error = h("p", { class: "problem-line", role: "alert" });
  const go = h("button", { type: "submit", class: danger ? "button is-danger" : "button is-main" }, ok);
  /** @type {Record<string, {el: any, box?: any, say: (text: string) => void}>} */
  const parts = {};
  const drawn = fields.map((f) => {
    const id = freshId("field");
    const wrong = h("p", { class: "field-wrong", id: `${id}-wrong` });
    const el = control(f.name in typed ? { ...f, value: typed[f.name] } : f, id, f.hint ? `${id}-hint ${id}-wrong` : `${id}-wrong`);
    parts[f.name] = {
      el,
      say(text) {
        wrong.replaceChildren(...(text ? [icon("alert"), h("span", null, text)] : []));
        if (text) el.setAttribute("aria-invalid", "true");
        else el.removeAttribute("aria-invalid");
      },
    };
    el.addEventListener("input", () => parts[f.name].say(""));
    const hint = f.hint && h("p", { class: "hint", id: `${id}-hint` }, f.hint);
    const list = f.offer && offered(f, el, id);
    if (f.kind === "check") return (parts[f.name].box = h("div", { class: "field" }, h("label", { class: "check", for: id }, el, f.label), hint, wrong));
    return (parts[f.name].box = h("div", { class: "field" }, h("label", { for: id }, f.label, !f.required && f.kind !== "one" && h("span", { class: "hint" }, ` (${t("optional")})`)), el, list, hint, wrong));
  });
  const matters = () => {
    for (const { name, when } of fields) {
      if (!when) continue;
      const off = !when[1].includes(parts[when[0]].el.value);
      parts[name].box.hidden = off;
      // One that is hidden holds nothing back.
      parts[name].el.disabled = off;
    }
  };
  for (const name of new Set(fields.flatMap((f) => (f.when ? [f.when[0]] : [])))) parts[name].el.addEventListener("change", matters);
  matters();

  const values = () =>
    Object.fromEntries(
      fields.map((f) => {
        const { el } = parts[f.name];
        if (el.disabled) return [f.name, null];
        if (f.kind === "check") return [f.name, el.checked];
        const text = f.plain ? el.value : el.value.trim();
        if (text === "") return [f.name, null];
        return [f.name, f.kind === "number" ? Number(text) : text];
      }),
    );

  const fail = (/** @type {any} */ failed) => {
    const found = failed.field ? parts[failed.field] : null;
    const part = found && !found.el.disabled ? found : null;
    const text = failed.text ?? String(failed);
    if (!part) {
      error.textContent = text;
      return;
    }
    part.say(text);
    part.el.focus();
  };

  const el = h(
    "form",
    {
      class: "stack form",
      onsubmit: async (/** @type {Event} */ e) => {
        e.preventDefault();
        if (go.disabled) return;
        error.textContent = "";
        for (const part of Object.values(parts)) part.say("");
        go.disabled = true;
        try {
          await act(values());
        } catch (failed) {
          fail(failed);
        }
        go.disabled = false;
      },
    },
    intro && h("div", { class: "stack-tight" }, intro),
    drawn,
    extra,
    error,
    h("div", { class: "box-foot" }, go, cancel && h("button", { type: "button", class: "button", onclick: () => { forget(); cancel(); } }, t("cancel"))),
  );
  if (place) el.addEventListener("input", () => hold(place, Object.fromEntries(fields.map((f) => [f.name, f.kind === "check" ? parts[f.name].el.checked : parts[f.name].el.value]))));
  for (const area of el.querySelectorAll("textarea"))
    area.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => {
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) el.requestSubmit();
    });
  return { el, values, fail, forget, control: (/** @type {string} */ name) => parts[name].el, focus: () => /** @type {any} */ (flat([Object.values(parts)[0]?.el, go])[0]).focus() };
}

/** A form in a box over the page; a press beside it doesn't throw away what was typed. @param {Omit<Parameters<typeof form>[0], "cancel"> & {title: string, wide?: boolean}} of */
export function formBox({ title, wide = false, act, ...of }) {
  const made = form({
    ...of,
    act: async (values) => {
      if ((await act(values)) !== false) box.close("done");
    },
    cancel: () => box.close(""),
  });
  const box = confirmBox({ title, body: made.el, wide, firm: of.fields.length > 0 });
  made.focus();
  return { box, ...made };
}
