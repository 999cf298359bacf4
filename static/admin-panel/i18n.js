// @ts-check
// The panel's own words in the person's language, and numbers as that language writes them. What the server says comes from the
// server, already in that language.

import { EN } from "./texts-en.js";
import { FR } from "./texts-fr.js";
import { flat } from "./dom.js";
import { keep, kept } from "./store.js";

/** @type {Record<string, Record<string, string>>} */
const TABLES = { fr: FR, en: EN };
const root = document.documentElement;

/** Adds the words of a page's own. @param {Record<string, string>} fr @param {Record<string, string>} en */
export function learn(fr, en) {
  Object.assign(FR, fr);
  Object.assign(EN, en);
}

/** The language of the page: "fr" or "en". */
export const lang = () => (root.lang === "en" ? "en" : "fr");

/** Takes the person's Discord language, unless the language was chosen here. @param {string | undefined} locale */
export function preferred(locale) {
  if (kept("lang") || !locale) return;
  root.lang = locale.toLowerCase().startsWith("fr") ? "fr" : "en";
  keep("lang.me", root.lang);
}

/** Changes the language for good; the page is opened anew, since the server's words change too. @param {string} to */
export function choose(to) {
  keep("lang", to);
  location.reload();
}

/** Whether the page has a text of its own for this. @param {string} key */
export const knows = (key) => Object.hasOwn(TABLES[lang()] ?? FR, key);

/** @type {Map<string, any>} */
const made = new Map();

/**
 * What writes numbers or times, made once for each language: making one costs a browser more than a hundred uses of it.
 * @template T @param {string} what @param {any} options @param {() => T} make @returns {T}
 */
export function formatter(what, options, make) {
  const key = `${what} ${lang()} ${JSON.stringify(options ?? null)}`;
  if (!made.has(key)) made.set(key, make());
  return made.get(key);
}

/** A number as people write it. @param {number} n @param {Intl.NumberFormatOptions} [options] */
export const num = (n, options) => formatter("number", options, () => new Intl.NumberFormat(lang(), options)).format(n);

/** @param {string} key @param {Record<string, any>} vars */
function template(key, vars) {
  const table = TABLES[lang()] ?? FR;
  if (typeof vars.n === "number") {
    const plural = table[`${key}_${formatter("plural", null, () => new Intl.PluralRules(lang())).select(vars.n)}`] ?? table[`${key}_other`];
    if (plural !== undefined) return plural;
  }
  if (table[key] === undefined) console.error(`no text for ${key}`);
  return table[key] ?? key;
}

const written = (/** @type {any} */ value) => (typeof value === "number" ? num(value) : String(value ?? ""));

/** A text. `{name}` takes the value of that name; `n` chooses singular or plural. @param {string} key @param {Record<string, any>} [vars] */
export const t = (key, vars = {}) =>
  template(key, vars).replace(/\{(\w+)\}/gu, (whole, name) => (name in vars ? written(vars[name]) : whole));

/** The same as nodes, where a value may be an element (a person's name, a time). @param {string} key @param {Record<string, any>} vars */
export const say = (key, vars) =>
  flat(
    template(key, vars)
      .split(/(\{\w+\})/u)
      .map((part) => {
        const name = /^\{(\w+)\}$/u.exec(part)?.[1];
        if (name === undefined || !(name in vars)) return part;
        return vars[name] instanceof Node ? vars[name] : written(vars[name]);
      }),
  );
