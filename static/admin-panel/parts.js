// @ts-check
// Small drawings that several pages share: a ticket's state, priority, time limit and assignee, amounts of money. Words of states
// and categories are the server's.

import { avatar, h, u } from "./dom.js";
import { formatter, lang, num, t } from "./i18n.js";
import { icon } from "./icons.js";
import { here } from "./session.js";
import { ago } from "./time.js";

const LONG = 240;

/** The word of a code in one of the guild's lists. @param {"states" | "priorities" | "categories"} list @param {string} code */
export const word = (list, code) => here.guild?.[list]?.find((/** @type {any} */ x) => x.code === code)?.name ?? code;

/** The emoji of a category before its name. @param {string} code */
export function category(code) {
  const found = here.guild?.categories?.find((/** @type {any} */ x) => x.code === code);
  return h("span", { class: "category" }, found?.emoji && h("span", { "aria-hidden": "true" }, `${found.emoji} `), u(found?.name ?? code));
}

/** Where it stands. @param {string} state */
export const statePill = (state) => h("span", { class: `pill state-${state}` }, word("states", state));

const BARS = { critical: 4, high: 3, medium: 2, low: 1 };
/** How urgent it is: bars and the word. @param {string} code @param {boolean} [quiet] the word for screen readers only */
export const priority = (code, quiet = false) =>
  h(
    "span",
    { class: `priority priority-${code}`, title: word("priorities", code) },
    h("span", { class: "bars", "aria-hidden": "true" }, [1, 2, 3, 4].map((i) => h("i", { class: i <= (/** @type {any} */ (BARS)[code] ?? 2) ? "on" : "" }))),
    h("span", { class: quiet ? "visually-hidden" : "" }, word("priorities", code)),
  );

/** How its time stands. @param {{sla: string, due_at: string | null}} row */
export function sla(row) {
  if (row.sla === "stopped" || !row.due_at) return h("span", { class: "sla is-stopped" }, t("sla_stopped"));
  return h("span", { class: `sla is-${row.sla}` }, icon(row.sla === "breached" ? "alert" : "clock"), h("span", { class: "visually-hidden" }, t(`sla_${row.sla}`)), " ", ago(row.due_at));
}

/** Who has it. @param {{id: string, name: string} | null} who */
export const assignee = (who) =>
  who ? h("span", { class: "who", title: who.name }, avatar(who), u(clip(who.name, 40))) : h("span", { class: "who is-none" }, t("nobody"));

/** At most so many characters of a text. @param {string} text @param {number} [most] */
export function clip(text, most = LONG) {
  const letters = [...String(text ?? "").slice(0, most * 2)];
  return letters.length > most ? `${letters.slice(0, most).join("")}…` : letters.join("");
}

/** A name of staff by id. @param {string} id */
export const staffName = (id) => here.guild?.staff?.find((/** @type {any} */ p) => p.id === id)?.name ?? id;

/** How many decimals a currency has. @param {string} currency */
export function decimals(currency) {
  try {
    return formatter("digits", currency, () => new Intl.NumberFormat("en", { style: "currency", currency: String(currency).toUpperCase() }).resolvedOptions().maximumFractionDigits ?? 2);
  } catch {
    return 0; // a currency that the browser doesn't know: its smallest units are shown
  }
}

/** An amount of a currency's smallest unit. @param {{minor: number, currency: string} | null | undefined} money */
export function amount(money) {
  if (!money) return "–";
  const currency = String(money.currency).toUpperCase();
  const value = Number(money.minor) / 10 ** decimals(currency);
  try {
    return formatter("money", currency, () => new Intl.NumberFormat(lang(), { style: "currency", currency })).format(value);
  } catch {
    return `${num(value)} ${clip(currency, 8)}`;
  }
}

/** The same as one would type it into a field: no sign, no grouping. @param {{minor: number, currency: string}} money */
export function typedAmount({ minor, currency }) {
  const digits = decimals(currency);
  return new Intl.NumberFormat(lang(), { useGrouping: false, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(Number(minor) / 10 ** digits);
}
