// @ts-check
// What a member holds: subscriptions and entitlements, as orders and members show them.

import { h } from "./dom.js";
import { amount } from "./parts.js";
import { between, facts, pill, words } from "./things.js";
import { ago } from "./time.js";

/** A subscription as facts. @param {any} s */
export const subscription = (s) => facts([["state", pill("subscription", s.state, s.state_name)], ["plan", s.plan && words(s.plan.name ?? s.plan, 60)], ["until", (s.until ?? s.period_end ?? s.ends_at) && ago(s.until ?? s.period_end ?? s.ends_at)], ["price", s.price && amount(s.price)], ["details", s.text && words(s.text, 300)]]);
/** What somebody is entitled to, what gave it, and why it was taken back, as a line. @param {any} e */
export const entitlement = (e) => [h("span", { class: "line-main" }, words(e.what ?? e.text ?? e.plan?.name ?? e.plan, 200), e.source && h("span", { class: "hint" }, " ", words(e.source, 100), e.reason && [" · ", words(e.reason, 300)])), e.state && pill("entitlement", e.state, e.state_name), e.from !== undefined ? between(e.from, e.until ?? null) : e.until && ago(e.until)];
