// The second part of the panel's contract as the mock speaks it: lists, single rows, deeds in one step and in two. A token holds
// for the version of the world that it was made in; raising `shop.version` makes every one stale.

import { ME } from "./panel-world.mjs";

const SUPPORT = /^(?:orders|members|giveaways)(?:\/[^/]+)?$/u;
/** As in Discord: support gives money back up to its limit. */
const SUPPORT_TOO = /^orders\/[^/]+\/(?:refund(?:\/preview)?|evidence)$/u;
const DEEDS_OF_GIVEAWAYS = ["end", "pause", "resume", "cancel", "extend", "reroll"];
export const FILE = Symbol("file");

/** @param {any} mock @param {any} Refusal the mock's own kind of refusal */
export function shopRoutes(mock, Refusal) {
  const tokens = new Map();
  const no = (status, error, text, more) => { throw new Refusal(status, error, text, more); };
  const find = (list, key, value) => list.find((x) => String(x[key]) === value) ?? no(404, "not-found", "Rien ici.");
  const page = (name, list, query, key = (x) => x) => {
    const from = Number(query.get("cursor") ?? 0);
    const to = from + Number(query.get("limit") ?? 50);
    return { [name]: list.slice(from, to).map(key), next: to < list.length ? String(to) : null };
  };
  const preview = (path, body) => {
    const token = `token-${path}-${mock.shop.version}-${JSON.stringify(body)}`;
    tokens.set(token, { path, version: mock.shop.version, body });
    return { text: mock.shop.text, token };
  };
  /** The deed itself: only with a token of this path that still holds. */
  const confirmed = (path, { confirm }, more = () => ({})) => {
    const held = tokens.get(confirm);
    if (!held || held.path !== path) no(409, "confirm", "Regardez d’abord ce qui se passerait.");
    if (held.version !== mock.shop.version) {
      const fresh = preview(path, held.body);
      no(409, "changed", "Cela a changé depuis.", { preview: { ...fresh, ...more(held.body) } });
    }
    tokens.delete(confirm);
    return held.body;
  };
  const needs = (body, ...fields) => {
    for (const field of fields) if (!body[field]) no(400, "bad-input", "Ce champ doit être rempli.", { field });
  };
  const member = (o, id) => !id || o.member.id === id;

  function keys(product, body) {
    const lines = body.keys.split("\n");
    const seen = new Set();
    const out = { added: 0, doubles: [], refused: [], free: 0 };
    lines.forEach((raw, i) => {
      const key = raw.trim();
      if (!key) return;
      if (key.length > 100) out.refused.push({ line: i + 1, why: "too_long" });
      else if (seen.has(key)) out.doubles.push({ line: i + 1, why: "twice_here" });
      else if (mock.shop.known?.has(key)) out.doubles.push({ line: i + 1, why: "already_there" });
      else out.added += 1;
      seen.add(key);
    });
    mock.shop.known = new Set([...(mock.shop.known ?? []), ...[...seen].filter((k) => k && k.length <= 100)]);
    product.keys.free += out.added;
    out.free = product.keys.free;
    return out;
  }

  function promotionPreview(path, body) {
    needs(body, "value", "duration", "reason");
    if (body.value === "200 %") no(400, "bad-input", "Une réduction va de 1 à 99 %.", { field: "value" });
    return { ...preview(path, body), ...mores(body) };
  }
  const mores = () => ({ prices: mock.shop.plans.flatMap((p) => p.prices.slice(0, 1).map((x) => ({ item: p.name, before: x.price, after: { ...x.price, minor: Math.round(x.price.minor * 0.8) } }))), warnings: ["La promotion 3 court déjà sur Pro."] });

  return function answer(method, rest, query, body) {
    const { shop } = mock;
    const key = rest.split("?")[0];
    const known = /^(?:shop\/|plans|products|offered$|orders|members|promotions|giveaways|decisions|stop$|resume$|settings|check$|audit$|privacy|retention)/u.test(key);
    if (!known) return undefined;
    if (mock.world.guilds[0].rank === "support" && !(method === "GET" && SUPPORT.test(key)) && !SUPPORT_TOO.test(key)) no(403, "not_allowed", "Votre rôle ne le permet pas.");
    const [list, id, deed, step] = key.split("/");
    const is = (m, pattern) => method === m && pattern.test(key);

    if (key === "shop/overview") return shop.figures(Number(query.get("days")));
    if (key === "offered") return { roles: [{ id: "7", name: "Pro" }, { id: "8", name: "VIP" }], channels: [{ id: "5", name: "annonces" }] };
    if (is("GET", /^plans$/u)) return page("plans", shop.plans, query);
    if (is("GET", /^products$/u)) return page("products", shop.products.filter((p) => (!query.get("kind") || p.kind === query.get("kind")) && (query.get("code") ? p.code === query.get("code") : `${p.name} ${p.code}`.toLowerCase().includes((query.get("q") ?? "").toLowerCase()))), query);
    if ((list === "plans" || list === "products") && method === "POST" && !id) {
      needs(body, "name");
      if (body.month === "cher" || body.price === "cher") no(400, "bad-input", "« cher » n’est pas un prix. Écrivez par exemple 9,99.", { field: body.month ? "month" : "price" });
      const made = list === "plans" ? { ...shop.plans[0], code: "new", name: body.name, holders: 0 } : { ...shop.products[1], code: "new", name: body.name };
      shop[list].unshift(made);
      return { $status: 201, $body: made };
    }
    if (list === "plans" || list === "products") {
      const row = find(shop[list], "code", id);
      if (method === "PATCH" && !deed) return Object.assign(row, body);
      if (deed === "stock") return Object.assign(row.variants.find((v) => v.code === body.variant) ?? row, { stock: body.stock }) && row;
      if (deed === "variants") return row.variants.push({ code: "v9", name: body.name, price: { minor: 100, currency: "eur" }, stock: body.stock }) && row;
      if (deed === "keys") return keys(row, body);
      if ((deed === "remove" || deed === "restore") && step === "preview") return preview(key.replace("/preview", ""), body);
      if (deed === "remove" || deed === "restore") {
        confirmed(key, body);
        return Object.assign(row, { state: deed === "remove" ? "off_sale" : "on_sale", may: deed === "remove" ? ["edit", "restore"] : ["edit", "remove"] });
      }
    }
    if (is("GET", /^orders$/u)) return page("orders", shop.orders.filter((o) => (!query.get("state") || o.state === query.get("state")) && member(o, query.get("member")) && `${o.number} ${o.what} ${o.member.name}`.toLowerCase().includes((query.get("q") ?? "").toLowerCase())), query);
    if (list === "orders") {
      const row = find(shop.orders, "number", id);
      if (deed === "evidence") return FILE;
      if (!deed) return { ...row, ...shop.parts };
      if (step === "preview") {
        needs(body, "reason");
        if (body.amount === "9999") no(400, "bad-input", "Il ne reste que 9,90 € à rembourser.", { field: "amount" });
        return preview(key.replace("/preview", ""), body);
      }
      confirmed(key, body);
      return Object.assign(row, { state: "refunded", refunded: row.total, may: ["evidence"] });
    }
    if (is("GET", /^members$/u)) return page("members", shop.people.filter((p) => !(p.erased && query.get("erased") === "no") && `${p.name} ${p.id}`.toLowerCase().includes((query.get("q") ?? "").toLowerCase())), query);
    if (list === "members") {
      const user = find(shop.people, "id", id);
      if (deed) {
        needs(body, "reason");
        return {};
      }
      return { user, plan: shop.plans[0]?.name ?? null, subscriptions: [shop.parts.subscription], entitlements: shop.parts.entitlements, orders: shop.orders.filter((o) => o.member.id === id).slice(0, 5), tickets: mock.world.tickets.slice(0, 3).map(({ thread, lines, ...k }) => k), roles: shop.roles, ...(mock.world.guilds[0].rank === "support" ? { may: [] } : {}) };
    }
    if (is("GET", /^promotions$/u)) return page("promotions", shop.promotions.filter((p) => !query.get("state") || p.state === query.get("state")), query);
    if (key === "promotions/preview") return promotionPreview("promotions", body);
    if (key === "promotions") {
      const made = confirmed(key, body, mores);
      shop.promotions.unshift({ ...shop.promotions[0], number: 4, what: made.value, why: made.reason });
      return { $status: 201, $body: shop.promotions[0] };
    }
    if (list === "promotions") {
      const row = find(shop.promotions, "number", id);
      if (step === "preview") return preview(key.replace("/preview", ""), body);
      confirmed(key, body);
      return Object.assign(row, { state: "stopped", may: [] });
    }
    if (is("GET", /^giveaways$/u)) return page("giveaways", shop.giveaways.filter((g) => !query.get("state") || g.state === query.get("state")), query);
    if (is("POST", /^giveaways$/u)) {
      needs(body, "prize", "duration");
      if (body.bonus_entries && !body.bonus_role) no(400, "bad-input", "Dites quel rôle a plus de chances.", { field: "bonus_role" });
      shop.giveaways.unshift({ ...shop.giveaways[0], number: 8, title: body.prize, entries: 0 });
      return { $status: 201, $body: { number: 8 } };
    }
    if (list === "giveaways") {
      const row = find(shop.giveaways, "number", id);
      if (deed === "proof") return FILE;
      if (!deed) return { ...row, ...shop.giveaway };
      if (!DEEDS_OF_GIVEAWAYS.includes(deed)) no(404, "not-found", "Rien ici.");
      if (step === "preview") return preview(key.replace("/preview", ""), body);
      // The server asks back for more than the page knows of.
      if (deed === "reroll" || deed === "cancel") confirmed(key, body);
      return Object.assign(row, { state: { pause: "paused", resume: "open", cancel: "cancelled" }[deed] ?? row.state });
    }
    if (is("GET", /^decisions$/u)) {
      const state = query.get("state");
      const plans = shop.decisions.filter((p) => state === "all" || (state === "done") !== ["waiting", "approved"].includes(p.state));
      return { stopped: shop.stopped, autonomy: shop.autonomy, ...page("plans", plans, query) };
    }
    if (list === "decisions") {
      const row = find(shop.decisions, "id", id);
      if (deed === "approve" && body.digest !== row.digest) no(409, "changed", "Cette décision a changé depuis.", { plan: row });
      if (deed === "approve") return Object.assign(row, { approvals: [...row.approvals, { ...ME, at: new Date().toISOString() }], state: "committed", may: [] });
      return Object.assign(row, { state: "rejected", may: [] });
    }
    if (key === "stop") return (shop.stopped = { since: new Date().toISOString(), by: ME });
    if (key === "resume") return { text: "La reprise est le plan #9 : rien ne repart tant qu’un opérateur ne l’a pas approuvé." };
    if (key === "settings") return { settings: shop.settings };
    if (list === "settings") {
      const row = find(shop.settings, "key", id);
      if (row.kind === "number" && body.value > 720) no(400, "bad-input", "Au plus 720 heures.", { field: "value" });
      return Object.assign(row, { value: body.value });
    }
    if (key === "check") return { findings: shop.findings };
    if (key === "audit") return page("lines", shop.audit.filter((l) => (!query.get("what") || l.deed.includes(query.get("what"))) && (!query.get("who") || l.by?.id === query.get("who"))), query);
    if (is("GET", /^privacy$/u)) return page("requests", shop.requests, query);
    if (list === "privacy") {
      const row = find(shop.requests, "id", id);
      if (deed === "preview") return { ...preview(`privacy/${id}/confirm`, {}), erased: shop.erased, kept: shop.kept };
      if (deed === "confirm") confirmed(key, body, () => ({ erased: shop.erased, kept: shop.kept }));
      else needs(body, "reason");
      return Object.assign(row, { state: deed === "confirm" ? "confirmed" : "refused", may: [] });
    }
    if (key === "retention") return { rules: shop.rules };
    if (list === "retention") {
      const rule = find(shop.rules, "what", id);
      if (deed === "preview") return { text: `${rule.name} : ${body.days ?? "sans limite"}. 12 lignes s’effacent.`, token: JSON.stringify(body.days ?? null) };
      if (!body.confirm) no(409, "confirm", "Regardez d’abord.");
      return Object.assign(rule, { days: JSON.parse(body.confirm) });
    }
    return undefined;
  };
}
