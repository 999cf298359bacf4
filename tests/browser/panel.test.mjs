// A ticket between the panel and the chat page, with the real program behind both: staff come in by a one-time link or by the
// local Discord, and what either side writes reaches the other. ADMIN_URL is the panel's address, PROGRAM and DATABASE_URL make links.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { Visitor, launch, world } from "./browser.mjs";

const { ADMIN_URL, CHAT_URL, DATABASE_URL, PROGRAM } = process.env;
const SUBJECT = "Carte perdue";
const NOTE = "CLIENT CONNU DE LA BANQUE";

let browser;
let known;
let jean;
let lea;
const problems = [];

/** A page of the panel: it may log no error, and asks no host but its own and, to sign in, the local Discord. */
async function panel(address) {
  const page = await browser.context.newPage();
  const hosts = [new URL(ADMIN_URL).host, new URL(CHAT_URL).host];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (m) => {
    // Who is signed out is told so by a refusal, which the browser logs.
    if (m.type() === "error" && !/status of 40[19]/u.test(m.text())) problems.push(m.text());
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && !hosts.includes(url.host)) problems.push(`to another host: ${url}`);
  });
  await page.goto(address);
  return page;
}

const row = (page, text) => page.locator(".row", { hasText: text });
const message = (page, text) => page.locator(".msg", { hasText: text });

before(async () => {
  assert.ok(ADMIN_URL, "ADMIN_URL must hold the address of the panel");
  browser = await launch();
  known = await world(CHAT_URL);
  jean = await Visitor.open(browser.context, CHAT_URL, known.person("jean"));
  await jean.directMessages(true);
});

after(() => browser?.close());

test("a one-time link opens the panel once, as the person for whom it was made", async () => {
  const env = { ...process.env, MAXIS_PANEL_URL: new URL(ADMIN_URL).origin };
  const asked = ["admin-link", "--guild", known.guilds[0].id, "--user", known.person("sam")];
  const { stdout } = await promisify(execFile)(PROGRAM, asked, { env });
  const page = await panel(stdout.trim());
  const enter = page.getByRole("button", { name: "Entrer", exact: true });
  await enter.click();
  await row(page, "Un thème sombre ?").waitFor();
  await browser.context.clearCookies();
  const second = await panel(stdout.trim());
  await second.getByRole("button", { name: "Entrer", exact: true }).click();
  await second.getByText("Ce lien a déjà servi").waitFor();
  await page.close();
  await second.close();
});

test("staff sign in with Discord, and a ticket opened in the chat stands in their list without a reload", async () => {
  lea = await panel(ADMIN_URL);
  await lea.getByRole("link", { name: "Se connecter avec Discord" }).click();
  await lea.getByRole("button", { name: "Léa", exact: true }).click();
  await row(lea, "Un thème sombre ?").waitFor();
  await lea.locator(".live.is-live").waitFor();
  await jean.opens("support");
  await jean.asks(`!ticket_create "${SUBJECT}" Ma carte de fidélité a disparu.`);
  await row(lea, SUBJECT).waitFor();
});

test("a note stays among staff, an answer reaches him in Discord, and what he answers is there at once", async () => {
  await lea.bringToFront();
  await row(lea, SUBJECT).getByRole("link").click();
  await message(lea, "a disparu").waitFor();
  const box = lea.locator("#compose");
  await lea.getByRole("radio", { name: "Note interne" }).check();
  await box.fill(NOTE);
  await lea.getByRole("button", { name: "Ajouter la note" }).click();
  await lea.locator(".msg.is-note", { hasText: NOTE }).waitFor();
  await lea.getByRole("radio", { name: "Répondre" }).check();
  await box.fill("Une nouvelle carte part demain.");
  await lea.getByRole("button", { name: "Envoyer", exact: true }).click();
  await message(lea, "part demain").getByText("Remis sur Discord").waitFor();

  await jean.page.bringToFront();
  await jean.page.getByRole("button", { name: /vous a écrit en privé/u }).click();
  await jean.sees("Une nouvelle carte part demain.");
  await jean.presses("Répondre", jean.message("part demain"));
  await jean.fills({ message: "Merci beaucoup !" });
  await message(lea, "Merci beaucoup !").waitFor();
  assert.ok(!(await jean.page.content()).includes(NOTE));
});

test("what staff did in the panel stands in Discord, and nothing went wrong on any page", async () => {
  await lea.bringToFront();
  await lea.locator('[data-key="do-resolve"]').click();
  await lea.locator('[data-key="do-reopen"]').waitFor();
  await jean.sees("est résolu. Sans nouvelle de vous");
  assert.deepEqual([problems, jean.errors], [[], []]);
});
