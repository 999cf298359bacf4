// @ts-check
// The box that answers a member or leaves an internal note. The two are separate texts and look nothing alike; what is typed is
// kept until it was sent, and a repeat after a failure writes once.

import { post, uuid, withQuery } from "./api.js";
import { cannedBox, leftOver } from "./canned.js";
import { toast } from "./dialog.js";
import { debounced, h, redraw, u } from "./dom.js";
import { say, t } from "./i18n.js";
import { icon } from "./icons.js";
import { clip } from "./parts.js";
import { here } from "./session.js";
import { draft, keepDraft } from "./store.js";
import { prose } from "./thread.js";

const BODY_MAX = 4_000;
const KEEP_MS = 250;

/**
 * @param {{newest: () => string, sent: (message: any) => void, typing: () => void, resolve: () => Promise<any>}} on
 */
export function composer(on) {
  /** @type {any} */
  let ticket = null;
  /** @type {string[]} */
  let may = [];
  /** @type {import("./store.js").Draft} */
  let d = { mode: "reply", reply: "", note: "", key: {} };
  let busy = false;
  /** Tickets for which something is on its way: nothing more is written to them meanwhile. @type {Set<number>} */
  const sending = new Set();
  let warned = "";
  /** Whether what was found wrong with the text is still so. @type {(() => boolean) | null} */
  let holds = null;
  /** Id of the message that the writer was shown beside his own, after a conflict. */
  let seenAlso = "";

  const most = () => here.guild.limits?.body ?? BODY_MAX;
  const text = h("textarea", { id: "compose", rows: 3, dir: "auto" });
  const modes = h("fieldset", { class: "modes" });
  const line = h("p", { class: "mode-line", id: "mode-line" });
  const above = h("div", { class: "compose-above" });
  const count = h("span", { class: "hint", role: "status" });
  const foot = h("div", { class: "compose-foot" });
  const el = h("form", { class: "composer", "aria-label": t("answer"), onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); send(); } }, above, modes, line, text, foot);
  text.setAttribute("aria-describedby", "mode-line");

  const store = () => ticket && keepDraft(here.me.user.id, here.guild.id, ticket.number, d);
  const later = debounced(store, KEEP_MS);
  addEventListener("pagehide", store);

  text.addEventListener("input", () => {
    const turned = (d[d.mode] === "") !== (text.value === "");
    d[d.mode] = text.value;
    later();
    if (turned) draw();
    else counts();
    on.typing();
  });
  text.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => {
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      send();
    } else if (e.key.toLowerCase() === "k" && (e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      canned();
    } else if (e.key === "Escape") text.blur();
  });

  const letters = () => [...text.value].length;
  function counts() {
    const n = letters();
    const words = n > most() * 0.8 ? t("letters", { n, most: most() }) : "";
    if (count.textContent !== words) count.textContent = words;
    count.classList.toggle("is-over", n > most());
    if (holds && !holds()) tell();
  }

  function setMode(/** @type {"reply" | "note"} */ mode, focus = true) {
    d.mode = mode;
    warned = "";
    store();
    draw();
    if (focus) text.focus();
  }

  function draw() {
    const note = d.mode === "note";
    const allowed = may.includes(d.mode);
    const other = note ? "reply" : "note";
    el.classList.toggle("is-note", note);
    const option = (/** @type {"reply" | "note"} */ mode, /** @type {any} */ drawing) =>
      h("label", { class: `mode is-${mode}` }, h("input", { type: "radio", name: "mode", value: mode, checked: d.mode === mode, "data-key": `mode-${mode}`, onchange: () => setMode(mode, false) }), h("span", null, icon(drawing), t(mode === "note" ? "internal_note" : "reply")));
    redraw(modes, h("legend", { class: "visually-hidden" }, t("mode")), option("reply", "reply"), option("note", "lock"));
    redraw(line, note ? [icon("lock"), h("strong", null, t("note_line"))] : allowed ? [icon("send"), t("reply_line"), " ", u(clip(ticket?.opener.name ?? "", 60))] : [icon("lock"), t("cannot_reply")]);
    // Even the same value, set anew, would disturb an input method at work.
    if (text.value !== d[d.mode]) text.value = d[d.mode];
    text.setAttribute("aria-label", t(note ? "note_label" : "reply_label"));
    text.placeholder = t(note ? "note_hint" : "reply_hint");
    text.readOnly = busy || !allowed;
    const button = (/** @type {string} */ key, /** @type {any} */ drawing, /** @type {string} */ cls, /** @type {any} */ more) =>
      h("button", { class: `button ${cls}`, disabled: busy || !allowed, "data-key": key, ...more }, icon(drawing), t(key));
    redraw(
      foot,
      h("button", { type: "button", class: "button is-small", "data-key": "canned", disabled: busy || !allowed, title: "Ctrl K", onclick: canned }, icon("bolt"), t("canned")),
      d[other] && may.includes(other) ? h("button", { type: "button", class: "button is-small is-quiet", "data-key": "other", onclick: () => setMode(/** @type {any} */ (other)) }, icon("edit"), t(`draft_${other}`)) : null,
      text.value && d[other] === "" && h("button", { type: "button", class: "button is-small is-quiet", "data-key": "move", onclick: move }, t(note ? "move_to_reply" : "move_to_note")),
      count,
      h("span", { class: "spring" }),
      button(busy ? "sending" : note ? "send_note" : "send_reply", note ? "lock" : "send", note ? "is-note" : "is-main", { type: "submit", title: "Ctrl ⏎" }),
      !note && may.includes("resolve") && button("send_resolve", "check", "", { type: "button", onclick: () => send({ resolve: true }) }),
    );
    counts();
  }

  /** Takes what was typed over into the other mode: it was meant for that. */
  function move() {
    const to = d.mode === "note" ? "reply" : "note";
    d[to] = d[d.mode];
    d[d.mode] = "";
    setMode(to);
  }

  const tell = (/** @type {any} */ ...nodes) => {
    holds = null;
    redraw(above, nodes.length ? h("div", { class: "compose-problem", role: "alert" }, icon("alert"), h("div", null, nodes)) : null);
  };
  /** Says what is wrong with the text, for as long as it is. @param {() => boolean} still @param {string} words */
  const complain = (still, words) => {
    tell(words);
    holds = still;
  };

  /** @param {{force?: boolean, resolve?: boolean}} [how] */
  async function send({ force = false, resolve = false } = {}) {
    const mode = d.mode;
    const body = d[mode].trim();
    const of = ticket;
    if (busy || !of || !may.includes(mode)) return;
    if (!body) {
      complain(() => !d[mode].trim() && d.mode === mode, t(mode === "note" ? "empty_note" : "empty_reply"));
      return text.focus();
    }
    if (letters() > most()) return complain(() => letters() > most(), t("too_long", { n: letters() - most() }));
    const left = mode === "reply" ? leftOver(body, of) : null;
    if (left && warned !== body) {
      warned = body;
      return complain(() => text.value.includes(left), t("variable_left", { name: left }));
    }
    // The same text keeps its key, so that a repeat after a lost answer writes once.
    const key = d.key[mode]?.body === body ? d.key[mode].uuid : uuid();
    d.key[mode] = { body, uuid: key };
    store();
    busy = true;
    sending.add(of.number);
    tell();
    draw();
    const isHere = () => ticket?.number === of.number;
    const path = withQuery(`${here.base}/tickets/${of.number}/${mode === "note" ? "notes" : "replies"}`, { seen: seenAlso || on.newest(), force });
    try {
      const message = await post(path, { body }, key);
      sending.delete(of.number);
      const kept = isHere() ? d : draft(here.me.user.id, here.guild.id, of.number);
      kept[mode] = "";
      delete kept.key[mode];
      keepDraft(here.me.user.id, here.guild.id, of.number, kept);
      if (isHere()) {
        seenAlso = "";
        busy = false;
        draw();
        on.sent(message);
        if (resolve) await on.resolve();
        // Whoever went on to something else meanwhile stays there.
        if (el.contains(document.activeElement) || document.activeElement === document.body) text.focus();
      } else toast(t("sent_elsewhere", { number: String(of.number) }));
    } catch (error) {
      sending.delete(of.number);
      if (isHere()) busy = false;
      const failed = /** @type {any} */ (error);
      // A refusal is an answer: it wrote nothing, and what comes next is another request.
      if (failed.status >= 400 && failed.status < 500 && isHere()) delete d.key[mode];
      if (!isHere()) return toast(t("failed_elsewhere", { number: String(of.number), text: failed.text ?? String(failed) }), { bad: true });
      draw();
      if (failed.word === "someone-answered") answered(failed, resolve);
      else tell(h("p", null, failed.text ?? String(failed)), h("p", { class: "hint" }, t("text_kept")), (failed.status === 0 || failed.status >= 500) && h("button", { type: "button", class: "button is-small", onclick: () => send({ force, resolve }) }, t("retry")));
    }
  }

  /** Somebody else of the team was faster: his answer is shown before one's own goes out. */
  function answered(/** @type {any} */ failed, /** @type {boolean} */ resolve) {
    const m = failed.body.message;
    tell(
      h("p", null, h("strong", null, failed.text)),
      m && h("blockquote", { class: "msg-text" }, h("p", { class: "hint" }, u(clip(m.author.name, 60))), prose(clip(m.body, 600))),
      h("p", { class: "hint" }, t("text_kept")),
      h("div", { class: "row-of" }, h("button", { type: "button", class: "button is-main is-small", onclick: () => send({ force: true, resolve }) }, t("send_anyway")), h("button", { type: "button", class: "button is-small", onclick: () => { seenAlso = m?.id ?? ""; tell(); text.focus(); } }, t("edit_first"))),
    );
    above.querySelector("button")?.focus();
  }

  /** @type {HTMLDialogElement | null} */
  let box = null;
  const canned = () => {
    box = cannedBox(ticket, (/** @type {string} */ words) => {
      const [a, b] = [text.selectionStart, text.selectionEnd];
      text.setRangeText(words, a, b, "end");
      text.dispatchEvent(new Event("input"));
      draw();
      text.focus();
    });
  };

  return {
    el,
    /** @param {any} now @param {string[]} allowed */
    show(now, allowed) {
      const other = now.number !== ticket?.number;
      if (other) {
        later.cancel();
        store();
        ticket = now;
        busy = sending.has(now.number);
        seenAlso = "";
        warned = "";
        d = draft(here.me.user.id, here.guild.id, now.number);
        tell();
      }
      ticket = other ? ticket : Object.assign(ticket, now);
      may = allowed;
      // Where nothing can be written any more, as of who was erased, nothing that was meant for it is kept either.
      if (!may.includes("note") && !may.includes("reply") && (d.reply || d.note)) {
        d = { mode: "reply", reply: "", note: "", key: {} };
        store();
      }
      if (!may.includes("reply") && may.includes("note") && !d.reply) d.mode = "note";
      draw();
    },
    /** Keeps what is typed and lets go of the ticket. */
    leave() {
      box?.close("");
      store();
      ticket = null;
    },
    setMode,
    /** Somebody of the team answered while this person writes a reply. @param {any} m */
    warn(m) {
      if (d.reply.trim() && !busy) tell(h("p", null, h("strong", null, say("answered_meanwhile", { name: u(clip(m.author.name, 60)) }))), h("p", { class: "hint" }, t("text_kept")), h("button", { type: "button", class: "button is-small", onclick: () => { tell(); text.focus(); } }, t("understood")));
    },
  };
}
