// @ts-check
// What stands beside a conversation: the ticket's properties, its times, its opener with plan, orders and earlier tickets, and
// the transcript.

import { get } from "./api.js";
import { problem, skeleton } from "./dialog.js";
import { freshId, h, redraw, u } from "./dom.js";
import { lang, t } from "./i18n.js";
import { icon } from "./icons.js";
import { amount, clip, sla, statePill } from "./parts.js";
import { has } from "./places.js";
import { href, listHref } from "./route.js";
import { here } from "./session.js";
import { ago } from "./time.js";

/** @param {{assign: (to: string) => any, claim: () => any, priority: (code: string) => any, category: (code: string) => any}} act */
export function aside(act) {
  const props = h("section", { class: "card", "aria-label": t("properties") });
  const opener = h("section", { class: "card", "aria-label": t("opener") });
  const files = h("section", { class: "card", "aria-label": t("transcript") });
  const box = h("details", { class: "aside-fold" }, h("summary", null, t("details_of_ticket")), h("div", { class: "aside-in" }, props, opener, files));
  const wide = matchMedia("(min-width: 900px)");
  const fit = () => { box.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
  const el = h("aside", { class: "aside", "aria-label": t("details_of_ticket") }, box);
  let number = 0;
  let openerId = "";

  /** @param {string} label @param {string} now @param {[string, string][]} items @param {boolean} on @param {(v: string) => any} change */
  function select(label, now, items, on, change) {
    const id = freshId("prop");
    const known = items.some(([value]) => value === now) ? items : [/** @type {[string, string]} */ ([now, now]), ...items];
    const field = h("select", { id, disabled: !on, "data-key": `prop-${label}`, onchange: async () => { if ((await change(field.value)) === false) field.value = now; } }, known.map(([value, text]) => h("option", { value, selected: value === now }, clip(text, 60))));
    return [h("dt", null, h("label", { for: id }, t(label))), h("dd", null, field)];
  }
  const line = (/** @type {string} */ label, /** @type {any} */ value) => [h("dt", null, t(label)), h("dd", null, value)];

  function drawProps(/** @type {any} */ k, /** @type {string[]} */ may) {
    const g = here.guild;
    const codes = (/** @type {any[]} */ list) => list.map((x) => /** @type {[string, string]} */ ([x.code, x.name]));
    const staff = g.staff.map((/** @type {any} */ p) => [p.id, p.id === here.me.user.id ? t("me_named", { name: p.name }) : p.here ? t("at_panel_named", { name: p.name }) : p.name]);
    if (k.assignee && !staff.some((/** @type {any} */ [id]) => id === k.assignee.id)) staff.push([k.assignee.id, k.assignee.name]);
    redraw(
      props,
      h(
        "dl",
        { class: "props" },
        line("state", statePill(k.state)),
        select("assignee", k.assignee?.id ?? "", [...(k.assignee ? [] : [/** @type {[string, string]} */ (["", t("nobody")])]), ...staff], may.includes("assign"), act.assign),
        select("priority", k.priority, codes(g.priorities), may.includes("priority"), act.priority),
        select("category", k.category, codes(g.categories), may.includes("category"), act.category),
        line("time_limit", sla(k)),
        line("created", ago(k.created_at)),
        line("first_response", k.first_response_at ? ago(k.first_response_at) : h("span", { class: "hint" }, t("not_yet"))),
        k.resolved_at && line("resolved_at", ago(k.resolved_at)),
        k.auto_close_at && line("auto_close", ago(k.auto_close_at)),
        k.closing && line("closed_at", [ago(k.closing.at), k.closing.by && [" · ", u(clip(k.closing.by.name ?? k.closing.by, 60))]]),
        k.closing?.reason && line("close_reason", h("span", { class: "u", dir: "auto" }, clip(k.closing.reason, 500))),
        k.rating && line("rating", h("span", { role: "img", "aria-label": t("stars_n", { n: k.rating.stars }) }, "★".repeat(k.rating.stars) + "☆".repeat(Math.max(0, 5 - k.rating.stars)))),
      ),
    );
  }

  async function loadOpener(/** @type {any} */ k) {
    redraw(opener, skeleton(4));
    try {
      const o = await get(`${here.base}/tickets/${k.number}/opener`);
      if (number !== k.number) return;
      const guild = `guild=${encodeURIComponent(here.guild.id)}`;
      const earlier = o.tickets.filter((/** @type {any} */ r) => r.number !== k.number);
      redraw(
        opener,
        h("h2", null, has("members.html") ? h("a", { href: `members.html?${guild}&member=${encodeURIComponent(o.user.id)}`, "data-key": "member" }, u(clip(o.user.name, 80))) : u(clip(o.user.name, 80)), " ", o.plan && h("span", { class: "plan" }, u(clip(o.plan.name ?? o.plan, 40)))),
        h("p", { class: "hint" }, t("discord_id"), " ", h("code", null, o.user.id)),
        h("h3", null, t("orders")),
        o.orders.length
          ? h("ul", { class: "mini" }, o.orders.map((/** @type {any} */ x) => h("li", null, h(has("orders.html") ? "a" : "span", { class: "mini-main", href: has("orders.html") ? `orders.html?${guild}&order=${x.number}` : null, "data-key": `order-${x.number}` }, h("span", { class: "number" }, `#${x.number}`), " ", u(clip(x.what, 80))), h("span", { class: "mini-sub" }, amount(x.total), " · ", x.from && [t("gift_from"), " ", u(clip(x.from.name, 40)), " · "], x.to && [t("gift_to"), " ", u(clip(x.to.name, 40)), " · "], u(clip(x.state, 80)), " · ", ago(x.at)))))
          : h("p", { class: "hint" }, t("no_orders")),
        h("h3", null, t("other_tickets")),
        earlier.length
          ? h("ul", { class: "mini" }, earlier.map((/** @type {any} */ r) => h("li", null, h("a", { class: "mini-main", href: href({ ticket: r.number, tab: "talk" }), "data-key": `earlier-${r.number}` }, h("span", { class: "number" }, `#${r.number}`), " ", u(clip(r.subject, 80))), h("span", { class: "mini-sub" }, statePill(r.state), " ", ago(r.updated_at)))))
          : h("p", { class: "hint" }, t("no_other_tickets")),
        h("a", { class: "button is-small", href: listHref({ opener: o.user.id }), "data-key": "all-of" }, t("all_of_opener")),
      );
    } catch (error) {
      if (number === k.number) redraw(opener, problem(error, () => loadOpener(k)));
    }
  }

  function drawFiles(/** @type {number} */ n) {
    const path = `${here.base}/tickets/${n}/transcript`;
    redraw(
      files,
      h("h2", null, t("transcript")),
      h("p", { class: "hint" }, t("transcript_why")),
      h("div", { class: "row-of" }, h("a", { class: "button is-small", href: `${path}?lang=${lang()}`, download: `ticket-${n}.html` }, icon("file"), t("transcript_plain")), h("a", { class: "button is-small", href: `${path}?notes=true&lang=${lang()}`, download: `ticket-${n}-notes.html` }, icon("lock"), t("transcript_notes"))),
    );
  }

  return {
    el,
    /** @param {any} k the ticket @param {string[]} may */
    show(k, may) {
      drawProps(k, may);
      // Who was erased is somebody else afterwards.
      if (k.number === number && k.opener.id === openerId) return;
      number = k.number;
      openerId = k.opener.id;
      loadOpener(k);
      drawFiles(number);
    },
    wait() {
      number = 0;
      redraw(props, skeleton(6));
      redraw(opener, skeleton(4));
      redraw(files);
    },
  };
}
