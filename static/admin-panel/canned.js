// @ts-check
// Canned replies: found by typing, filled in with the ticket's values, put into the box; the team writes, changes and deletes
// them in the same place.

import { call, get, post } from "./api.js";
import { ask, blank, confirmBox, problem, skeleton } from "./dialog.js";
import { freshId, h, redraw, u } from "./dom.js";
import { t } from "./i18n.js";
import { icon, iconButton } from "./icons.js";
import { clip } from "./parts.js";
import { here } from "./session.js";

const VARIABLES = ["name", "number", "subject", "plan", "agent"];
/** Whatever stands in a text as a variable does, known or not. */
const ANY = /\{\{([^{}\n]+)\}\}/gu;

/** @param {any} ticket @returns {Record<string, string | null>} */
const valuesOf = (ticket) => ({ name: ticket.opener.name, number: String(ticket.number), subject: ticket.subject, plan: ticket.plan, agent: here.me.user.name });

/** The first variable that a reply still holds; what only looks like one within a value, as in a subject, is the member's own text. @param {string} body @param {any} ticket */
export function leftOver(body, ticket) {
  const own = Object.values(valuesOf(ticket)).reduce((/** @type {string} */ rest, value) => (value?.includes("{{") ? rest.replaceAll(value, "") : rest), body);
  return own.match(ANY)?.[0] ?? null;
}

/** Puts values in the place of `{{…}}`; what has no value stays, and the reply box warns of it. @param {string} body @param {any} ticket */
export function fill(body, ticket) {
  const values = valuesOf(ticket);
  return body.replace(/\{\{\s*(\w+)\s*\}\}/gu, (whole, name) => (VARIABLES.includes(name) && values[name] ? String(values[name]) : whole));
}

/** Opens the box. @param {any} ticket @param {(words: string) => void} insert */
export function cannedBox(ticket, insert) {
  /** @type {{id: string, title: string, body: string}[]} */
  let all = [];
  let at = 0;
  const listId = freshId("canned");
  const find = h("input", { type: "search", role: "combobox", "aria-expanded": "true", "aria-controls": listId, "aria-label": t("canned_find"), placeholder: t("canned_find"), autocomplete: "off", dir: "auto" });
  const list = h("ul", { id: listId, role: "listbox", class: "pick-list", "aria-label": t("canned") });
  const preview = h("div", { class: "canned-preview", "aria-live": "polite" });
  const body = h("div", { class: "stack" }, skeleton(4));
  const box = confirmBox({ title: t("canned"), body, wide: true });

  const found = () => {
    const words = find.value.trim().toLocaleLowerCase();
    return all.filter((c) => `${c.title}\n${c.body}`.toLocaleLowerCase().includes(words));
  };
  const use = (/** @type {any} */ c) => {
    box.close("done");
    insert(fill(c.body, ticket));
  };

  function draw() {
    const items = found();
    at = Math.max(0, Math.min(at, items.length - 1));
    const now = items[at];
    list.replaceChildren(
      ...items.map((c, i) => h("li", { role: "option", id: `${listId}-${i}`, "aria-selected": String(i === at), onclick: () => { at = i; draw(); }, ondblclick: () => use(c) }, u(clip(c.title, 100)))),
    );
    if (items.length === 0) list.append(h("li", { role: "option", "aria-selected": "false", "aria-disabled": "true", class: "hint" }, t("pick_none")));
    find.setAttribute("aria-activedescendant", now ? `${listId}-${at}` : "");
    list.children[at]?.scrollIntoView({ block: "nearest" });
    redraw(
      preview,
      now && [
        h("p", { class: "prewrap u", dir: "auto" }, fill(now.body, ticket)),
        h(
          "div",
          { class: "row-of" },
          h("button", { type: "button", class: "button is-main is-small", "data-key": "use", onclick: () => use(now) }, icon("check"), t("insert")),
          iconButton("edit", t("canned_edit", { name: clip(now.title, 60) }), () => write(now), { "data-key": "edit" }),
          iconButton("trash", t("canned_delete", { name: clip(now.title, 60) }), () => drop(now), { "data-key": "drop" }),
        ),
      ],
    );
  }

  find.addEventListener("input", () => { at = 0; draw(); });
  find.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => {
    const items = found();
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      at = (at + (e.key === "ArrowDown" ? 1 : items.length - 1)) % Math.max(1, items.length);
      draw();
    } else if (e.key === "Enter" && items[at]) {
      e.preventDefault();
      use(items[at]);
    }
  });

  const add = () => h("button", { type: "button", class: "button is-small", onclick: () => write(null) }, icon("edit"), t("canned_new"));
  function lay() {
    if (all.length === 0) return redraw(body, blank(t("canned_none"), t("canned_none_why"), add()));
    redraw(body, find, h("div", { class: "canned" }, list, preview), h("div", null, add()));
    draw();
    find.focus();
  }

  async function load() {
    redraw(body, skeleton(4));
    try {
      const answer = await get(`${here.base}/canned`);
      all = answer.canned ?? answer;
      lay();
    } catch (error) {
      redraw(body, problem(error, load));
    }
  }

  /** Writes a new one, or changes one. @param {any} old */
  function write(old) {
    const [nameId, textId] = [freshId("title"), freshId("body")];
    const title = h("input", { id: nameId, required: true, maxlength: 80, dir: "auto", value: old?.title ?? "" });
    const words = h("textarea", { id: textId, required: true, rows: 7, maxlength: 4000, dir: "auto", value: old?.body ?? "", "aria-describedby": `${textId}-hint ${textId}-error` });
    const error = h("p", { class: "problem-line", role: "alert", id: `${textId}-error` });
    let warned = "";
    words.addEventListener("input", () => {
      error.textContent = "";
      words.removeAttribute("aria-invalid");
    });
    const form = h(
      "form",
      {
        class: "stack",
        onsubmit: async (/** @type {Event} */ e) => {
          e.preventDefault();
          const value = { title: title.value.trim(), body: words.value.trim() };
          const unknown = [...value.body.matchAll(ANY)].filter(([, name]) => !VARIABLES.includes(name.trim())).map(([whole]) => whole);
          if (unknown.length > 0 && warned !== value.body) {
            warned = value.body;
            error.textContent = t("canned_unknown", { names: clip([...new Set(unknown)].join(", "), 200) });
            words.setAttribute("aria-invalid", "true");
            return words.focus();
          }
          try {
            if (old) Object.assign(old, (await call("PUT", `${here.base}/canned/${encodeURIComponent(old.id)}`, { body: value })) ?? value);
            else {
              const added = await post(`${here.base}/canned`, value);
              all = [...all.filter((x) => x.id !== added.id), added];
            }
            lay();
          } catch (failed) {
            error.textContent = /** @type {any} */ (failed).text ?? String(failed);
          }
        },
      },
      h("label", { for: nameId }, t("canned_title")),
      title,
      h("label", { for: textId }, t("canned_body")),
      words,
      h("p", { class: "hint", id: `${textId}-hint` }, t("canned_variables"), " ", VARIABLES.map((v) => [h("code", null, `{{${v}}}`), " "])),
      error,
      h("div", { class: "row-of" }, h("button", { type: "submit", class: "button is-main" }, t("save")), h("button", { type: "button", class: "button", onclick: lay }, t("cancel"))),
    );
    redraw(body, form);
    title.focus();
  }

  const drop = (/** @type {any} */ c) =>
    ask({
      title: t("canned_delete_title"),
      text: t("canned_delete_why", { name: clip(c.title, 60) }),
      ok: t("delete"),
      danger: true,
      act: async () => {
        await call("DELETE", `${here.base}/canned/${encodeURIComponent(c.id)}`);
        all = all.filter((x) => x.id !== c.id);
        lay();
      },
    });

  load();
  return box;
}
