// @ts-check
// What was done, by whom, on what, and what it was before: tickets, shop, Shellia and the panel in one list, newest first.

import { view } from "./address.js";
import { get, withQuery } from "./api.js";
import { blank } from "./dialog.js";
import { h, redraw } from "./dom.js";
import { t } from "./i18n.js";
import { listing, nothingFits } from "./listing.js";
import { head, openPlace } from "./place.js";
import { here } from "./session.js";
import { sieve } from "./sieve.js";
import { name, words } from "./things.js";
import { ago, dayLine, sameDay, short } from "./time.js";

/** What nobody did, the bot did. */
const PROGRAM = "Maxis";

/** Only a page of this panel is led to. @param {string | null} link */
function place(link) {
  const found = /^([a-z]+\.html)\?(.*)$/u.exec(link ?? "");
  return found ? view(Object.fromEntries(new URLSearchParams(found[2])), found[1]) : null;
}

openPlace({
  title: "audit",
  build(main) {
    const body = h("div", { class: "stack" });
    main.append(h("section", { class: "page" }, head(t("audit")), body));
    /** @type {Map<string, string>} */
    const people = new Map(here.guild.staff.map((/** @type {any} */ p) => [p.id, p.name]));
    const bar = sieve([
      { key: "what", kind: "line", label: t("audit_what"), hint: t("audit_what_hint") },
      { key: "who", kind: "one", label: t("audit_who"), items: [["", t("anybody")], ...people] },
      { key: "from", kind: "day", label: t("from_day") },
      { key: "to", kind: "day", label: t("to_day") },
    ]);
    const list = listing({
      label: t("audit"),
      cls: "is-audit",
      load: async (more, signal) => {
        const answer = await get(withQuery(`${here.base}/audit`, { ...bar.now(), ...more }), signal);
        // Each line knows whether a day begins with it, and has a name of its own: two may bear one moment.
        const seen = new Map();
        const known = more.cursor ? list.rows() : [];
        for (const l of known) seen.set(l.as, l.nth);
        let before = known.at(-1)?.at ?? null;
        const rows = answer.lines.map((/** @type {any} */ l) => {
          const as = l.id ?? `${l.at} ${l.deed} ${l.subject}`;
          const nth = (seen.get(as) ?? 0) + 1;
          seen.set(as, nth);
          const opens = before === null || !sameDay(before, l.at);
          before = l.at;
          return { ...l, as, nth, opens };
        });
        // Who did something here is asked for by his name, also once he left.
        for (const l of rows) if (l.by) people.set(l.by.id, l.by.name);
        bar.offer("who", [["", t("anybody")], ...people]);
        return { rows, next: answer.next };
      },
      id: (l) => `${l.as} ${l.nth}`,
      draw: (l) => [
        l.opens && h("h2", { class: "day-line" }, dayLine(l.at)),
        h(
          "div",
          { class: "audit-line" },
          h("time", { class: "hint", datetime: l.at, title: dayLine(l.at) }, short(l.at)),
          h(
            "div",
            { class: "audit-words" },
            h("p", null, h("strong", null, l.by ? name(l.by) : PROGRAM), " ", words(l.text, 400)),
            h("p", { class: "hint", title: l.deed }, l.subject && [words(l.subject, 120), " · "], ago(l.at)),
            (l.old || l.new) && h("p", { class: "old-new" }, l.old && h("del", null, words(l.old, 300)), l.old && l.new && " → ", l.new && h("ins", null, words(l.new, 300))),
          ),
          place(l.link) && h("a", { class: "button is-small", href: place(l.link), "data-key": "to" }, t("look")),
        ),
      ],
      empty: () => (Object.keys(bar.now()).length ? nothingFits(view({})) : blank(t("no_audit"), t("no_audit_why"))),
    });
    redraw(body, bar.el, list.el);
    let shown = "";
    return {
      show() {
        bar.draw();
        const as = JSON.stringify(bar.now());
        if (as === shown) return;
        shown = as;
        list.load();
      },
      refresh: list.refresh,
      row: list.refresh,
      move: list.move,
      search: bar.focus,
    };
  },
});
