// One person's Discord: the channel that is open, what he sees in it, and what he does. Holds the
// state and answers what the parts (sidebar, feed, composer, forms) ask.

import { aside } from "./aside.js";
import { person } from "./api.js";
import { Composer } from "./composer.js";
import { color, displayName, icon, redraw } from "./dom.js";
import { Feed } from "./feed.js";
import { openForm } from "./forms.js";
import { Interactions } from "./interactions.js";
import { layout } from "./layout.js";
import { Reader } from "./reader.js";
import { channelList, inOrder, personCard, rail } from "./sidebar.js";
import { commandRow, directNotice, emptyChannel, nothingOpen } from "./states.js";
import { t } from "./texts.js";

const TYPING_MS = 9000;
const READ_MS = 800;
const NOTICE_MS = 12_000;
const CAN_CHANGE = ["message_create", "message_update", "ephemeral_create", "ephemeral_update"];

export class Pane extends Reader {
  constructor(app, userId) {
    super(app, userId);
    this.api = person(userId);
    this.early = null;
    this.typing = new Map();
    this.interactions = new Interactions(this.api, (modal) => this.#openModal(modal));
    this.feed = new Feed(this, () => emptyChannel(this, this.#channelName() ?? ""));
    this.composer = new Composer(this);
    Object.assign(
      this,
      layout({ id: userId, name: this.personName, feed: this.feed.element, composer: this.composer.element }),
    );
  }

  async start() {
    const kept = this.#recall();
    this.guildId =
      kept.guild === "dm" ? null : ((this.guilds().find((g) => g.id === kept.guild) ?? this.guilds()[0])?.id ?? null);
    this.stopStream = this.api.stream({
      event: (name, data) => this.#event(name, data),
      state: (up) => this.#line(up),
      resync: () => this.refresh(),
    });
    await this.refresh(kept.channel);
  }

  destroy() {
    this.stopStream?.();
    this.feed.destroy();
    this.element.remove();
  }

  // ---- what the person does ------------------------------------------------------------------

  async openGuild(id) {
    this.guildId = id;
    this.channelId = null;
    this.view = { ...this.view, channels: [] };
    await this.refresh();
  }

  async openChannel(id, focus = true) {
    this.channelId = id;
    this.unread.delete(id);
    this.closeDrawers();
    this.#remember();
    this.#drawChrome();
    this.feed.reset(this.#where());
    this.composer.open(id, this.#where());
    await this.#load();
    if (focus && this.app.wide()) this.composer.focus();
  }

  async openDm(dm) {
    if (dm.channel_id) {
      await this.openChannel(dm.channel_id);
      return;
    }
    try {
      const { channel_id: id } = await this.api.dm({ to: dm.with });
      await this.refresh(id);
      if (this.app.wide()) this.composer.focus();
    } catch (error) {
      this.composer.fail(error.message);
    }
  }

  /** Opens a channel that a message names, wherever it is. */
  async goTo(guildId, channelId) {
    this.guildId = guildId;
    await this.refresh(channelId);
  }

  async openConversation(channelId) {
    this.notice.replaceChildren();
    this.guildId = null;
    await this.refresh(channelId);
  }

  /** Puts a suggestion in the message box; from a direct message, back on the server. */
  async write(text) {
    this.closeDrawers();
    const [home] = this.guilds();
    if (!this.guildId && home) await this.openGuild(home.id);
    this.composer.insert(text);
  }

  async say(body) {
    this.feed.follow();
    const message = await this.api.say({ channel: this.channelId, ...body });
    if (message.channel_id === this.channelId) this.feed.put(message);
  }

  complete(question) {
    return this.api.autocomplete({ guild: this.guildId, channel: this.channelId, ...question });
  }

  /** Sends a slash command: resolves once the server took it; the answer comes by the stream. */
  async slash(request, label) {
    const key = `slash-${Date.now()}`;
    const started = this.api.slash({ guild: this.guildId, channel: this.channelId, ...request });
    const { feed } = this;
    feed.follow();
    feed.setPending(key, commandRow(label, null));
    const failed = this.interactions.follow(started, t("failed_command"));
    await started.catch((error) => {
      feed.setPending(key, null);
      throw error;
    });
    failed.then((problem) =>
      feed.setPending(key, problem ? commandRow(label, problem, () => feed.setPending(key, null)) : null),
    );
  }

  /** Presses a button or chooses in a select; resolves to null or to what went wrong. */
  press(message, customId, values) {
    this.feed.expect();
    return this.interactions.follow(
      this.api.press({
        channel: message.channel_id,
        message: message.id,
        custom_id: customId,
        ...(values ? { values } : {}),
      }),
      t("failed_press"),
    );
  }

  replyTo(message) {
    this.composer.setReply(message, displayName(this.author(message.author)));
  }

  async remove(message) {
    try {
      await this.api.remove({ channel: message.channel_id, message: message.id });
    } catch (error) {
      this.composer.fail(error.message);
    }
  }

  dismiss(message) {
    this.feed.dismiss(message.id);
    this.composer.focus();
  }

  jump(id) {
    this.feed.jump(id);
  }

  async settings(change) {
    // Shown at once: another redraw may come before the world is asked for again.
    Object.assign(this.user, change);
    await this.api.settings(change).catch((error) => this.composer.fail(error.message));
    await this.app.reload();
  }

  async setPresent(guildId, present) {
    await this.app
      .setMember({ guild: guildId, user: this.personId, present })
      .catch((error) => this.composer.fail(error.message));
    await this.app.reload();
  }

  // ---- what the server says ------------------------------------------------------------------

  /** Asks for the whole state again; `wanted` is the channel to open if it is there. */
  async refresh(wanted = this.channelId) {
    try {
      const guild = this.guild()?.id;
      const [view, { commands }] = await Promise.all([this.api.view(guild), this.api.commands(guild)]);
      this.view = { dms: view.dms, channels: guild ? view.channels : [] };
      this.commands = commands;
      if (guild) this.serverCommands = commands;
      const unread = [...view.channels, ...view.dms].filter((c) => c.unread).map((c) => c.id ?? c.channel_id);
      this.unread = new Set(unread.filter((id) => id !== this.channelId));
    } catch {
      this.#line(false);
      return;
    }
    const ids = this.guildId ? inOrder(this.view.channels).map((c) => c.id) : this.view.dms.map((d) => d.channel_id);
    const next = ids.includes(wanted) ? wanted : this.startChannel(ids);
    this.#drawChrome();
    if (next && next === this.channelId) await this.#load();
    else if (next) await this.openChannel(next, false);
    else this.#nothing();
  }

  async #load() {
    const channel = this.channelId;
    this.early = [];
    try {
      const { messages } = await this.api.messages(channel);
      if (channel !== this.channelId) return;
      this.feed.fill(messages);
      for (const [name, data] of this.early ?? []) this.#apply(name, data);
    } catch (error) {
      this.composer.fail(error.message);
    }
    this.early = null;
  }

  #event(name, data) {
    this.interactions.hear(name, data);
    if (name === "world") this.app.reload();
    else if (name === "typing") this.#setTyping(data);
    else if (data.channel_id === this.channelId) {
      this.early?.push([name, data]);
      this.#apply(name, data);
    } else if (name === "message_create" || name === "ephemeral_create") this.#elsewhere(data);
  }

  #apply(name, data) {
    if (CAN_CHANGE.includes(name)) {
      this.#setTyping({ user_id: data.message.author.id, channel_id: data.channel_id, stop: true });
      this.feed.put(data.message);
      this.#noteRead();
    } else if (name === "message_delete") this.feed.remove(data.id);
  }

  async #elsewhere(data) {
    const channel = data.channel_id;
    this.unread.add(channel);
    if (this.#known(channel)) this.#drawChrome();
    else await this.refresh();
    if (this.view.dms.some((d) => d.channel_id === channel)) this.#notice(data);
  }

  #known(channel) {
    return [...this.view.channels, ...this.view.dms].some((c) => (c.id ?? c.channel_id) === channel);
  }

  // A direct message is easy to miss while a channel is open: say it, and lead there.
  #notice({ channel_id: channel, message }) {
    if (message.author.id === this.personId) return;
    clearTimeout(this.noticeTimer);
    this.notice.replaceChildren(directNotice(this.author(message.author), () => this.openConversation(channel)));
    this.noticeTimer = setTimeout(() => this.notice.replaceChildren(), NOTICE_MS);
  }

  // The server takes a channel for read when its messages are asked for.
  #noteRead() {
    clearTimeout(this.readTimer);
    this.readTimer = setTimeout(() => this.channelId && this.api.messages(this.channelId, 1).catch(() => {}), READ_MS);
  }

  #setTyping({ channel_id: channel, user_id: user, stop = false }) {
    if (channel !== this.channelId || user === this.personId) return;
    clearTimeout(this.typing.get(user));
    this.typing.delete(user);
    if (!stop)
      this.typing.set(
        user,
        setTimeout(() => this.#setTyping({ channel_id: channel, user_id: user, stop: true }), TYPING_MS),
      );
    this.typingLine.textContent = [...this.typing.keys()]
      .map((id) => t("typing_one", { name: displayName(this.app.user(id)) }))
      .join(" ");
  }

  /** Names, roles or languages of the world changed. */
  worldChanged() {
    if (this.guildId && !this.guild()) this.guildId = this.guilds()[0]?.id ?? this.guildId;
    this.feed.redraw();
    return this.refresh();
  }

  // ---- drawing -------------------------------------------------------------------------------

  #drawChrome() {
    redraw(this.railBox, rail(this));
    redraw(this.sideBox, channelList(this));
    redraw(this.meBox, personCard(this));
    redraw(this.asideBox, aside(this));
    this.title.replaceChildren(icon(this.guildId ? "hash" : "mail"), this.#channelName() || "…");
    this.topic.textContent = this.view.channels.find((c) => c.id === this.channelId)?.topic ?? "";
    this.element.classList.toggle("is-blank", this.channelId === null);
    this.element.style.setProperty("--who", color(this.user.avatar_color));
  }

  #nothing() {
    this.channelId = null;
    this.feed.reset("");
    this.#drawChrome();
    redraw(this.blank, nothingOpen(this));
  }

  #channelName() {
    const dm = this.view.dms.find((d) => d.channel_id === this.channelId);
    return dm ? displayName(this.app.user(dm.with)) : this.view.channels.find((c) => c.id === this.channelId)?.name;
  }

  #where() {
    return this.guildId ? `#${this.#channelName() ?? ""}` : (this.#channelName() ?? "");
  }

  #openModal(modal) {
    openForm(modal, {
      ...this.#partsForForm(),
      submit: (values) => this.interactions.follow(this.api.submit({ modal: modal.id, values }), t("failed_form")),
    });
  }

  #partsForForm() {
    return {
      personName: this.personName,
      people: () => this.people(),
      roles: () => this.roles(),
      channels: () => this.channels(),
      names: () => this.names(null),
    };
  }

  #line(up) {
    this.banner.hidden = up;
    this.banner.textContent = up ? "" : t("reconnecting");
  }

  #remember() {
    localStorage.setItem(
      `open-${this.personId}`,
      JSON.stringify({ guild: this.guildId ?? "dm", channel: this.channelId }),
    );
  }

  #recall() {
    try {
      return JSON.parse(localStorage.getItem(`open-${this.personId}`)) ?? {};
    } catch {
      return {};
    }
  }
}
