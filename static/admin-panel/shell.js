// @ts-check
// What stands around every page: the bar with places, the state of the connection, the person's menu, and the strip that says
// when the server is out of reach. What a page shows is not its business.

import { signals } from "./api.js";
import { prepareVoices } from "./dialog.js";
import { avatar, h, redraw, u } from "./dom.js";
import { choose, lang, t } from "./i18n.js";
import { icon, iconButton } from "./icons.js";
import { showKeys } from "./keys.js";
import { desktopOn, setDesktop, setSound, soundOn } from "./notify.js";
import { everyPlace } from "./places.js";
import { ACTIVE } from "./route.js";
import { here, signOut } from "./session.js";
import { keep, kept } from "./store.js";
import { toast } from "./dialog.js";

const root = document.documentElement;

/** Light, dark, or as the system has it (null). @param {string | null} theme */
function setTheme(theme) {
  keep("theme", theme);
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
}

/** A row of choices of which one holds. @param {string} label @param {[string, string][]} items @param {string} now @param {(v: string) => void} act */
function choice(label, items, now, act) {
  const name = `choice-${label}`;
  return h(
    "fieldset",
    { class: "segments" },
    h("legend", null, label),
    items.map(([value, text]) =>
      h("label", null, h("input", { type: "radio", name, value, checked: value === now, onchange: () => act(value) }), h("span", null, text)),
    ),
  );
}

/** Theme and language: also on the door, before anybody is signed in. */
export const looks = () => [
  choice(t("theme"), [["", t("theme_system")], ["light", t("theme_light")], ["dark", t("theme_dark")]], kept("theme") ?? "", (v) => setTheme(v || null)),
  choice(t("language"), [["fr", "Français"], ["en", "English"]], lang(), choose),
];

const toggle = (/** @type {string} */ text, /** @type {boolean} */ on, /** @type {(on: boolean) => any} */ act) =>
  h("label", { class: "check" }, h("input", { type: "checkbox", checked: on, onchange: async (/** @type {any} */ e) => { const now = await act(e.target.checked); if (typeof now === "boolean") e.target.checked = now; } }), text);

function menu() {
  const { me, guild } = here;
  const others = me.guilds.filter((g) => g.id !== guild?.id);
  const box = h(
    "details",
    { class: "menu" },
    h("summary", { title: t("menu_of", { name: me.user.name }) }, avatar(me.user), h("span", { class: "visually-hidden" }, t("menu_of", { name: me.user.name }))),
    h(
      "div",
      { class: "menu-box" },
      h("p", { class: "menu-who" }, u(me.user.name), guild && h("span", { class: "hint" }, t(`rank_${guild.rank}`))),
      looks(),
      h("fieldset", { class: "stack-tight" }, h("legend", null, t("tell_me")), toggle(t("with_sound"), soundOn(), setSound), toggle(t("with_desktop"), desktopOn(), setDesktop)),
      others.length > 0 &&
        h("nav", { "aria-label": t("guilds") }, h("p", { class: "legend" }, t("guilds")), others.map((g) => h("a", { class: "menu-link", href: `tickets.html?guild=${encodeURIComponent(g.id)}&state=${ACTIVE}` }, u(g.name)))),
      h("a", { class: "menu-link", href: "sessions.html" }, icon("device"), t("sessions")),
      h("button", { type: "button", class: "menu-link", onclick: () => signOut().catch((e) => toast(e.text, { bad: true })) }, icon("door"), t("sign_out")),
    ),
  );
  return leaves(box);
}

/** A box that opens from a button closes by Escape and by a press elsewhere. @param {HTMLDetailsElement} box */
function leaves(box) {
  document.addEventListener("click", (e) => {
    if (box.open && !box.contains(/** @type {Node} */ (e.target))) box.open = false;
  });
  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => {
    if (e.key !== "Escape" || !box.open) return;
    box.open = false;
    box.querySelector("summary")?.focus();
  });
  return box;
}

/** The places in a line; those that don't fit stand behind a button. */
function placesBar() {
  const line = h("div", { class: "places-line" });
  const word = h("span");
  const list = h("div", { class: "menu-box is-places" });
  const rest = leaves(h("details", { class: "places-rest" }, h("summary", null, word, icon("down")), list));
  const el = h("nav", { class: "places", "aria-label": t("places") }, line, rest);
  /** @type {import("./places.js").Place[]} */
  let places = [];
  const link = (/** @type {import("./places.js").Place} */ [to, drawing, text, at], /** @type {string} */ cls) =>
    h("a", { href: to, class: cls, "aria-current": at ? "page" : null, "data-key": text }, icon(drawing), h("span", null, t(text)));

  function fit() {
    const links = /** @type {HTMLElement[]} */ ([...line.children]);
    for (const a of links) a.hidden = false;
    rest.hidden = true;
    if (line.scrollWidth <= line.clientWidth) return;
    rest.hidden = false;
    // The word of the button changes its width, so the measure is taken with the longest.
    word.textContent = t("more_places");
    for (let n = links.length - 1; n >= 0 && line.scrollWidth > line.clientWidth; n -= 1) links[n].hidden = true;
    const behind = places.filter((_, i) => links[i].hidden);
    const now = behind.find(([, , , at]) => at);
    if (now) {
      word.textContent = t(now[2]);
      for (let n = links.length - 1; n >= 0 && line.scrollWidth > line.clientWidth; n -= 1) links[n].hidden = true;
    }
    rest.classList.toggle("is-here", Boolean(now));
    redraw(list, places.filter((_, i) => links[i].hidden).map((p) => link(p, "menu-link")));
  }
  let last = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.round(entry.contentRect.width);
    if (width !== last && places.length > 0) fit();
    last = width;
  }).observe(el);

  return {
    el,
    /** @param {import("./places.js").Place[]} now */
    show(now) {
      // Measuring takes time, and most steps change no more than where a place leads to.
      const looks = (/** @type {import("./places.js").Place[]} */ all) => JSON.stringify(all.map(([, ...look]) => look));
      const same = looks(now) === looks(places);
      places = now;
      if (same) {
        for (const [to, , key] of now) for (const a of el.querySelectorAll(`[data-key="${key}"]`)) a.setAttribute("href", to);
        return;
      }
      redraw(line, places.map((p) => link(p, "")));
      fit();
    },
  };
}

/** The strip that comes when the server is out of reach, and goes by itself. */
function reachStrip() {
  const strip = h("div", { class: "strip", role: "status" });
  const show = (/** @type {string | null} */ text) => {
    strip.replaceChildren(...(text ? [icon("alert"), h("span", null, text)] : []));
    strip.classList.toggle("is-shown", Boolean(text));
  };
  const look = () => show(navigator.onLine ? null : t("strip_offline"));
  addEventListener("offline", look);
  addEventListener("online", look);
  signals.addEventListener("unreached", () => show(t(navigator.onLine ? "strip_unreached" : "strip_offline")));
  signals.addEventListener("reached", () => navigator.onLine && show(null));
  look();
  return strip;
}

const STATES = { connecting: ["clock", "live_connecting"], live: ["bolt", "live_on"], polling: ["clock", "live_polling"], over: ["alert", "live_over"] };

/**
 * Builds the page around its content and gives `main` to fill.
 * @param {{keys?: boolean}} [options]
 */
export function frame({ keys = true } = {}) {
  const { guild } = here;
  const live = h("span", { class: "live", role: "status" });
  const main = h("main", { id: "main", tabindex: "-1" });
  const nav = placesBar();
  const strip = reachStrip();
  document.body.replaceChildren(
    h("a", { class: "skip", href: "#main", onclick: (/** @type {Event} */ e) => { e.preventDefault(); main.focus(); } }, t("skip")),
    h(
      "header",
      { class: "bar" },
      h("a", { class: "brand", href: guild ? `tickets.html?guild=${guild.id}&state=${ACTIVE}` : "index.html" }, h("img", { src: "mark.svg", alt: "", width: 24, height: 24 }), h("span", { class: "brand-name" }, guild ? u(guild.name) : "Maxis")),
      nav.el,
      live,
      keys && iconButton("keyboard", t("keys_title"), showKeys, { class: "icon-button only-wide" }),
      menu(),
    ),
    strip,
    main,
  );
  prepareVoices();
  return {
    main,
    /** Marks the place that is shown. @param {import("./places.js").Place[]} [first] the tickets' two, where the page knows better */
    places(first) {
      nav.show(everyPlace(first));
    },
    /** Shows how changes arrive. @param {keyof typeof STATES} state */
    live(state) {
      const [drawing, text] = STATES[state];
      live.className = `live is-${state}`;
      live.title = t(`${text}_why`);
      live.replaceChildren(icon(/** @type {any} */ (drawing)), h("span", null, t(text)));
    },
  };
}
