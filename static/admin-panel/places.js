// @ts-check
// The places of the panel: which pages there are, and who is shown the way to which. The server decides who may enter.

import { ACTIVE } from "./route.js";
import { here } from "./session.js";

/** @typedef {[to: string, drawing: any, text: string, at: boolean]} Place */

/** File, drawing, word, and whether support sees it too. @type {[string, string, string, boolean][]} */
const MORE = [
  ["orders.html", "receipt", "orders", true],
  ["members.html", "users", "members", true],
  ["shop.html", "bag", "shop", false],
  ["promotions.html", "tag", "promotions", false],
  ["giveaways.html", "gift", "giveaways", true],
  ["decisions.html", "gavel", "decisions", false],
  ["settings.html", "sliders", "settings", false],
  ["audit.html", "book", "audit", false],
  ["privacy.html", "shield", "privacy", false],
];

/** Whether this Maxis has a place: the guild's answer names those beside the tickets. @param {string} to the page's file */
export const has = (to) => Boolean(here.guild?.places?.includes(to.replace(".html", "")));

/** Whether the person may do more than support. */
export const operator = () => Boolean(here.guild) && here.guild.rank !== "support";

/** The file of this page. */
export const file = () => location.pathname.split("/").at(-1) || "index.html";

/** Every place that this person sees. @param {Place[]} [first] the tickets' own, where the page knows better @returns {Place[]} */
export function everyPlace(first) {
  const g = here.guild ? `guild=${encodeURIComponent(here.guild.id)}` : "";
  const tickets = /** @type {Place[]} */ ([
    [`tickets.html?${g}&view=overview`, "chart", "overview", false],
    [`tickets.html?${g}&state=${ACTIVE}`, "inbox", "tickets", false],
  ]);
  const more = here.guild ? MORE.filter(([to, , , support]) => has(to) && (support || operator())) : [];
  return [...(first ?? tickets), ...more.map(([to, drawing, text]) => /** @type {Place} */ ([`${to}?${g}`, drawing, text, file() === to]))];
}
