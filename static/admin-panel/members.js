// @ts-check
// The members that are known here: found by name or identifier; one with plan, orders, tickets and, role by role, why he has or
// lacks it; grants and revocations.

import { at, view } from "./address.js";
import { get, withQuery } from "./api.js";
import { blank, problem, skeleton, toast } from "./dialog.js";
import { avatar, h, redraw, throttled } from "./dom.js";
import { entitlement, subscription } from "./holding.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { listing } from "./listing.js";
import { amount, statePill } from "./parts.js";
import { back, head, openPlace, setTitle } from "./place.js";
import { operator } from "./places.js";
import { here } from "./session.js";
import { SHOP_EN } from "./shop-words-en.js";
import { SHOP_FR } from "./shop-words-fr.js";
import { sieve } from "./sieve.js";
import { deedBox } from "./steps.js";
import { deeds, facts, lines, opens, part, pill, words } from "./things.js";
import { ago } from "./time.js";

const REFRESH_MS = 2_000;
/** After what time it is looked whether Discord has done what was asked of it: after 4, 10 and 20 seconds. */
const LATER_MS = [4_000, 6_000, 10_000];
const path = (/** @type {string} */ id) => `${here.base}/members/${encodeURIComponent(id)}`;

/** Whether a role is as it should be. @param {any} r */
function roleLine(r) {
  const state = r.has === null ? "unknown" : r.should === r.has ? (r.has ? "has" : "hasnt") : r.should ? "lacks" : "extra";
  const tone = { has: "good", hasnt: "plain", lacks: "bad", extra: "warn", unknown: "warn" }[state];
  return [
    h("span", { class: "line-main" }, h("strong", null, words(r.role.name ?? r.role, 80)), h("span", { class: "why" }, words(r.why, 600))),
    h("span", { class: `pill is-${tone}` }, icon(state === "has" || state === "hasnt" ? "check" : "alert"), t(`role_${state}`)),
  ];
}

/** One member. */
function memberView() {
  const body = h("div", { class: "stack" });
  const top = h("div");
  const el = h("div", { class: "stack detail" }, top, body);
  let id = "";

  /** Looks again until each role is as it should be. @param {string} mine @param {number} turn */
  function follow(mine, turn) {
    if (turn >= LATER_MS.length) return;
    setTimeout(async () => {
      if (!el.isConnected || mine !== id) return;
      const found = await load(true);
      if (!found || found.roles.some((/** @type {any} */ r) => r.has !== r.should)) follow(mine, turn + 1);
    }, LATER_MS[turn]);
  }

  /** What can be given: plans and the roles that the shop has to do with. @param {any[]} roles @returns {Promise<[string, string][]>} */
  async function offered(roles) {
    const { plans } = await get(withQuery(`${here.base}/plans`, { limit: 100 }));
    const paid = plans.filter((/** @type {any} */ p) => p.code !== "free");
    return [...paid.map((/** @type {any} */ p) => [`plan ${p.code}`, t("plan_named", { name: p.name.slice(0, 60) })]), ...roles.map((r) => [`role ${r.id}`, t("role_named", { name: r.name.slice(0, 60) })])];
  }

  /** What he was given by hand and holds, each once. @param {any} m @returns {[string, string][]} */
  function holds(m) {
    const now = new Map(m.entitlements.flatMap((/** @type {any} */ e) => (e.revokes ? [[e.revokes, String(e.what)]] : [])));
    return [...now].map(([item, what]) => {
      const [kind, code] = String(item).split(/\/(.*)/su);
      return [`${kind} ${code}`, t(`${kind}_named`, { name: what.replace(/^@/u, "").slice(0, 60) })];
    });
  }

  /** Grants or takes away a plan or a role. @param {"grant" | "revoke"} deed @param {any} m */
  async function give(deed, m) {
    const roles = m.roles.map((/** @type {any} */ r) => (typeof r.role === "string" ? { id: r.role, name: r.role } : r.role));
    /** @type {[string, string][]} */
    let items = [];
    try {
      items = deed === "grant" ? await offered(roles) : holds(m);
    } catch (error) {
      return toast(/** @type {any} */ (error).text ?? String(error), { bad: true });
    }
    if (items.length === 0) return toast(t(deed === "grant" ? "nothing_to_give" : "nothing_to_take"), { bad: true });
    deedBox({
      title: t(`${deed}_to`, { name: m.user.name.slice(0, 60) }),
      text: h("p", null, t(`${deed}_why`)),
      fields: [
        { name: "what", label: t("what"), kind: "one", required: true, items: [["", t("choose_what")], ...items] },
        ...(deed === "grant" ? [/** @type {import("./form.js").Field} */ ({ name: "days", label: t("days"), kind: "number", least: 1, most: 3_650, hint: t("grant_days_why") })] : []),
        { name: "reason", label: t("reason"), kind: "area", required: true, max: 500, hint: t("reason_why") },
      ],
      ok: t(`do_${deed}`),
      danger: deed === "revoke",
      path: `${path(m.user.id)}/${deed}`,
      body: ({ what, days, reason }) => {
        const [kind, code] = String(what).split(/ (.*)/su);
        return { [kind]: code, days: days ?? null, reason };
      },
      done: () => { toast(t(`done_${deed}`)); load(true); follow(m.user.id, 0); },
    });
  }

  function draw(/** @type {any} */ m) {
    setTitle(m.user.name.slice(0, 80));
    const may = m.may ?? (operator() ? ["grant", "revoke"] : []);
    redraw(
      body,
      h(
        "section",
        { class: "card stack" },
        h("div", { class: "thing-head" }, avatar(m.user), h("h2", null, words(m.user.name, 200)), m.plan && h("span", { class: "plan" }, words(m.plan.name ?? m.plan, 60)), m.left && h("span", { class: "pill is-warn" }, icon("alert"), t("has_left"))),
        !m.user.erased && facts([["discord_id", h("code", null, words(m.user.id, 40))]]),
        h("div", { class: "row-of" }, deeds(may, [["grant", "plus", () => give("grant", m)], ["revoke", "trash", () => give("revoke", m), "danger"]]), h("a", { class: "button is-small", href: view({ member: m.user.id }, "orders.html"), "data-key": "orders-of" }, t("orders")), h("a", { class: "button is-small", href: view({ opener: m.user.id }, "tickets.html"), "data-key": "tickets-of" }, t("tickets"))),
      ),
      part("roles", h("p", { class: "hint" }, t("roles_why")), lines(m.roles, roleLine, "no_roles")),
      h(
        "div",
        { class: "columns" },
        h("div", { class: "stack" }, part("subscriptions", lines(m.subscriptions, subscription, "no_subscriptions")), part("entitlements", lines(m.entitlements, entitlement, "no_entitlements"))),
        h(
          "div",
          { class: "stack" },
          part("orders", lines(m.orders, (o) => [h("a", { class: "line-main", href: view({ order: o.number }, "orders.html"), "data-key": `order-${o.number}` }, h("span", { class: "number" }, `#${o.number}`), " ", words(o.what, 100)), amount(o.total), pill("order", o.state, o.state_name), ago(o.at)], "no_orders")),
          part("tickets", lines(m.tickets, (k) => [h("a", { class: "line-main", href: view({ ticket: k.number }, "tickets.html"), "data-key": `ticket-${k.number}` }, h("span", { class: "number" }, `#${k.number}`), " ", words(k.subject, 100)), statePill(k.state), ago(k.updated_at)], "no_tickets")),
        ),
      ),
    );
  }

  async function load(/** @type {boolean} */ quiet) {
    const mine = id;
    if (!quiet) redraw(body, skeleton(8));
    try {
      const found = await get(path(mine));
      if (mine === id) draw(found);
      return found;
    } catch (error) {
      if (mine !== id) return;
      // Who was erased meanwhile is here no longer, whoever looks.
      if (/** @type {any} */ (error).status === 404) redraw(body, blank(t("member_gone"), t("member_gone_why")));
      else if (!quiet) redraw(body, problem(error, () => load(false)));
    }
  }
  return {
    el,
    refresh: throttled(() => el.isConnected && load(true), REFRESH_MS),
    show(/** @type {string} */ now) {
      id = now;
      redraw(top, back(view({ q: at().q, erased: at().erased }), t("members")));
      load(false);
    },
  };
}

openPlace({
  words: [SHOP_FR, SHOP_EN],
  title: "members",
  support: true,
  build(main) {
    const body = h("div", { class: "stack" });
    main.append(h("section", { class: "page" }, head(t("members")), body));
    const bar = sieve([
      { key: "q", kind: "words", label: t("search_members"), hint: t("search_members_hint") },
      { key: "erased", kind: "one", label: t("erased_members"), items: [["", t("erased_shown")], ["no", t("erased_left_out")]] },
    ]);
    const list = listing({
      label: t("members"),
      load: async (more, signal) => {
        const answer = await get(withQuery(`${here.base}/members`, { ...bar.now(), ...more }), signal);
        return { rows: answer.members, next: answer.next };
      },
      id: (m) => m.id,
      draw: (m) => h("div", { class: "thing-head" }, avatar(m), h("h2", null, opens({ member: m.id }, words(m.name, 120), m.id)), !m.erased && h("code", null, words(m.id, 40))),
      empty: () => (at().q || at().erased ? blank(t("nobody_found"), t("nobody_found_why"), h("a", { class: "button", href: view({}) }, t("clear_search"))) : blank(t("no_members"), t("no_members_why"))),
    });
    const one = memberView();
    let shown = "";
    return {
      show(q) {
        const as = q.member ? `m${q.member}` : JSON.stringify([q.q ?? "", q.erased ?? ""]);
        if (as === shown) return;
        shown = as;
        if (q.member) {
          redraw(body, one.el);
          return one.show(q.member);
        }
        setTitle(t("members"));
        if (!bar.el.isConnected) redraw(body, bar.el, list.el);
        bar.draw();
        list.load();
      },
      refresh() {
        if (at().member) one.refresh();
        else list.refresh();
      },
      row(kind) {
        if (at().member) ["order", "privacy"].includes(kind) && one.refresh();
        else if (kind === "privacy") list.refresh();
      },
      move: list.move,
      search: () => bar.el.isConnected && bar.focus(),
    };
  },
});
