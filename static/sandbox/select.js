// A select menu of a message or a form. It unfolds in place, so that nothing clips it.

import { avatar, displayName, freshId, h, icon } from "./dom.js";
import { t } from "./texts.js";

/** Discord's numbers for the types of select menus. */
export const SELECT = { STRING: 3, USER: 5, ROLE: 6, MENTIONABLE: 7, CHANNEL: 8 };
export const isSelect = (type) => Object.values(SELECT).includes(type);

/** The text of a component's emoji; a custom one shows its name. */
export const emojiText = (emoji) => (!emoji ? null : emoji.id ? `:${emoji.name}:` : emoji.name);

function choices(component, host) {
  const people = () =>
    host
      .people()
      .map((u) => ({ value: u.id, label: displayName(u), description: u.username, lead: avatar(u, "is-small") }));
  const roles = () => host.roles().map((r) => ({ value: r.id, label: `@${r.name}` }));
  switch (component.type) {
    case SELECT.USER:
      return people();
    case SELECT.ROLE:
      return roles();
    case SELECT.MENTIONABLE:
      return [...people(), ...roles()];
    case SELECT.CHANNEL:
      return host.channels().map((c) => ({ value: c.id, label: c.name, lead: icon("hash") }));
    default:
      return component.options.map((o) => ({
        value: o.value,
        label: o.label,
        description: o.description,
        lead: o.emoji && h("span", { class: "emoji" }, emojiText(o.emoji)),
        chosen: o.default,
      }));
  }
}

/**
 * Builds the control. `onchange(values)` is called at once for a single choice, else when the
 * person confirms. `live` also reports every change of a multiple choice (forms read it later).
 */
export function selectControl(component, host, { onchange, live = false, label = null }) {
  const rows = choices(component, host);
  const min = component.min_values ?? 1;
  const max = Math.min(component.max_values ?? 1, Math.max(rows.length, 1));
  const multiple = max > 1;
  const defaults = new Set((component.default_values ?? []).map((d) => d.id));
  let chosen = rows.filter((r) => r.chosen || defaults.has(r.value)).map((r) => r.value);

  const shown = h("span", { class: "select-value", id: freshId("value") });
  const listId = freshId("select");
  const button = h(
    "button",
    {
      type: "button",
      class: "select-button",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "aria-controls": listId,
      "data-custom-id": component.custom_id,
      disabled: component.disabled,
      onclick: () => toggle(),
    },
    shown,
    icon("down"),
  );
  if (label) button.setAttribute("aria-labelledby", `${label} ${shown.id}`);
  const list = h("ul", {
    class: "select-list",
    id: listId,
    role: "listbox",
    tabIndex: -1,
    "aria-multiselectable": String(multiple),
    "aria-label": component.placeholder ?? t("choose"),
    onkeydown: key,
  });
  const confirm = h("button", { type: "button", class: "btn btn-1", onclick: () => finish() }, t("validate"));
  const panel = h(
    "div",
    { class: "select-panel", hidden: true },
    multiple && h("div", { class: "select-hint" }, t("choose_hint_multi", { min, max })),
    list,
    multiple && h("div", { class: "select-foot" }, confirm),
  );
  const items = rows.map((row, index) =>
    h(
      "li",
      {
        role: "option",
        id: `${listId}-${index}`,
        class: "select-item",
        "aria-selected": "false",
        onclick: () => pick(index),
        onpointermove: () => activate(index),
      },
      row.lead,
      h(
        "span",
        { class: "listbox-text" },
        h("span", { class: "listbox-label" }, row.label),
        row.description && h("span", { class: "listbox-detail" }, row.description),
      ),
      h("span", { class: "select-check" }, icon("check")),
    ),
  );
  list.append(...items);
  let active = -1;
  draw();

  function draw() {
    const labels = rows.filter((r) => chosen.includes(r.value)).map((r) => r.label);
    shown.textContent = labels.length ? labels.join(", ") : (component.placeholder ?? t("choose"));
    shown.classList.toggle("is-placeholder", labels.length === 0);
    items.forEach((item, i) => item.setAttribute("aria-selected", String(chosen.includes(rows[i].value))));
    confirm.disabled = chosen.length < min || chosen.length > max;
  }
  function activate(index) {
    items[active]?.classList.remove("is-active");
    active = index;
    items[active]?.classList.add("is-active");
    list.setAttribute("aria-activedescendant", items[active]?.id ?? "");
    items[active]?.scrollIntoView({ block: "nearest" });
  }
  function toggle(open = panel.hidden) {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) {
      list.focus();
      activate(
        Math.max(
          0,
          rows.findIndex((r) => chosen.includes(r.value)),
        ),
      );
      panel.scrollIntoView({ block: "nearest" });
    } else {
      button.focus();
    }
  }
  function finish() {
    toggle(false);
    onchange(chosen);
  }
  function pick(index) {
    const { value } = rows[index];
    if (!multiple) {
      chosen = live && min === 0 && chosen.includes(value) ? [] : [value];
      draw();
      finish();
      return;
    }
    chosen = chosen.includes(value) ? chosen.filter((v) => v !== value) : [...chosen, value].slice(-max);
    draw();
    if (live) onchange(chosen);
  }
  function key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves && rows.length) activate((active + moves[event.key] + rows.length) % rows.length);
    else if ((event.key === "Enter" || event.key === " ") && rows[active]) pick(active);
    else if (event.key === "Escape") toggle(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  if (live && chosen.length) onchange(chosen);
  return { element: h("div", { class: "select" }, button, panel), button, values: () => chosen };
}
