// @ts-check
// The orders: the list with its filters, one order with its lines, payment, refunds and dispute, and the refund in two steps.

import { at, to, view } from "./address.js";
import { get, withQuery } from "./api.js";
import { blank, problem, skeleton, toast } from "./dialog.js";
import { h, redraw, throttled } from "./dom.js";
import { entitlement, subscription } from "./holding.js";
import { lang, t } from "./i18n.js";
import { icon } from "./icons.js";
import { listing, nothingFits } from "./listing.js";
import { amount, typedAmount } from "./parts.js";
import { back, head, openPlace, setTitle } from "./place.js";
import { here } from "./session.js";
import { SHOP_EN } from "./shop-words-en.js";
import { SHOP_FR } from "./shop-words-fr.js";
import { sieve } from "./sieve.js";
import { ofPath, stepsBox } from "./steps.js";
import { deeds, facts, lines, opens, part, person, pill, prose, words } from "./things.js";
import { ago } from "./time.js";

const REFRESH_MS = 1_500;
/** The server takes no longer reason of a refund. */
const REASON_MAX = 500;
const STATES = ["pending", "awaiting", "paid", "fulfilled", "expired", "canceled", "failed", "refunded"];
const path = (/** @type {number | string} */ number) => `${here.base}/orders/${encodeURIComponent(number)}`;

/** @param {any} o */
const row = (o) => [
  h(
    "div",
    { class: "thing-head" },
    h("h2", null, opens({ order: o.number }, [h("span", { class: "number" }, `#${o.number}`), " ", words(o.what, 120)], o.number)),
    pill("order", o.state, o.state_name),
    o.trouble && h("span", { class: "pill is-bad" }, icon("alert"), t("trouble")),
    h("span", { class: "spring" }),
    h("strong", { class: "sum" }, amount(o.total)),
  ),
  h("div", { class: "thing-sub" }, person(o.member), o.recipient && h("span", { class: "row-of" }, t("gift_for"), person(o.recipient)), o.refunded?.minor > 0 && h("span", null, t("refunded_sum", { sum: amount(o.refunded) })), ago(o.at)),
];

/** One order. */
function orderView() {
  const body = h("div", { class: "stack" });
  const top = h("div");
  const el = h("div", { class: "stack detail" }, top, body);
  let number = "";

  const refund = (/** @type {any} */ o) =>
    stepsBox({
      title: t("refund_of", { number: String(o.number) }),
      intro: [h("p", null, t("refund_why")), h("p", { class: "hint" }, t("paid_and_back", { paid: amount(o.total), back: amount(o.refunded ?? { minor: 0, currency: o.total.currency }) }))],
      fields: [
        { name: "amount", label: t("refund_amount"), hint: t("refund_amount_why"), example: typedAmount(o.total), max: 20 },
        { name: "reason", label: t("reason"), kind: "area", required: true, max: REASON_MAX, hint: t("refund_reason_why", { most: REASON_MAX }) },
      ],
      ok: t("do_refund"),
      danger: true,
      ...ofPath(`${path(o.number)}/refund`),
      done: () => { toast(t("done_refund")); load(true); },
    });

  function draw(/** @type {any} */ answer) {
    // The row stands beside its parts, or under a name of its own.
    const o = { ...answer, ...(answer.order ?? {}) };
    const pay = o.payment;
    setTitle(t("order_n", { number: String(o.number) }));
    redraw(
      body,
      h(
        "section",
        { class: "card stack" },
        h("div", { class: "thing-head" }, h("h2", null, h("span", { class: "number" }, `#${o.number}`), " ", words(o.what, 300)), pill("order", o.state, o.state_name), h("span", { class: "spring" }), h("strong", { class: "sum" }, amount(o.total))),
        o.trouble && h("p", { class: "problem-line" }, icon("alert"), h("span", { class: "u", dir: "auto" }, words(o.trouble, 600))),
        facts([["member", person(o.member)], ["recipient", o.recipient && person(o.recipient)], ["total", amount(o.total)], ["refunded", o.refunded?.minor > 0 && amount(o.refunded)], ["at", ago(o.at)]]),
        h("div", { class: "row-of" }, deeds(o.may, [["refund", "history", () => refund(o), "danger"]]), o.may?.includes("evidence") && h("a", { class: "button is-small", href: `${path(o.number)}/evidence?lang=${lang()}`, download: `order-${o.number}.txt`, "data-key": "evidence" }, icon("file"), t("evidence"))),
      ),
      h(
        "div",
        { class: "columns" },
        h(
          "div",
          { class: "stack" },
          part("order_lines", lines(o.lines, (l) => [ago(l.at), h("span", { class: "line-main" }, words(l.text, 600))], "nothing_yet")),
          part("refunds", lines(o.refunds, (r) => [h("strong", null, r.amount ? amount(r.amount) : ""), pill("refund", r.state ?? "done", r.state_name), h("span", { class: "line-main" }, words(r.reason ?? r.text, 400)), r.at && ago(r.at)], "no_refunds")),
        ),
        h(
          "div",
          { class: "stack" },
          part("payment", pay ? facts([["payment_id", h("code", null, words(pay.id, 120))], ["invoice", invoice(pay.invoice_url)]]) : h("p", { class: "hint" }, t("no_payment"))),
          o.dispute && part("dispute", h("div", null, pill("dispute", o.dispute.state, o.dispute.state_name)), prose(o.dispute.text)),
          o.subscription && part("subscription", subscription(o.subscription)),
          part("entitlements", lines(o.entitlements, entitlement, "no_entitlements")),
        ),
      ),
    );
  }

  async function load(/** @type {boolean} */ quiet) {
    const mine = number;
    if (!quiet) redraw(body, skeleton(8));
    try {
      const found = await get(path(mine));
      if (mine === number) draw(found);
    } catch (error) {
      if (mine !== number || quiet) return;
      if (/** @type {any} */ (error).status === 404) redraw(body, blank(t("order_gone"), t("order_gone_why")));
      else redraw(body, problem(error, () => load(false)));
    }
  }
  return {
    el,
    refresh: throttled(() => el.isConnected && load(true), REFRESH_MS),
    show(/** @type {string} */ now) {
      number = now;
      redraw(top, back(to({ order: null }), t("orders")));
      load(false);
    },
  };
}

/** Only an address over TLS is led to: it comes from the payment provider. @param {string | null} url */
const invoice = (url) => url && /^https:\/\//u.test(url) && h("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, t("open_invoice"));

openPlace({
  words: [SHOP_FR, SHOP_EN],
  title: "orders",
  support: true,
  build(main) {
    const top = h("div");
    const body = h("div", { class: "stack" });
    main.append(h("section", { class: "page" }, top, body));
    const bar = sieve([
      { key: "q", kind: "words", label: t("search_orders"), hint: t("search_orders_hint") },
      { key: "state", kind: "one", label: t("state"), items: [["", t("any_state")], ...STATES.map((s) => /** @type {[string, string]} */ ([s, t(`order_${s}`)]))] },
      { key: "member", kind: "line", label: t("member_id"), hint: "123456789" },
      { key: "from", kind: "day", label: t("from_day") },
      { key: "to", kind: "day", label: t("to_day") },
      { key: "sort", kind: "one", label: t("sort"), items: [["", t("sort_newest")], ["oldest", t("sort_oldest")], ["total", t("sort_total")]] },
    ]);
    const list = listing({
      label: t("orders"),
      load: async (more, signal) => {
        const answer = await get(withQuery(`${here.base}/orders`, { ...bar.now(), ...more }), signal);
        return { rows: answer.orders, next: answer.next };
      },
      one: async (number) => {
        const answer = await get(path(number));
        const { lines: _lines, payment: _payment, subscription: _subscription, refunds: _refunds, dispute: _dispute, entitlements: _entitlements, order, ...o } = answer;
        return { ...o, ...order };
      },
      id: (o) => String(o.number),
      draw: row,
      empty: () => (Object.keys(bar.now()).length ? nothingFits(view({})) : blank(t("no_orders_yet"), t("no_orders_yet_why"))),
    });
    const one = orderView();
    let shown = "";
    let listed = "";
    return {
      show(q, before) {
        if (q.order) {
          if (shown !== `o${q.order}`) {
            redraw(top, head(t("orders")));
            redraw(body, one.el);
            one.show(q.order);
          }
          shown = `o${q.order}`;
          return;
        }
        setTitle(t("orders"));
        redraw(top, head(t("orders")));
        if (!bar.el.isConnected) redraw(body, bar.el, list.el);
        bar.draw();
        const as = JSON.stringify(bar.now());
        if (listed !== as) list.load();
        else list.refresh();
        listed = as;
        shown = "list";
        if (before?.order) /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="open-${CSS.escape(before.order)}"]`))?.focus();
      },
      refresh() {
        if (at().order) one.refresh();
        else list.refresh();
      },
      row(kind, e) {
        // Who was erased is named nowhere.
        if (kind === "privacy") return at().order ? one.refresh() : list.refresh();
        if (kind !== "order") return;
        const number = String(e.number ?? e.id);
        if (at().order === number) one.refresh();
        list.touched(number);
      },
      move: list.move,
      search: () => bar.el.isConnected && bar.focus(),
    };
  },
});
