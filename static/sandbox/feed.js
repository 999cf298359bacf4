// The messages of the open channel: kept in order, changed in place, pinned to the bottom while
// the reader is there.

import { bySnowflake, h, icon } from "./dom.js";
import { continues, messageElement } from "./render.js";
import { t } from "./texts.js";
import { dayLabel, otherDay } from "./time.js";

const PAGE = 150;
const NEAR_BOTTOM_PX = 60;
const EXPECTS_MS = 5000;
const DISMISSED_KEY = "dismissed";

/** `host` is the pane, handed on to the messages; `empty()` makes what stands in an empty channel. */
export class Feed {
  constructor(host, empty) {
    this.host = host;
    this.empty = empty;
    this.messages = new Map();
    this.drawn = new Map();
    this.pending = new Map();
    this.shown = PAGE;
    this.pinned = true;
    this.lastTop = 0;
    this.expectsUntil = 0;
    this.dismissed = new Set(JSON.parse(sessionStorage.getItem(DISMISSED_KEY) ?? "[]"));
    this.list = h("ol", { class: "feed-list" });
    this.log = h("div", { role: "log", "aria-label": "", "aria-busy": "true" }, this.list);
    this.top = h(
      "button",
      { type: "button", class: "chip feed-earlier", hidden: true, onclick: () => this.#earlier() },
      t("earlier"),
    );
    this.placeholder = h("div", { class: "feed-empty" });
    this.jumper = h(
      "button",
      {
        type: "button",
        class: "feed-jump",
        hidden: true,
        "aria-label": t("to_bottom"),
        title: t("to_bottom"),
        onclick: () => this.#toBottom(),
      },
      icon("down"),
    );
    this.scroller = h(
      "div",
      { class: "feed-scroll", tabIndex: -1, onscroll: () => this.#scrolled() },
      h("div", { class: "feed-inner" }, this.top, this.placeholder, this.log),
    );
    this.element = h("div", { class: "feed" }, this.scroller, this.jumper);
    // Pictures, a growing composer or a keyboard on a phone move the bottom: follow it.
    this.observer = new ResizeObserver(() => this.pinned && this.#toBottom());
    this.observer.observe(this.scroller);
    this.observer.observe(this.list);
  }

  destroy() {
    this.observer.disconnect();
  }

  /** Empties the feed for another channel. */
  reset(label) {
    this.messages.clear();
    this.drawn.clear();
    this.pending.clear();
    this.shown = PAGE;
    this.pinned = true;
    this.list.replaceChildren();
    this.placeholder.replaceChildren(h("div", { class: "muted" }, t("loading")));
    this.log.setAttribute("aria-busy", "true");
    this.log.setAttribute("aria-label", label);
  }

  /** Takes the whole channel as the server has it. */
  fill(messages) {
    this.messages = new Map(messages.map((m) => [m.id, m]));
    this.draw();
    this.log.setAttribute("aria-busy", "false");
  }

  put(message) {
    if (!this.messages.has(message.id) && Date.now() < this.expectsUntil) {
      this.expectsUntil = 0;
      this.pinned = true;
    }
    this.messages.set(message.id, message);
    this.draw();
  }

  remove(id) {
    if (this.messages.delete(id)) this.draw();
  }

  dismiss(id) {
    this.dismissed.add(id);
    sessionStorage.setItem(DISMISSED_KEY, JSON.stringify([...this.dismissed].slice(-500)));
    this.draw();
  }

  /** Shows a row of our own (a command on its way, a failure) below the messages; null removes it. */
  setPending(key, element) {
    if (element) this.pending.set(key, element);
    else this.pending.delete(key);
    this.draw();
  }

  /** Scrolls to a message and lets it stand out for a moment. */
  jump(id) {
    const el = this.list.querySelector(`[data-message-id="${CSS.escape(id)}"]`);
    if (!el) return;
    el.scrollIntoView({ block: "center" });
    el.classList.remove("is-target");
    requestAnimationFrame(() => el.classList.add("is-target"));
  }

  /** Forgets what is drawn, for when names or languages changed, and draws again. */
  redraw() {
    this.drawn.clear();
    this.draw();
  }

  draw() {
    const all = [...this.messages.values()]
      .filter((m) => !this.dismissed.has(m.id))
      .sort((a, b) => bySnowflake(a.id, b.id));
    const visible = all.slice(-this.shown);
    const nodes = [];
    const drawn = new Map();
    let previous = null;
    for (const message of visible) {
      const newDay = !previous || otherDay(previous.timestamp, message.timestamp);
      if (newDay) nodes.push(this.#node(drawn, `day-${message.timestamp.slice(0, 10)}-${message.id}`, null, false));
      const compact = !newDay && continues(message, previous);
      nodes.push(this.#node(drawn, message.id, message, compact));
      previous = message;
    }
    this.drawn = drawn;
    this.top.hidden = visible.length === all.length;
    const bare = all.length === 0 && this.pending.size === 0;
    this.placeholder.replaceChildren(...(bare ? [this.empty()] : []));
    const last = this.list.lastElementChild;
    this.#reconcile([...nodes, ...this.pending.values()]);
    if (this.pinned) this.#toBottom();
    else if (last !== this.list.lastElementChild) this.jumper.hidden = false;
  }

  #node(drawn, key, message, compact) {
    const before = this.drawn.get(key);
    if (before && before.message === message && before.compact === compact) {
      drawn.set(key, before);
      return before.node;
    }
    const node = message ? messageElement(message, this.host, compact) : this.#divider(key);
    drawn.set(key, { node, message, compact });
    if (before?.node.contains(document.activeElement)) this.#keepFocus(document.activeElement, node);
    return node;
  }

  #divider(key) {
    const id = key.slice(key.lastIndexOf("-") + 1);
    return h("li", { class: "day" }, h("span", {}, dayLabel(this.messages.get(id).timestamp, this.host.uiLocale)));
  }

  // A message that changes while its button has the focus gives it to the button that took its place.
  #keepFocus(from, node) {
    const id = from.dataset.customId;
    requestAnimationFrame(() => {
      const twin = id && node.querySelector(`[data-custom-id="${CSS.escape(id)}"]:not(:disabled)`);
      (twin || node.querySelector("[data-custom-id]:not(:disabled)") || this.scroller).focus({ preventScroll: true });
    });
  }

  #reconcile(nodes) {
    const keep = new Set(nodes);
    for (const child of [...this.list.children]) if (!keep.has(child)) child.remove();
    let cursor = this.list.firstElementChild;
    for (const node of nodes) {
      if (node === cursor) cursor = cursor.nextElementSibling;
      else this.list.insertBefore(node, cursor);
    }
  }

  #earlier() {
    const height = this.scroller.scrollHeight;
    this.shown += PAGE;
    this.pinned = false;
    this.draw();
    this.scroller.scrollTop += this.scroller.scrollHeight - height;
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    // Only going up unpins: a picture that loads moves the bottom away without anyone scrolling.
    if (scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX) this.pinned = true;
    else if (scrollTop < this.lastTop) this.pinned = false;
    this.lastTop = scrollTop;
    if (this.pinned) this.jumper.hidden = true;
  }

  /** Follows the next message that comes soon: a pressed button may be answered below or in place. */
  expect() {
    this.expectsUntil = Date.now() + EXPECTS_MS;
  }

  /** Follows what comes: whoever just did something wants to see what became of it. */
  follow() {
    this.#toBottom();
  }

  #toBottom() {
    this.pinned = true;
    this.jumper.hidden = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }
}
