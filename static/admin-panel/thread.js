// @ts-check
// The conversation of a ticket: messages and notes by day, older ones on demand, delivery and files. Words of people become
// text and links only.

import { get } from "./api.js";
import { problem, skeleton, speak } from "./dialog.js";
import { avatar, h, painted, redraw, u } from "./dom.js";
import { knows, lang, num, t } from "./i18n.js";
import { icon } from "./icons.js";
import { clip } from "./parts.js";
import { here } from "./session.js";
import { ago, dayLine, sameDay } from "./time.js";

/** A longer text is folded. */
const FOLD = 1_600;
const NEAR_END_PX = 120;
/** No message is lower. */
const LOWEST_PX = 60;

/** @typedef {{id: string, kind: "opening" | "reply" | "note", author: {id: string, name: string}, from_staff: boolean, body: string, created_at: string, files: any[], delivery: any}} Message */

/** Text with its addresses as links, in lines that each have their own direction. @param {string} text */
export function prose(text) {
  return String(text ?? "").split("\n").map((line) =>
    h(
      "p",
      { dir: "auto", class: line ? "" : "gap" },
      line.split(/(https?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}])/u).map((part, i) => {
        if (i % 2 === 0) return part;
        return h("a", { href: part, target: "_blank", rel: "noopener noreferrer nofollow ugc" }, part);
      }),
    ),
  );
}

const size = (/** @type {number} */ bytes) =>
  bytes < 1_000_000 ? num(Math.max(1, Math.round(bytes / 1_000)), { style: "unit", unit: "kilobyte" }) : num(bytes / 1_000_000, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });

/** @param {number} number @param {any} file */
const fileItem = (number, file) => {
  const name = u(clip(file.name, 120));
  const about = h("span", { class: "hint" }, ` ${size(file.size)}${file.state === "kept" ? "" : ` · ${t(`file_${file.state}`)}`}`);
  if (file.state !== "kept") return h("li", { class: "file is-away" }, icon("file"), name, about);
  return h("li", { class: "file" }, icon("file"), h("a", { href: `${here.base}/tickets/${number}/files/${encodeURIComponent(file.id)}`, download: clip(file.name, 120) }, name), about);
};

/** @param {any} d */
function delivery(d) {
  if (!d) return null;
  const drawing = /** @type {any} */ ({ waiting: "clock", delivered: "check", failed: "alert" })[d.state] ?? "clock";
  return h(
    "p",
    { class: `delivery is-${d.state}` },
    icon(drawing),
    // Who shuts his direct messages was called in a channel.
    t(d.state === "delivered" && d.why === "ping" ? "delivery_called" : `delivery_${d.state}`),
    d.state === "failed" && d.why ? [lang() === "fr" ? " : " : ": ", knows(`undelivered_${d.why}`) ? t(`undelivered_${d.why}`) : u(clip(d.why, 300))] : null,
    d.at && d.state !== "waiting" ? [" · ", ago(d.at)] : null,
  );
}

/** @param {number} number @param {Message} m */
export function messageItem(number, m) {
  const kind = m.kind === "note" ? "is-note" : m.from_staff ? "is-staff" : "is-member";
  const text = h("div", { class: "msg-text" }, prose(m.body));
  const long = m.body.length > FOLD;
  const fold = long && h("button", { type: "button", class: "button is-small", "aria-expanded": "false", onclick: () => { const on = text.classList.toggle("is-folded"); fold.setAttribute("aria-expanded", String(!on)); fold.textContent = t(on ? "unfold" : "fold"); } }, t("unfold"));
  if (long) text.classList.add("is-folded");
  return h(
    "li",
    { class: `msg ${kind}`, "data-id": m.id },
    avatar(m.author),
    h(
      "article",
      { class: "msg-box", "aria-label": t(m.kind === "note" ? "note_by" : m.from_staff ? "staff_message_by" : "member_message_by", { name: clip(m.author.name, 60) }) },
      h(
        "header",
        { class: "msg-head" },
        u(clip(m.author.name, 80), "msg-author"),
        m.kind === "note" ? h("span", { class: "tag is-note" }, icon("lock"), t("internal_note")) : h("span", { class: "tag" }, t(m.from_staff ? "team_tag" : m.kind === "opening" ? "opening_tag" : "member_tag")),
        ago(m.created_at, "msg-time"),
      ),
      text,
      fold,
      m.files?.length > 0 && h("ul", { class: "files", "aria-label": t("files") }, m.files.map((f) => fileItem(number, f))),
      delivery(m.delivery),
    ),
  );
}

/** Whether one message's id is lower: they are whole numbers of any length. @param {string} a @param {string} b */
const isBefore = (a, b) => (a.length === b.length ? a < b : a.length < b.length);

/** The conversation of the ticket shown. */
export function thread() {
  /** @type {Message[]} */
  let messages = [];
  /** @type {string | null} */
  let older = null;
  let number = 0;
  /** How many of the messages aren't drawn yet. */
  let above = 0;
  /** @type {Map<string, {as: string, el: any}>} */
  const drawn = new Map();
  const list = h("ol", { class: "msgs" });
  const before = h("div", { class: "msgs-older" });
  const jump = h("button", { type: "button", class: "pill-button is-bottom", hidden: true, onclick: () => toEnd() }, icon("down"), t("new_messages"));
  const el = h("div", { class: "thread", tabindex: "0", role: "region", "aria-label": t("conversation") }, before, list);
  const nearEnd = () => el.scrollHeight - el.scrollTop - el.clientHeight < NEAR_END_PX;
  const toEnd = () => {
    el.scrollTop = el.scrollHeight;
    jump.hidden = true;
  };
  el.addEventListener("scroll", () => { if (nearEnd()) jump.hidden = true; }, { passive: true });

  /** Draws the messages but the first `from`. */
  function draw(from = 0) {
    above = from;
    /** @type {any[]} */
    const items = [];
    messages.forEach((m, i) => {
      if (i < from) return;
      if (i === from || !sameDay(messages[i - 1].created_at, m.created_at)) items.push(h("li", { class: "day-line" }, h("span", null, dayLine(m.created_at))));
      const as = JSON.stringify(m);
      const known = drawn.get(m.id);
      if (known?.as === as) return items.push(known.el);
      const el = messageItem(number, m);
      drawn.set(m.id, { as, el });
      items.push(el);
    });
    redraw(list, items);
    redraw(before, older && from === 0 && h("button", { type: "button", class: "button is-small", "data-key": "older", onclick: loadOlder }, icon("up"), t("older")));
  }

  /** Draws what isn't, above; what is in sight stays where it is. */
  function drawAbove() {
    if (above === 0) return;
    const from = el.scrollHeight - el.scrollTop;
    draw();
    el.scrollTop = el.scrollHeight - from;
  }

  function clear() {
    messages = [];
    above = 0;
    drawn.clear();
    number = 0;
    redraw(before);
    redraw(list);
  }

  async function loadOlder() {
    const of = number;
    redraw(before, skeleton(2));
    try {
      const answer = await get(`${here.base}/tickets/${of}/messages?before=${encodeURIComponent(older ?? "")}`);
      if (of !== number) return;
      const known = new Set(messages.map((m) => m.id));
      const from = el.scrollHeight - el.scrollTop;
      messages = [...answer.messages.filter((/** @type {Message} */ m) => !known.has(m.id)), ...messages];
      older = answer.older;
      draw();
      el.scrollTop = el.scrollHeight - from;
      speak(t("older_loaded", { n: answer.messages.length }));
    } catch (error) {
      if (of === number) redraw(before, problem(error, loadOlder));
    }
  }

  return {
    el,
    jump,
    toEnd,
    clear,
    /** Nothing yet, grey lines instead. */
    wait() {
      clear();
      redraw(list, h("li", null, skeleton(4, "of-msgs")));
    },
    /** Draws what is in sight at the end, and the rest once that is painted. @param {any} detail */
    show(detail) {
      number = detail.ticket.number;
      messages = detail.messages;
      older = detail.older;
      drawn.clear();
      draw(Math.max(0, messages.length - Math.ceil(innerHeight / LOWEST_PX) - 1));
      painted(drawAbove);
    },
    /**
     * Takes what is newer or changed; what stands above stays. Of the newest page of all, with whether there is an older one, and what stood
     * here when it was asked for: what isn't in it any more was erased. Gives what others wrote.
     * @param {Message[]} news @param {{older: string | null, had: Set<string>} | null} [page]
     */
    merge(news, page = null) {
      const known = new Map(messages.map((m) => [m.id, m]));
      if (page) {
        const there = new Set(news.map((m) => m.id));
        const within = (/** @type {string} */ id) => page.older === null || !isBefore(id, news[0]?.id ?? "");
        for (const id of page.had) if (within(id) && !there.has(id)) known.delete(id);
        if (page.older === null) older = null;
      }
      const fresh = news.filter((m) => !known.has(m.id));
      for (const m of news) known.set(m.id, m);
      const follow = nearEnd();
      messages = [...known.values()].sort((a, b) => (a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : isBefore(a.id, b.id) ? -1 : 1));
      draw();
      const others = fresh.filter((m) => m.author.id !== here.me.user.id);
      if (follow || fresh.some((m) => m.author.id === here.me.user.id)) toEnd();
      else if (fresh.length > 0) jump.hidden = false;
      if (others[0]) speak(t(others[0].kind === "note" ? "note_by" : "message_by", { name: clip(others[0].author.name, 60) }));
      return others;
    },
    /** Ids of what is shown. */
    ids: () => new Set(messages.map((m) => m.id)),
    /** Id of the newest message that is shown. */
    newest: () => messages.at(-1)?.id ?? "",
  };
}
