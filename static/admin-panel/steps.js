// @ts-check
// Deeds that can't be undone, in two steps: what would happen, then the same again with the word that the server gave for
// exactly that. Changed meanwhile, it is shown anew and asked for anew. Which deeds these are, the server says.

import { post } from "./api.js";
import { confirmBox, skeleton, toast } from "./dialog.js";
import { h, redraw } from "./dom.js";
import { form, formBox, writer } from "./form.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** @typedef {{text: string, token: string} & Record<string, any>} Preview */

/**
 * The two steps as a part of a page. `look` asks for the preview of what was typed; `act` does it with the token.
 * @param {{fields?: import("./form.js").Field[], intro?: any, next?: string, ok: string, danger?: boolean, keep?: string,
 *   look: (values: Record<string, any>) => Promise<Preview>, act: (token: string) => Promise<any>,
 *   more?: (preview: Preview) => any, done: (answer: any) => void, cancel?: () => void}} of
 */
export function steps({ fields = [], intro, next = t("see_first"), ok, danger = false, keep, look, act, more, done, cancel }) {
  const el = h("div", { class: "stack" });
  /** @type {Record<string, any>} */
  let typed = {};
  const first = form({
    fields,
    intro,
    ok: next,
    keep,
    cancel,
    act: async (values) => {
      typed = values;
      show(await look(values), "");
    },
  });

  /** @param {Preview} preview @param {string} why what changed since the last one */
  function show(preview, why) {
    const error = h("p", { class: "problem-line", role: "alert" }, why && [icon("alert"), h("span", null, why)]);
    const go = h("button", { type: "button", class: danger ? "button is-danger" : "button is-main", onclick: () => run() }, ok);
    const shown = h("div", { class: "preview", tabindex: "-1", role: "group", "aria-label": t("what_happens") }, h("h3", null, t("what_happens")), h("p", { class: "prewrap u", dir: "auto" }, preview.text), more?.(preview));
    redraw(
      el,
      fields.length === 0 && intro,
      shown,
      error,
      h(
        "div",
        { class: "box-foot" },
        go,
        fields.length > 0 && h("button", { type: "button", class: "button", onclick: again }, icon("back"), t("change_it")),
        cancel && h("button", { type: "button", class: "button", onclick: () => { first.forget(); cancel(); } }, t("cancel")),
      ),
    );
    shown.focus({ preventScroll: true });

    async function run() {
      go.disabled = true;
      error.replaceChildren();
      try {
        const answer = await act(preview.token);
        first.forget();
        done(answer);
      } catch (caught) {
        const failed = /** @type {any} */ (caught);
        if (failed.status === 409 && (failed.word === "changed" || failed.word === "confirm")) return renew(failed);
        error.textContent = failed.text ?? String(failed);
        go.disabled = false;
        go.focus();
      }
    }

    /** What was shown doesn't hold any more: the new one comes with the refusal, else it is asked for. @param {any} failed */
    async function renew(failed) {
      const given = failed.body.preview ?? (failed.body.token ? failed.body : null);
      try {
        const fresh = given ?? (await look(typed));
        // The refusal's own words and the new preview's may be one text: then what is new must be said.
        show(fresh, failed.text === fresh.text ? t("changed_meanwhile") : failed.text);
      } catch (caught) {
        error.textContent = /** @type {any} */ (caught).text ?? String(caught);
        go.disabled = false;
      }
    }
  }

  function again() {
    redraw(el, first.el);
    first.focus();
  }

  async function begin() {
    if (fields.length > 0) return again();
    redraw(el, intro, skeleton(3));
    try {
      show(await look({}), "");
    } catch (failed) {
      const retry = h("button", { type: "button", class: "button", onclick: begin }, t("retry"));
      redraw(el, h("p", { class: "problem-line", role: "alert" }, /** @type {any} */ (failed).text ?? String(failed)), h("div", { class: "box-foot" }, retry, cancel && h("button", { type: "button", class: "button", onclick: cancel }, t("cancel"))));
      retry.focus();
    }
  }

  return { el, begin };
}

/** The two steps in a box. @param {Omit<Parameters<typeof steps>[0], "cancel"> & {title: any, wide?: boolean}} of */
export function stepsBox({ title, wide = false, done, ...of }) {
  const made = steps({
    ...of,
    done(answer) {
      box.close("done");
      done(answer);
    },
    cancel: () => box.close(""),
  });
  const box = confirmBox({ title, body: made.el, wide, firm: (of.fields ?? []).length > 0 });
  made.begin();
  return box;
}

/** The two steps of a path: `…/preview`, then the deed with its token. @param {string} path @param {any} [fixed] what goes with the preview besides what was typed */
export function ofPath(path, fixed = {}) {
  const write = writer();
  return {
    look: (/** @type {Record<string, any>} */ values) => post(`${path}/preview`, { ...fixed, ...values }),
    act: (/** @type {string} */ token) => write("POST", path, { confirm: token }),
  };
}

/**
 * A deed with a question of the page's own; where the server asks back all the same, its two steps follow.
 * @param {{title: any, path: string, method?: string, text?: any, fields?: import("./form.js").Field[], body?: (values: Record<string, any>) => any, ok: string, danger?: boolean, done: (answer: any) => void, wide?: boolean}} of
 */
export function deedBox({ title, path, method = "POST", text, fields = [], body = (values) => values, ok, danger, done, wide }) {
  const write = writer();
  return formBox({
    title,
    intro: text && h("div", null, text),
    fields,
    ok,
    danger,
    wide,
    act: async (values) => {
      try {
        done(await write(method, path, body(values)));
      } catch (caught) {
        const failed = /** @type {any} */ (caught);
        if (failed.status !== 409 || failed.word !== "confirm") throw failed;
        const asked = ofPath(path, body(values));
        stepsBox({ title, ok, danger, done, ...asked });
      }
    },
  });
}

/** A deed without a question; a refusal is told at the edge of the page. @param {() => Promise<any>} act */
export async function plainDeed(act) {
  try {
    await act();
  } catch (failed) {
    toast(/** @type {any} */ (failed).text ?? String(failed), { bad: true });
  }
}
