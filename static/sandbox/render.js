// A message as it stands in a channel: head, text, embeds, files, components, and the marks of a
// reply, a command, an edit, or of an answer only its reader sees.

import { components, picture } from "./components.js";
import { avatar, color, displayName, h, icon, iconButton, local } from "./dom.js";
import { fileSize } from "./files.js";
import { link, markdown, markdownLine } from "./markdown.js";
import { t } from "./texts.js";
import { messageTime, stamp } from "./time.js";

/** Bits of a message's flags. */
export const FLAG = { EPHEMERAL: 1 << 6, LOADING: 1 << 7 };
export const has = (message, flag) => ((message.flags ?? 0) & flag) !== 0;

const GROUP_MS = 7 * 60 * 1000;

/** Whether a message continues the one above: same author, close in time, nothing to say on top. */
export function continues(message, previous) {
  return Boolean(
    previous &&
    previous.author.id === message.author.id &&
    !topLine(message) &&
    has(previous, FLAG.EPHEMERAL) === has(message, FLAG.EPHEMERAL) &&
    Date.parse(message.timestamp) - Date.parse(previous.timestamp) < GROUP_MS,
  );
}

const commandName = (message) => message.interaction?.name ?? message.interaction_metadata?.name;
const topLine = (message) => message.message_reference || message.referenced_message || commandName(message);

/** The element of a message. `host` is the pane; `compact` leaves out the head. */
export function messageElement(message, host, compact) {
  const author = host.author(message.author);
  const ephemeral = has(message, FLAG.EPHEMERAL);
  const loading = has(message, FLAG.LOADING);
  const names = host.names(message);
  const mine = message.author.id === host.personId;
  const rings =
    message.mention_everyone ||
    (message.mentions ?? []).some((m) => m.id === host.personId) ||
    (message.mention_roles ?? []).some((r) => host.hasRole(r));
  const time = h(
    "time",
    {
      class: "msg-time",
      datetime: message.timestamp,
      title: stamp(Date.parse(message.timestamp) / 1000, "F", host.uiLocale),
    },
    messageTime(message.timestamp, host.uiLocale),
  );
  return h(
    "li",
    {
      class: `msg ${compact ? "is-compact" : ""} ${ephemeral ? "is-ephemeral" : ""} ${rings && !mine ? "is-ring" : ""}`,
      "data-message-id": message.id,
      "data-author": message.author.id,
    },
    above(message, host, names),
    compact ? h("span", { class: "msg-side" }, time) : avatar(author),
    h(
      "div",
      { class: "msg-body" },
      !compact &&
        h(
          "div",
          { class: "msg-head" },
          h("span", { class: "msg-name", vars: { "--name": host.nameColor(author) } }, displayName(author)),
          author.bot && h("span", { class: "tag" }, t("app_tag")),
          time,
        ),
      loading ? thinking(author) : content(message, names),
      (message.embeds ?? []).map((e) => embed(e, host, names)),
      (message.attachments ?? []).map(attachment),
      message.components?.length ? components(message, host) : null,
      ephemeral &&
        h(
          "div",
          { class: "msg-private" },
          icon("eye"),
          h("span", {}, t("only_you")),
          " · ",
          h("button", { type: "button", class: "link-button", onclick: () => host.dismiss(message) }, t("dismiss")),
        ),
    ),
    !ephemeral &&
      !loading &&
      h(
        "div",
        { class: "msg-tools" },
        iconButton("reply", t("reply"), () => host.replyTo(message)),
        mine && iconButton("trash", t("remove"), () => host.remove(message)),
      ),
  );
}

const thinking = (author) =>
  h(
    "div",
    { class: "thinking", role: "status" },
    h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
    t("thinking", { name: displayName(author) }),
  );

function content(message, names) {
  const edited =
    message.edited_timestamp &&
    h(
      "span",
      { class: "edited", title: stamp(Date.parse(message.edited_timestamp) / 1000, "F", names.locale) },
      `(${t("edited")})`,
    );
  if (!message.content) return edited && !message.embeds?.length && !message.components?.length ? edited : null;
  return h("div", { class: "md msg-content" }, markdown(message.content, names), edited && [" ", edited]);
}

function above(message, host, names) {
  const line = (...inside) => h("div", { class: "msg-above" }, inside);
  const command = commandName(message);
  if (command) {
    const user = host.author(message.interaction_metadata?.user ?? message.interaction?.user);
    return line(
      avatar(user, "is-tiny"),
      h("span", { class: "above-name" }, t("used", { name: displayName(user) })),
      " ",
      h("span", { class: "mention" }, `/${host.commandLabel(command)}`),
    );
  }
  const ref = message.referenced_message;
  if (ref) {
    const user = host.author(ref.author);
    const preview = ref.content
      ? markdownLine(ref.content.slice(0, 160), names)
      : (ref.embeds?.[0]?.title ?? t("attachment_ref"));
    return h(
      "button",
      { type: "button", class: "msg-above", onclick: () => host.jump(ref.id) },
      avatar(user, "is-tiny"),
      h("span", { class: "above-name" }, displayName(user)),
      h("span", { class: "above-text" }, preview),
    );
  }
  if (message.message_reference && ref === null) return line(h("em", {}, t("deleted_ref")));
  return null;
}

function embed(e, host, names) {
  const title =
    e.title &&
    h(
      "div",
      { class: "embed-title", role: "heading", "aria-level": 2 },
      e.url ? link(e.url, e.title) : markdownLine(e.title, names),
    );
  const foot = [e.footer?.text, e.timestamp && stamp(Date.parse(e.timestamp) / 1000, "f", host.locale)]
    .filter(Boolean)
    .join(" · ");
  return h(
    "article",
    { class: "embed", vars: { "--bar": color(e.color, "var(--line-strong)") } },
    h(
      "div",
      { class: "embed-main" },
      e.author && h("div", { class: "embed-author" }, e.author.url ? link(e.author.url, e.author.name) : e.author.name),
      title,
      e.description && h("div", { class: "md embed-description" }, markdown(e.description, names)),
      e.fields?.length
        ? h(
            "div",
            { class: "embed-fields" },
            e.fields.map((f) => field(f, names)),
          )
        : null,
      e.image && picture(e.image.url, e.title, "embed-image"),
      foot && h("div", { class: "embed-foot" }, foot),
    ),
    e.thumbnail && picture(e.thumbnail.url, "", "thumbnail"),
  );
}

const field = (f, names) =>
  h(
    "div",
    { class: f.inline ? "embed-field is-inline" : "embed-field" },
    h("div", { class: "embed-field-name" }, markdownLine(f.name, names)),
    h("div", { class: "md" }, markdown(f.value, names)),
  );

function attachment(file) {
  const url = local(file.url);
  const isImage = (file.content_type ?? "").startsWith("image/") && url.origin === location.origin;
  const card = h(
    "a",
    {
      class: "attachment",
      href: /^https?:$/u.test(url.protocol) ? url.href : null,
      download: file.filename,
      target: "_blank",
      rel: "noopener",
      title: t("download", { name: file.filename }),
    },
    icon("file"),
    h("span", { class: "attachment-name" }, file.filename),
    h("span", { class: "muted" }, fileSize(file.size ?? 0)),
  );
  return isImage
    ? h(
        "figure",
        { class: "picture" },
        picture(file.url, file.description ?? file.filename, "attachment-image"),
        h("figcaption", {}, card),
      )
    : card;
}
