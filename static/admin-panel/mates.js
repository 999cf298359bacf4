// @ts-check
// To whom a ticket may be given: whoever asks, then those who have the panel open, then everybody else of the team.

import { get } from "./api.js";
import { t } from "./i18n.js";
import { here } from "./session.js";

const FRESH_MS = 60_000;
let read = Date.now();

/** Reads anew who is of the team and at the panel, once a minute at most; what is known stays where that fails. */
export async function freshen() {
  if (Date.now() - read < FRESH_MS) return;
  read = Date.now();
  const found = await get(`${here.base}/guild`).catch(() => null);
  if (found) here.guild.staff = found.staff;
}

/** The team, to choose from. */
export function mates() {
  freshen();
  const place = (/** @type {any} */ mate) => (mate.id === here.me.user.id ? 0 : mate.here ? 1 : 2);
  const hint = (/** @type {any} */ mate) => (mate.id === here.me.user.id ? t("me") : mate.here ? t("at_panel") : "");
  return here.guild.staff.map((/** @type {any} */ mate) => ({ ...mate, hint: hint(mate) })).sort((/** @type {any} */ a, /** @type {any} */ b) => place(a) - place(b));
}
