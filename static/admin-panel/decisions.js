// @ts-check
// What Shellia wants to do: her plans with their effect, their digest and who approved them, Approve and Reject, and the switch
// that stops everything. What a plan may hold is the server's.

import { at, to, view } from "./address.js";
import { get, withQuery } from "./api.js";
import { blank, problem, skeleton, toast } from "./dialog.js";
import { h, redraw } from "./dom.js";
import { formBox, writer } from "./form.js";
import { say, t } from "./i18n.js";
import { icon } from "./icons.js";
import { listing } from "./listing.js";
import { back, head, openPlace, setTitle } from "./place.js";
import { here } from "./session.js";
import { deedBox } from "./steps.js";
import { deeds, facts, lines, name, opens, pill, prose, words } from "./things.js";
import { ago } from "./time.js";

const NEEDED = { automatic: 0, one: 1, two: 2 };
const VIEWS = ["pending", "done", "all"];
const path = (/** @type {string} */ id) => `${here.base}/decisions/${encodeURIComponent(id)}`;
const effect = (/** @type {any} */ p) => lines(p.effect, (text) => words(text, 600), "no_effect");

/** The switch, unmistakable in both positions. @param {{stopped: any, autonomy: any, may?: string[]}} state @param {() => void} changed */
function killSwitch({ stopped, autonomy, may = ["stop", "resume"] }, changed) {
  const stop = () =>
    deedBox({ title: t("stop_all_title"), text: [h("p", null, t("stop_all_why")), h("p", null, t("stop_all_back"))], path: `${here.base}/stop`, ok: t("stop_all"), danger: true, done: () => { toast(t("all_stopped")); changed(); } });
  const resume = () =>
    deedBox({
      title: t("resume_title"),
      text: h("p", null, t("resume_why")),
      path: `${here.base}/resume`,
      ok: t("ask_resume"),
      done: (answer) => {
        // Its words say who still has to approve.
        toast(words(answer?.text ?? t("resume_asked"), 400), { action: [t("understood"), () => {}] });
        changed();
      },
    });
  if (stopped)
    return h(
      "section",
      { class: "switch is-stopped", "aria-labelledby": "switch-title" },
      h("div", { class: "switch-sign" }, icon("stop")),
      h("div", { class: "switch-words" }, h("h2", { id: "switch-title" }, t("is_stopped")), h("p", null, say("stopped_line", { who: name(stopped.by), when: ago(stopped.since) })), h("p", null, t("is_stopped_why"))),
      may.includes("resume") && h("button", { type: "button", class: "button", "data-key": "resume", onclick: resume }, icon("play"), t("ask_resume")),
    );
  return h(
    "section",
    { class: "switch", "aria-labelledby": "switch-title" },
    h("div", { class: "switch-sign" }, icon("bolt")),
    h("div", { class: "switch-words" }, h("h2", { id: "switch-title" }, t("is_running")), autonomy && h("p", null, t("autonomy"), " ", words(autonomy.name ?? autonomy, 200))),
    may.includes("stop") && h("button", { type: "button", class: "button is-danger is-switch", "data-key": "stop", onclick: stop }, icon("stop"), t("stop_all")),
  );
}

/**
 * Approves exactly what is shown: changed meanwhile, the new plan is shown and asked for anew.
 * @param {any} p @param {() => void} changed
 */
function approve(p, changed) {
  const write = writer();
  let now = p;
  const shown = h("div", { class: "stack" });
  const draw = () => redraw(shown, h("h3", null, words(now.what, 300)), now.text && prose(now.text, 2_000), h("div", { class: "preview" }, h("h3", null, t("effect")), effect(now)), facts([["tier", t(`tier_${now.tier}`)], ["digest", h("code", { class: "digest" }, now.digest)]]));
  draw();
  const made = formBox({
    title: t("approve_title"),
    intro: shown,
    fields: [],
    ok: t("do_approve"),
    wide: true,
    act: async () => {
      try {
        await write("POST", `${path(p.id)}/approve`, { digest: now.digest });
      } catch (caught) {
        const failed = /** @type {any} */ (caught);
        if (failed.status !== 409 || failed.word !== "changed") throw failed;
        const fresh = failed.body.plan ?? (await one(p.id));
        changed();
        if (!fresh) throw failed;
        now = fresh;
        draw();
        throw failed;
      }
      toast(t("approved"));
      changed();
    },
  });
  return made;
}

const one = async (/** @type {string} */ id) => (await get(withQuery(`${here.base}/decisions`, { state: "all", id, limit: 100 }))).plans.find((/** @type {any} */ p) => p.id === id) ?? null;

/** @param {any} p @param {() => void} changed @param {boolean} whole with everything, or folded */
function row(p, changed, whole) {
  const needed = p.needed ?? NEEDED[/** @type {keyof typeof NEEDED} */ (p.tier)] ?? 1;
  const title = words(p.what, 160);
  return [
    h("div", { class: "thing-head" }, h("h2", null, whole ? title : opens({ plan: p.id }, title, p.id)), pill("plan", p.state, p.state_name), h("span", { class: `tag tier-${p.tier}` }, icon(p.tier === "automatic" ? "bolt" : "users"), t(`tier_${p.tier}`))),
    p.text && prose(p.text, whole ? 4_000 : 400),
    h("div", { class: "preview" }, h("h3", null, t("effect")), effect(p)),
    p.failure && h("p", { class: "problem-line" }, icon("alert"), words(p.failure, 600)),
    facts([
      ["made_by", name(p.by)],
      ["expires", p.state === "waiting" || p.state === "approved" ? ago(p.expires_at) : null],
      ["approvals", p.approvals.length || needed ? [t("n_of", { a: p.approvals.length, b: needed }), p.approvals.length > 0 && h("ul", { class: "lines" }, p.approvals.map((/** @type {any} */ a) => h("li", null, icon("check"), words(a.name, 60), " ", ago(a.at))))] : t("needs_nobody")],
      ["digest", h("code", { class: "digest", title: p.digest }, whole ? p.digest : `${p.digest.slice(0, 12)}…`)],
    ]),
    h(
      "div",
      null,
      deeds(p.may, [
        ["approve", "check", () => approve(p, changed), "main"],
        ["reject", "close", () => deedBox({ title: t("reject_title"), text: [prose(p.what, 300), h("p", { class: "hint" }, t("reject_why"))], path: `${path(p.id)}/reject`, ok: t("do_reject"), danger: true, done: () => { toast(t("rejected")); changed(); } }), "danger"],
      ]),
    ),
  ];
}

openPlace({
  title: "decisions",
  build(main) {
    const top = h("div");
    const control = h("div", { role: "status" });
    const body = h("div", { class: "stack" });
    main.append(h("section", { class: "page" }, top, control, body));
    redraw(control, skeleton(2));
    let switchAs = "";
    // Drawn anew only where it changed: it is spoken aloud each time.
    const drawSwitch = (/** @type {any} */ now) => {
      const as = JSON.stringify([now.stopped, now.autonomy, now.may]);
      if (as !== switchAs) redraw(control, killSwitch(now, changed));
      switchAs = as;
    };
    const state = () => (VIEWS.includes(at().state) ? at().state : "pending");
    const list = listing({
      label: t("decisions"),
      load: async (more, signal) => {
        const answer = await get(withQuery(`${here.base}/decisions`, { state: state(), ...more }), signal).catch((error) => {
          // Who wants to stop everything must not wait for a list.
          if (!signal.aborted && !switchAs) redraw(control, killSwitch({ stopped: null, autonomy: null }, changed));
          throw error;
        });
        drawSwitch(answer);
        return { rows: answer.plans, next: answer.next };
      },
      id: (p) => p.id,
      draw: (p) => row(p, changed, false),
      empty: () => blank(t(`no_plans_${state()}`), t(`no_plans_${state()}_why`)),
    });
    const single = h("div", { class: "stack detail" });
    function changed() {
      if (at().plan) open(at().plan, true);
      else list.load(true);
    }

    async function open(/** @type {string} */ id, quiet = false) {
      if (!quiet) redraw(single, skeleton(6));
      try {
        const answer = await get(withQuery(`${here.base}/decisions`, { state: "all", id, limit: 100 }));
        if (at().plan !== id) return;
        drawSwitch(answer);
        const found = answer.plans.find((/** @type {any} */ p) => p.id === id);
        redraw(single, h("div", null, back(to({ plan: null }), t("decisions"))), found ? h("section", { class: "card stack thing" }, row(found, changed, true)) : blank(t("plan_gone"), t("plan_gone_why")));
        setTitle(found ? found.what.slice(0, 80) : t("decisions"));
      } catch (error) {
        if (at().plan === id && !quiet) redraw(single, problem(error, () => open(id)));
      }
    }

    let shown = "";
    return {
      show(q) {
        redraw(top, head(t("decisions"), { tabs: VIEWS.map((v) => /** @type {[string, string, boolean]} */ ([view({ state: v === "pending" ? null : v }), t(`plans_${v}`), !q.plan && v === state()])) }));
        setTitle(t("decisions"));
        const as = q.plan ? `p${q.plan}` : state();
        if (as === shown) return;
        shown = as;
        if (q.plan) {
          redraw(body, single);
          return open(q.plan);
        }
        if (!list.el.isConnected) redraw(body, list.el);
        list.load();
      },
      refresh: () => (at().plan ? open(at().plan, true) : list.refresh()),
      row(kind) {
        if (kind !== "decision") return;
        if (at().plan) open(at().plan, true);
        else list.refresh();
      },
      move: list.move,
    };
  },
});
