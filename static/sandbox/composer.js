// The message box: text with mentions and files, or a slash command being filled in.

import { CommandForm } from "./command.js";
import { complete, matching } from "./commands.js";
import { avatar, displayName, freshId, h, icon, iconButton } from "./dom.js";
import { FileTray } from "./files.js";
import { Listbox, fold } from "./listbox.js";
import { t } from "./texts.js";

const MENTION = /(?:^|\s)@([^\s@]*)$/u;

/** `host` is the pane: locale, people(), channels(), roles(), complete(), say(), slash(), apps(). */
export class Composer {
  constructor(host) {
    this.host = host;
    this.drafts = new Map();
    this.mentions = new Map();
    this.history = "";
    this.replyTo = null;
    this.form = null;
    this.listbox = new Listbox({ onpick: () => {} });
    this.tray = new FileTray({ onerror: (text) => this.fail(text) });
    this.error = h("div", { class: "composer-error", role: "alert", hidden: true });
    this.reply = h("div", { class: "composer-reply", hidden: true });
    this.text = h("textarea", {
      class: "composer-text",
      id: freshId("text"),
      rows: 1,
      "aria-autocomplete": "list",
      oninput: () => this.#typed(),
      onkeydown: (e) => this.#key(e),
      onblur: () => this.listbox.hide(),
      onpaste: (e) => e.clipboardData.files.length && this.tray.add(e.clipboardData.files),
    });
    this.line = h(
      "div",
      { class: "composer-line" },
      iconButton("plus", t("attach"), () => this.tray.choose()),
      this.tray.input,
      this.text,
      iconButton("slash", t("commands_button"), () => this.insert("/")),
      h(
        "button",
        {
          type: "button",
          class: "send-button",
          "aria-label": t("send"),
          title: t("send"),
          onclick: () => this.#send(),
        },
        icon("send"),
      ),
    );
    const drop = (event) => {
      event.preventDefault();
      this.tray.add(event.dataTransfer.files);
    };
    this.box = h(
      "div",
      { class: "composer-box", ondragover: (e) => e.preventDefault(), ondrop: drop },
      this.reply,
      this.tray.element,
      this.line,
    );
    this.element = h("div", { class: "composer" }, this.listbox.element, this.error, this.box);
  }

  /** Points the box at a channel; drafts stay with theirs. */
  open(channelId, where) {
    if (this.channelId !== channelId) {
      if (this.channelId) this.drafts.set(this.channelId, this.text.value);
      this.channelId = channelId;
      this.text.value = this.drafts.get(channelId) ?? "";
      this.#leaveCommand();
      this.setReply(null);
      this.fail("");
    }
    this.text.placeholder = t("composer_hint", { where });
    this.text.setAttribute("aria-label", t("composer", { where }));
    this.#grow();
  }

  focus() {
    if (this.form) this.form.focus();
    else this.text.focus();
  }

  /** Replaces what is written by `text`, as if typed. */
  insert(text) {
    this.#leaveCommand();
    this.text.value = text;
    this.text.focus();
    this.#typed();
  }

  /** Shows what went wrong; an empty text clears it. */
  fail(text) {
    this.error.textContent = text;
    this.error.hidden = !text;
  }

  setReply(message, name = "") {
    this.replyTo = message;
    this.reply.hidden = !message;
    this.reply.replaceChildren(
      ...(message
        ? [
            icon("reply"),
            h("span", {}, t("replying_to", { name })),
            iconButton("close", t("cancel_reply"), () => this.setReply(null)),
          ]
        : []),
    );
    if (message) this.text.focus();
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 220)}px`;
  }

  #typed() {
    this.fail("");
    this.#grow();
    const { value } = this.text;
    if (value.startsWith("/") && !value.includes("\n")) this.#proposeCommands(value.slice(1));
    else this.#proposePeople();
  }

  #proposeCommands(typed) {
    const commands = this.host.commandList();
    const whole = complete(commands, typed);
    if (whole) {
      this.#startCommand(whole.command, whole.rest);
      return;
    }
    const rows = matching(commands, typed).map((command) => ({
      label: `/${command.label}`,
      detail: command.description,
      hint: this.host.appName(command.application),
      lead: avatar(this.host.appUser(command.application), "is-small"),
      command,
    }));
    this.listbox.onpick = ({ command }) => this.#startCommand(command, "");
    this.listbox.show(this.text, rows, {
      title: t("commands"),
      note: t(commands.length ? "commands_none" : "commands_elsewhere"),
    });
  }

  #proposePeople() {
    const before = this.text.value.slice(0, this.text.selectionStart);
    const typed = MENTION.exec(before)?.[1];
    if (typed === undefined) {
      this.listbox.hide();
      return;
    }
    const people = this.host
      .people()
      .filter((u) => fold(displayName(u)).startsWith(fold(typed)) || fold(u.username).startsWith(fold(typed)));
    this.listbox.onpick = ({ user }) => {
      const name = `@${displayName(user)}`;
      this.mentions.set(name, `<@${user.id}>`);
      const start = before.length - typed.length - 1;
      this.text.setRangeText(`${name} `, start, before.length, "end");
      this.listbox.hide();
    };
    this.listbox.show(
      this.text,
      people.map((user) => ({ label: displayName(user), hint: user.username, lead: avatar(user, "is-small"), user })),
      { title: t("people") },
    );
  }

  #key(event) {
    if (event.isComposing || this.listbox.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "Escape" && this.replyTo) {
      this.setReply(null);
    } else if (event.key === "ArrowUp" && this.text.value === "" && this.history) {
      event.preventDefault();
      this.insert(this.history);
    }
  }

  async #send() {
    const typed = this.text.value;
    if (this.busy || (typed.trim() === "" && this.tray.files.length === 0)) return;
    const names = [...this.mentions.keys()].sort((a, b) => b.length - a.length);
    const content = names.reduce((text, name) => text.replaceAll(name, this.mentions.get(name)), typed);
    const attachments = this.tray.payload();
    this.busy = true;
    try {
      await this.host.say({
        content,
        ...(this.replyTo ? { reply_to: this.replyTo.id } : {}),
        ...(attachments.length ? { attachments } : {}),
      });
      this.history = typed;
      if (this.text.value === typed) this.text.value = "";
      this.mentions.clear();
      this.tray.clear();
      this.setReply(null);
      this.fail("");
      this.listbox.hide();
      this.#grow();
    } catch (error) {
      this.fail(error.message);
    } finally {
      this.busy = false;
    }
  }

  #startCommand(command, rest) {
    this.listbox.hide();
    this.text.value = "";
    this.fail("");
    const host = {
      locale: this.host.locale,
      listbox: this.listbox,
      people: () => this.host.people(),
      roles: () => this.host.roles(),
      channels: () => this.host.channels(),
      complete: (question) => this.host.complete(question),
    };
    this.form = new CommandForm(command, host, {
      onsend: (request) => this.#sendCommand(request, command),
      oncancel: () => {
        this.#leaveCommand();
        this.text.focus();
      },
      onerror: (text) => this.fail(text),
    });
    this.form.prefill(rest);
    this.line.hidden = true;
    this.box.append(this.form.element);
    this.form.focus();
  }

  async #sendCommand(request, command) {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.host.slash(request, command.label);
      this.#leaveCommand();
      this.text.focus();
    } catch (error) {
      this.fail(error.message);
    } finally {
      this.busy = false;
    }
  }

  #leaveCommand() {
    this.listbox.hide();
    this.form?.element.remove();
    this.form = null;
    this.line.hidden = false;
    this.fail("");
    this.#grow();
  }
}
