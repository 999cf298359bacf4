// @ts-check
// What every page beside tickets begins with: who is signed in, the guild, whether his rank may be here, the frame, the address,
// the stream and the keys. What a page shows is its own module's.

import { at, onAddress, to } from "./address.js";
import { signals } from "./api.js";
import { blank, problem, skeleton, toast } from "./dialog.js";
import { h, redraw } from "./dom.js";
import { learn, t } from "./i18n.js";
import { icon } from "./icons.js";
import { shortcuts, showKeys } from "./keys.js";
import { follow } from "./live.js";
import { notify } from "./notify.js";
import { operator } from "./places.js";
import { ACTIVE } from "./route.js";
import { enter, enterGuild, guildOf, here } from "./session.js";
import { frame } from "./shell.js";
import { WORDS_EN } from "./words-en.js";
import { WORDS_FR } from "./words-fr.js";

learn(WORDS_FR, WORDS_EN);

/**
 * What a page gives: `show` draws the view of the address, `refresh` looks again at what is shown, `row` takes what the stream
 * says of one kind of row, `move` and `search` serve the keys.
 * @typedef {{show: (q: Record<string, string>, before?: Record<string, string>) => void, refresh: () => void, row?: (kind: string, e: any) => void, move?: (step: number) => void, search?: () => void}} Page
 */

/** @param {string} title */
export const setTitle = (title) => {
  document.title = `${title} · ${here.guild.name} · Maxis`;
};

/** Opens a page. @param {{title: string, support?: boolean, words?: [Record<string, string>, Record<string, string>], build: (main: HTMLElement) => Page}} what `title`: a text's key; `words`: French and English of the page's own */
export function openPlace({ title, support = false, words, build }) {
  if (words) learn(...words);
  const app = document.querySelector("#app") ?? document.body;

  async function start() {
    redraw(app, skeleton(6, "of-page"));
    try {
      const me = await enter();
      if (!me) return;
      const wanted = at().guild ?? null;
      const guild = guildOf(me, wanted);
      if (!guild) return location.replace(`index.html?why=${wanted ? "not-here" : "choose"}`);
      await enterGuild(guild.id);
      if (!wanted) history.replaceState(null, "", to({ guild: guild.id }));
      make();
    } catch (error) {
      redraw(app, h("main", null, problem(error, start)));
    }
  }

  function make() {
    const frameOf = frame();
    frameOf.places();
    setTitle(t(title));
    if (!support && !operator()) {
      const link = h("a", { class: "button is-main", href: `tickets.html?guild=${encodeURIComponent(here.guild.id)}&state=${ACTIVE}` }, icon("inbox"), t("to_list"));
      frameOf.main.append(h("section", { class: "page" }, h("h1", null, t(title)), blank(t("not_yours"), t("not_yours_why"), link)));
      shortcuts({ key: "?", text: "key_help", run: showKeys });
      return;
    }
    const page = build(frameOf.main);
    onAddress((now, before) => {
      if (now.guild !== here.guild.id) return location.reload();
      page.show(now, before);
    });
    page.show(at());
    const line = follow(here.base, {
      ticket(event) {
        const byMember = (event.kind === "opened" || event.kind === "replied") && !here.guild.staff.some((/** @type {any} */ p) => p.id === event.by?.id);
        if (byMember && line.leads()) notify(event, () => location.assign(`tickets.html?guild=${encodeURIComponent(here.guild.id)}&ticket=${event.number}`));
      },
      row: (kind, event) => page.row?.(kind, event),
      refresh: page.refresh,
      state: frameOf.live,
    });
    addEventListener("online", page.refresh);
    signals.addEventListener("signed-in", () => toast(t("back_again")));
    const { move, search } = page;
    if (move) shortcuts({ key: "j", text: "key_row_next", run: () => move(1) }, { key: "k", text: "key_row_before", run: () => move(-1) });
    if (search) shortcuts({ key: "/", text: "key_search", run: search });
    shortcuts({ key: "?", text: "key_help", run: showKeys });
  }

  start();
}

/** The head of a page: its name, tabs if it has some, and what one may do. @param {string} title @param {{tabs?: [string, string, boolean][], actions?: any}} [more] tabs: address, text, whether it is here */
export function head(title, { tabs = [], actions } = {}) {
  return h(
    "div",
    { class: "page-head" },
    h("h1", { tabindex: "-1", class: "page-title" }, title),
    tabs.length > 0 && h("nav", { class: "segments", "aria-label": title }, tabs.map(([href, text, on]) => h("a", { href, "aria-current": on ? "page" : null, "data-key": `tab-${text}` }, text))),
    h("div", { class: "row-of" }, actions),
  );
}

/** The way back from one row to its list. @param {string} href @param {string} text */
export const back = (href, text) => h("a", { class: "back", href, "data-key": "back" }, icon("back"), text);
