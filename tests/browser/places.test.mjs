// The pages beside tickets, with the real program behind them: what a member buys in Discord is given back here, what Shellia proposes
// is approved here, what is made here stands in Discord, and a member who wants to be forgotten is.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Visitor, launch, world } from "./browser.mjs";

const { ADMIN_URL, CHAT_URL } = process.env;
const SEE = "Voir ce qui va se passer";
const problems = [];

let chat;
let desk;
let jean;
let gaelle;
let boss;
let lea;

const box = () => lea.getByRole("dialog");
const pressIn = (name) => box().getByRole("button", { name, exact: true }).click();
const thing = (text) => lea.locator(".thing", { hasText: text }).first();

/** Opens a page of the panel. */
async function opens(file) {
  await lea.bringToFront();
  const guild = new URL(lea.url()).searchParams.get("guild");
  const [name, query = ""] = file.split("?");
  await lea.goto(new URL(`${name}?guild=${guild}${query && `&${query}`}`, lea.url()).href);
  await lea.locator(".live.is-live").waitFor();
}

before(async () => {
  assert.ok(ADMIN_URL, "ADMIN_URL must hold the address of the panel");
  [chat, desk] = [await launch(), await launch()];
  const known = await world(CHAT_URL);
  jean = await Visitor.open(chat.context, CHAT_URL, known.person("jean"));
  gaelle = await Visitor.open(chat.context, CHAT_URL, known.person("gaelle"));
  boss = await Visitor.open(chat.context, CHAT_URL, known.person("lea"));
  lea = await desk.context.newPage();
  lea.on("pageerror", (error) => problems.push(String(error)));
  lea.on("console", (m) => {
    if (m.type() === "error" && !/Failed to load resource/u.test(m.text())) problems.push(m.text());
  });
  await lea.goto(ADMIN_URL);
  await lea.getByRole("link", { name: "Se connecter avec Discord" }).click();
  await lea.getByRole("button", { name: "Léa", exact: true }).click();
  await lea.locator(".live.is-live").waitFor();
});

after(async () => {
  for (const browser of [chat, desk]) await browser?.close();
});

test("what a member bought is found, and given back in part after it was seen what that does", async () => {
  await opens("orders.html");
  await jean.page.bringToFront();
  await jean.opens("support");
  await jean.asks('!acheter "Guide du vendeur"');
  await jean.presses("J’accepte, payer", jean.message("Guide du vendeur"));
  const order = jean.page.locator(".msg-body", { hasText: "Guide du vendeur" }).filter({ hasText: "Payez sur la page" }).last();
  await order.waitFor();
  const opened = chat.context.waitForEvent("page");
  const [till] = await Promise.all([opened, order.getByRole("link", { name: "Payer" }).click()]);
  await till.getByRole("button", { name: "Payer par carte (4242)" }).click();
  await till.waitForURL(/sandbox|chat/u);
  await till.close();
  await jean.presses("J’ai payé", order);
  await jean.sees("Payée et livrée");
  await lea.bringToFront();
  await lea.locator(".thing", { hasText: "Guide du vendeur" }).filter({ hasText: "Jean" }).first().getByRole("link").first().click();
  await lea.getByRole("button", { name: "Rembourser" }).click();
  await box().getByLabel("Montant").fill("9999");
  await box().getByLabel("Raison").fill("Geste commercial");
  await pressIn(SEE);
  await box().locator(".problem-line", { hasText: "montant" }).or(box().locator("[aria-invalid=true]")).first().waitFor();
  assert.equal(await box().getByLabel("Raison").inputValue(), "Geste commercial", "what was typed is there");
  await box().getByLabel("Montant").fill("1,00");
  await pressIn(SEE);
  await box().getByText("1,00 €").first().waitFor();
  await pressIn("Rembourser");
  await box().waitFor({ state: "detached" });
  await lea.locator(".detail").getByText("1,00 €").first().waitFor();
});

test("what Shellia prepared is shown whole, approved here, and done", async () => {
  await opens("decisions.html");
  await boss.page.bringToFront();
  await boss.opens("staff");
  await boss.says("!maxis promo 5% pro 48h");
  await lea.bringToFront();
  await thing("5 %").getByText("Pro · au mois").first().waitFor();
  await thing("5 %").getByRole("button", { name: "Approuver" }).click();
  await pressIn("Approuver");
  await box().waitFor({ state: "detached" });
  await lea.getByRole("link", { name: "Décidées" }).click();
  await thing("5 %").waitFor();
  await opens("promotions.html");
  await thing("5 %").waitFor();
});

test("a giveaway that is made here is announced in Discord", async () => {
  await opens("giveaways.html?new=1");
  await lea.getByLabel("Lot").fill("Un thème dessiné main");
  await lea.getByLabel("Durée").fill("3j");
  await lea.getByLabel("Salon").fill("discussion");
  await lea.getByRole("button", { name: "Lancer le tirage" }).click();
  await lea.waitForURL(/giveaway=\d/u);
  await lea.getByRole("heading", { name: "Un thème dessiné main" }).waitFor();
  await boss.page.bringToFront();
  await boss.opens("discussion");
  await boss.sees("Un thème dessiné main");
});

test("a member asks to be forgotten, an operator sees what goes and what stays, and he is", async () => {
  await gaelle.opens("support");
  await gaelle.asks('!ticket_créer "Ma boîte" Une question de ZEPHIRINE.');
  await gaelle.asks("!confidentialité");
  await gaelle.presses("Effacer mes données");
  await gaelle.presses("Demander l’effacement");
  await gaelle.sees("Demande envoyée");
  await opens("tickets.html?state=open");
  await lea.locator(".row", { hasText: "Ma boîte" }).waitFor();
  await opens("privacy.html");
  await thing("Gaëlle").getByRole("button", { name: "Confirmer" }).click();
  await box().getByText(/\d tickets?/u).first().waitFor();
  await pressIn("Effacer définitivement");
  await box().waitFor({ state: "detached" });
  // It is carried out within a minute.
  for (let tries = 0; (await lea.locator(".thing", { hasText: "Gaëlle" }).count()) > 0; tries++) {
    assert.ok(tries < 100, "she is still known");
    await lea.waitForTimeout(1000);
    await opens("privacy.html");
    await lea.locator(".thing").first().waitFor();
  }
  await opens("tickets.html?state=open");
  await lea.locator(".row").first().waitFor();
  assert.equal(await lea.locator(".row", { hasText: "Ma boîte" }).count(), 0);
});

test("why a member has a role is told, and what was done stands in the audit", async () => {
  await opens("members.html");
  await lea.getByRole("searchbox").fill("jean");
  await lea.waitForURL(/q=jean/u);
  await thing("Gaëlle").waitFor({ state: "detached" });
  await thing("Jean").waitFor();
  await thing("Jean").getByRole("link").first().click();
  await lea.getByText("Guide du vendeur").first().waitFor();
  await opens("audit.html");
  await lea.getByText("a lancé un concours").first().waitFor();
  await lea.getByText("a approuvé une décision").first().waitFor();
  assert.deepEqual([problems, jean.errors, boss.errors], [[], [], []]);
});
