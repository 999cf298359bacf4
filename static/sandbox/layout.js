// The skeleton of a pane: the boxes that the parts are drawn into, and the drawers of a narrow one.

import { h, iconButton } from "./dom.js";
import { t } from "./texts.js";

/** Builds the boxes; `feed` and `composer` are elements, `id` and `name` the person's. */
export function layout({ id, name, feed, composer }) {
  const railBox = h("div", { class: "pane-rail" });
  const sideBox = h("nav", { class: "side-list", "aria-label": t("channels") });
  const meBox = h("div", {});
  const asideBox = h("aside", { class: "pane-aside" });
  const title = h("h1", { class: "chat-title" });
  const topic = h("p", { class: "chat-topic" });
  const banner = h("div", { class: "banner", role: "status", hidden: true });
  const notice = h("div", { class: "notices", role: "status" });
  const blank = h("div", { class: "blank" });
  const typingLine = h("div", { class: "typing", "aria-live": "polite" });
  const toggle = (cls) => element.classList.toggle(cls);
  const closeDrawers = () => element.classList.remove("shows-side", "shows-aside");
  const head = h(
    "header",
    { class: "chat-head" },
    iconButton("menu", t("open_menu"), () => toggle("shows-side"), { class: "icon-button only-narrow" }),
    title,
    topic,
    iconButton("users", t("open_people"), () => toggle("shows-aside"), { class: "icon-button only-middle" }),
  );
  const foot = h("div", { class: "chat-foot" }, composer, typingLine);
  const element = h(
    "section",
    {
      class: "pane",
      "data-person": id,
      "aria-label": `${t("you_are")} ${name}`,
      onkeydown: (e) => e.key === "Escape" && closeDrawers(),
    },
    h("div", { class: "pane-side" }, railBox, h("div", { class: "side" }, sideBox, meBox)),
    h("div", { class: "chat" }, head, banner, notice, blank, feed, foot),
    asideBox,
    h("div", { class: "veil", onclick: closeDrawers }),
  );
  return { element, railBox, sideBox, meBox, asideBox, title, topic, banner, notice, blank, typingLine, closeDrawers };
}
