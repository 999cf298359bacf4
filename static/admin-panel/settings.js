// @ts-check
// The settings, each saved by itself, and the check of how the server is set up. What a value means is the server's.

import { at, to, view } from "./address.js";
import { call, get } from "./api.js";
import { blank, confirmBox, problem, skeleton, speak, toast } from "./dialog.js";
import { freshId, h, redraw } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { clip } from "./parts.js";
import { head, openPlace, setTitle } from "./place.js";
import { here } from "./session.js";
import { words } from "./things.js";

const LEVELS = ["error", "warning", "ok"];

/** A control for one setting; its value as the server wants it. @param {any} s @param {string} id @param {string} notes */
function control(s, id, notes) {
  const common = { id, "aria-describedby": notes, "data-key": `set-${s.key}` };
  const chosen = s.value === null || s.value === undefined ? "" : String(s.value);
  if (s.kind === "toggle") {
    const el = h("input", { ...common, type: "checkbox", checked: s.value === true || s.value === "true" });
    return { el, read: () => el.checked, set: (/** @type {any} */ v) => { el.checked = v === true || v === "true"; } };
  }
  if (s.choices) {
    const items = s.choices.map((/** @type {any} */ c) => [c.value === null ? "" : String(c.value), c.name]);
    if (!items.some((/** @type {any} */ [v]) => v === chosen)) items.unshift([chosen, chosen === "" ? t("not_set") : (s.shown ?? chosen)]);
    const el = h("select", common, items.map((/** @type {any} */ [value, text]) => h("option", { value, selected: value === chosen }, clip(text, 80))));
    return { el, read: () => s.choices.find((/** @type {any} */ c) => String(c.value ?? "") === el.value)?.value ?? (el.value || null), set: (/** @type {any} */ v) => { el.value = v ?? ""; } };
  }
  const long = s.kind === "text" && chosen.length > 80;
  const el = long ? h("textarea", { ...common, rows: 3, dir: "auto" }, chosen) : h("input", { ...common, type: s.kind === "number" ? "number" : "text", step: s.kind === "number" ? "any" : null, dir: "auto", value: chosen });
  return { el, read: () => (el.value.trim() === "" ? null : s.kind === "number" ? Number(el.value) : el.value.trim()), set: (/** @type {any} */ v) => { el.value = v ?? ""; } };
}

/** One setting. @param {any} s */
function setting(s) {
  const id = freshId("set");
  const label = h("label", { for: s.locked ? null : id, class: "set-name" }, words(s.name, 100));
  const why = h("p", { class: "hint", id: `${id}-why` }, words(s.text, 600));
  if (s.locked) return h("li", { class: "thing set", "data-name": s.name }, h("div", { class: "set-words" }, h("p", { class: "set-name" }, words(s.name, 100)), why), h("div", { class: "set-field" }, h("p", null, icon("lock"), " ", words(s.shown ?? s.value ?? t("not_set"), 200)), h("p", { class: "hint" }, words(s.locked, 300))));
  const wrong = h("p", { class: "field-wrong", id: `${id}-wrong`, role: "alert" });
  const sure = () =>
    new Promise((answer) => {
      const box = confirmBox({ title: t("currency_sure"), body: h("div", { class: "stack" }, h("p", null, t("currency_sure_why")), h("div", { class: "box-foot" }, h("button", { type: "button", class: "button is-danger", onclick: () => box.close("yes") }, t("save")), h("button", { type: "button", class: "button", onclick: () => box.close("") }, t("cancel")))), onclose: (how) => answer(how === "yes") });
    });
  let kept = s.value;
  const c = control(s, id, `${id}-why ${id}-wrong`);
  const save = h("button", { type: "submit", class: "button is-main is-small", hidden: true }, t("save"), h("span", { class: "visually-hidden" }, " ", clip(s.name, 80)));
  const undo = h("button", { type: "button", class: "button is-small is-quiet", hidden: true, onclick: () => { c.set(kept); look(); c.el.focus(); } }, t("undo"));
  const look = () => {
    const changed = String(c.read() ?? "") !== String(kept ?? "");
    save.hidden = undo.hidden = !changed;
    wrong.replaceChildren();
    c.el.removeAttribute("aria-invalid");
  };
  c.el.addEventListener("input", look);
  c.el.addEventListener("change", look);
  const formEl = h(
    "form",
    {
      class: "set-field",
      novalidate: true,
      onsubmit: async (/** @type {Event} */ e) => {
        e.preventDefault();
        if (save.disabled || save.hidden) return;
        save.disabled = true;
        const value = c.read();
        // Prices are of one currency: another one takes everything off sale that has no price in it yet.
        if (s.key === "currency" && !(await sure())) {
          save.disabled = false;
          return;
        }
        try {
          const answer = await call("PATCH", `${here.base}/settings/${encodeURIComponent(s.key)}`, { body: { value } });
          kept = answer?.value !== undefined ? answer.value : value;
          c.set(kept);
          look();
          toast(t("saved_setting", { name: clip(s.name, 80) }));
          c.el.focus();
        } catch (failed) {
          wrong.replaceChildren(icon("alert"), h("span", null, /** @type {any} */ (failed).text ?? String(failed)));
          c.el.setAttribute("aria-invalid", "true");
          c.el.focus();
        }
        save.disabled = false;
      },
    },
    c.el,
    wrong,
    h("div", { class: "row-of" }, save, undo),
  );
  return h("li", { class: "thing set", "data-name": s.name }, h("div", { class: "set-words" }, label, why), formEl);
}

openPlace({
  title: "settings",
  build(main) {
    const top = h("div");
    const body = h("div", { class: "stack" });
    main.append(h("section", { class: "page" }, top, body));
    const search = h("input", { type: "search", class: "search-box", "aria-label": t("search_settings"), placeholder: t("search_settings"), dir: "auto", "aria-keyshortcuts": "/" });
    const searchBox = h("div", { class: "search", role: "search" }, icon("search"), search);
    const none = h("div");
    /** @type {Element | null} */
    let list = null;
    let shown = "";

    function narrow() {
      const q = search.value.trim().toLocaleLowerCase();
      const items = [...(list?.children ?? [])];
      for (const li of items) /** @type {HTMLElement} */ (li).hidden = !li.textContent?.toLocaleLowerCase().includes(q);
      const n = items.filter((li) => !(/** @type {HTMLElement} */ (li).hidden)).length;
      redraw(none, items.length > 0 && n === 0 && blank(t("nothing_fits"), t("nothing_fits_why")));
      if (q) speak(t("settings_n", { n }));
    }
    search.addEventListener("input", narrow);

    async function settings() {
      // What was changed and not saved is there again after a look at the check.
      if (list?.querySelector("[type=submit]:not([hidden])")) {
        redraw(body, searchBox, list, none);
        return;
      }
      redraw(body, skeleton(8, "of-rows"));
      try {
        const answer = await get(`${here.base}/settings`);
        if (shown !== "settings") return;
        list = h("ul", { class: "things", "aria-label": t("settings") }, answer.settings.map(setting));
        redraw(body, searchBox, list, none);
        narrow();
      } catch (error) {
        if (shown === "settings") redraw(body, problem(error, settings));
      }
    }

    async function check() {
      redraw(body, skeleton(6, "of-rows"));
      try {
        const { findings } = await get(`${here.base}/check`);
        if (shown !== "check") return;
        const bad = findings.filter((/** @type {any} */ f) => f.level !== "ok").length;
        const sorted = [...findings].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
        redraw(
          body,
          h("p", { class: bad ? "warn-line" : "note-line", role: "status" }, icon(bad ? "alert" : "check"), h("span", null, bad ? t("check_bad", { n: bad }) : t("check_good"))),
          h("ul", { class: "things", "aria-label": t("check") }, sorted.map((f) => h("li", { class: `thing finding is-${f.level}` }, h("span", { class: `pill is-${{ ok: "good", warning: "warn", error: "bad" }[/** @type {"ok" | "warning" | "error"} */ (f.level)] ?? "plain"}` }, icon(f.level === "ok" ? "check" : "alert"), t(`level_${f.level}`)), words(f.text, 1_000)))),
          h("div", null, h("button", { type: "button", class: "button", "data-key": "again", onclick: check }, icon("history"), t("check_anew"))),
        );
      } catch (error) {
        if (shown === "check") redraw(body, problem(error, check));
      }
    }

    return {
      show(q) {
        const checks = q.tab === "check";
        redraw(top, head(t("settings"), { tabs: [[view({}), t("settings"), !checks], [to({ tab: "check" }), t("check"), checks]] }));
        setTitle(t(checks ? "check" : "settings"));
        const as = checks ? "check" : "settings";
        if (as === shown) return;
        shown = as;
        if (checks) check();
        else settings();
      },
      // Nothing here is loaded anew by itself: somebody may be typing.
      refresh() {},
      search: () => at().tab !== "check" && search.focus(),
    };
  },
});
