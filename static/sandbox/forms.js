// A modal form of a bot: text inputs in action rows, and labels that hold a text input, a select
// or a file. What was typed stays until the bot has accepted it.

import { freshId, h, iconButton } from "./dom.js";
import { FileTray } from "./files.js";
import { markdown } from "./markdown.js";
import { isSelect, selectControl } from "./select.js";
import { t } from "./texts.js";

const TYPE = { ROW: 1, TEXT_INPUT: 4, TEXT: 10, LABEL: 18, FILE: 19 };
const PARAGRAPH = 2;

/**
 * Opens the form over the page. `host.submit(values)` resolves to null when the bot took
 * it, else to the words of the problem.
 */
export function openForm(modal, host) {
  const fields = [];
  const problem = h("div", { class: "form-problem", role: "alert", hidden: true });
  const send = h("button", { type: "submit", class: "btn btn-1" }, t("submit"));
  const titleId = freshId("form");
  const form = h(
    "form",
    { class: "form", onsubmit: submit, novalidate: true },
    h(
      "header",
      { class: "form-head" },
      h(
        "div",
        {},
        h("h2", { id: titleId }, modal.title),
        h("p", { class: "muted" }, t("form_of", { name: host.personName })),
      ),
      iconButton("close", t("cancel"), () => dialog.close()),
    ),
    h(
      "div",
      { class: "form-body" },
      modal.components.map((c) => draw(c)),
    ),
    problem,
    h(
      "footer",
      { class: "form-foot" },
      h("button", { type: "button", class: "btn btn-2", onclick: () => dialog.close() }, t("cancel")),
      send,
    ),
  );
  const dialog = h("dialog", { class: "form-dialog", "aria-labelledby": titleId, "data-modal": modal.id }, form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector(".form-body input:not([type=file]), .form-body textarea, .form-body button")?.focus();

  function draw(c) {
    if (c.type === TYPE.ROW) return c.components.map((child) => field(child, child.label, null));
    if (c.type === TYPE.LABEL) return field(c.component, c.label, c.description);
    if (c.type === TYPE.TEXT) return h("div", { class: "md" }, markdown(c.content, host.names()));
    return h("p", { class: "muted" }, t("unsupported", { type: c.type }));
  }

  function field(c, label, description) {
    const made = control(c, host);
    if (!made) return h("p", { class: "muted" }, t("unsupported", { type: c.type }));
    const note = h("div", { class: "field-note", role: "alert", hidden: true });
    fields.push({ ...made, id: c.custom_id, note });
    const forgive = () => {
      note.hidden = true;
    };
    return h(
      "div",
      { class: "field", oninput: forgive, onclick: forgive },
      h(
        "label",
        { htmlFor: made.control.id, id: `${made.control.id}-label` },
        label ?? "",
        made.required && h("span", { class: "option-required", title: t("required") }, " *"),
      ),
      description && h("p", { class: "muted" }, description),
      made.element,
      note,
    );
  }

  async function submit(event) {
    event.preventDefault();
    let first = null;
    for (const f of fields) {
      const wrong = f.problem();
      f.note.textContent = wrong ?? "";
      f.note.hidden = !wrong;
      if (wrong) first ??= f;
    }
    if (first) {
      first.control.focus();
      return;
    }
    problem.hidden = true;
    send.disabled = true;
    send.setAttribute("aria-busy", "true");
    const refused = await host.submit(Object.fromEntries(fields.map((f) => [f.id, f.value()])));
    send.disabled = false;
    send.removeAttribute("aria-busy");
    if (!refused) {
      dialog.close();
      return;
    }
    problem.textContent = refused;
    problem.hidden = false;
  }
  return dialog;
}

function control(c, host) {
  if (c.type === TYPE.TEXT_INPUT) return textInput(c);
  if (c.type === TYPE.FILE) return fileInput(c);
  if (isSelect(c.type)) return selectInput(c, host);
  return null;
}

function textInput(c) {
  const required = c.required ?? true;
  const max = c.max_length ?? 4000;
  const id = freshId("field");
  const shared = {
    id,
    maxlength: max,
    placeholder: c.placeholder,
    value: c.value ?? "",
    "aria-required": String(required),
    "data-custom-id": c.custom_id,
    class: "field-input",
  };
  const input = c.style === PARAGRAPH ? h("textarea", { ...shared, rows: 5 }) : h("input", { ...shared, type: "text" });
  const count = h("span", { class: "field-count" });
  const tell = () => {
    count.textContent =
      input.value.length > max * 0.7 || max <= 200 ? t("characters", { n: input.value.length, max }) : "";
  };
  input.addEventListener("input", tell);
  tell();
  return {
    element: h("div", { class: "field-box" }, input, count),
    control: input,
    required,
    value: () => input.value,
    problem: () => {
      if (required && input.value.trim() === "") return t("field_required");
      if (input.value !== "" && c.min_length && input.value.length < c.min_length)
        return t("too_short", { min: c.min_length });
      return null;
    },
  };
}

function selectInput(c, host) {
  const required = c.required ?? true;
  const id = freshId("field");
  const min = required ? Math.max(c.min_values ?? 1, 1) : 0;
  const made = selectControl({ ...c, min_values: min }, host, { onchange: () => {}, live: true, label: `${id}-label` });
  made.button.id = id;
  return {
    element: made.element,
    control: made.button,
    required,
    value: () => made.values(),
    problem: () => (made.values().length < min ? t("field_required") : null),
  };
}

function fileInput(c) {
  const required = c.required ?? true;
  const note = h("div", { class: "field-note", hidden: true });
  const tray = new FileTray({
    multiple: (c.max_values ?? 1) > 1,
    onerror: (text) => {
      note.textContent = text;
      note.hidden = false;
    },
    onchange: () => {
      note.hidden = true;
    },
  });
  const button = h(
    "button",
    {
      type: "button",
      id: freshId("field"),
      class: "btn btn-2",
      "data-custom-id": c.custom_id,
      onclick: () => tray.choose(),
    },
    t("choose_file"),
  );
  return {
    element: h("div", { class: "field-files" }, button, tray.input, tray.element, note),
    control: button,
    required,
    value: () => tray.payload(),
    problem: () => (required && tray.files.length < Math.max(c.min_values ?? 1, 1) ? t("field_required") : null),
  };
}
