// @ts-check
// Tells the others that this person looks at or types in a ticket, and says who else does. A hidden tab looks at nothing.

import { call } from "./api.js";
import { h, painted, redraw, u } from "./dom.js";
import { say } from "./i18n.js";
import { icon } from "./icons.js";
import { clip } from "./parts.js";
import { here } from "./session.js";

const BEAT_MS = 10_000;
const IDLE_MS = 6_000;

export function presence() {
  const el = h("div", { class: "here", role: "status" });
  let number = 0;
  let doing = "looking";
  let idle = 0;
  let shown = "";

  const tell = (/** @type {string} */ what, /** @type {number} */ of = number) => {
    // That it could not be told is no matter: the next beat comes.
    if (of) call("POST", `${here.base}/tickets/${of}/presence`, { body: { doing: what }, keepalive: what === "gone" }).catch(() => {});
  };
  setInterval(() => !document.hidden && tell(doing), BEAT_MS);
  document.addEventListener("visibilitychange", () => tell(document.hidden ? "gone" : doing));
  addEventListener("pagehide", () => tell("gone"));

  const api = {
    el,
    /** @param {number} of the ticket that is shown; 0: none */
    look(of) {
      if (of === number) return;
      tell("gone");
      number = of;
      doing = "looking";
      clearTimeout(idle);
      api.show([]);
      // Whoever waits for the ticket waits for nothing else.
      painted(() => of === number && !document.hidden && tell(doing));
    },
    typing() {
      clearTimeout(idle);
      idle = window.setTimeout(() => {
        doing = "looking";
        tell(doing);
      }, IDLE_MS);
      if (doing === "typing") return;
      doing = "typing";
      tell(doing);
    },
    /** @param {{id: string, name: string, doing: string}[]} people */
    show(people) {
      const others = people.filter((p) => p.id !== here.me.user.id).slice(0, 5);
      const as = JSON.stringify(others);
      if (as === shown) return;
      shown = as;
      redraw(el, others.map((p) => h("span", { class: `here-one is-${p.doing}` }, icon(p.doing === "typing" ? "edit" : "eye"), h("span", null, say(p.doing === "typing" ? "here_typing" : "here_looking", { name: u(clip(p.name, 40)) })))));
    },
  };
  return api;
}
