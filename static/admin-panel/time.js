// @ts-check
// Times as people say them, with the exact one on hover, kept fresh: in the guild's zone, as the server reads days and writes times,
// whoever looks from where. It reads the machine's clock and corrects nothing.

import { h } from "./dom.js";
import { formatter, lang, t } from "./i18n.js";
import { here } from "./session.js";

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3_600], ["minute", 60]];
const FRESH_MS = 20_000;

/** @param {Intl.DateTimeFormatOptions} options */
function dates(options) {
  const zoned = { timeZone: here.guild?.time_zone, ...options };
  return formatter("dates", zoned, () => {
    try {
      return new Intl.DateTimeFormat(lang(), zoned);
    } catch {
      // A zone that this browser doesn't know.
      return new Intl.DateTimeFormat(lang(), options);
    }
  });
}
/** The day on which a moment falls, to tell two apart. @param {Date} date */
const dayOf = (date) => dates({ dateStyle: "short" }).format(date);

/** "il y a 3 minutes", "in 2 days". @param {number} ms */
export function relative(ms) {
  const seconds = Math.round((ms - Date.now()) / 1000);
  const found = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  if (!found) return seconds > 20 ? t("in_a_moment") : t("just_now");
  const style = /** @type {const} */ ({ numeric: "auto", style: lang() === "fr" ? "long" : "short" });
  return formatter("relative", style, () => new Intl.RelativeTimeFormat(lang(), style)).format(Math.round(seconds / found[1]), found[0]);
}

/** Day and hour in full, with the zone. @param {string} iso */
export const exact = (iso) =>
  dates({ dateStyle: "full", timeStyle: "long" }).format(new Date(iso));

/** Hour today, day before. @param {string} iso */
export function short(iso) {
  const date = new Date(iso);
  const today = dayOf(date) === dayOf(new Date());
  return dates(today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" }).format(date);
}

/** A `<time>` that says how long ago, or until then. @param {string | null | undefined} iso @param {string} [cls] */
export function ago(iso, cls = "") {
  const ms = Date.parse(iso ?? "");
  if (!iso || Number.isNaN(ms)) return h("span", { class: cls }, "–");
  return h("time", { class: cls, datetime: iso, title: exact(iso), "data-ago": String(ms) }, relative(ms));
}

/** "3 h 20", "2 j 4 h": a span of seconds, two units at most. @param {number | null | undefined} seconds */
export function span(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return t("span_s", { s });
  const m = Math.round(s / 60);
  if (m < 60) return t("span_m", { m });
  const hours = Math.floor(m / 60);
  if (hours < 48) return m % 60 ? t("span_hm", { h: hours, m: m % 60 }) : t("span_h", { h: hours });
  return hours % 24 ? t("span_dh", { d: Math.floor(hours / 24), h: hours % 24 }) : t("span_d", { d: hours / 24 });
}

/** A day of the calendar, without a zone. @param {string} day as 2026-11-01 @param {Intl.DateTimeFormatOptions} [options] */
export const day = (day, options = { day: "numeric", month: "short" }) =>
  dates({ ...options, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));

/** "mercredi 3 décembre" between the messages of two days. @param {string} iso */
export const dayLine = (iso) =>
  dates({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(new Date(iso));

/** Whether two moments fall on the same day. @param {string} a @param {string} b */
export const sameDay = (a, b) => dayOf(new Date(a)) === dayOf(new Date(b));

setInterval(() => {
  for (const el of document.querySelectorAll("time[data-ago]")) {
    const text = relative(Number(/** @type {HTMLElement} */ (el).dataset.ago));
    if (el.textContent !== text) el.textContent = text;
  }
}, FRESH_MS);
