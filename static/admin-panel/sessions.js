// @ts-check
// A person's own sessions: where he is signed in, since when, and the end of any of them.

import { call, get } from "./api.js";
import { ask, blank, problem, skeleton, toast } from "./dialog.js";
import { h, redraw, u } from "./dom.js";
import { say, t } from "./i18n.js";
import { icon } from "./icons.js";
import { shortcuts, showKeys } from "./keys.js";
import { clip } from "./parts.js";
import { enter, enterGuild, guildOf, here, signOut } from "./session.js";
import { frame } from "./shell.js";
import { ago } from "./time.js";

const body = h("div", { class: "stack" });

async function start() {
  const app = document.querySelector("#app") ?? document.body;
  redraw(app, skeleton(4, "of-page"));
  try {
    const me = await enter();
    if (!me) return;
    const guild = guildOf(me, null);
    // The list of sessions works without a guild.
    if (guild) await enterGuild(guild.id).catch(() => null);
    const page = frame();
    page.places();
    document.title = `${t("sessions")} · Maxis`;
    page.main.append(h("section", { class: "narrow" }, h("h1", null, t("sessions")), h("p", { class: "hint" }, t("sessions_why")), body));
    shortcuts({ key: "?", text: "key_help", run: showKeys });
    load();
  } catch (error) {
    redraw(app, h("main", null, problem(error, start)));
  }
}

async function load() {
  redraw(body, skeleton(3, "of-rows"));
  try {
    draw((await get("/api/admin/sessions")).sessions);
  } catch (error) {
    redraw(body, problem(error, load));
  }
}

/** @param {any[]} sessions */
function draw(sessions) {
  const others = sessions.filter((s) => !s.current);
  redraw(
    body,
    h(
      "ul",
      { class: "plain cards" },
      sessions.map((s) =>
        h(
          "li",
          { class: s.current ? "card is-current" : "card" },
          icon("device"),
          h(
            "div",
            { class: "card-main" },
            h("p", { class: "card-title" }, u(clip(s.browser || t("unknown_browser"), 160)), s.current && h("span", { class: "tag" }, t("this_one"))),
            h("p", { class: "hint" }, say("session_line", { made: ago(s.made_at), seen: ago(s.seen_at), ends: ago(s.ends_at) })),
          ),
          h("button", { type: "button", class: "button is-small", "data-key": `end-${s.id}`, onclick: () => (s.current ? signOut().catch((e) => toast(e.text, { bad: true })) : end([s])) }, t(s.current ? "sign_out" : "end_session")),
        ),
      ),
    ),
    others.length > 1 && h("div", null, h("button", { type: "button", class: "button is-danger", "data-key": "end-all", onclick: () => end(others) }, t("end_others"))),
    others.length === 0 && blank(t("only_session"), t("only_session_why")),
  );
}

/** @param {any[]} list */
const end = (list) =>
  ask({
    title: t("end_title", { n: list.length }),
    text: t("end_why"),
    ok: t("end_session"),
    danger: true,
    act: async () => {
      for (const s of list) await call("DELETE", `/api/admin/sessions/${encodeURIComponent(s.id)}`);
      toast(t("ended"));
      load();
    },
  });

start();
