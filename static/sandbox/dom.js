// Building blocks of the page: elements, icons, avatars. Text only ever becomes text nodes:
// nothing in this page reads a string as markup.

const PROPERTIES = new Set([
  "value",
  "checked",
  "disabled",
  "hidden",
  "selected",
  "multiple",
  "required",
  "tabIndex",
  "htmlFor",
  "indeterminate",
]);

/** Makes an element. `on…` keys are listeners, `vars` sets CSS variables, the rest are attributes. */
export function h(tag, attrs, ...children) {
  const el = document.createElement(tag);
  for (const [key, value] of Object.entries(attrs ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) el.addEventListener(key.slice(2), value);
    else if (key === "class") el.className = value;
    else if (key === "vars") for (const [name, v] of Object.entries(value)) el.style.setProperty(name, v);
    else if (PROPERTIES.has(key)) el[key] = value;
    else el.setAttribute(key, value === true ? "" : String(value));
  }
  el.append(...children.flat(Infinity).filter((c) => c !== undefined && c !== null && c !== false));
  return el;
}

const ICONS = {
  hash: "M9 4 7 20M17 4l-2 16M4 9h16M3.5 15h16",
  thread: "M6 4v9a3 3 0 0 0 3 3h10M15 12l4 4-4 4",
  mail: "M3 6h18v12H3zM3 7l9 7 9-7",
  menu: "M4 7h16M4 12h16M4 17h16",
  users:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.5a3.2 3.2 0 0 1 0 6.3M18 14.5c2 .8 3.2 2.6 3.5 5.5",
  plus: "M12 5v14M5 12h14",
  send: "M4 12 20 4l-5 16-3.5-6.5z",
  close: "M6 6l12 12M18 6 6 18",
  eye: "M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  reply: "M10 7 4 12l6 5M4 12h9c4 0 6 2 7 6",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  split: "M4 5h16v14H4zM12 5v14",
  slash: "M16 4 8 20",
  door: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  down: "m6 9 6 6 6-6",
  bulb: "M9 18h6M10 21h4M12 3a6 6 0 0 0-3.5 10.9c.6.5 1 1.3 1 2.1h5c0-.8.4-1.6 1-2.1A6 6 0 0 0 12 3z",
  external: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  check: "m5 12 5 5 9-10",
};

/** An inline drawing that follows the text's colour. Decorative: the label stands beside it. */
export function icon(name) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(ns, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows only an icon; `label` is its accessible name and tooltip. */
export function iconButton(name, label, onclick, extra = {}) {
  return h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...extra },
    icon(name),
  );
}

/** The name people see for a user of the world or of a message. */
export function displayName(user) {
  return user?.global_name || user?.username || "?";
}

const initials = (name) =>
  [...name.trim().split(/\s+/u).slice(0, 2)]
    .map((w) => [...w][0] ?? "")
    .join("")
    .toUpperCase() || "?";

/** A coloured disc (bots: a rounded square) with the initials. */
export function avatar(user, extra = "") {
  const cls = `avatar ${user?.bot ? "is-bot" : ""} ${extra}`;
  return h(
    "span",
    { class: cls, "aria-hidden": "true", vars: { "--tint": color(user?.avatar_color) } },
    initials(displayName(user)).slice(0, 1),
  );
}

/** Two letters for a server without a picture. */
export const guildInitials = (name) => initials(name);

/** Discord's integer colours and "#rrggbb" alike; anything else is a neutral grey. */
export function color(value, fallback = "#6b7280") {
  if (typeof value === "number") return value > 0 ? `#${value.toString(16).padStart(6, "0")}` : fallback;
  return /^#[0-9a-f]{6}$/iu.test(value ?? "") ? value : fallback;
}

/** Orders two snowflakes given as decimal strings. */
export const bySnowflake = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** Replaces what a box holds; the control that had the focus hands it to the one in its place. */
export function redraw(box, ...nodes) {
  const controls = () => [...box.querySelectorAll("button, input, select, a[href]")];
  const index = controls().indexOf(document.activeElement);
  box.replaceChildren(...nodes.flat());
  if (index >= 0) controls()[index]?.focus({ preventScroll: true });
}

/** A link of this very server under the name by which the page was opened (127.0.0.1 or localhost). */
export function local(url) {
  const target = new URL(url, location.href);
  const loopback = (name) => name === "localhost" || name === "127.0.0.1";
  const here = target.port === location.port && loopback(target.hostname) && loopback(location.hostname);
  return here ? new URL(target.pathname + target.search, location.origin) : target;
}

let counter = 0;
/** A fresh id for linking labels and controls. */
export const freshId = (prefix) => `${prefix}-${(counter += 1)}`;
