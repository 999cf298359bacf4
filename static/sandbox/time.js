// Dates as Discord shows them. The clock is the sandbox's: it may have been moved.

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

let offset = 0;

/** Sets the distance between the sandbox's clock and this machine's. */
export function setClock(rfc3339) {
  const there = Date.parse(rfc3339);
  if (!Number.isNaN(there)) offset = there - Date.now();
}

/** The sandbox's time, in milliseconds. */
export const now = () => Date.now() + offset;

/** "il y a 3 minutes", "in 2 days". */
export function relative(ms, locale) {
  const seconds = Math.round((ms - now()) / 1000);
  const [unit, size] = UNITS.find(([, s]) => Math.abs(seconds) >= s) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

/** The text of a `<t:…:style>` stamp, or the raw seconds when they are no date. */
export function stamp(seconds, style, locale) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return String(seconds);
  if (style === "R") return relative(date.getTime(), locale);
  return new Intl.DateTimeFormat(locale, STYLES[style] ?? STYLES.f).format(date);
}

/** A `<time>` for a stamp; relative ones are kept fresh by `refresh`. */
export function stampElement(seconds, style, locale) {
  const el = document.createElement("time");
  const date = new Date(seconds * 1000);
  el.className = "stamp";
  el.textContent = stamp(seconds, style, locale);
  if (!Number.isNaN(date.getTime())) {
    el.dateTime = date.toISOString();
    el.title = stamp(seconds, "F", locale);
  }
  if (style === "R") {
    el.dataset.relative = String(seconds);
    el.dataset.locale = locale;
  }
  return el;
}

/** Writes every relative stamp of the page again. */
export function refresh() {
  for (const el of document.querySelectorAll("time[data-relative]")) {
    const text = stamp(Number(el.dataset.relative), "R", el.dataset.locale);
    if (el.textContent !== text) el.textContent = text;
  }
}

const sameDay = (a, b) => a.toDateString() === b.toDateString();

/** The time beside an author's name: the hour today, the date and hour before. */
export function messageTime(iso, locale) {
  const date = new Date(iso);
  return sameDay(date, new Date(now()))
    ? stamp(date / 1000, "t", locale)
    : new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short" }).format(date);
}

/** The label of a day's divider. */
export const dayLabel = (iso, locale) => new Intl.DateTimeFormat(locale, { dateStyle: "full" }).format(new Date(iso));

/** Whether two moments fall on different days here. */
export const otherDay = (a, b) => !sameDay(new Date(a), new Date(b));
