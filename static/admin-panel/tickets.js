// @ts-check
// The page of tickets: puts overview, list and ticket together, follows the address and the stream, and holds the shortcuts.

import { signals } from "./api.js";
import { problem, skeleton, toast } from "./dialog.js";
import { h, painted, redraw } from "./dom.js";
import { t } from "./i18n.js";
import { shortcuts, showKeys } from "./keys.js";
import { ticketList } from "./list.js";
import { follow } from "./live.js";
import { notify } from "./notify.js";
import { overview } from "./overview.js";
import { ACTIVE, go, href, listHref, onRoute, read } from "./route.js";
import { enter, enterGuild, guildOf, here } from "./session.js";
import { frame } from "./shell.js";
import { ticketView } from "./ticket.js";

const app = document.querySelector("#app") ?? document.body;

async function start() {
  redraw(app, skeleton(6, "of-page"));
  try {
    const me = await enter();
    if (!me) return;
    const guild = guildOf(me, read().guild);
    if (!guild) return location.replace(`index.html?why=${read().guild ? "not-here" : "choose"}`);
    await enterGuild(guild.id);
    if (read().guild !== guild.id) {
      const bare = location.search === "";
      history.replaceState(null, "", href({ guild: guild.id, ...(bare ? { filters: { state: ACTIVE } } : {}) }));
    }
    build();
  } catch (error) {
    redraw(app, h("main", null, problem(error, start)));
  }
}

function build() {
  const page = frame();
  const list = ticketList();
  const figures = overview();
  const ticket = ticketView({ changed: list.update, opened });
  const work = h("div", { class: "work" }, list.el, ticket.el);
  page.main.append(figures.el, work);
  /** What follows the address once the ticket shows itself. */
  let rest = () => {};
  function opened() {
    work.classList.add("has-ticket");
    painted(() => rest());
  }

  /** @param {import("./route.js").Route} route @param {import("./route.js").Route} [before] */
  function show(route, before) {
    const over = route.view === "overview";
    figures.el.hidden = !over;
    work.hidden = over;
    list.el.hidden = over;
    // Where there is one, the ticket says when it shows itself.
    if (route.ticket === null) work.classList.remove("has-ticket");
    rest = () => {
      rest = () => {};
      if (over) figures.show(route);
      else list.show(route);
      page.places([
        [href({ view: "overview", days: 30 }), "chart", "overview", over],
        [over || route.ticket ? listHref(over ? { state: ACTIVE } : route.filters) : listHref({ state: ACTIVE }), "inbox", "tickets", !over],
      ]);
    };
    ticket.show(over ? { ...route, ticket: null } : route);
    if (!before || !ticket.waits()) rest();
    if (over || !route.ticket) document.title = `${t(over ? "overview" : "tickets")} · ${here.guild.name} · Maxis`;
    if (!before) return;
    if (over && before.view !== "overview") /** @type {HTMLElement | null} */ (document.querySelector("#overview-title"))?.focus();
    else if (!over && !route.ticket && before.ticket) list.focusRow(before.ticket);
  }

  onRoute((route, before) => {
    if (route.guild !== here.guild.id) return location.reload();
    show(route, before);
  });
  show(read());

  const line = follow(here.base, {
    ticket(event) {
      list.refresh();
      ticket.event(event);
      figures.refresh();
      const byMember = (event.kind === "opened" || event.kind === "replied") && !here.guild.staff.some((/** @type {any} */ p) => p.id === event.by?.id);
      const looking = ticket.number() === event.number && !document.hidden;
      if (byMember && !looking && line.leads()) notify(event, () => go({ view: "list", ticket: event.number, tab: "talk" }));
    },
    presence: ticket.presence,
    refresh() {
      list.refresh();
      ticket.refresh();
      figures.refresh();
    },
    state: page.live,
  });
  const look = () => {
    list.refresh();
    ticket.refresh();
  };
  addEventListener("online", look);
  signals.addEventListener("signed-in", () => toast(t("back_again")));
  keys(list, ticket);
}

/** @param {ReturnType<typeof ticketList>} list @param {ReturnType<typeof ticketView>} ticket */
function keys(list, ticket) {
  const open = () => ticket.number() > 0;
  const atList = () => read().view === "list";
  const many = () => !open() && list.chosen() > 0;
  shortcuts(
    { key: "j", text: "key_next", run: () => list.move(1), when: atList },
    { key: "k", text: "key_before", run: () => list.move(-1), when: atList },
    { key: "x", text: "key_select", run: list.toggle, when: () => atList() && !open() },
    { key: "r", text: "key_reply", run: ticket.acts.reply, when: open },
    { key: "n", text: "key_note", run: ticket.acts.note, when: open },
    { key: "m", text: "key_claim", run: ticket.acts.claim, when: open },
    { key: "a", text: "key_assign", run: ticket.acts.assign, when: open },
    { key: "a", text: "key_assign", run: list.bulk.assign, when: many },
    { key: "e", text: "key_resolve", run: ticket.acts.resolve, when: open },
    { key: "e", text: "key_resolve", run: () => list.bulk.sure("resolve"), when: many },
    { key: "c", text: "key_close", run: ticket.acts.close, when: open },
    { key: "c", text: "key_close", run: () => list.bulk.sure("close"), when: many },
    { key: "o", text: "key_reopen", run: ticket.acts.reopen, when: open },
    { key: "h", text: "key_history", run: () => go({ tab: read().tab === "history" ? "talk" : "history" }), when: open },
    { key: "u", text: "key_back", run: () => go({ ticket: null, tab: "talk" }), when: open },
    { key: "/", text: "key_search", run: () => { if (!atList()) go({ view: "list", ticket: null, filters: { state: ACTIVE } }); else if (open() && matchMedia("(max-width: 1279px)").matches) go({ ticket: null }); list.bar.focusSearch(); } },
    { key: "g", text: "key_overview", run: () => go({ view: "overview", days: 30 }) },
    { key: "?", text: "key_help", run: showKeys },
  );
}

start();
