// @ts-check
// A plan of the shop as a row, its forms, and its removal in two steps.

import { toast } from "./dialog.js";
import { h } from "./dom.js";
import { formBox, writer } from "./form.js";
import { num, t } from "./i18n.js";
import { icon } from "./icons.js";
import { amount, typedAmount } from "./parts.js";
import { offers } from "./offers.js";
import { here } from "./session.js";
import { ofPath, stepsBox } from "./steps.js";
import { deeds, facts, pill, words } from "./things.js";

const path = (/** @type {string} */ code) => `${here.base}/plans/${encodeURIComponent(code)}`;
/** What a price was, as one would type it. @param {any} plan @param {string} period */
const typed = (plan, period) => {
  const found = plan?.prices?.find((/** @type {any} */ p) => p.period === period);
  return found ? typedAmount(found.price) : "";
};

/** @param {any} [plan] @returns {import("./form.js").Field[]} */
const fields = (plan) => [
  { name: "name", label: t("plan_name"), required: true, max: 60, value: plan?.name },
  { name: "level", label: t("level"), kind: "number", least: 0, most: 1_000, hint: t("level_why"), value: plan?.level },
  { name: "role", label: t("role"), hint: t("role_why"), max: 120, value: plan?.role?.name, offer: offers().roles },
  { name: "month", label: t("price_month"), example: t("price_example"), max: 20, value: typed(plan, "month") },
  { name: "year", label: t("price_year"), example: t("price_example"), max: 20, value: typed(plan, "year") },
  { name: "trial_days", label: t("trial_days"), kind: "number", least: 0, most: 90, value: plan?.trial_days },
  { name: "benefits", label: t("benefits"), kind: "area", rows: 4, max: 1_000, value: benefits(plan) },
];
const benefits = (/** @type {any} */ plan) => (Array.isArray(plan?.benefits) ? plan.benefits.join("\n") : plan?.benefits);

/** @param {(answer: any) => void} done */
export function makePlan(done) {
  const write = writer();
  formBox({ title: t("new_plan"), fields: fields(), ok: t("make"), act: async (values) => done(await write("POST", `${here.base}/plans`, values)) });
}

/** Only what was changed is sent. @param {any} plan @param {() => void} done */
export function editPlan(plan, done) {
  const all = fields(plan);
  formBox({
    title: t("edit_named", { name: plan.name.slice(0, 80) }),
    fields: all,
    ok: t("save"),
    act: async (values) => {
      await writer()("PATCH", path(plan.code), changes(all, values));
      toast(t("saved"));
      done();
    },
  });
}

/** @param {import("./form.js").Field[]} all @param {Record<string, any>} values */
export const changes = (all, values) => Object.fromEntries(Object.entries(values).filter(([name, value]) => String(value ?? "") !== String(all.find((f) => f.name === name)?.value ?? "")));

/** Takes it from sale, or puts it back. @param {string} of path @param {"remove" | "restore"} deed @param {string} named @param {() => void} done */
export const removal = (of, deed, named, done) =>
  stepsBox({ title: t(`${deed}_named`, { name: named.slice(0, 80) }), ok: t(`do_${deed}`), danger: deed === "remove", ...ofPath(`${of}/${deed}`), done: () => { toast(t(`done_${deed}`)); done(); } });

/** @param {any} plan @param {{edit: () => void, changed: () => void}} act */
export function planRow(plan, { edit, changed }) {
  const list = Array.isArray(plan.benefits) ? plan.benefits : String(plan.benefits ?? "").split("\n").filter(Boolean);
  return [
    h("div", { class: "thing-head" }, h("h2", null, words(plan.name, 80)), pill("sale", plan.state), plan.role && plan.role.state !== "ok" && pill("rolestate", plan.role.state)),
    plan.role && plan.role.state !== "ok" && h("p", { class: "problem-line" }, icon("alert"), h("span", null, t(`rolestate_${plan.role.state}_why`))),
    h("p", { class: "prices" }, plan.prices.length ? plan.prices.map((/** @type {any} */ p) => h("span", null, h("strong", null, amount(p.price)), " ", t(`per_${p.period}`))) : h("span", { class: "hint" }, t("no_price"))),
    list.length > 0 && h("ul", { class: "bullets" }, list.slice(0, 12).map((/** @type {any} */ line) => h("li", null, words(line, 200)))),
    facts([["code", h("code", null, plan.code)], ["level", num(plan.level ?? 0)], ["holders", num(plan.holders)], ["role", plan.role && words(plan.role.name, 60)], ["trial_days", plan.trial_days ? t("days_n", { n: plan.trial_days }) : null]], true),
    deeds(plan.may, [["edit", "edit", edit], ["remove", "trash", () => removal(path(plan.code), "remove", plan.name, changed), "danger"], ["restore", "history", () => removal(path(plan.code), "restore", plan.name, changed)]]),
  ];
}
