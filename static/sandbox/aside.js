// The right of a pane: what to try, and who is here.

import { avatar, displayName, h } from "./dom.js";
import { t } from "./texts.js";

/** Texts a visitor may try as this person: {label, text}, only commands that exist for him. */
export function suggestions(pane) {
  const known = new Map(pane.serverCommandList().map((c) => [c.path, c.label]));
  const slash = (path, key) => (known.has(path) ? [{ label: t(key), text: `/${known.get(path)}` }] : []);
  if (pane.isStaff()) {
    return [
      ...slash("ticket_list", "try_staff_list"),
      ...slash("ticket_stats", "try_staff_stats"),
      ...slash("ticket_panel", "try_staff_panel"),
      ...(pane.isOwner() ? slash("giveaway_create", "try_staff_giveaway") : []),
      ...slash("setup", "try_staff_setup"),
      ...slash("help", "try_help"),
    ];
  }
  return [
    { label: t("try_create_text"), text: t("sample_create") },
    ...slash("ticket_create", "try_create_slash"),
    ...slash("ticket_list", "try_list"),
    ...slash("shop", "try_shop"),
    ...slash("help", "try_help"),
  ];
}

/** The suggestions as buttons that fill the message box. */
export function suggestionList(pane) {
  return h(
    "ul",
    { class: "tries" },
    suggestions(pane).map(({ label, text }) =>
      h(
        "li",
        {},
        h(
          "button",
          { type: "button", class: "try", onclick: () => pane.write(text) },
          h("span", { class: "try-label" }, label),
          h("code", {}, text),
        ),
      ),
    ),
  );
}

/** The whole right column. */
export function aside(pane) {
  const advice = pane.isStaff() ? ["try_staff_card", "try_split"] : ["try_dms", "try_split"];
  return [
    h(
      "section",
      { class: "tips", "aria-label": t("try_title") },
      h("h2", { class: "side-title" }, t("try_title")),
      h("p", { class: "muted" }, t("try_intro")),
      suggestionList(pane),
      advice.map((key) => h("p", { class: "advice" }, t(key))),
    ),
    h(
      "section",
      { class: "people", "aria-label": t("members") },
      groups(pane).map(([title, users]) => [
        h("h2", { class: "side-title is-small" }, `${title} · ${users.length}`),
        h(
          "ul",
          {},
          users.map((u) => person(pane, u)),
        ),
      ]),
    ),
  ];
}

function person(pane, user) {
  const off = user.bot && !pane.app.isConnected(user.id);
  return h(
    "li",
    { class: off ? "person is-off" : "person" },
    avatar(user, "is-small"),
    h("span", { class: "person-name", vars: { "--name": pane.nameColor(user) } }, displayName(user)),
    user.bot && h("span", { class: "tag" }, t("app_tag")),
    off && h("span", { class: "muted" }, t("offline")),
  );
}

function groups(pane) {
  const users = pane.people();
  const bots = users.filter((u) => u.bot);
  const byRole = new Map();
  for (const user of users.filter((u) => !u.bot)) {
    const title = pane.app.roleOf(user, pane.guildId);
    byRole.set(title, [...(byRole.get(title) ?? []), user]);
  }
  const member = t("member");
  const rank = (title) => pane.guild()?.roles.find((r) => r.name === title)?.position ?? -1;
  const ordered = [...byRole].sort(([a], [b]) => rank(b) - rank(a) || (a === member) - (b === member));
  return [...ordered, ...(bots.length ? [[t("apps"), bots]] : [])];
}
