// @ts-check
// Who is signed in and in which guild: loaded once when a page opens, looked at again when the session ended. It holds no
// secret; the cookie is the browser's.

import { call, onStale, setCsrf, signal, signals } from "./api.js";
import { confirmBox } from "./dialog.js";
import { h } from "./dom.js";
import { preferred, t } from "./i18n.js";
import { keep, kept } from "./store.js";

/** @typedef {{id: string, name: string}} Person */
/** @typedef {{user: Person & {avatar: string | null}, guilds: {id: string, name: string, rank: string}[], csrf: string, session: any, locale: string, discord: boolean}} Me */

/** @type {{me: Me, guild: any, base: string}} */
export const here = { me: /** @type {any} */ (null), guild: null, base: "" };

/** Address of the sign-in that comes back to this very view. */
export const signInPath = (to = location.pathname + location.search) => `/api/admin/sign-in?to=${encodeURIComponent(to)}`;

/** Reads who is signed in. @returns {Promise<Me>} */
export async function readMe() {
  const me = await call("GET", "/api/admin/me", { quiet: true });
  setCsrf(me.csrf);
  preferred(me.locale);
  here.me = me;
  return me;
}

/** Opens a page: who is signed in, else off to the sign-in, which comes back here. Null while it leaves. */
export async function enter() {
  try {
    const me = await readMe();
    watchTheEnd(me.user.id);
    return me;
  } catch (error) {
    if (/** @type {any} */ (error).status !== 401) throw error;
    location.replace(`/admin-panel/index.html?why=signed-out&to=${encodeURIComponent(location.pathname + location.search)}`);
    return null;
  }
}

/** The guild of the address, else the last one, else the only one. Null: the person must choose. @param {Me} me @param {string | null} wanted */
export function guildOf(me, wanted) {
  const of = (/** @type {string | null} */ id) => me.guilds.find((g) => g.id === id) ?? null;
  if (wanted) return of(wanted);
  return of(kept("guild")) ?? (me.guilds.length === 1 ? me.guilds[0] : null);
}

/** Enters a guild. @param {string} id */
export async function enterGuild(id) {
  here.base = `/api/admin/guilds/${encodeURIComponent(id)}`;
  here.guild = await call("GET", `${here.base}/guild`);
  keep("guild", id);
  return here.guild;
}

/** Signs out here and goes to the door. */
export async function signOut() {
  await call("POST", "/api/admin/sign-out", { quiet: true }).catch((error) => {
    if (error.status !== 401) throw error;
  });
  location.assign("/admin-panel/index.html?why=out");
}

let shown = false;

/** Over a session that ended, a box; the page beneath it is seen no more, what was typed stays. @param {string} id */
function watchTheEnd(id) {
  onStale(async () => {
    if ((await readMe()).user.id !== id) location.reload();
  });
  const again = async (/** @type {boolean} */ loud) => {
    try {
      const me = await readMe();
      if (me.user.id !== id || gone) return location.reload();
      box?.close("back");
    } catch (error) {
      if (loud && line) line.textContent = /** @type {any} */ (error).status === 401 ? t("still_out") : /** @type {any} */ (error).text;
    }
  };
  /** @type {HTMLDialogElement | null} */
  let box = null;
  /** @type {HTMLElement | null} */
  let line = null;
  // Who has no rank any more has no page either.
  let gone = false;
  signals.addEventListener("signed-out", (event) => {
    if (shown) return;
    shown = true;
    const why = /** @type {CustomEvent} */ (event).detail;
    const title = document.title;
    document.title = "Maxis";
    document.documentElement.dataset.over = "";
    if (why === "role") {
      gone = true;
      document.querySelector("main")?.replaceChildren();
    }
    line = h("p", { class: "hint", role: "status" });
    box = confirmBox({
      title: t("over_title"),
      body: [h("p", null, t(why === "role" ? "over_role" : why === "revoked" ? "over_revoked" : "over_text")), why !== "role" && h("p", null, t("over_kept")), line],
      actions: [
        here.me.discord
          ? h("a", { class: "button is-main", href: signInPath(), autofocus: true }, t("sign_in_discord"))
          : h("p", null, t("link_how_short")),
        h("button", { type: "button", class: "button", onclick: () => again(true) }, t("check_again")),
      ],
      closable: false,
      onclose: (/** @type {string} */ how) => {
        shown = false;
        delete document.documentElement.dataset.over;
        document.title = title;
        if (how === "back") signal("signed-in");
      },
    });
    box.classList.add("is-over");
  });
  document.addEventListener("visibilitychange", () => shown && !document.hidden && again(false));
  window.addEventListener("focus", () => shown && again(false));
}
