// @ts-check
// The shop: its figures, its plans, its products. One product with its variants, stock and keys is product.js.

import { at, to, view } from "./address.js";
import { get, withQuery } from "./api.js";
import { bars } from "./charts.js";
import { blank, problem, skeleton, toast } from "./dialog.js";
import { h, redraw, throttled } from "./dom.js";
import { num, t } from "./i18n.js";
import { icon } from "./icons.js";
import { listing, nothingFits } from "./listing.js";
import { amount, decimals } from "./parts.js";
import { head, openPlace, setTitle } from "./place.js";
import { editPlan, makePlan, planRow } from "./plans.js";
import { makeProduct, productRow, productView } from "./product.js";
import { here } from "./session.js";
import { SHOP_EN } from "./shop-words-en.js";
import { SHOP_FR } from "./shop-words-fr.js";
import { sieve } from "./sieve.js";
import { words } from "./things.js";
import { ago } from "./time.js";

const REFRESH_MS = 10_000;
const KINDS = ["role", "key", "file", "text", "plan_days"];
/** What the server says of what was made, such as what it still lacks; else the page's own word. @param {any} made @param {string} key */
const said = (made, key) => (made?.text ? words(made.text, 800) : t(key));

/** The figures. */
function figures() {
  const el = h("div", { class: "overview-body" });
  let days = 0;
  let shown = "";
  const money = (/** @type {any} */ value, /** @type {string} */ currency) => amount(value !== null && typeof value === "object" ? value : { minor: value ?? 0, currency });
  const fact = (/** @type {string} */ text, /** @type {any} */ value, /** @type {any} */ hint) =>
    h("div", { class: "tile is-plain" }, h("span", { class: "tile-name" }, t(text)), h("strong", { class: "tile-value" }, value), hint && h("span", { class: "hint" }, hint));

  function draw(/** @type {any} */ o) {
    const over = t("over_days", { n: days });
    const unit = 10 ** decimals(o.currency);
    const write = (/** @type {number} */ n) => amount({ minor: n * unit, currency: o.currency });
    const shownDays = o.days.map((/** @type {any} */ d) => ({ ...d, revenue: Number(d.revenue?.minor ?? d.revenue ?? 0) / unit }));
    redraw(
      el,
      o.alerts.length > 0 &&
        h("section", { "aria-label": t("alerts") }, h("ul", { class: "alerts" }, o.alerts.map((/** @type {any} */ a) => h("li", { class: "alert" }, icon("alert"), h("div", null, words(a.text, 400)), alertLink(a.link))))),
      h("div", { class: "tiles" }, fact("revenue", money(o.revenue, o.currency), over), fact("net", money(o.net, o.currency), t("net_why")), fact("refunded", money(o.refunded, o.currency), over), fact("fees", money(o.fees, o.currency), over), fact("mrr", money(o.mrr, o.currency), t("mrr_why"))),
      h("div", { class: "tiles" }, fact("active_subscriptions", num(o.active_subscriptions), t("now")), fact("new_ones", num(o.new), over), fact("churned", num(o.churned), over), fact("orders", num(o.orders), over), fact("conversion", o.conversion === null ? "–" : num(o.conversion, { style: "percent", maximumFractionDigits: 1 }), t("conversion_why"))),
      h("div", { class: "charts" }, bars({ title: t("chart_revenue"), days: shownDays, series: [{ key: "revenue", name: t("revenue"), cls: "c-opened" }], write }), bars({ title: t("chart_orders"), days: o.days, series: [{ key: "orders", name: t("orders"), cls: "c-resolved" }] })),
      h("p", { class: "hint" }, t("figures_of"), " ", ago(new Date().toISOString())),
    );
  }

  /** Only a page of this panel is led to. @param {string | null} link */
  function alertLink(link) {
    const found = /^([a-z]+\.html)\?(.*)$/u.exec(link ?? "");
    return found && h("a", { class: "button is-small", href: view(Object.fromEntries(new URLSearchParams(found[2])), found[1]) }, t("look"));
  }

  async function load(/** @type {boolean} */ quiet) {
    if (!quiet) redraw(el, skeleton(6, "of-tiles"), skeleton(3, "of-charts"));
    const as = shown;
    try {
      const o = await get(`${here.base}/shop/overview?days=${days}`);
      if (as === shown) draw(o);
    } catch (error) {
      if (as === shown && !quiet) redraw(el, problem(error, () => load(false)));
    }
  }
  return {
    el,
    refresh: throttled(() => el.isConnected && !el.querySelector(".chart-table[open]") && load(true), REFRESH_MS),
    show(/** @type {number} */ now) {
      const as = `${now}`;
      days = now;
      if (as === shown) return;
      shown = as;
      load(false);
    },
    pick: () => h("nav", { class: "segments", "aria-label": t("period") }, [7, 30, 90].map((d) => h("a", { href: to({ days: d === 30 ? null : d }), "aria-current": d === days ? "true" : null, "data-key": `d${d}` }, t("days_n", { n: d })))),
  };
}

openPlace({
  words: [SHOP_FR, SHOP_EN],
  title: "shop",
  build(main) {
    const top = h("div");
    const body = h("div");
    main.append(h("section", { class: "page" }, top, body));
    const sums = figures();
    let may = ["create"];

    const plans = listing({
      label: t("plans"),
      load: async ({ limit, cursor }, signal) => {
        const answer = await get(withQuery(`${here.base}/plans`, { limit, cursor }), signal);
        may = answer.may ?? may;
        return { rows: answer.plans, next: answer.next };
      },
      id: (row) => row.code,
      draw: (row) => planRow(row, { edit: () => editPlan(row, plans.refresh), changed: plans.refresh }),
      empty: () => blank(t("no_plans"), t("no_plans_why"), newPlan()),
    });
    const bar = sieve([
      { key: "q", kind: "words", label: t("search_products") },
      { key: "kind", kind: "one", label: t("kind"), items: [["", t("any_kind")], ...KINDS.map((k) => /** @type {[string, string]} */ ([k, t(`kind_${k}`)]))] },
    ]);
    const products = listing({
      label: t("products"),
      load: async ({ limit, cursor }, signal) => {
        const answer = await get(withQuery(`${here.base}/products`, { ...bar.now(), limit, cursor }), signal);
        may = answer.may ?? may;
        return { rows: answer.products, next: answer.next };
      },
      id: (row) => row.code,
      draw: (row) => productRow(row, products.refresh),
      empty: () => (Object.keys(bar.now()).length ? nothingFits(view({ tab: "products" })) : blank(t("no_products"), t("no_products_why"), newProduct())),
    });
    const one = productView();

    const newPlan = () => may.includes("create") && h("button", { type: "button", class: "button is-main", "data-key": "new", onclick: () => makePlan((made) => { toast(said(made, "plan_made")); plans.load(true); }) }, icon("plus"), t("new_plan"));
    const newProduct = () => may.includes("create") && h("button", { type: "button", class: "button is-main", "data-key": "new", onclick: () => makeProduct((made) => { toast(said(made, "product_made")); products.load(true); }) }, icon("plus"), t("new_product"));
    const tabOf = (/** @type {Record<string, string>} */ q) => (q.product || q.tab === "products" ? "products" : q.tab === "plans" ? "plans" : "figures");
    let shown = "";

    return {
      show(q) {
        const tab = tabOf(q);
        const days = [7, 90].find((d) => String(d) === q.days) ?? 30;
        if (tab === "figures") sums.show(days);
        redraw(
          top,
          head(t("shop"), {
            tabs: [[view({}), t("figures"), tab === "figures"], [view({ tab: "plans" }), t("plans"), tab === "plans"], [view({ tab: "products" }), t("products"), tab === "products"]],
            actions: tab === "figures" ? sums.pick() : q.product ? null : tab === "plans" ? newPlan() : newProduct(),
          }),
        );
        setTitle(t(tab === "figures" ? "shop" : tab));
        const as = q.product ? `product ${q.product}` : tab === "products" ? JSON.stringify([tab, q.q, q.kind]) : tab;
        if (as === shown) return;
        const opened = q.product ? "one" : tab;
        if (body.dataset.shows !== opened) redraw(body, q.product ? one.el : tab === "plans" ? plans.el : tab === "products" ? [bar.el, products.el] : sums.el);
        body.dataset.shows = opened;
        shown = as;
        bar.draw();
        if (q.product) one.show(q.product);
        else if (tab === "plans") plans.load();
        else if (tab === "products") products.load();
      },
      refresh() {
        sums.refresh();
        const q = at();
        if (q.product) one.refresh();
        else if (tabOf(q) === "plans") plans.refresh();
        else if (tabOf(q) === "products") products.refresh();
      },
      row(kind) {
        if (kind !== "order" && kind !== "alert") return;
        sums.refresh();
        if (tabOf(at()) === "products") at().product ? one.refresh() : products.refresh();
        else if (tabOf(at()) === "plans") plans.refresh();
      },
      move: (step) => (tabOf(at()) === "plans" ? plans : products).move(step),
      search: () => bar.el.isConnected && bar.focus(),
    };
  },
});
