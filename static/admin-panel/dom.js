// @ts-check
// Elements and small helpers of every page. Text only ever becomes text nodes: nothing here reads a string as markup.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected", "required", "tabIndex", "htmlFor", "readOnly", "indeterminate", "open"]);
const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element. `on…` keys are listeners, `vars` sets CSS variables, the rest are attributes; empty children are left out.
 * @param {string} tag
 * @param {Record<string, any> | null} [attrs]
 * @param {...any} children
 * @returns {any}
 */
export function h(tag, attrs, ...children) {
  const el = document.createElement(tag);
  set(el, attrs);
  el.append(...flat(children));
  return el;
}

/** @param {any} el @param {Record<string, any> | null | undefined} attrs */
export function set(el, attrs) {
  for (const [key, value] of Object.entries(attrs ?? {})) {
    if (key.startsWith("on")) el.addEventListener(key.slice(2), value);
    else if (PROPERTIES.has(key)) el[key] = value ?? "";
    else if (value === undefined || value === null || value === false) el.removeAttribute(key);
    else if (key === "class") el.setAttribute("class", value);
    else if (key === "vars") for (const [name, v] of Object.entries(value)) el.style.setProperty(name, String(v));
    else el.setAttribute(key, value === true ? "" : String(value));
  }
}

/** The children that are there. @param {any[]} children @returns {(Node | string)[]} */
export const flat = (children) =>
  children.flat(Infinity).filter((c) => c !== undefined && c !== null && c !== false && c !== "");

/** An SVG element. @param {string} tag @param {Record<string, any>} [attrs] @param {...any} children */
export function svg(tag, attrs, ...children) {
  const el = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attrs ?? {})) if (value !== undefined) el.setAttribute(key, String(value));
  el.append(...flat(children));
  return el;
}

// Marks that turn the order of letters round: in a name they only serve to disguise ("exe.gnp").
const TURNING = /[\u202a-\u202e\u2066-\u2069]/gu;

/** A person's words within a line: isolated, so that its direction stays its own. @param {any} text @param {string} [cls] */
export const u = (text, cls) => h("bdi", { class: cls ? `u ${cls}` : "u", dir: "auto" }, String(text ?? "").replace(TURNING, ""));

let counter = 0;
/** A fresh id that links a label with its control. @param {string} prefix */
export const freshId = (prefix) => `${prefix}-${(counter += 1)}`;

/** Up to two letters for a disc. @param {string} name */
export const initials = (name) =>
  [...String(name ?? "").trim().split(/[\s_.-]+/u).filter(Boolean).slice(0, 2)]
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase() || "?";

/** A disc with initials; decorative, the name stands beside it. @param {{id?: string, name: string}} who */
export function avatar(who) {
  let sum = 0;
  for (const c of String(who?.id ?? who?.name ?? "")) sum = (sum * 137 + (c.codePointAt(0) ?? 0) * 53) % 360;
  return h("span", { class: "avatar", "aria-hidden": "true", vars: { "--hue": sum } }, initials(who?.name));
}

/** Replaces what a box holds; the control that had the focus hands it to the one with the same `data-key`. */
export function redraw(/** @type {Element} */ box, /** @type {any[]} */ ...nodes) {
  const focused = box.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.closest("[data-key]")?.getAttribute("data-key");
  box.replaceChildren(...flat(nodes));
  if (key) /** @type {HTMLElement | null} */ (box.querySelector(`[data-key="${CSS.escape(key)}"]`))?.focus({ preventScroll: true });
}

/** Runs `act` once the calls have paused for `ms`; `.now()` runs what waits at once. */
export function debounced(/** @type {(...args: any[]) => void} */ act, /** @type {number} */ ms) {
  let timer = 0;
  /** @type {any[] | null} */
  let waiting = null;
  const run = () => {
    clearTimeout(timer);
    const args = waiting;
    waiting = null;
    if (args) act(...args);
  };
  const call = (/** @type {any[]} */ ...args) => {
    waiting = args;
    clearTimeout(timer);
    timer = window.setTimeout(run, ms);
  };
  call.now = run;
  call.cancel = () => {
    clearTimeout(timer);
    waiting = null;
  };
  return call;
}

/** Runs `act` once what stands there now has been painted; a hidden page waits until it is looked at. */
export const painted = (/** @type {() => void} */ act) => void requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(act)));

/** Runs `act` at once and then at most every `ms`, the last call never lost. */
export function throttled(/** @type {() => void} */ act, /** @type {number} */ ms) {
  let last = -Infinity;
  let timer = 0;
  return () => {
    if (timer) return;
    const wait = Math.max(0, last + ms - performance.now());
    timer = window.setTimeout(() => {
      timer = 0;
      last = performance.now();
      act();
    }, wait);
  };
}
