// @ts-check
// Small parts of the rows and details beside tickets: states as pills, people, facts, and the deeds that a row's `may` holds.

import { to, view } from "./address.js";
import { avatar, h, u } from "./dom.js";
import { knows, t } from "./i18n.js";
import { icon } from "./icons.js";
import { clip } from "./parts.js";
import { ago } from "./time.js";

/** A person's words in a line, of a bearable length. @param {any} text @param {number} [most] */
export const words = (text, most = 120) => u(clip(text ?? "", most));

/** Longer words of others, with their lines. @param {any} text @param {number} [most] */
export const prose = (text, most = 4_000) => h("p", { class: "prewrap u", dir: "auto" }, clip(text ?? "", most));

/** @type {Record<string, string>} */
const TONES = {
  ok: "good", on_sale: "good", active: "good", fulfilled: "good", done: "good", committed: "good", given: "good",
  awaiting: "warn", paid: "warn", too_low: "warn", no_permission: "warn", paused: "warn", waiting: "warn", past_due: "warn", asked: "warn", warning: "warn", pending: "warn", trialing: "good",
  gone: "bad", failed: "bad", error: "bad", unpaid: "bad", refused: "bad", open: "on", scheduled: "on", approved: "on", confirmed: "on",
};

/** Where something stands. The word is the server's if it gives one, else the page's. @param {string} kind @param {string} code @param {string | null} [word] */
export const pill = (kind, code, word) =>
  h("span", { class: `pill is-${TONES[code] ?? "plain"}` }, words(word ?? (knows(`${kind}_${code}`) ? t(`${kind}_${code}`) : code), 60));

/** A person, with the way to what is known of him. @param {any} who */
export function person(who) {
  if (!who) return h("span", { class: "who is-none" }, t("nobody"));
  const { id, name } = typeof who === "string" ? { id: who, name: who } : who;
  return h("a", { class: "who", href: view({ member: id }, "members.html"), "data-key": `who-${id}` }, avatar({ id, name }), words(name, 60));
}

/** A name without a way. @param {any} who */
export const name = (who) => (who ? words(typeof who === "string" ? who : who.name, 60) : t("by_itself"));

/** Facts as terms and values; what is empty is left out. @param {[string, any][]} pairs text key, value @param {boolean} [even] in columns, the same in each row of a list */
export const facts = (pairs, even = false) =>
  h("dl", { class: even ? "facts is-even" : "facts" }, pairs.filter(([, value]) => value !== null && value !== undefined && value !== false && value !== "").map(([key, value]) => h("div", null, h("dt", null, t(key)), h("dd", null, value))));

/** Buttons for the deeds that may be done. @param {string[] | undefined} may @param {[string, any, () => void, string?][]} list code, drawing, what it does, "danger" or "main" */
export const deeds = (may, list) =>
  h("div", { class: "row-of deeds" }, list.filter(([code]) => may?.includes(code)).map(([code, drawing, run, tone]) => h("button", { type: "button", class: `button is-small ${tone === "danger" ? "is-warning" : tone === "main" ? "is-main" : ""}`, "data-key": `do-${code}`, onclick: run }, icon(drawing), t(`do_${code}`))));

/** The link of a row to its view. @param {Record<string, any>} changes @param {any} inner @param {string} key */
export const opens = (changes, inner, key) => h("a", { class: "thing-link", href: to(changes), "data-key": `open-${key}` }, inner);

/** From when to when. @param {string | null} from @param {string | null} until */
export const between = (from, until) => [ago(from), " → ", until ? ago(until) : "–"];

/** A section of a detail. @param {string} title a text's key @param {...any} inner */
export const part = (title, ...inner) => h("section", { class: "card stack" }, h("h2", null, t(title)), inner);

/** A list in a detail, or the word that it is empty. @param {any[] | undefined} items @param {(item: any) => any} draw @param {string} none a text's key */
export const lines = (items, draw, none) => (items?.length ? h("ul", { class: "lines" }, items.map((item) => h("li", null, draw(item)))) : h("p", { class: "hint" }, t(none)));
