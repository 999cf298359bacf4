// @ts-check
// The giveaways: the list, one with its winners, its log and its proof, the deeds on it, and a new one.

import { at, go, to, view } from "./address.js";
import { get, withQuery } from "./api.js";
import { blank, problem, skeleton, toast } from "./dialog.js";
import { h, redraw, throttled } from "./dom.js";
import { form, writer } from "./form.js";
import { lang, num, t } from "./i18n.js";
import { icon } from "./icons.js";
import { listing, nothingFits } from "./listing.js";
import { offers } from "./offers.js";
import { back, head, openPlace, setTitle } from "./place.js";
import { operator } from "./places.js";
import { here } from "./session.js";
import { SHOP_EN } from "./shop-words-en.js";
import { SHOP_FR } from "./shop-words-fr.js";
import { sieve } from "./sieve.js";
import { deedBox, ofPath, stepsBox } from "./steps.js";
import { deeds, facts, lines, opens, part, person, pill, prose, words } from "./things.js";
import { ago } from "./time.js";

const REFRESH_MS = 1_500;
const LOOK_MS = 10_000;
const STATES = ["scheduled", "open", "paused", "drawing", "drawn", "done", "cancelled"];
/** Why a winner is replaced, by the words of the draw's log. */
const REASONS = ["rule_broken", "duplicate_account", "left_server", "banned", "requirement_lost", "declined", "unreachable", "other"];
/** What a prize gives by itself; nothing: the team hands it over. */
const PRIZES = ["", "plan", "role", "product", "coupon"];
const path = (/** @type {number | string} */ number) => `${here.base}/giveaways/${encodeURIComponent(number)}`;
const proof = (/** @type {any} */ g) => g.may?.includes("proof") && h("a", { class: "button is-small", href: `${path(g.number)}/proof?lang=${lang()}`, download: `giveaway-${g.number}-proof.json`, "data-key": "proof" }, icon("shield"), t("do_proof"));

/** What one does to it. @param {any} g @param {() => void} changed */
function buttons(g, changed) {
  const titled = (/** @type {string} */ deed) => t(`${deed}_giveaway`, { number: String(g.number) });
  const done = (/** @type {string} */ deed) => () => { toast(t(`done_${deed}_giveaway`)); changed(); };
  const simple = (/** @type {string} */ deed, danger = false) => () => deedBox({ title: titled(deed), text: h("p", null, t(`${deed}_giveaway_why`)), path: `${path(g.number)}/${deed}`, ok: t(`do_${deed}`), danger, done: done(deed) });
  const extend = () => deedBox({ title: titled("extend"), fields: [{ name: "duration", label: t("extend_by"), example: t("duration_example"), required: true, max: 60, hint: t("duration_why") }], path: `${path(g.number)}/extend`, ok: t("do_extend"), done: done("extend") });
  const waiting = (g.holders ?? []).filter((/** @type {any} */ w) => w.state === "pending" || w.state === "claimed").map((/** @type {any} */ w) => [w.user.id, w.user.name]);
  const reroll = () =>
    stepsBox({
      title: titled("reroll"),
      fields: [
        { name: "member", label: t("whom"), kind: "one", items: waiting.length === 1 ? waiting : [["", t("choose_winner")], ...waiting], value: waiting.length === 1 ? waiting[0][0] : "" },
        { name: "reason", label: t("reason"), kind: "one", items: REASONS.map((r) => /** @type {[string, string]} */ ([r, t(r === "other" ? "why_something" : `why_${r}`)])), value: REASONS[0] },
        { name: "note", label: t("note_for_log"), max: 100, hint: t("reroll_why") },
      ],
      ok: t("do_reroll"),
      danger: true,
      ...ofPath(`${path(g.number)}/reroll`),
      done: done("reroll"),
    });
  return deeds(g.may, [["end", "check", simple("end")], ["pause", "clock", simple("pause")], ["resume", "play", simple("resume")], ["extend", "plus", extend], ["reroll", "gift", reroll, "danger"], ["cancel", "trash", simple("cancel", true), "danger"]]);
}

/** @param {any} g */
const row = (g) => [
  h("div", { class: "thing-head" }, h("h2", null, opens({ giveaway: g.number }, [h("span", { class: "number" }, `#${g.number}`), " ", words(g.title, 120)], g.number)), pill("give", g.state, g.state_name), g.repeats && h("span", { class: "tag" }, icon("history"), words(g.repeats, 60))),
  facts([["ends", ago(g.ends_at)], ["winners", num(g.winners)], ["entries", num(g.entries)], ["channel", channel(g.channel)]]),
];
const channel = (/** @type {any} */ c) => c && words(`#${String(c.name ?? c).replace(/^#/u, "")}`, 80);

/** One giveaway. */
function giveawayView() {
  const body = h("div", { class: "stack" });
  const top = h("div");
  const el = h("div", { class: "stack detail" }, top, body);
  let number = "";

  function draw(/** @type {any} */ answer) {
    const g = { ...answer, ...(answer.giveaway ?? {}) };
    setTitle(g.title.slice(0, 80));
    redraw(
      body,
      h(
        "section",
        { class: "card stack" },
        h("div", { class: "thing-head" }, h("h2", null, h("span", { class: "number" }, `#${g.number}`), " ", words(g.title, 300)), pill("give", g.state, g.state_name)),
        g.trouble && h("p", { class: "problem-line" }, icon("alert"), words(g.trouble, 600)),
        facts([["prize", words(g.prize, 300)], ["ends", ago(g.ends_at)], ["winners", num(g.winners)], ["entries", num(g.entries)], ["channel", channel(g.channel)], ["repeats", g.repeats && words(g.repeats, 120)]]),
        h("div", { class: "row-of" }, buttons(g, () => load(true)), proof(g)),
        g.may?.includes("proof") && h("p", { class: "hint" }, t("proof_why")),
      ),
      h(
        "div",
        { class: "columns" },
        h("div", { class: "stack" }, part("winners_drawn", lines(g.holders, (w) => [person(w.user), pill("win", w.state, w.state_name), w.claim_until && w.state === "pending" && [t("claim_until"), " ", ago(w.claim_until)]], "no_holders")), part("requirements", lines(g.requirements, (text) => words(text, 300), "no_requirements"))),
        part("giveaway_log", lines(g.log, (line) => (typeof line === "string" ? prose(line, 1_000) : [ago(line.at), words(line.text, 600)]), "nothing_yet")),
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
      if (/** @type {any} */ (error).status === 404) redraw(body, blank(t("giveaway_gone"), t("giveaway_gone_why")));
      else redraw(body, problem(error, () => load(false)));
    }
  }
  // Not everything that changes here is told: who takes part, and that it began.
  setInterval(() => el.isConnected && !document.hidden && load(true), LOOK_MS);
  return {
    el,
    refresh: throttled(() => el.isConnected && load(true), REFRESH_MS),
    show(/** @type {string} */ now) {
      number = now;
      redraw(top, back(to({ giveaway: null }), t("giveaways")));
      load(false);
    },
  };
}

/** The fields of a new one: what every one has first, the rest folded. */
function newGiveaway(/** @type {(made: any) => void} */ done) {
  const write = writer();
  const offer = offers();
  /** @type {import("./form.js").Field[]} */
  const fields = [
    { name: "prize", label: t("prize"), required: true, max: 200 },
    { name: "winners", label: t("winners"), kind: "number", least: 1, most: 10_000, required: true, value: 1 },
    { name: "duration", label: t("duration"), example: t("duration_example"), required: true, max: 60, hint: t("duration_why") },
    { name: "giveaway_begins", label: t("starts"), example: t("starts_example"), max: 60, hint: t("starts_why") },
    { name: "giveaway_channel", label: t("channel"), max: 100, hint: t("channel_why"), required: true, offer: offer.channels },
    { name: "giveaway_text", label: t("description"), kind: "area", max: 1_500 },
    { name: "gives", label: t("gives"), kind: "one", items: PRIZES.map((p) => /** @type {[string, string]} */ ([p, t(p ? `given_by_${p}` : "given_by_hand")])), value: "", hint: t("given_why") },
    { name: "given_plan", label: t("given_plan"), max: 100, required: true, offer: offer.plans, when: ["gives", ["plan"]] },
    { name: "given_role", label: t("given_role"), max: 100, required: true, offer: offer.roles, when: ["gives", ["role"]] },
    { name: "given_days", label: t("given_days"), kind: "number", least: 1, most: 3_650, when: ["gives", ["plan", "role"]] },
    { name: "won_product", label: t("won_product"), max: 100, required: true, offer: offer.products, when: ["gives", ["product"]] },
    { name: "won_variant", label: t("variant"), max: 100, when: ["gives", ["product"]] },
    { name: "won_coupon", label: t("won_coupon"), example: t("off_example"), max: 30, required: true, when: ["gives", ["coupon"]] },
    { name: "coupon_days", label: t("coupon_days"), kind: "number", least: 1, most: 365, when: ["gives", ["coupon"]] },
    { name: "any_role", label: t("any_role"), max: 400, hint: t("roles_line_why"), offer: offer.roles, several: true },
    { name: "all_roles", label: t("all_roles"), max: 400, offer: offer.roles, several: true },
    { name: "no_role", label: t("no_role"), max: 400, offer: offer.roles, several: true },
    { name: "needs_plan", label: t("needs_plan"), max: 100, offer: offer.plans },
    { name: "account_days", label: t("account_days"), kind: "number", least: 1, most: 3_650 },
    { name: "member_days", label: t("member_days"), kind: "number", least: 1, most: 3_650 },
    { name: "bonus_role", label: t("bonus_role"), max: 100, offer: offer.roles },
    { name: "bonus_entries", label: t("bonus_entries"), kind: "number", least: 1, most: 999 },
    { name: "claim_hours", label: t("claim_hours"), kind: "number", least: 0, most: 720, hint: t("claim_hours_why") },
    { name: "fairness", label: t("fairness"), kind: "one", items: [["fair_beacon", t("fair_beacon")], ["fair_secret", t("fair_secret")]], value: "fair_beacon" },
  ];
  const made = form({
    fields,
    ok: t("start_giveaway"),
    keep: "giveaway",
    cancel: () => go(view({})),
    act: async ({ gives: _gives, ...values }) => {
      const answer = await write("POST", `${here.base}/giveaways`, values);
      made.forget();
      done(answer);
    },
  });
  // The browser opens a closed fold by itself neither for a field that the server names nor for one that it finds empty.
  const folded = [...made.el.querySelectorAll(".field")].slice(6);
  const fold = h("details", { class: "fold" }, h("summary", null, t("more_options")));
  folded[0].before(fold);
  fold.append(...folded);
  // What the tab kept is seen.
  fold.open = fields.slice(6).some((f) => made.control(f.name).value !== String(f.value ?? ""));
  new MutationObserver(() => { if (fold.querySelector("[aria-invalid]")) fold.open = true; }).observe(fold, { subtree: true, attributeFilter: ["aria-invalid"] });
  return h("div", { class: "card stack" }, h("h2", null, t("new_giveaway")), made.el);
}

openPlace({
  words: [SHOP_FR, SHOP_EN],
  title: "giveaways",
  support: true,
  build(main) {
    const top = h("div");
    const body = h("div", { class: "stack" });
    main.append(h("section", { class: "page" }, top, body));
    let may = operator() ? ["create"] : [];
    const bar = sieve([{ key: "state", kind: "one", label: t("state"), items: [["", t("any_state")], ...STATES.map((s) => /** @type {[string, string]} */ ([s, t(`give_${s}`)]))] }]);
    const list = listing({
      label: t("giveaways"),
      load: async (more, signal) => {
        const answer = await get(withQuery(`${here.base}/giveaways`, { ...bar.now(), ...more }), signal);
        may = answer.may ?? may;
        return { rows: answer.giveaways, next: answer.next };
      },
      one: async (number) => {
        const { prize: _prize, requirements: _requirements, holders: _holders, log: _log, trouble: _trouble, giveaway, ...g } = await get(path(number));
        return { ...g, ...giveaway };
      },
      id: (g) => String(g.number),
      draw: row,
      empty: () => (Object.keys(bar.now()).length ? nothingFits(view({})) : blank(t("no_giveaways"), t("no_giveaways_why"), fresh())),
    });
    const fresh = () => may.includes("create") && h("a", { class: "button is-main", href: view({ new: 1 }), "data-key": "new" }, icon("plus"), t("new_giveaway"));
    const one = giveawayView();
    let shown = "";
    return {
      show(q) {
        const wantsNew = q.new && may.includes("create");
        redraw(top, head(t("giveaways"), { actions: wantsNew || q.giveaway ? null : fresh() }));
        setTitle(t(wantsNew ? "new_giveaway" : "giveaways"));
        const as = wantsNew ? "new" : q.giveaway ? `g${q.giveaway}` : JSON.stringify(bar.now());
        if (as === shown) return;
        shown = as;
        if (wantsNew) {
          redraw(body, h("div", null, back(view({}), t("giveaways"))), newGiveaway((made) => { toast(t("giveaway_made")); go(view({ giveaway: made?.number })); }));
          return /** @type {HTMLElement | null} */ (body.querySelector("[name=prize]"))?.focus();
        }
        if (q.giveaway) {
          redraw(body, one.el);
          return one.show(q.giveaway);
        }
        if (!list.el.isConnected) redraw(body, bar.el, list.el);
        bar.draw();
        list.load();
      },
      refresh() {
        if (at().giveaway) one.refresh();
        else if (!at().new) list.refresh();
      },
      row(kind, e) {
        if (kind !== "giveaway") return;
        const number = String(e.number ?? e.id);
        if (at().giveaway === number) one.refresh();
        list.touched(number);
      },
      move: list.move,
    };
  },
});
