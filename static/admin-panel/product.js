// @ts-check
// A product of the shop: as a row, and in its own view with variants, stock and keys. Keys go in and never come back out: what
// was pasted is answered by line number.

import { at, to, view } from "./address.js";
import { get, withQuery } from "./api.js";
import { blank, problem, skeleton, toast } from "./dialog.js";
import { h, redraw, throttled } from "./dom.js";
import { form, formBox, writer } from "./form.js";
import { num, say, t } from "./i18n.js";
import { icon } from "./icons.js";
import { offers } from "./offers.js";
import { amount } from "./parts.js";
import { back, setTitle } from "./place.js";
import { changes, removal } from "./plans.js";
import { here } from "./session.js";
import { deeds, facts, lines, opens, part, pill, prose, words } from "./things.js";

const REFRESH_MS = 2_000;
const KINDS = ["role", "key", "file", "text", "plan_days"];
const path = (/** @type {string} */ code) => `${here.base}/products/${encodeURIComponent(code)}`;
const kinds = () => KINDS.map((k) => /** @type {[string, string]} */ ([k, t(`kind_${k}`)]));

/** @param {any} [p] @returns {import("./form.js").Field[]} */
const fields = (p) => [
  { name: "name", label: t("product_name"), required: true, max: 100, value: p?.name },
  ...(p ? [] : [/** @type {import("./form.js").Field} */ ({ name: "kind", label: t("kind"), kind: "one", items: kinds(), value: "role" })]),
  { name: "category", label: t("category"), max: 60, value: p?.category },
  { name: "description", label: t("description"), kind: "area", max: 2_000, value: p?.description },
  ...(p ? [] : [/** @type {import("./form.js").Field} */ ({ name: "price", label: t("price"), example: t("price_example"), required: true, max: 20 }), /** @type {import("./form.js").Field} */ ({ name: "role", label: t("role"), hint: t("role_product_why"), max: 120, offer: offers().roles, when: ["kind", ["role"]] }), /** @type {import("./form.js").Field} */ ({ name: "plan", label: t("plan_product"), hint: t("plan_product_why"), max: 120, offer: offers().plans, when: ["kind", ["plan_days"]] }), /** @type {import("./form.js").Field} */ ({ name: "days", label: t("days_product"), kind: "number", least: 1, most: 3_660, hint: t("days_product_why"), when: ["kind", ["role", "plan_days"]] })]),
  // One that was made without its role gets it here; left empty, it stays.
  ...(p?.kind === "role" ? [/** @type {import("./form.js").Field} */ ({ name: "role", label: t("role"), hint: t("role_product_why"), max: 120, offer: offers().roles })] : []),
  // How many one member may buy is a matter of the product that is there.
  ...(p ? [/** @type {import("./form.js").Field} */ ({ name: "per_member", label: t("per_member"), kind: "number", least: 1, most: 1_000, hint: t("per_member_why"), value: p.per_member })] : []),
];

/** @param {(answer: any) => void} done */
export function makeProduct(done) {
  const write = writer();
  formBox({ title: t("new_product"), fields: fields(), ok: t("make"), act: async (values) => done(await write("POST", `${here.base}/products`, values)) });
}

const inStock = (/** @type {number | null} */ n) => (n === null ? t("unlimited") : num(n));

/** @param {any} p @param {() => void} changed */
export const productRow = (p, changed) => [
  h("div", { class: "thing-head" }, h("h2", null, opens({ product: p.code, q: null, kind: null, tab: null }, words(p.name, 100), p.code)), h("span", { class: "tag" }, t(`kind_${p.kind}`)), pill("sale", p.state), stockTag(p)),
  facts([["price_from", amount(p.price_from)], ["stock", !p.keys && inStock(p.stock)], ["variants", num(p.variants.length)], ["keys_free", p.keys && num(p.keys.free)], ["category", p.category && words(p.category, 60)]], true),
  lack(p),
  deeds(p.may, [["remove", "trash", () => removal(path(p.code), "remove", p.name, changed), "danger"], ["restore", "history", () => removal(path(p.code), "restore", p.name, changed)]]),
];
/** What a draft lacks, and how it gets it. @param {any} p */
const lack = (p) => p.lacks && h("p", { class: "warn-line" }, icon("alert"), words(p.lacks, 400));
const stockTag = (/** @type {any} */ p) => (p.stock === 0 || p.keys?.free === 0) && h("span", { class: "pill is-bad" }, t("sold_out"));

/** One product. */
export function productView() {
  const el = h("div", { class: "stack detail" });
  const body = h("div", { class: "stack" });
  const keysBox = h("div");
  let code = "";
  /** @type {string} */
  let keysFor = "";

  function edit(/** @type {any} */ p) {
    const all = fields(p);
    formBox({ title: t("edit_named", { name: p.name.slice(0, 80) }), fields: all, ok: t("save"), act: async (values) => { await writer()("PATCH", path(p.code), changes(all, values)); toast(t("saved")); load(true); } });
  }

  function variant(/** @type {any} */ p) {
    const write = writer();
    formBox({
      title: t("new_variant"),
      fields: [
        { name: "name", label: t("variant_name"), required: true, max: 60 },
        { name: "price", label: t("price"), example: t("price_example"), required: true, max: 20 },
        ...(p.keys ? [] : [/** @type {import("./form.js").Field} */ ({ name: "stock", label: t("stock"), kind: "number", least: 0, hint: t("stock_why") })]),
      ],
      ok: t("add"),
      act: async (values) => { await write("POST", `${path(p.code)}/variants`, values); toast(t("saved")); load(true); },
    });
  }

  function stock(/** @type {any} */ p, /** @type {any} */ v) {
    formBox({
      title: t("stock_of", { name: String(v?.name ?? p.name).slice(0, 80) }),
      fields: [{ name: "stock", label: t("stock"), kind: "number", least: 0, hint: t("stock_why"), value: v ? v.stock : p.stock }],
      ok: t("save"),
      act: async (values) => { await writer()("PATCH", `${path(p.code)}/stock`, { variant: v?.code ?? null, stock: values.stock }); toast(t("saved")); load(true); },
    });
  }

  function price(/** @type {any} */ p, /** @type {any} */ v) {
    formBox({
      title: t("price_of", { name: `${p.name} · ${v.name}`.slice(0, 80) }),
      fields: [{ name: "price", label: t("price"), example: t("price_example"), required: true, max: 20 }],
      ok: t("save"),
      act: async (values) => { await writer()("PATCH", path(p.code), { price: values.price, variant: v.code }); toast(t("saved")); load(true); },
    });
  }

  function content(/** @type {any} */ p) {
    formBox({
      title: t("content_of", { name: p.name.slice(0, 80) }),
      fields: [{ name: "text", label: t("content"), kind: "area", rows: 8, required: true, max: 4_000, hint: t("content_why") }],
      ok: t("save"),
      wide: true,
      act: async (values) => { await writer()("PUT", `${path(p.code)}/content`, values); toast(t("saved")); load(true); },
    });
  }

  function draw(/** @type {any} */ p) {
    setTitle(p.name.slice(0, 80));
    redraw(
      body,
      h(
        "section",
        { class: "card stack" },
        h("div", { class: "thing-head" }, h("h2", null, words(p.name, 200)), h("span", { class: "tag" }, t(`kind_${p.kind}`)), pill("sale", p.state), stockTag(p)),
        lack(p),
        p.description && prose(p.description),
        facts([
          ["code", h("code", null, p.code)],
          ["price_from", amount(p.price_from)],
          ["category", p.category && words(p.category, 60)],
          ["per_member", p.per_member ? num(p.per_member) : t("unlimited")],
          ["visible_to", p.visible_to.length ? p.visible_to.map((/** @type {any} */ r) => h("span", { class: "tag" }, words(r.name, 60))) : t("everybody")],
          ["stock", p.variants.length || p.keys ? null : inStock(p.stock)],
        ]),
        deeds(p.may, [["edit", "edit", () => edit(p)], ["variants", "plus", () => variant(p)], ["content", "edit", () => content(p)], .../** @type {any} */ (p.variants.length ? [] : [["stock", "edit", () => stock(p, null)]]), ["remove", "trash", () => removal(path(p.code), "remove", p.name, () => load(true)), "danger"], ["restore", "history", () => removal(path(p.code), "restore", p.name, () => load(true))]]),
      ),
      p.variants.length > 0 &&
        part(
          "variants",
          lines(
            p.variants,
            (v) => [h("span", { class: "line-main" }, words(v.name, 100), h("span", { class: "hint" }, ` ${v.code}`)), h("strong", null, amount(v.price)), (!p.keys || v.stock !== null) && h("span", null, p.keys ? t("keys_left", { n: v.stock }) : t("in_stock", { stock: inStock(v.stock) })), p.may?.includes("edit") && h("button", { type: "button", class: "button is-small", "data-key": `price-${v.code}`, onclick: () => price(p, v) }, t("do_price"), h("span", { class: "visually-hidden" }, " ", v.name.slice(0, 80))), p.may?.includes("stock") && h("button", { type: "button", class: "button is-small", "data-key": `stock-${v.code}`, onclick: () => stock(p, v) }, t("do_stock"), h("span", { class: "visually-hidden" }, " ", v.name.slice(0, 80)))],
            "no_variants",
          ),
        ),
      p.keys && part("keys", h("p", { class: "tiles" }, [["keys_free", p.keys.free], ["keys_reserved", p.keys.reserved], ["keys_sold", p.keys.sold]].map(([key, n]) => h("span", { class: "tile is-plain" }, h("span", { class: "tile-name" }, t(String(key))), h("strong", { class: "tile-value" }, num(Number(n))))))),
    );
    // The box for keys stays as it is while the product is looked at again: somebody may be pasting.
    const wanted = p.keys && p.may?.includes("keys") ? JSON.stringify([p.code, p.variants.map((/** @type {any} */ v) => v.code)]) : "";
    if (wanted !== keysFor) redraw(keysBox, wanted && part("add_keys", keys(p, () => load(true))));
    keysFor = wanted;
  }

  async function load(/** @type {boolean} */ quiet) {
    const mine = code;
    if (!quiet) {
      keysFor = "";
      redraw(keysBox);
      redraw(body, skeleton(6));
    }
    try {
      // A product has no question of its own: it is found by its code.
      const found = await get(withQuery(`${here.base}/products`, { code: mine, q: mine, limit: 100 }));
      if (mine !== code) return;
      const p = found.products.find((/** @type {any} */ row) => row.code === mine);
      if (p) draw(p);
      else redraw(body, blank(t("product_gone"), t("product_gone_why"), h("a", { class: "button", href: view({ tab: "products" }) }, t("products"))));
    } catch (error) {
      if (mine === code && !quiet) redraw(body, problem(error, () => load(false)));
    }
  }

  redraw(el, h("div", null, back(to({ product: null, tab: "products" }), t("products"))), body, keysBox);
  return {
    el,
    refresh: throttled(() => el.isConnected && at().product === code && load(true), REFRESH_MS),
    show(/** @type {string} */ now) {
      code = now;
      redraw(/** @type {Element} */ (el.firstElementChild), back(view({ tab: "products" }), t("products")));
      load(false);
    },
  };
}

/** The box into which keys are pasted, and what came of them, by line. @param {any} p @param {() => void} changed */
function keys(p, changed) {
  const write = writer();
  const result = h("div", { class: "stack", role: "status" });
  const made = form({
    fields: [
      ...(p.variants.length ? [/** @type {import("./form.js").Field} */ ({ name: "variant", label: t("variant"), kind: "one", items: p.variants.map((/** @type {any} */ v) => [v.code, v.name.slice(0, 60)]), value: p.variants[0].code })] : []),
      { name: "keys", label: t("keys_box"), kind: "area", rows: 8, required: true, plain: true, hint: t("keys_hint") },
    ],
    ok: t("add_keys"),
    act: async (values) => {
      redraw(result);
      const answer = await write("POST", `${path(p.code)}/keys`, { variant: values.variant ?? null, keys: values.keys });
      redraw(result, outcome(answer));
      // Only the lines that were not taken stay, to be put right; all others leave the page at once.
      const left = new Set(answer.refused.map((/** @type {any} */ r) => r.line));
      const box = made.control("keys");
      box.value = box.value.split("\n").filter((/** @type {string} */ _, /** @type {number} */ i) => left.has(i + 1)).join("\n");
      changed();
    },
  });
  return [made.el, result];
}

function outcome(/** @type {any} */ { added, doubles, refused, free }) {
  const list = (/** @type {any[]} */ items, /** @type {string} */ kind) => h("ul", { class: "lines" }, items.slice(0, 500).map((x) => h("li", null, say("line_n", { n: h("strong", null, num(x.line)) }), " ", t(`${kind}_${x.why}`))));
  return [
    h("p", { class: "note-line" }, icon("check"), h("span", null, t("keys_added", { n: added }), " ", t("keys_free_now", { n: free }))),
    doubles.length > 0 && h("section", { class: "stack" }, h("h3", null, t("keys_doubles", { n: doubles.length })), h("p", { class: "hint" }, t("keys_doubles_why")), list(doubles, "double")),
    refused.length > 0 && h("section", { class: "stack" }, h("h3", null, t("keys_refused", { n: refused.length })), h("p", { class: "hint" }, t("keys_refused_why")), list(refused, "refusal")),
  ];
}
