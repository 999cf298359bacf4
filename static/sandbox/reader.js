// What is known of one person's Discord, and the questions that the parts of a pane ask of it.

import { flatten } from "./commands.js";
import { color, displayName } from "./dom.js";
import { language } from "./texts.js";

const STAFF_CHANNEL = /staff|équipe/iu;
const HELP_CHANNEL = /support|aide/iu;

export class Reader {
  constructor(app, userId) {
    this.app = app;
    this.personId = userId;
    this.view = { channels: [], dms: [] };
    this.unread = new Set();
    this.commands = [];
    this.serverCommands = [];
    this.guildId = null;
    this.channelId = null;
  }

  get user() {
    return this.app.user(this.personId);
  }
  get personName() {
    return displayName(this.user);
  }
  /** The person's Discord language: commands and stamps. */
  get locale() {
    return this.user.locale;
  }
  /** The page's language: dates of the page itself. */
  get uiLocale() {
    return language();
  }

  guilds() {
    return this.app.world.guilds.filter((g) => this.app.isMember(this.user, g.id));
  }
  guild() {
    return this.guilds().find((g) => g.id === this.guildId) ?? null;
  }
  dms() {
    const known = this.view.dms;
    const others = this.app.world.apps.filter((a) => !known.some((d) => d.with === a.user_id));
    return [...known, ...others.map((a) => ({ channel_id: null, with: a.user_id }))];
  }
  people() {
    const { users } = this.app.world;
    if (this.guildId) return this.guild() ? users.filter((u) => this.app.isMember(u, this.guildId)) : [];
    const other = this.view.dms.find((d) => d.channel_id === this.channelId)?.with;
    return users.filter((u) => u.id === this.personId || u.id === other);
  }
  roles() {
    return this.guild()?.roles.filter((r) => r.name !== "@everyone") ?? [];
  }
  channels() {
    return this.view.channels;
  }
  commandList() {
    return flatten(this.commands, this.locale);
  }
  /** The commands of the server last looked at: what may be proposed even in a direct message. */
  serverCommandList() {
    return flatten(this.serverCommands, this.locale);
  }
  /** Where a person starts: staff at the staff's channel, a member where help is given. */
  startChannel(ids) {
    const wanted = this.isStaff() ? STAFF_CHANNEL : HELP_CHANNEL;
    return this.view.channels.find((c) => ids.includes(c.id) && wanted.test(c.name))?.id ?? ids[0] ?? null;
  }
  appName(id) {
    return this.app.world.apps.find((a) => a.id === id)?.name ?? "";
  }
  appUser(id) {
    return this.app.user(this.app.world.apps.find((a) => a.id === id)?.user_id);
  }
  author(user) {
    return { ...user, ...this.app.user(user.id) };
  }
  isStaff() {
    return this.app.isStaff(this.user, this.guildId ?? this.app.homeGuild(this.user)?.id);
  }
  isOwner() {
    return (this.guild() ?? this.app.homeGuild(this.user))?.owner_id === this.personId;
  }
  hasRole(id) {
    return this.app.rolesOf(this.user, this.guildId).some((r) => r.id === id);
  }
  nameColor(user) {
    const role = this.app.rolesOf(user, this.guildId).find((r) => r.color);
    return role ? color(role.color) : "var(--ink)";
  }
  names(message) {
    return {
      me: this.personId,
      locale: this.locale,
      everyone: message?.mention_everyone,
      user: (id) => displayName(this.app.user(id) ?? message?.mentions?.find((m) => m.id === id)),
      role: (id) => this.app.world.guilds.flatMap((g) => g.roles).find((r) => r.id === id),
      channel: (id) => this.view.channels.find((c) => c.id === id)?.name ?? this.#elsewhere(id)?.channel.name,
      open: (id) => this.#elsewhere(id) && (() => this.goTo(this.#elsewhere(id).guild.id, id)),
    };
  }
  /** A channel of a server that he is in, with that server. */
  #elsewhere(id) {
    const all = this.guilds().flatMap((guild) => guild.channels.map((channel) => ({ guild, channel })));
    return all.find(({ channel }) => channel.id === id);
  }
  /** What a command is called in his language. */
  commandLabel(path) {
    return [...this.commandList(), ...this.serverCommandList()].find((c) => c.path === path)?.label ?? path;
  }
  unreadGuild(id) {
    const guild = this.app.world.guilds.find((g) => g.id === id);
    return guild.channels.some((c) => this.unread.has(c.id));
  }
}
