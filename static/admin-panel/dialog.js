// @ts-check
// Boxes over the page (native `dialog`, so focus stays inside and Escape leaves), toasts, and the line that a screen reader
// speaks. They keep nothing.

import { flat, freshId, h } from "./dom.js";
import { icon, iconButton } from "./icons.js";
import { t } from "./i18n.js";

const TOAST_MS = 7_000;
/** So long a box takes no press of a pointer: the second of a double click was meant for what opened it. */
const OPENING_MS = 400;

/** What is typed in a box, by field. @param {HTMLElement} box @returns {[any, string][]} */
const typedIn = (box) => [...box.querySelectorAll("textarea, input:not([type=checkbox], [type=radio], [type=search])")].map((/** @type {any} */ el) => [el, el.value]);

/**
 * Opens a box; its return value goes to `onclose`. A firm one isn't closed by a press beside it; one that `keeps` what is typed closes by Escape at once.
 * @param {{title: any, body: any, actions?: any[], closable?: boolean, firm?: boolean, keeps?: boolean, onclose?: (how: string) => void, wide?: boolean}} what
 * @returns {HTMLDialogElement}
 */
export function confirmBox({ title, body, actions = [], closable = true, firm = false, keeps = false, onclose, wide = false }) {
  const id = freshId("box");
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const box = h(
    "dialog",
    { class: `box is-opening ${wide ? "is-wide" : ""}`, "aria-labelledby": id },
    h(
      "header",
      { class: "box-head" },
      h("h2", { id }, title),
      closable && iconButton("close", t("close_box"), () => box.close("")),
    ),
    h("div", { class: "box-body" }, body),
    actions.length > 0 && h("footer", { class: "box-foot" }, actions),
  );
  let warned = false;
  /** @type {Map<any, string>} */
  let offered = new Map();
  box.addEventListener("cancel", (/** @type {Event} */ e) => {
    if (!closable) return e.preventDefault();
    if (warned || keeps || typedIn(box).every(([el, value]) => value === (offered.get(el) ?? el.defaultValue))) return;
    // What was typed isn't thrown away by one key.
    e.preventDefault();
    warned = true;
    toast(t("escape_again"));
  });
  box.addEventListener("click", (/** @type {Event} */ e) => closable && !firm && e.target === box && box.close(""));
  box.addEventListener("close", () => {
    box.remove();
    if (before?.isConnected) before.focus({ preventScroll: true });
    onclose?.(box.returnValue);
  });
  document.body.append(box);
  box.showModal();
  offered = new Map(typedIn(box));
  setTimeout(() => box.classList.remove("is-opening"), OPENING_MS);
  return box;
}

/**
 * Asks, with a text to type if wanted; `act` may fail, which is told inside and keeps the box and the text.
 * @param {{title: string, text?: any, label?: string, value?: string, area?: boolean, required?: boolean, max?: number, ok: string, danger?: boolean, act: (value: string) => Promise<any>, onkeep?: (value: string) => void}} what
 */
export function ask({ title, text, label, value = "", area = false, required = false, max = 1000, ok, danger = false, act, onkeep }) {
  const id = freshId("ask");
  const error = h("p", { class: "problem-line", role: "alert" });
  const field = label && h(area ? "textarea" : "input", { id, value, required, maxlength: max, rows: area ? 3 : undefined, dir: "auto" });
  if (field) field.addEventListener("input", () => onkeep?.(field.value));
  const go = h("button", { type: "submit", class: danger ? "button is-danger" : "button is-main" }, ok);
  const form = h(
    "form",
    {
      class: "stack",
      onsubmit: async (/** @type {Event} */ e) => {
        e.preventDefault();
        error.textContent = "";
        go.disabled = true;
        try {
          await act(field ? field.value.trim() : "");
          box.close("done");
        } catch (failed) {
          error.textContent = /** @type {any} */ (failed).text ?? String(failed);
        }
        go.disabled = false;
      },
    },
    text && h("div", null, text),
    field && h("label", { for: id }, label),
    field,
    error,
    h("div", { class: "box-foot" }, go, h("button", { type: "button", class: "button", onclick: () => box.close("") }, t("cancel"))),
  );
  if (field)
    field.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => {
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) form.requestSubmit();
    });
  const box = confirmBox({ title, body: form, keeps: Boolean(onkeep) });
  (field ?? go).focus();
  return box;
}

/**
 * Chooses one of a list, by typing or by arrows.
 * @param {{title: string, label: string, items: {id: string, name: string, hint?: string}[], choose: (id: string) => any}} what
 */
export function pick({ title, label, items, choose }) {
  const listId = freshId("list");
  const input = h("input", { type: "search", role: "combobox", "aria-expanded": "true", "aria-controls": listId, "aria-label": label, placeholder: label, autocomplete: "off", dir: "auto" });
  const list = h("ul", { id: listId, role: "listbox", class: "pick-list", "aria-label": title });
  let at = 0;
  /** @type {typeof items} */
  let found = [];
  const end = (/** @type {string} */ id) => {
    box.close("done");
    choose(id);
  };
  const draw = () => {
    const words = input.value.trim().toLocaleLowerCase();
    found = items.filter((item) => item.name.toLocaleLowerCase().includes(words));
    at = Math.min(at, Math.max(0, found.length - 1));
    list.replaceChildren(
      ...flat(
        found.map((item, i) =>
          h(
            "li",
            { role: "option", id: `${listId}-${i}`, "aria-selected": String(i === at), onclick: () => end(item.id) },
            h("bdi", { dir: "auto" }, item.name),
            item.hint && h("span", { class: "hint" }, item.hint),
          ),
        ),
      ),
    );
    if (found.length === 0) list.append(h("li", { class: "hint", role: "option", "aria-selected": "false", "aria-disabled": "true" }, t("pick_none")));
    input.setAttribute("aria-activedescendant", found.length ? `${listId}-${at}` : "");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  input.addEventListener("input", () => {
    at = 0;
    draw();
  });
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      at = (at + (e.key === "ArrowDown" ? 1 : found.length - 1)) % Math.max(1, found.length);
      draw();
    } else if (e.key === "Enter" && found[at]) {
      e.preventDefault();
      end(found[at].id);
    }
  });
  const box = confirmBox({ title, body: [input, list] });
  draw();
  input.focus();
  return box;
}

const toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
const spoken = h("div", { class: "visually-hidden", "aria-live": "polite", id: "spoken" });

/** Puts the two live regions into the page. */
export const prepareVoices = () => document.body.append(toasts, spoken);

/** Says something to a screen reader only. @param {string} text */
export function speak(text) {
  spoken.textContent = "";
  requestAnimationFrame(() => {
    spoken.textContent = text;
  });
}

/** A short word at the edge of the page; one with a button stays until it is dismissed. @param {any} text @param {{bad?: boolean, action?: [string, () => void]}} [options] */
export function toast(text, { bad = false, action } = {}) {
  const el = h(
    "div",
    { class: bad ? "toast is-bad" : "toast" },
    icon(bad ? "alert" : "check"),
    h("div", { class: "toast-text" }, text),
    action &&
      h("button", { type: "button", class: "button is-small", onclick: () => { el.remove(); action[1](); } }, action[0]),
    iconButton("close", t("dismiss"), () => el.remove()),
  );
  toasts.append(el);
  while (toasts.children.length > 4) toasts.firstElementChild?.remove();
  if (!action) setTimeout(() => el.remove(), bad ? TOAST_MS * 2 : TOAST_MS);
}

/** What stands in the place of what could not be loaded. @param {any} error @param {() => void} retry */
export const problem = (error, retry) =>
  h(
    "div",
    { class: "blank is-bad", role: "alert" },
    icon("alert"),
    h("p", { class: "blank-title" }, t("problem_title")),
    h("p", null, error?.text ?? String(error)),
    h("button", { type: "button", class: "button", onclick: retry }, t("retry")),
  );

/** What stands where there is nothing: what it means and what to do. @param {string} title @param {any} text @param {any} [action] */
export const blank = (title, text, action) =>
  h("div", { class: "blank" }, icon("inbox"), h("p", { class: "blank-title" }, title), h("p", null, text), action);

/** Grey lines in the place of what is on its way. @param {number} lines @param {string} [cls] */
export const skeleton = (lines, cls = "") =>
  h("div", { class: `skeleton ${cls}`, role: "status", "aria-label": t("loading") }, Array.from({ length: lines }, () => h("span", { class: "bone" })));
