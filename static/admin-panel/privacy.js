// @ts-check
// Members' requests for their data or its erasure, with what an erasure would take and what stays and why; and how long each
// kind of data is kept.

import { at, view } from "./address.js";
import { call, get, post, withQuery } from "./api.js";
import { blank, problem, skeleton, toast } from "./dialog.js";
import { h, redraw } from "./dom.js";
import { writer } from "./form.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { listing } from "./listing.js";
import { clip } from "./parts.js";
import { head, openPlace, setTitle } from "./place.js";
import { here } from "./session.js";
import { deedBox, stepsBox } from "./steps.js";
import { deeds, facts, person, pill, prose, words } from "./things.js";
import { ago } from "./time.js";

const path = (/** @type {string} */ id) => `${here.base}/privacy/${encodeURIComponent(id)}`;
const named = (/** @type {any} */ member) => clip(typeof member === "string" ? member : member?.name, 80);

/** What goes and what stays. @param {import("./steps.js").Preview} preview */
function counts({ erased, kept }) {
  const table = (/** @type {string} */ title, /** @type {any[]} */ items, /** @type {boolean} */ why) =>
    items?.length > 0 &&
    h(
      "section",
      { class: "stack-tight" },
      h("h3", null, t(title)),
      h(
        "div",
        { class: "table-scroll", tabindex: "0", role: "region", "aria-label": t(title) },
        h(
          "table",
          { class: why ? "of-kept" : "" },
          // How many is in the words.
          h("thead", null, h("tr", null, h("th", { scope: "col" }, t("data_kind")), why && h("th", { scope: "col" }, t("why")))),
          h("tbody", null, items.map((x) => h("tr", null, h("th", { scope: "row" }, words(x.what, 200)), why && h("td", null, words(x.why, 400))))),
        ),
      ),
    );
  return [table("is_erased", erased, false), table("is_kept", kept, true)];
}

/** @param {any} r @param {() => void} changed */
function row(r, changed) {
  const write = writer();
  const confirm = () =>
    stepsBox({
      title: t(r.kind === "erasure" ? "erase_title" : "export_title", { name: named(r.member) }),
      wide: true,
      ok: t(r.kind === "erasure" ? "erase_for_good" : "do_confirm"),
      danger: r.kind === "erasure",
      intro: r.kind === "erasure" && h("p", { class: "warn-line" }, icon("alert"), h("span", null, t("erase_why"))),
      look: () => get(`${path(r.id)}/preview`),
      act: (token) => write("POST", `${path(r.id)}/confirm`, { confirm: token }),
      more: counts,
      done: () => { toast(t("request_confirmed")); changed(); },
    });
  const refuse = () =>
    deedBox({ title: t("refuse_title", { name: named(r.member) }), text: h("p", null, t("refuse_why")), fields: [{ name: "reason", label: t("reason"), kind: "area", required: true, max: 500, hint: t("refuse_reason_why") }], path: `${path(r.id)}/refuse`, ok: t("do_refuse"), danger: true, done: () => { toast(t("request_refused")); changed(); } });
  const open = r.state === "asked" || r.state === "confirmed";
  const late = open && r.due_at && Date.parse(r.due_at) < Date.now();
  return [
    h("div", { class: "thing-head" }, h("h2", null, t(`request_${r.kind}`)), r.member ? person(r.member) : h("span", { class: "who is-none" }, t("erased_member")), pill("privacy", r.state, r.state_name), late && h("span", { class: "pill is-bad" }, icon("alert"), t("late"))),
    r.text && prose(r.text, 600),
    facts([["asked_at", ago(r.asked_at)], ["due_at", open && r.due_at ? ago(r.due_at) : null]]),
    deeds(r.may, [["confirm", r.kind === "erasure" ? "trash" : "check", confirm, r.kind === "erasure" ? "danger" : ""], ["refuse", "close", refuse]]),
  ];
}

openPlace({
  title: "privacy",
  build(main) {
    const top = h("div");
    const body = h("div", { class: "stack" });
    main.append(h("section", { class: "page" }, top, body));
    const list = listing({
      label: t("requests"),
      load: async (more, signal) => {
        const answer = await get(withQuery(`${here.base}/privacy`, more), signal);
        return { rows: answer.requests, next: answer.next };
      },
      id: (r) => r.id,
      draw: (r) => row(r, () => list.load(true)),
      empty: () => blank(t("no_requests"), t("no_requests_why")),
    });
    const rules = h("div", { class: "stack" });

    /** What a shorter time would erase is shown first. @param {any} rule */
    const change = (rule) => {
      const path = `${here.base}/retention/${encodeURIComponent(rule.what)}`;
      return stepsBox({
        title: t("retention_of", { name: clip(rule.name ?? rule.what, 80) }),
        intro: h("p", null, words(rule.why, 400)),
        fields: [{ name: "days", label: t("retention_days"), kind: "number", least: 30, most: 3650, hint: t("retention_days_why"), value: rule.days }],
        ok: t("save"),
        look: (typed) => post(`${path}/preview`, typed),
        act: (token) => call("PATCH", path, { body: { confirm: token } }),
        done: () => { toast(t("saved")); retention(true); },
      });
    };

    async function retention(quiet = false) {
      if (!quiet) redraw(rules, skeleton(6, "of-rows"));
      try {
        const answer = await get(`${here.base}/retention`);
        redraw(
          rules,
          h("p", { class: "hint" }, t("retention_why")),
          h(
            "ul",
            { class: "things", "aria-label": t("retention") },
            answer.rules.map((/** @type {any} */ r) =>
              h("li", { class: "thing" }, h("div", { class: "thing-head" }, h("h2", null, words(r.name ?? r.what, 100)), h("span", { class: "spring" }), h("strong", null, r.days === null ? t("kept_always") : t("days_n", { n: r.days })), (r.may ?? ["change"]).includes("change") && h("button", { type: "button", class: "button is-small", "data-key": `keep-${r.what}`, onclick: () => change(r) }, icon("edit"), t("change"), h("span", { class: "visually-hidden" }, " ", clip(r.name ?? r.what, 80)))), h("p", { class: "hint" }, words(r.why, 400))),
            ),
          ),
        );
      } catch (error) {
        if (!quiet) redraw(rules, problem(error, () => retention()));
      }
    }

    let shown = "";
    return {
      show(q) {
        const keeps = q.tab === "retention";
        redraw(top, head(t("privacy"), { tabs: [[view({}), t("requests"), !keeps], [view({ tab: "retention" }), t("retention"), keeps]] }));
        setTitle(t(keeps ? "retention" : "privacy"));
        const as = keeps ? "retention" : "requests";
        if (as === shown) return;
        shown = as;
        redraw(body, keeps ? rules : list.el);
        if (keeps) retention();
        else list.load();
      },
      row: (kind) => kind === "privacy" && at().tab !== "retention" && list.refresh(),
      refresh: () => (at().tab === "retention" ? undefined : list.refresh()),
      move: list.move,
    };
  },
});
