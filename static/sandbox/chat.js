// The page: who is played (one person, or two side by side), the language, and the world that
// the panes share. `?as=ID` chooses the person; twice, two panes.

import * as api from "./api.js";
import { avatar, displayName, h, icon } from "./dom.js";
import { Pane } from "./pane.js";
import { language, setLanguage, t } from "./texts.js";
import { refresh, setClock } from "./time.js";

const STAMPS_MS = 15_000;
const RETRY_MS = 2000;
const MAX_PANES = 2;
const FEATURED = ["marie", "jean", "sam", "lea"];
const STAFF_ROLE = /admin|staff|support|équipe/iu;
const WIDE = matchMedia("(min-width: 760px)");

class App {
  constructor() {
    this.world = null;
    this.panes = [];
    this.setMember = api.setMember;
  }

  // ---- questions about the world --------------------------------------------------------------

  user(id) {
    return this.world.users.find((u) => u.id === id);
  }
  persons() {
    return this.world.users.filter((u) => !u.bot);
  }
  isMember(user, guildId) {
    return Boolean(user.members.find((m) => m.guild_id === guildId)?.present);
  }
  isConnected(userId) {
    return Boolean(this.world.apps.find((a) => a.user_id === userId)?.connected);
  }
  /** The people offered first, in this order; the others stand in a list. */
  featured() {
    const known = FEATURED.map((name) => this.persons().find((u) => u.username === name)).filter(Boolean);
    return known.length ? known : this.persons().slice(0, FEATURED.length);
  }
  /** The first server a person belongs or belonged to, else the first of all. */
  homeGuild(user) {
    const ids = user.members.map((m) => m.guild_id);
    return this.world.guilds.find((g) => ids.includes(g.id)) ?? this.world.guilds[0] ?? null;
  }
  rolesOf(user, guildId) {
    const held = user?.members?.find((m) => m.guild_id === guildId)?.roles ?? [];
    const roles = this.world.guilds.find((g) => g.id === guildId)?.roles ?? [];
    return roles
      .filter((r) => held.includes(r.id) && r.name !== "@everyone")
      .sort((a, b) => (b.position ?? 0) - (a.position ?? 0));
  }
  /** The word under a person's name: his highest role, or that he is a member. */
  roleOf(user, guildId) {
    return this.rolesOf(user, guildId)[0]?.name ?? t("member");
  }
  /** Whether to propose what staff does; what a person may really do, the bots decide. */
  isStaff(user, guildId) {
    const owned = this.world.guilds.some((g) => g.id === guildId && g.owner_id === user.id);
    return owned || this.rolesOf(user, guildId).some((r) => STAFF_ROLE.test(r.name));
  }
  wide() {
    return WIDE.matches;
  }

  // ---- life ------------------------------------------------------------------------------------

  async start() {
    setLanguage(language());
    const root = document.getElementById("panes");
    root.replaceChildren(h("div", { class: "splash", role: "status" }, t("connecting")));
    for (;;) {
      try {
        this.#take(await api.world());
        break;
      } catch {
        root.replaceChildren(h("div", { class: "splash", role: "alert" }, t("unreachable")));
        await new Promise((done) => setTimeout(done, RETRY_MS));
      }
    }
    this.show(this.#asked());
    setInterval(refresh, STAMPS_MS);
  }

  #take(world) {
    this.world = world;
    setClock(world.now);
  }

  /** Asks for the world again and tells the panes; calls in between are answered by one answer. */
  reload() {
    this.reloading ??= new Promise((done) => setTimeout(done, 60)).then(async () => {
      this.reloading = null;
      this.#take(await api.world());
      this.#drawTop();
      this.#drawSwitchers();
      await Promise.all(this.panes.map((p) => p.worldChanged()));
    });
    return this.reloading;
  }

  #asked() {
    const known = new Set(this.persons().map((u) => u.id));
    const ids = new URLSearchParams(location.search)
      .getAll("as")
      .flatMap((v) => v.split(","))
      .filter((id) => known.has(id));
    return ids.length ? ids.slice(0, MAX_PANES) : [this.featured()[0]?.id].filter(Boolean);
  }

  /** Shows one pane per person; panes of people already on screen stay as they are. */
  show(ids) {
    const kept = this.panes.filter((p, i) => p.personId === ids[i]);
    for (const pane of this.panes) if (!kept.includes(pane)) pane.destroy();
    const root = document.getElementById("panes");
    this.panes = ids.map((id) => kept.find((p) => p.personId === id) ?? new Pane(this, id));
    const frames = this.panes.map((pane, i) => h("div", { class: "frame" }, this.#switcher(pane, i), pane.element));
    root.replaceChildren(...frames);
    root.classList.toggle("is-split", ids.length > 1);
    for (const pane of this.panes) if (!kept.includes(pane)) pane.start();
    const url = new URL(location.href);
    url.searchParams.delete("as");
    for (const id of ids) url.searchParams.append("as", id);
    history.replaceState(null, "", url);
    for (const frame of frames)
      frame.querySelector(".who:has(:checked)")?.scrollIntoView({ inline: "nearest", block: "nearest" });
    this.#drawTop();
  }

  #play(index, id) {
    const ids = this.panes.map((p) => p.personId);
    const other = ids.indexOf(id);
    if (other >= 0 && other !== index) ids[other] = ids[index];
    ids[index] = id;
    this.show(ids);
  }

  #toggleSplit() {
    const [first] = this.panes.map((p) => p.personId);
    if (this.panes.length > 1) this.show([first]);
    else {
      const staff = (u) => this.isStaff(u, this.homeGuild(u)?.id);
      const others = this.featured().filter((u) => u.id !== first);
      this.show([first, (others.find((u) => staff(u) !== staff(this.user(first))) ?? others[0]).id]);
    }
  }

  /** Roles stand in the switchers, and change. */
  #drawSwitchers() {
    this.panes.forEach((pane, index) => {
      const before = pane.element.parentElement?.querySelector(".whos");
      if (before && !before.contains(document.activeElement)) before.replaceWith(this.#switcher(pane, index));
    });
  }

  #switcher(pane, index) {
    const name = `who-${index}`;
    const chips = this.featured().some((u) => u.id === pane.personId)
      ? this.featured()
      : [...this.featured(), pane.user];
    const others = this.persons()
      .filter((u) => !chips.includes(u))
      .sort((a, b) => displayName(a).localeCompare(displayName(b)));
    const options = chips.map((u) =>
      h(
        "label",
        { class: "who" },
        h("input", {
          type: "radio",
          name,
          class: "visually-hidden",
          value: u.id,
          checked: u.id === pane.personId,
          onchange: () => this.#play(index, u.id),
        }),
        avatar(u, "is-small"),
        h("span", { class: "who-name" }, displayName(u)),
        h("span", { class: "who-role" }, this.roleOf(u, this.homeGuild(u)?.id)),
      ),
    );
    const more = h(
      "select",
      { class: "mini-select who-more", "aria-label": t("others"), onchange: (e) => this.#play(index, e.target.value) },
      h("option", { value: "", selected: true, disabled: true }, t("others")),
      others.map((u) => h("option", { value: u.id }, `${displayName(u)} · ${this.roleOf(u, this.homeGuild(u)?.id)}`)),
    );
    return h("fieldset", { class: "whos" }, h("legend", {}, t("you_are")), options, others.length ? more : null);
  }

  #drawTop() {
    document.title = t("page_title");
    const split = this.panes.length > 1;
    const lang = (code, label) =>
      h(
        "button",
        {
          type: "button",
          class: "seg",
          lang: code,
          "aria-pressed": String(language() === code),
          onclick: () => this.#speak(code),
        },
        label,
      );
    document.getElementById("top").replaceChildren(
      h("img", { src: "shell.svg", alt: "", width: 26, height: 26 }),
      h("span", { class: "brand" }, "Maxis"),
      h("span", { class: "brand-sub" }, t("brand_sub")),
      h("span", { class: "spring" }),
      h(
        "button",
        {
          type: "button",
          class: "top-button only-wide",
          "aria-pressed": String(split),
          onclick: () => this.#toggleSplit(),
        },
        icon("split"),
        split ? t("split_off") : t("split_on"),
      ),
      h("div", { class: "segs", role: "group", "aria-label": t("page_language") }, lang("fr", "FR"), lang("en", "EN")),
    );
  }

  /** As in Discord, where one speaks one's own language: the page's, and that of the people shown. */
  async #speak(code) {
    setLanguage(code);
    await Promise.all(this.panes.map((p) => p.settings({ locale: code === "en" ? "en-US" : "fr" })));
    const ids = this.panes.map((p) => p.personId);
    for (const pane of this.panes) pane.destroy();
    this.panes = [];
    this.show(ids);
  }
}

new App().start();
