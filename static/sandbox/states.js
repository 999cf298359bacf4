// What stands in a pane beside messages: empty channels, a place one left, commands on their way,
// the notice of a direct message.

import { suggestionList } from "./aside.js";
import { avatar, displayName, h, icon } from "./dom.js";
import { t } from "./texts.js";

/** An open channel without a message: says what to try. */
export function emptyChannel(pane, name) {
  const [title, text] = pane.guildId ? ["empty_channel", "empty_channel_text"] : ["empty_dm", "empty_dm_text"];
  return h(
    "div",
    { class: "empty" },
    h("div", { class: "empty-mark" }, icon(pane.guildId ? "hash" : "mail")),
    h("h2", {}, t(title, { name })),
    h("p", { class: "muted" }, t(text, { name })),
    pane.guildId && suggestionList(pane),
  );
}

/** No channel is open: the person left, sees none, or has no conversation. */
export function nothingOpen(pane) {
  const gone = pane.guildId !== null && pane.guilds().length === 0;
  const [title, text] = gone
    ? ["left_title", "left_text"]
    : pane.guildId
      ? ["no_channel", "no_channel_text"]
      : ["no_dms", "no_dms_text"];
  const back = () => pane.setPresent(pane.app.homeGuild(pane.user).id, true);
  return [
    h("h2", {}, t(title, { name: pane.personName })),
    h("p", { class: "muted" }, t(text)),
    gone ? h("button", { type: "button", class: "btn btn-1", onclick: back }, t("come_back")) : "",
  ];
}

/** A slash command that was sent, or what became of it when nobody answered. */
export function commandRow(label, problem, onclose) {
  const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
  const row = h(
    "div",
    { class: "msg-pending-row", role: problem ? "alert" : "status" },
    h("span", { class: "mention" }, `/${label}`),
    problem ? h("span", {}, problem) : [dots, h("span", {}, t("sending_command"))],
    problem && h("button", { type: "button", class: "link-button", onclick: onclose }, t("dismiss")),
  );
  return h("li", { class: problem ? "msg-pending is-failed" : "msg-pending" }, row);
}

/** The notice that a direct message came while another channel is open. */
export function directNotice(author, onopen) {
  return h(
    "button",
    { type: "button", class: "notice", onclick: onopen },
    avatar(author, "is-small"),
    h("span", { class: "notice-text" }, t("wrote_dm", { name: displayName(author) })),
    h("span", { class: "notice-go" }, t("see")),
  );
}
