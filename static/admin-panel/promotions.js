// @ts-check
// The promotions: the list, the end of one in two steps, and a new one, whose prices before and after are shown before it begins.

import { at, go, view } from "./address.js";
import { get, withQuery } from "./api.js";
import { blank, toast } from "./dialog.js";
import { h, redraw } from "./dom.js";
import { num, t } from "./i18n.js";
import { icon } from "./icons.js";
import { listing, nothingFits } from "./listing.js";
import { offers } from "./offers.js";
import { amount } from "./parts.js";
import { back, head, openPlace, setTitle } from "./place.js";
import { here } from "./session.js";
import { SHOP_EN } from "./shop-words-en.js";
import { SHOP_FR } from "./shop-words-fr.js";
import { sieve } from "./sieve.js";
import { ofPath, steps, stepsBox } from "./steps.js";
import { between, deeds, facts, name, pill, words } from "./things.js";

const STATES = ["scheduled", "active", "ended", "stopped"];

/** What it does to each price. @param {import("./steps.js").Preview} preview */
export const prices = ({ prices, warnings }) => [
  warnings?.length > 0 && h("ul", { class: "stack-tight", "aria-label": t("warnings") }, warnings.map((/** @type {string} */ text) => h("li", { class: "warn-line" }, icon("alert"), words(text, 600)))),
  prices?.length > 0 &&
    h(
      "div",
      { class: "table-scroll", tabindex: "0", role: "region", "aria-label": t("prices") },
      h(
        "table",
        { class: "before-after" },
        h("thead", null, h("tr", null, ["item", "price_before", "price_after"].map((k) => h("th", { scope: "col" }, t(k))))),
        h("tbody", null, prices.map((/** @type {any} */ p) => h("tr", null, h("th", { scope: "row" }, words(p.item, 100)), h("td", null, h("s", null, amount(p.before))), h("td", null, h("strong", null, amount(p.after)), p.lasts && h("span", { class: "hint" }, ` ${p.lasts}`))))),
      ),
    ),
];

/** A new one. @param {() => void} done */
function newPromotion(done) {
  const el = h("div", { class: "card stack" });
  const made = steps({
    fields: [
      { name: "value", label: t("off"), example: t("off_example"), required: true, max: 30, hint: t("off_why") },
      { name: "target", label: t("target"), max: 120, hint: t("target_why"), offer: offers().targets },
      { name: "duration", label: t("duration"), example: t("duration_example"), required: true, max: 60, hint: t("duration_why") },
      { name: "starts", label: t("starts"), example: t("starts_example"), max: 60, hint: t("starts_why") },
      { name: "code", label: t("promo_code"), max: 30, hint: t("promo_code_why") },
      { name: "uses", label: t("uses_allowed"), kind: "number", least: 1, most: 1_000_000 },
      { name: "per_member", label: t("uses_per_member"), kind: "number", least: 1, most: 1_000 },
      { name: "budget", label: t("budget"), example: t("price_example"), max: 20, hint: t("budget_why") },
      { name: "first_purchase", label: t("first_purchase"), kind: "check" },
      { name: "reason", label: t("reason"), required: true, max: 100, hint: t("promo_reason_why") },
    ],
    next: t("see_prices"),
    ok: t("start_promotion"),
    keep: "promotion",
    cancel: () => go(view({})),
    ...ofPath(`${here.base}/promotions`),
    more: prices,
    done,
  });
  made.begin();
  redraw(el, h("h2", null, t("new_promotion")), made.el);
  return el;
}

openPlace({
  words: [SHOP_FR, SHOP_EN],
  title: "promotions",
  build(main) {
    const top = h("div");
    const body = h("div", { class: "stack" });
    main.append(h("section", { class: "page" }, top, body));
    let may = ["create"];
    const bar = sieve([{ key: "state", kind: "one", label: t("state"), items: [["", t("any_state")], ...STATES.map((s) => /** @type {[string, string]} */ ([s, t(`promo_${s}`)]))] }]);
    const list = listing({
      label: t("promotions"),
      load: async (more, signal) => {
        const answer = await get(withQuery(`${here.base}/promotions`, { ...bar.now(), ...more }), signal);
        may = answer.may ?? may;
        return { rows: answer.promotions, next: answer.next };
      },
      id: (p) => String(p.number),
      draw: row,
      empty: () => (Object.keys(bar.now()).length ? nothingFits(view({})) : blank(t("no_promotions"), t("no_promotions_why"), fresh())),
    });
    const fresh = () => may.includes("create") && h("a", { class: "button is-main", href: view({ new: 1 }), "data-key": "new" }, icon("plus"), t("new_promotion"));

    function row(/** @type {any} */ p) {
      const stop = () => stepsBox({ title: t("stop_promotion", { number: String(p.number) }), ok: t("do_stop"), danger: true, ...ofPath(`${here.base}/promotions/${p.number}/stop`), more: prices, done: () => { toast(t("done_stop")); list.load(true); } });
      return [
        h("div", { class: "thing-head" }, h("h2", null, h("span", { class: "number" }, `#${p.number}`), " −", words(p.what, 60), " · ", words(p.on, 100)), p.code && h("code", { class: "code" }, words(p.code, 40)), pill("promo", p.state, p.state_name)),
        facts([["from_until", between(p.starts_at, p.ends_at)], ["uses", p.uses_allowed ? t("n_of", { a: p.uses, b: p.uses_allowed }) : num(p.uses)], ["budget", p.budget ? t("n_of", { a: amount(p.spent), b: amount(p.budget) }) : p.spent && t("spent_n", { sum: amount(p.spent) })], ["made_by", name(p.by)], ["reason", p.why && words(p.why, 200)]]),
        deeds(p.may, [["stop", "stop", stop, "danger"]]),
      ];
    }

    let shown = "";
    return {
      show(q) {
        redraw(top, head(t("promotions"), { actions: q.new ? null : fresh() }));
        setTitle(t(q.new ? "new_promotion" : "promotions"));
        const as = q.new ? "new" : JSON.stringify(bar.now());
        if (as === shown) return;
        shown = as;
        if (q.new) {
          redraw(body, h("div", null, back(view({}), t("promotions"))), newPromotion(() => { toast(t("promotion_made")); go(view({})); }));
          /** @type {HTMLElement | null} */ (body.querySelector("[name=value]"))?.focus();
          return;
        }
        if (!list.el.isConnected) redraw(body, bar.el, list.el);
        bar.draw();
        list.load();
      },
      refresh: () => (at().new ? undefined : list.refresh()),
      row: (kind) => kind === "promotion" && !at().new && list.refresh(),
      move: list.move,
    };
  },
});
