// @ts-check
// What forms offer to choose from: names of roles, channels, plans and products, as the server knows them. Each is asked for when
// a form is opened, and none is kept.

import { get } from "./api.js";
import { here } from "./session.js";

const MOST = 100;
const named = (/** @type {any[] | undefined} */ all) => [...new Set((all ?? []).map((x) => String(x.name).slice(0, 100)))];

/** A form's own: all its fields share one question. */
export function offers() {
  /** @type {Map<string, Promise<any>>} */
  const asked = new Map();
  const ask = (/** @type {string} */ path) => {
    const found = asked.get(path) ?? get(`${here.base}/${path}`);
    asked.set(path, found);
    return found;
  };
  const plans = async () => named((await ask(`plans?limit=${MOST}`)).plans?.filter((/** @type {any} */ p) => p.code !== "free"));
  const products = async () => named((await ask(`products?limit=${MOST}`)).products);
  return {
    roles: async () => named((await ask("offered")).roles),
    channels: async () => named((await ask("offered")).channels).map((name) => `#${name}`),
    plans,
    products,
    /** What a promotion may be for. */
    targets: async () => (await Promise.all([plans(), products()].map((all) => all.catch(() => [])))).flat(),
  };
}
