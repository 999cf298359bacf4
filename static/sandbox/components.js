// What stands under (or, in the newer layout, makes up) a message: buttons, selects, containers.

import { color, h, icon, local } from "./dom.js";
import { link, markdown } from "./markdown.js";
import { emojiText, isSelect, selectControl } from "./select.js";
import { t } from "./texts.js";

const TYPE = {
  ROW: 1,
  BUTTON: 2,
  SECTION: 9,
  TEXT: 10,
  THUMBNAIL: 11,
  GALLERY: 12,
  FILE: 13,
  SEPARATOR: 14,
  CONTAINER: 17,
};
const LINK_STYLE = 5;

/** Only pictures of this very server are loaded; others show as a link. */
export function picture(url, alt, cls) {
  const target = local(url);
  if (target.origin === location.origin)
    return h("img", { class: cls, src: target.href, alt: alt ?? "", loading: "lazy" });
  if (!/^https?:$/u.test(target.protocol)) return null;
  return h("span", { class: "outside-image" }, `${t("outside_image")} · `, link(target.href, alt || target.host));
}

/** The components of a message, with the line that says when a press failed. */
export function components(message, host) {
  const failure = h("div", { class: "press-failed", role: "alert", hidden: true });
  const state = { message, host, failure, busy: false };
  return [
    h(
      "div",
      { class: "components" },
      message.components.map((c) => draw(c, state)),
    ),
    failure,
  ];
}

function draw(c, state) {
  const { host } = state;
  switch (c.type) {
    case TYPE.ROW:
      return h(
        "div",
        { class: "row" },
        c.components.map((child) => draw(child, state)),
      );
    case TYPE.BUTTON:
      return button(c, state);
    case TYPE.TEXT:
      return h("div", { class: "md" }, markdown(c.content, host.names(state.message)));
    case TYPE.SECTION:
      return h(
        "div",
        { class: "section" },
        h(
          "div",
          {},
          c.components.map((child) => draw(child, state)),
        ),
        c.accessory && draw(c.accessory, state),
      );
    case TYPE.CONTAINER:
      return h(
        "div",
        { class: "container", vars: { "--bar": color(c.accent_color, "var(--line)") } },
        c.components.map((child) => draw(child, state)),
      );
    case TYPE.SEPARATOR:
      return h("hr", { class: c.divider === false ? "separator is-blank" : "separator" });
    case TYPE.THUMBNAIL:
      return picture(c.media.url, c.description, "thumbnail");
    case TYPE.GALLERY:
      return h(
        "div",
        { class: "gallery" },
        c.items.map((item) => picture(item.media.url, item.description, "gallery-image")),
      );
    case TYPE.FILE:
      return h(
        "a",
        { class: "attachment", href: local(c.file.url).href, download: "" },
        icon("file"),
        c.name ?? c.file.url,
      );
    default:
      if (isSelect(c.type)) return select(c, state);
      return h("div", { class: "muted" }, t("unsupported", { type: c.type }));
  }
}

function button(c, state) {
  const content = [
    c.emoji && h("span", { class: "emoji", "aria-hidden": c.label ? "true" : null }, emojiText(c.emoji)),
    c.label && h("span", {}, c.label),
  ];
  if (c.style === LINK_STYLE) {
    const el = link(/^https?:\/\//u.test(c.url) ? c.url : "about:blank", "");
    el.className = "btn btn-5";
    el.append(...content.filter(Boolean), icon("external"));
    return el;
  }
  const el = h(
    "button",
    {
      type: "button",
      class: `btn btn-${c.style}`,
      disabled: c.disabled,
      "data-custom-id": c.custom_id,
      "aria-label": c.label ? null : emojiText(c.emoji),
    },
    content,
  );
  el.addEventListener("click", () => press(el, c, undefined, state));
  return el;
}

function select(c, state) {
  const control = selectControl(c, state.host, { onchange: (values) => press(control.button, c, values, state) });
  return control.element;
}

async function press(el, c, values, state) {
  if (state.busy) return;
  state.busy = true;
  state.failure.hidden = true;
  el.setAttribute("aria-busy", "true");
  const problem = await state.host.press(state.message, c.custom_id, values);
  el.removeAttribute("aria-busy");
  state.busy = false;
  if (problem) {
    state.failure.textContent = problem;
    state.failure.hidden = false;
  }
}
