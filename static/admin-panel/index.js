// @ts-check
// The door: sign-in by Discord or by a one-time link, why it did not work, and the choice of a guild.

import { post } from "./api.js";
import { problem, skeleton, prepareVoices } from "./dialog.js";
import { h, redraw, u } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { ACTIVE } from "./route.js";
import { readMe, signInPath, signOut } from "./session.js";
import { looks } from "./shell.js";

const WHY = ["denied", "expired", "discord", "nobody", "busy", "signed-out", "out", "not-here", "choose", "link"];
const query = new URLSearchParams(location.search);

/** A place of this panel to go to after the sign-in; anything else is no place. */
function place() {
  const to = query.get("to") ?? "";
  const url = URL.canParse(to, location.href) ? new URL(to, location.href) : null;
  return to.startsWith("/admin-panel/") && url?.origin === location.origin && url.pathname.startsWith("/admin-panel/") ? url.pathname + url.search : "";
}
const home = (/** @type {any} */ guild) => `tickets.html?guild=${encodeURIComponent(guild.id)}&state=${ACTIVE}`;

const card = h("section", { class: "door-card" });
const box = h("main", { class: "door" }, h("div", { class: "door-brand" }, h("img", { src: "mark.svg", alt: "", width: 44, height: 44 }), h("h1", null, t("door_title")), h("p", null, t("door_sub"))), card, h("div", { class: "door-looks" }, looks()));

async function start() {
  document.title = `${t("sign_in")} · Maxis`;
  redraw(document.querySelector("#app") ?? document.body, box);
  prepareVoices();
  redraw(card, skeleton(3));
  const token = new URLSearchParams(location.hash.slice(1)).get("link");
  if (token) return offerLink(token);
  await look(query.get("why"));
}

/** The link is used by a press, so that whatever previews addresses does not use it up. @param {string} token */
function offerLink(token) {
  history.replaceState(null, "", location.pathname + location.search);
  const error = h("p", { class: "problem-line", role: "alert" });
  const go = h("button", { type: "button", class: "button is-main is-wide", onclick: async () => {
    go.disabled = true;
    error.textContent = "";
    try {
      await post("/api/admin/link", { token });
      await look(null);
    } catch (failed) {
      const f = /** @type {any} */ (failed);
      error.textContent = f.status === 401 || f.status === 404 ? t("why_link") : f.text;
      go.disabled = false;
    }
  } }, icon("door"), t("link_go"));
  redraw(card, h("h2", null, t("link_title")), h("p", null, t("link_why")), error, go, h("button", { type: "button", class: "button is-quiet", onclick: () => look(null) }, t("other_way")));
  go.focus();
}

/** Who is signed in goes on; who isn't signs in. @param {string | null} why */
async function look(why) {
  try {
    const me = await readMe();
    const to = place();
    if (me.guilds.length > 0 && !["choose", "not-here"].includes(why ?? "")) {
      if (to) return location.replace(to);
      if (me.guilds.length === 1) return location.replace(home(me.guilds[0]));
    }
    guilds(me, why);
  } catch (error) {
    const failed = /** @type {any} */ (error);
    if (failed.status === 401) signIn(failed.body.discord !== false, why);
    else redraw(card, problem(failed, () => look(why)));
  }
}

const reason = (/** @type {string | null} */ why) =>
  why && why !== "choose" && h("p", { class: why === "out" || why === "signed-out" ? "note-line" : "problem-line", role: "status" }, icon(why === "out" ? "check" : "alert"), h("span", null, t(WHY.includes(why) ? `why_${why.replace("-", "_")}` : "why_other")));

/** @param {boolean} discord @param {string | null} why */
function signIn(discord, why) {
  redraw(
    card,
    h("h2", null, t("sign_in")),
    reason(why),
    discord ? [h("p", null, t("sign_in_why")), h("a", { class: "button is-main is-wide", href: signInPath(place() || "/admin-panel/index.html") }, icon("door"), t("sign_in_discord"))] : h("p", null, t("no_discord")),
    h("details", { class: "link-how", open: !discord }, h("summary", null, t("link_how_title")), h("p", null, t("link_how")), h("pre", null, h("code", null, "shellia admin-link"))),
  );
}

/** @param {import("./session.js").Me} me @param {string | null} why */
function guilds(me, why) {
  document.title = `${t("guilds")} · Maxis`;
  redraw(
    card,
    h("h2", null, t(me.guilds.length ? "choose_guild" : "no_guild")),
    reason(why),
    me.guilds.length
      ? h("ul", { class: "plain cards" }, me.guilds.map((g) => h("li", null, h("a", { class: "guild-link", href: home(g) }, u(g.name), h("span", { class: "hint" }, t(`rank_${g.rank}`))))))
      : h("p", null, t("no_guild_why")),
    h("p", { class: "hint" }, t("signed_in_as"), " ", u(me.user.name)),
    h("button", { type: "button", class: "button is-small", onclick: () => signOut().catch(() => look(why)) }, t("sign_out")),
  );
}

start();
