// The left of a pane: servers, channels, direct messages, and the person's own settings.

import { avatar, displayName, freshId, guildInitials, h, icon } from "./dom.js";
import { t } from "./texts.js";

const LOCALES = [
  ["fr", "Français"],
  ["en-US", "English"],
];

/** The rail of servers: home (direct messages) and one button per server. */
export function rail(pane) {
  const item = (label, current, badge, onclick, ...inside) =>
    h(
      "button",
      {
        type: "button",
        class: "rail-item",
        "aria-label": badge ? `${label} (${t("unread")})` : label,
        title: label,
        "aria-current": current ? "true" : null,
        onclick,
      },
      inside,
      badge && h("span", { class: "dot" }),
    );
  return h(
    "nav",
    { class: "rail", "aria-label": t("servers") },
    item(
      t("direct_messages"),
      pane.guildId === null,
      pane.dms().some((d) => pane.unread.has(d.channel_id)),
      () => pane.openGuild(null),
      icon("mail"),
    ),
    h("hr", {}),
    pane
      .guilds()
      .map((g) =>
        item(
          g.name,
          pane.guildId === g.id,
          pane.guildId !== g.id && pane.unreadGuild(g.id),
          () => pane.openGuild(g.id),
          h("span", { "aria-hidden": "true" }, guildInitials(g.name)),
        ),
      ),
  );
}

/** The channels of the open server, or the direct messages. */
export function channelList(pane) {
  const guild = pane.guild();
  const title = h("h2", { class: "side-title" }, guild ? guild.name : t("direct_messages"));
  if (!guild) {
    const rows = pane.dms().map((dm) => {
      const user = pane.app.user(dm.with);
      return row(pane, dm.channel_id, displayName(user), avatar(user, "is-small"), () => pane.openDm(dm));
    });
    return [
      title,
      rows.length ? h("ul", { class: "channels" }, rows) : h("p", { class: "muted side-note" }, t("no_dms")),
    ];
  }
  const rows = inOrder(pane.view.channels).map((c) =>
    row(pane, c.id, c.name, icon(isThread(c) ? "thread" : "hash"), () => pane.openChannel(c.id), isThread(c)),
  );
  return [title, h("ul", { class: "channels" }, rows)];
}

const CATEGORY = 4;
const THREADS = [10, 11, 12];
const isThread = (channel) => THREADS.includes(channel.type);

/** The channels one can open, each followed by its threads. */
export function inOrder(channels) {
  const tops = channels.filter((c) => c.type !== CATEGORY && !isThread(c));
  return tops.flatMap((top) => [top, ...channels.filter((c) => isThread(c) && c.parent_id === top.id && !c.archived)]);
}

function row(pane, id, label, lead, onclick, inset = false) {
  const unread = pane.unread.has(id);
  const current = id !== null && pane.channelId === id;
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: `channel ${unread ? "is-unread" : ""} ${inset ? "is-inset" : ""}`,
        "data-channel-id": id,
        "aria-current": current ? "page" : null,
        onclick,
      },
      lead,
      h("span", { class: "channel-name" }, label),
      unread && h("span", { class: "dot", role: "img", "aria-label": t("unread") }),
    ),
  );
}

/** The card of the person one plays: direct messages open or shut, language, leave and come back. */
export function personCard(pane) {
  const user = pane.user;
  const open = user.dms !== "closed";
  const hint = freshId("hint");
  const guild = pane.guild() ?? pane.app.homeGuild(user);
  const present = guild && pane.app.isMember(user, guild.id);
  return h(
    "section",
    { class: "me", "aria-label": t("settings", { name: displayName(user) }) },
    h(
      "div",
      { class: "me-head" },
      avatar(user),
      h(
        "div",
        {},
        h("div", { class: "me-name" }, displayName(user)),
        h("div", { class: "muted" }, pane.app.roleOf(user, guild?.id)),
      ),
    ),
    h(
      "label",
      { class: "switch-line", title: t("dms_hint") },
      h("span", {}, t("dms_switch")),
      h("input", {
        type: "checkbox",
        role: "switch",
        class: "switch",
        checked: open,
        "aria-describedby": hint,
        onchange: (e) => pane.settings({ dms: e.target.checked ? "open" : "closed" }),
      }),
    ),
    h("p", { id: hint, class: "visually-hidden" }, t("dms_hint")),
    h(
      "label",
      { class: "switch-line" },
      h("span", {}, t("locale_label")),
      h(
        "select",
        {
          class: "mini-select",
          "aria-label": t("locale_label"),
          onchange: (e) => pane.settings({ locale: e.target.value }),
        },
        LOCALES.map(([value, label]) => h("option", { value, selected: user.locale === value }, label)),
      ),
    ),
    guild &&
      h(
        "button",
        { type: "button", class: "link-button me-leave", onclick: () => pane.setPresent(guild.id, !present) },
        icon("door"),
        present ? t("leave") : t("come_back"),
      ),
  );
}
