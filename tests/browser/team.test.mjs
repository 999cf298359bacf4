// The panel as a team uses it, with the real program behind it: filters, search, deeds on several tickets, two at one ticket, a
// network that goes, texts that mean harm, a session and a role that are taken away. Every page that is served is judged by
// axe-core in both themes and photographed (SHOTS names the folder).

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { Visitor, launch, world } from "./browser.mjs";

const { ADMIN_URL, CHAT_URL, SHOTS } = process.env;
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const HOSTILE = `<img src=x onerror="window.broken=1"><script>window.broken=1</script> \u202Eerbmos\u202C ${"très".repeat(60)}`;
const problems = [];

let chat;
let known;
let jean;
let hers;
let his;
let lea;
let sam;

/** A page of the panel: it logs no error, and asks no host but its own and, to sign in, the local Discord. */
async function panel(browser, address) {
  const page = await browser.context.newPage();
  const hosts = [new URL(ADMIN_URL).host, new URL(CHAT_URL).host];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (m) => {
    // Refusals and a network that is gone are what some of these tests are about; the browser logs each.
    if (m.type() === "error" && !/Failed to load resource|net::ERR_/u.test(m.text())) problems.push(m.text());
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!["data:", "blob:"].includes(url.protocol) && !hosts.includes(url.host)) problems.push(`to another host: ${url}`);
  });
  await page.goto(address);
  return page;
}

async function signsIn(browser, name) {
  const page = await panel(browser, ADMIN_URL);
  await page.getByRole("link", { name: "Se connecter avec Discord" }).click();
  await page.getByRole("button", { name, exact: true }).click();
  await page.locator(".row").first().waitFor();
  await page.locator(".live.is-live").waitFor();
  return page;
}

/** A view of the panel, of the guild that the page is in. */
function view(page, query) {
  const guild = new URL(page.url()).searchParams.get("guild");
  return new URL(`tickets.html?guild=${guild}&${query}`, page.url()).href;
}

const row = (page, text) => page.locator(".row", { hasText: text });
const message = (page, text) => page.locator(".msg", { hasText: text });
const box = (page) => page.locator("#compose");

async function opensTicket(page, text) {
  await page.bringToFront();
  await row(page, text).getByRole("link").click();
  await page.locator(".msg").first().waitFor();
}

/** What axe-core finds on a page, a line for each rule. */
async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
  return found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target).join(" | ")}`);
}

before(async () => {
  assert.ok(ADMIN_URL, "ADMIN_URL must hold the address of the panel");
  [chat, hers, his] = [await launch(), await launch(), await launch()];
  known = await world(CHAT_URL);
  jean = await Visitor.open(chat.context, CHAT_URL, known.person("jean"));
  await jean.directMessages(true);
  await jean.opens("support");
  for (const [subject, text] of [
    ["Facture introuvable", "Je cherche une facture de septembre, référence ZÉPHYR."],
    ["Doublon numéro un", "La même question."],
    ["Doublon numéro deux", "La même question."],
  ]) await jean.asks(`!ticket_create "${subject}" ${text}`);
  lea = await signsIn(hers, "Léa");
  sam = await signsIn(his, "Sam");
});

after(async () => {
  for (const browser of [chat, hers, his]) await browser?.close();
});

test("a search finds words of messages without accents, and filters stand in the address and are counted", async () => {
  await lea.bringToFront();
  await lea.goto(view(lea, "state=open"));
  await row(lea, "Facture introuvable").waitFor();
  await lea.keyboard.press("/");
  await lea.keyboard.type("zephyr");
  await lea.waitForURL(/q=zephyr/u);
  await row(lea, "Doublon").first().waitFor({ state: "detached" });
  await row(lea, "Facture introuvable").waitFor();
  assert.equal(await lea.locator(".row").count(), 1);
  await lea.getByRole("searchbox").fill("");
  await row(lea, "Doublon numéro un").waitFor();
  const category = lea.locator(".facet-row").filter({ has: lea.locator(".count", { hasNotText: /^0$/u }) });
  const facet = category.filter({ hasText: "Général" });
  await facet.getByRole("checkbox").check();
  await lea.waitForURL(/category=general/u);
  const count = Number(await facet.locator(".count").textContent());
  await assert.doesNotReject(lea.waitForFunction((n) => document.querySelectorAll(".row").length === n, count));
  await lea.goBack();
  assert.doesNotMatch(lea.url(), /category/u);
});

test("several tickets are closed at once, and their opener reads it in Discord", async () => {
  await lea.bringToFront();
  await lea.goto(view(lea, "state=open"));
  await row(lea, "Doublon numéro un").getByRole("checkbox").check();
  await row(lea, "Doublon numéro deux").getByRole("checkbox").check();
  await lea.getByText("2 sélectionnés").waitFor();
  await lea.getByRole("toolbar").getByRole("button", { name: "Fermer" }).click();
  await lea.getByLabel("Raison (facultative)").fill("Deux fois la même question");
  await lea.getByRole("dialog").getByRole("button", { name: "Fermer", exact: true }).click();
  await row(lea, "Doublon").first().waitFor({ state: "detached" });
  await jean.page.getByRole("button", { name: /vous a écrit en privé/u }).click();
  await jean.sees("est fermé");
});

test("two at one ticket see each other, and who was slower is warned before his answer goes out", async () => {
  await lea.goto(view(lea, "state=open,in_progress"));
  await sam.goto(view(sam, "state=open,in_progress"));
  await opensTicket(lea, "Facture introuvable");
  await opensTicket(sam, "Facture introuvable");
  await box(sam).pressSequentially("Bonjour");
  await lea.bringToFront();
  await lea.locator(".here").getByText("Sam").waitFor();
  await box(lea).fill("Je la cherche.");
  await sam.bringToFront();
  await box(sam).fill("La voici : FA-2026-09.");
  await sam.getByRole("button", { name: "Envoyer", exact: true }).click();
  await message(sam, "FA-2026-09").getByText("Remis sur Discord").waitFor();
  await lea.bringToFront();
  await lea.locator(".compose-problem").waitFor();
  await message(lea, "FA-2026-09").waitFor();
  assert.equal(await box(lea).inputValue(), "Je la cherche.", "what she typed is there");
  await box(lea).fill("");
});

test("texts that mean harm are shown as they were typed and break nothing", async () => {
  await jean.opensServer();
  await jean.opens("support");
  await jean.asks(`!ticket_create "${HOSTILE.slice(0, 95).replaceAll('"', "'")}" ${HOSTILE}`);
  await lea.goto(view(lea, "state=open"));
  await opensTicket(lea, "<img src=x");
  await message(lea, "<script>window.broken=1</script>").waitFor();
  for (const width of [1440, 1000, 390, 320]) {
    await lea.setViewportSize({ width, height: 800 });
    const over = await lea.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px too wide at ${width}`);
  }
  await lea.setViewportSize({ width: 1440, height: 900 });
  assert.equal(await lea.evaluate(() => window.broken), undefined);
  assert.equal(await lea.locator("main script, main img[onerror]").count(), 0);
});

test("axe-core finds nothing on any page, light, dark and narrow; each is photographed", async () => {
  await lea.bringToFront();
  if (SHOTS) await mkdir(SHOTS, { recursive: true });
  const guild = new URL(lea.url()).searchParams.get("guild");
  const places = await lea.evaluate(async (g) => (await (await fetch(`/api/admin/guilds/${g}/guild`)).json()).places, guild);
  const number = await lea.locator(".row").first().getAttribute("data-number");
  const views = {
    tickets: view(lea, "state=open,in_progress,waiting_user"),
    ticket: view(lea, `state=open,in_progress,waiting_user&ticket=${number}`),
    history: view(lea, `state=open,in_progress,waiting_user&ticket=${number}&tab=history`),
    overview: view(lea, "view=overview"),
    sessions: new URL(`sessions.html?guild=${guild}`, lea.url()).href,
    ...Object.fromEntries(places.map((name) => [name, new URL(`${name}.html?guild=${guild}`, lea.url()).href])),
  };
  const looks = [["light", 1440], ["dark", 1440], ["light", 390]];
  for (const [name, address] of Object.entries(views)) {
    for (const [theme, width] of looks) {
      await lea.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await lea.setViewportSize({ width, height: width < 500 ? 844 : 900 });
      await lea.goto(address);
      await lea.locator("main h1, main h2").first().waitFor({ state: "attached" });
      await lea.locator(".skeleton").first().waitFor({ state: "detached" });
      const look = width < 500 ? "phone" : theme;
      if (SHOTS) await lea.screenshot({ path: `${SHOTS}/${name}-${look}.png` });
      assert.deepEqual(await violations(lea), [], `${name}, ${look}`);
    }
  }
  await lea.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await lea.setViewportSize({ width: 1440, height: 900 });
});

test("offline, what is typed stays, and goes out once the network is back", async () => {
  await sam.bringToFront();
  await box(sam).fill("Depuis le train");
  await his.context.setOffline(true);
  try {
    await sam.locator(".strip").getByText("Vous êtes hors ligne").waitFor();
    await sam.keyboard.press("Control+Enter");
    await sam.locator(".compose-problem").waitFor();
    assert.equal(await box(sam).inputValue(), "Depuis le train");
    await jean.opensServer();
    await jean.opens("support");
    await jean.asks('!ticket_create "Pendant le tunnel" Il y a quelqu’un ?');
  } finally {
    await his.context.setOffline(false);
  }
  await sam.bringToFront();
  await sam.locator(".strip.is-shown").waitFor({ state: "detached" });
  await row(sam, "Pendant le tunnel").waitFor();
  await sam.locator(".compose-problem").getByRole("button", { name: "Réessayer" }).click();
  await message(sam, "Depuis le train").getByText("Remis sur Discord").waitFor();
  assert.equal(await message(sam, "Depuis le train").count(), 1);
});

test("a session that is ended from another device closes its page", async () => {
  const other = await launch();
  try {
    const phone = await signsIn(other, "Léa");
    await phone.goto(new URL("sessions.html", phone.url()).href);
    const one = phone.getByRole("button", { name: "Fermer la session" });
    await one.first().waitFor();
    // Other tests may have left sessions of hers.
    const several = (await one.count()) > 1;
    await (several ? phone.getByRole("button", { name: "Fermer toutes les autres" }) : one).click();
    await phone.getByRole("dialog").getByRole("button", { name: "Fermer la session" }).click();
    await lea.bringToFront();
    await lea.getByRole("dialog").or(lea.getByRole("link", { name: "Se connecter avec Discord" })).first().waitFor();
    assert.ok(!(await lea.locator("main").isVisible()) || (await lea.locator("main").count()) === 0 || !(await lea.getByRole("dialog").count()), "the page is seen no more");
    await lea.goto(ADMIN_URL);
    await lea.getByRole("link", { name: "Se connecter avec Discord" }).waitFor();
  } finally {
    await other.close();
  }
});

test("a role that is taken away closes the open page, says why, and shows nothing any more", async () => {
  await sam.bringToFront();
  const [guild, user] = [known.guilds[0].id, known.person("sam")];
  const { users } = await (await fetch(new URL("/sandbox/api/world", CHAT_URL))).json();
  const had = users.find((one) => one.id === user).members.find((one) => one.guild_id === guild).roles;
  const gives = async (roles) => {
    const body = JSON.stringify({ guild, user, roles, present: true });
    const sent = { method: "POST", headers: { "content-type": "application/json" }, body };
    const answer = await fetch(new URL("/sandbox/api/members", CHAT_URL), sent);
    assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
  };
  await gives([]);
  try {
    await sam.getByRole("dialog").getByText("Votre rôle dans l’équipe a changé").waitFor({ timeout: 5000 });
    assert.equal((await sam.locator("main").textContent()).trim(), "", "nothing of the page is left");
    assert.ok(!(await sam.locator("main").isVisible()));
    const status = await sam.evaluate(async (g) => (await fetch(`/api/admin/guilds/${g}/tickets`)).status, guild);
    assert.ok([403, 404].includes(status), `${status}`);
  } finally {
    await gives(had);
  }
  assert.deepEqual([problems, jean.errors], [[], []]);
});
