// @ts-check
// One ticket: its head, its conversation or history, the box to answer and what stands beside; deeds and their refusals. What
// each part draws is its own module's.

import { get, post } from "./api.js";
import { aside } from "./aside.js";
import { composer } from "./composer.js";
import { ask, blank, pick, problem, speak, toast } from "./dialog.js";
import { h, painted, redraw, throttled, u } from "./dom.js";
import { historyTab } from "./history.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { freshen, mates } from "./mates.js";
import { clip, priority, sla, statePill, word } from "./parts.js";
import { presence } from "./presence.js";
import { go, href, read } from "./route.js";
import { here } from "./session.js";
import { held, hold } from "./store.js";
import { thread } from "./thread.js";

const REFRESH_MS = 700;
/** So long the page waits for a ticket as it is: laying itself out twice costs more than most answers do. */
const GRACE_MS = 120;

/** @param {{changed: (ticket: any) => void, opened: () => void}} on */
export function ticketView(on) {
  let number = 0;
  /** @type {any} */
  let detail = null;
  /** @type {AbortController | null} */
  let abort = null;
  /** How often the stream told who is here: an answer that was asked for before knows less. */
  let told = 0;
  /** How often the ticket was asked for, and which of these answers is shown: an older one says less. */
  let asks = 0;
  let newest = 0;
  const talk = thread();
  const past = historyTab();
  const who = presence();
  const box = composer({ newest: talk.newest, sent, typing: who.typing, resolve: () => deed("resolve") });
  const side = aside({
    claim: () => deed("claim"),
    assign: (to) => deed("assign", { to }),
    priority: (code) => deed("priority", { priority: code }),
    category: (code) => deed("category", { category: code }),
  });
  const head = h("header", { class: "ticket-head" });
  const tabs = h("nav", { class: "tabs", "aria-label": t("tabs") });
  const deeds = h("div", { class: "ticket-deeds" });
  const failed = h("div", { class: "ticket-failed", tabindex: "-1", hidden: true });
  const main = h("div", { class: "ticket-main" }, head, who.el, h("div", { class: "ticket-strip" }, tabs, deeds), talk.el, talk.jump, past.el, box.el);
  const el = h("section", { class: "ticket", "aria-labelledby": "ticket-title", hidden: true }, main, side.el, failed);

  const path = (/** @type {string} */ more = "") => `${here.base}/tickets/${number}${more}`;
  const backHref = () => href({ ticket: null, tab: "talk" });

  function drawHead() {
    const k = detail?.ticket;
    const may = detail?.may ?? [];
    const button = (/** @type {string} */ key, /** @type {any} */ drawing, /** @type {() => any} */ run, cls = "") =>
      may.includes(key) && h("button", { type: "button", class: `button is-small ${cls}`, "data-key": `do-${key}`, onclick: run }, icon(drawing), t(key));
    redraw(
      head,
      h("a", { class: "icon-button back", href: backHref(), "aria-label": t("back_to_list"), title: t("back_to_list"), "data-key": "back" }, icon("back")),
      h(
        "div",
        { class: "ticket-name" },
        h("h1", { id: "ticket-title", tabindex: "-1", "data-key": "title" }, h("span", { class: "number" }, `#${number}`), " ", k ? u(k.subject) : t("loading")),
        k && h("p", { class: "ticket-sub" }, statePill(k.state), priority(k.priority), sla(k), h("span", { class: "ticket-opener" }, u(clip(k.opener.name, 60))), k.plan && h("span", { class: "plan" }, u(clip(k.plan, 24))), h("span", { class: "hint" }, u(word("categories", k.category)))),
      ),
    );
    redraw(deeds, button("claim", "user", acts.claim), button("assign", "user", acts.assign), button("resolve", "check", acts.resolve), button("close", "lock", acts.close), button("reopen", "history", acts.reopen));
  }

  function drawTabs(/** @type {string} */ tab) {
    redraw(tabs, /** @type {const} */ (["talk", "history"]).map((key) => h("a", { href: href({ tab: key }), "aria-current": tab === key ? "page" : null, "data-key": `tab-${key}` }, t(key === "talk" ? "conversation" : "history"))));
    const back = talk.el.hidden && tab === "talk";
    talk.el.hidden = tab !== "talk";
    box.el.hidden = tab !== "talk";
    past.el.hidden = tab !== "history";
    // What is hidden can't be scrolled.
    if (back) talk.toEnd();
    if (tab === "history" && number) past.show(number);
  }

  function take(/** @type {any} */ found, /** @type {boolean} */ first, /** @type {number} */ since, /** @type {Set<string>} */ had = new Set()) {
    detail = found;
    drawHead();
    box.show({ ...found.ticket }, found.may);
    if (first) {
      talk.show(found);
      side.wait();
      // The conversation is what is waited for; what stands beside it comes next.
      painted(() => detail === found && beside(found));
    } else {
      const answer = talk.merge(found.messages, { older: found.older, had }).find((m) => m.from_staff && m.kind === "reply");
      if (answer) box.warn(answer);
      beside(found);
    }
    who.look(number);
    if (since === told) who.show(found.here);
    document.title = `#${number} ${clip(found.ticket.subject, 60)} · Maxis`;
  }

  function beside(/** @type {any} */ found) {
    side.show(found.ticket, found.may);
    on.changed({ ...found.ticket, unread: false });
  }

  function fail(/** @type {any} */ error) {
    const gone = error.status === 404;
    main.hidden = side.el.hidden = true;
    failed.hidden = false;
    document.title = `#${number} · Maxis`;
    redraw(failed, gone ? blank(t("ticket_gone", { number: String(number) }), t("ticket_gone_why"), h("a", { class: "button", href: backHref() }, t("back_to_list"))) : problem(error, load));
  }

  async function load() {
    abort?.abort();
    abort = new AbortController();
    const mine = abort;
    // Asked for before anything is drawn: laying the page out takes as long as the answer.
    const since = told;
    const asked = get(path(), mine.signal);
    detail = null;
    const wait = () => {
      main.hidden = side.el.hidden = false;
      failed.hidden = true;
      drawHead();
      talk.wait();
      side.wait();
      box.el.classList.add("is-waiting");
      reveal();
    };
    const late = el.hidden ? setTimeout(wait, GRACE_MS) : void wait();
    try {
      const found = await asked;
      clearTimeout(late);
      box.el.classList.remove("is-waiting");
      main.hidden = side.el.hidden = false;
      failed.hidden = true;
      take(found, true, since);
      reveal();
      talk.toEnd();
    } catch (error) {
      clearTimeout(late);
      if (mine.signal.aborted) return;
      fail(error);
      reveal();
      if (document.activeElement === document.body) failed.focus();
    }
    freshen();
  }

  /** Shows the ticket, as far as it is known, unless it is shown. */
  function reveal() {
    if (!number || !el.hidden) return;
    el.hidden = false;
    on.opened();
    head.querySelector("h1")?.focus({ preventScroll: true });
  }

  const refresh = throttled(async () => {
    if (!number) return;
    if (!detail) return failed.hidden ? undefined : load();
    const mine = abort;
    const [since, had, turn] = [told, talk.ids(), (asks += 1)];
    // No news is no error here; the strip tells that the server is away, and the next change asks again.
    const found = await get(path(), mine?.signal).catch((error) => (error.status === 404 ? fail(error) : null));
    if (!found || mine !== abort || turn < newest) return;
    newest = turn;
    take(found, false, since, had);
    if (read().tab === "history") past.show(number);
  }, REFRESH_MS);

  function sent(/** @type {any} */ message) {
    talk.merge([message]);
    speak(t(message.kind === "note" ? "note_saved" : "reply_sent"));
    refresh();
  }

  /** Does something to the ticket; false where it was refused. @param {string} what @param {any} [body] */
  async function deed(what, body = {}, loud = true, of = number) {
    try {
      const answer = await post(`${here.base}/tickets/${of}/${what}`, body);
      const ticket = answer?.ticket ?? answer;
      if (ticket?.number) on.changed(ticket);
      toast(t(`done_${what}`, { number: String(of) }));
      if (of === number) {
        if (detail && ticket?.number === of) {
          detail.ticket = { ...detail.ticket, ...ticket };
          newest = asks += 1;
          drawHead();
          side.show(detail.ticket, detail.may);
        }
        refresh();
      }
      return true;
    } catch (error) {
      if (!loud) throw error;
      toast(/** @type {any} */ (error).text ?? String(error), { bad: true });
      refresh();
      return false;
    }
  }

  /** The box that asks something about this ticket. @type {HTMLDialogElement | null} */
  let asking = null;
  const can = (/** @type {string} */ what) => detail?.may.includes(what) ?? false;
  const acts = {
    claim: () => can("claim") && deed("claim"),
    assign: () => {
      const of = number;
      if (can("assign")) asking = pick({ title: t("assign_title"), label: t("type_to_find"), items: mates(), choose: (to) => deed("assign", { to }, true, of) });
    },
    resolve: () => can("resolve") && deed("resolve"),
    reopen: () => can("reopen") && deed("reopen"),
    close: () => {
      const of = number;
      const kept = `reason.${here.guild.id}.${of}`;
      if (can("close")) asking = ask({ title: t("close_title", { number: String(number) }), text: t("close_why"), label: t("close_reason"), value: held(kept) ?? "", area: true, max: 500, ok: t("close"), onkeep: (value) => hold(kept, value || null), act: async (reason) => { await deed("close", { reason: reason || null }, false, of); hold(kept, null); } });
    },
    reply: () => can("reply") && talkWith("reply"),
    note: () => can("note") && talkWith("note"),
  };
  function talkWith(/** @type {"reply" | "note"} */ mode) {
    if (read().tab !== "talk") go({ tab: "talk" });
    box.setMode(mode);
  }

  return {
    el,
    acts,
    refresh,
    /** @param {import("./route.js").Route} route */
    show(route) {
      // What is asked about a ticket is answered while it is shown.
      if (route.ticket !== number) asking?.close("");
      if (!route.ticket) {
        if (number) box.leave();
        abort?.abort();
        number = 0;
        detail = null;
        el.hidden = true;
        talk.clear();
        return who.look(0);
      }
      const other = route.ticket !== number;
      if (other && number) box.leave();
      number = route.ticket;
      if (other) {
        who.look(0);
        load();
      } else drawHead();
      drawTabs(route.tab);
    },
    /** @param {any} event */
    event(event) {
      if (event.number === number) refresh();
    },
    /** @param {any} event */
    presence(event) {
      if (event.number !== number) return;
      told += 1;
      who.show(event.here);
    },
    number: () => number,
    /** Whether it will show itself, and doesn't yet. */
    waits: () => number > 0 && el.hidden,
  };
}
