// A Chromium of its own for each test file, and what the tests say and see on the chat page.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PATIENCE_MS = 15_000;

/** Starts a browser with an empty profile; `close` ends it and removes the profile. */
export async function launch() {
  const profile = await mkdtemp(join(tmpdir(), "chat-page-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: FLAGS,
    viewport: { width: 1440, height: 900 },
    locale: "fr-FR",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return {
    context,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** The sandbox's world: people and servers by name. */
export async function world(chatUrl) {
  const answer = await fetch(new URL("/sandbox/api/world", chatUrl));
  const { users, guilds } = await answer.json();
  return { person: (username) => users.find((u) => u.username === username).id, guilds };
}

/** One person's page. */
export class Visitor {
  /** Opens the chat page as a person; what the page logs as an error is kept in `errors`. */
  static async open(context, chatUrl, id) {
    const page = await context.newPage();
    const visitor = new Visitor(page);
    page.on("pageerror", (error) => visitor.errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && visitor.errors.push(message.text()));
    const url = new URL(chatUrl);
    url.searchParams.set("as", id);
    await page.goto(url.href);
    await page.locator(".channel[aria-current]").waitFor();
    return visitor;
  }

  constructor(page) {
    this.page = page;
    this.errors = [];
    this.box = page.locator(".composer-text");
    this.form = page.locator("dialog[open]");
  }

  async opens(channel) {
    await this.#acts();
    await this.page.locator(".channel", { hasText: channel }).click();
    await this.page.locator(".chat-title", { hasText: channel }).waitFor();
  }

  /** Goes from direct messages back to the first server. */
  async opensServer() {
    await this.#acts();
    await this.page.locator(".rail-item").nth(1).click();
    await this.page.locator(".channel[aria-current]").waitFor();
  }

  async directMessages(open) {
    await this.#acts();
    const other = this.page.getByRole("switch", { checked: !open });
    if (await other.count()) await other.click();
    await this.page.getByRole("switch", { checked: open }).waitFor();
  }

  /** Types without sending. */
  async types(text) {
    await this.#acts();
    await this.box.fill(text);
  }

  async key(name) {
    await this.page.keyboard.press(name);
  }

  /** A row of the list above the message box. */
  proposal(text) {
    return this.page.getByRole("option").filter({ hasText: text });
  }

  async says(text) {
    await this.#acts();
    await this.box.fill(text);
    await this.box.press("Enter");
  }

  /** Types a command whose answer is private, and opens it; the call to it goes once it was read. */
  async asks(text) {
    await this.page.getByRole("button", { name: "Lire la réponse" }).waitFor({ state: "detached" });
    await this.says(text);
    await this.presses("Lire la réponse");
  }

  /** The newest message that holds the text. */
  message(text) {
    // The line above may quote another message.
    const body = this.page.locator(".msg-body", { hasText: text });
    return this.page.locator(".msg", { has: body }).last();
  }

  async sees(text) {
    await this.message(text).waitFor();
  }

  /** Presses the newest button of a bot with this label. */
  async presses(button, within = this.page) {
    await this.#acts();
    await within.locator(".components").getByRole("button", { name: button }).last().click();
  }

  /** Fills fields of the open form by the name of their option, and sends it. */
  async fills(values) {
    await this.#acts();
    await this.form.waitFor();
    for (const [name, value] of Object.entries(values)) {
      await this.form.locator(`[data-custom-id="${name}"]`).fill(value);
    }
    await this.form.locator("button[type=submit]").click();
    await this.form.waitFor({ state: "detached" });
  }

  // A tab in the background paints once a second, which makes every click wait.
  #acts() {
    return this.page.bringToFront();
  }
}
