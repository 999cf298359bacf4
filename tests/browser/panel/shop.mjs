// Shop, orders and audit: figures, catalogue, keys by paste, lists with filters and pages, what happens elsewhere, trouble.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { panel, sent, startBrowser, stopBrowser, until } from "./page.mjs";

before(startBrowser);
after(stopBrowser);

const OPERATOR = { rank: "operator" };
const things = (page) => page.locator(".thing");
const thing = (page, text) => page.locator(".thing", { hasText: text });
const box = (page) => page.getByRole("dialog");
const gets = (mock, match) => mock.requests.filter((r) => r.method === "GET" && match.test(r.path + r.query));

test("figures of the shop, their charts as tables too, and what needs a look leads there", async () => {
  await panel("shop.html?guild=1", OPERATOR, async ({ page }) => {
    await page.getByText("1 843,50 €".replaceAll(" ", "\u202f").replace("\u202f€", "\u00a0€")).waitFor();
    await page.getByRole("link", { name: "7 jours", exact: true }).click();
    await page.waitForURL(/days=7/u);
    await until(async () => (await page.locator(".chart").first().locator(".column").count()) === 7, "seven days");
    await page.getByText("En tableau").first().click();
    assert.match(await page.locator(".chart tbody tr").nth(1).textContent(), /69,30/u);
    await page.getByRole("link", { name: "Voir" }).click();
    await page.waitForURL(/orders\.html\?guild=1&order=12/u);
    await page.locator(".detail .card").first().waitFor();
  });
});

test("keys are pasted, doubles and refusals are told by line, and no key is ever shown again", async () => {
  await panel("shop.html?guild=1&product=game", OPERATOR, async ({ page, mock }) => {
    const paste = page.getByLabel("Clés, une par ligne");
    mock.shop.known = new Set(["OLD-1"]);
    const long = "L".repeat(120);
    await paste.fill(`NEW-1\nOLD-1\n\nNEW-1\nNEW-2\n${long}`);
    await page.getByLabel("Variante").selectOption("dlx");
    await page.getByRole("button", { name: "Ajouter des clés" }).click();
    await page.getByText("2 clés ajoutées. 14 clés libres").waitFor();
    const lines = await page.locator("[role=status] .lines li").allTextContents();
    assert.deepEqual(lines, ["Ligne 2 : déjà dans la boutique", "Ligne 4 : deux fois dans ce collage", "Ligne 6 : trop longue"]);
    assert.equal(await paste.inputValue(), long, "only what can be put right stays");
    assert.doesNotMatch(await page.evaluate(() => document.body.textContent + JSON.stringify({ ...sessionStorage, ...localStorage })), /NEW-|OLD-/u);
    await page.locator(".tile", { hasText: "Clés libres" }).getByText("14").waitFor();
    assert.equal(sent(mock, /keys$/u)[0].body.variant, "dlx");
    mock.bend(/keys$/u, { status: 503, body: { error: "busy", text: "Le service redémarre." }, times: 1 });
    await paste.fill("NEW-3");
    await page.getByRole("button", { name: "Ajouter des clés" }).click();
    await page.getByText("Le service redémarre").waitFor();
    assert.equal(await paste.inputValue(), "NEW-3");
    await page.getByRole("button", { name: "Ajouter des clés" }).click();
    await page.getByText("1 clé ajoutée. 15 clés libres").waitFor();
  });
});

test("a plan is made, changed by what was changed only, and taken off sale in two steps", async () => {
  await panel("shop.html?guild=1&tab=plans", OPERATOR, async ({ page, mock }) => {
    await page.getByRole("button", { name: "Nouvelle formule" }).click();
    await box(page).getByLabel("Nom de la formule").fill("Équipe");
    await box(page).getByLabel("Prix par mois").fill("cher");
    await page.keyboard.press("Enter");
    await box(page).getByText("n’est pas un prix").waitFor();
    assert.equal(await box(page).getByLabel("Nom de la formule").inputValue(), "Équipe");
    await box(page).getByLabel("Prix par mois").fill("29,90");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Équipe" }).waitFor();
    await thing(page, "41").getByRole("button", { name: "Modifier" }).click();
    assert.equal(await box(page).getByLabel("Prix par mois").inputValue(), "9,90");
    await box(page).getByLabel("Prix par mois").fill("11,90");
    await page.keyboard.press("Enter");
    await page.getByText("Enregistré.", { exact: true }).waitFor();
    assert.deepEqual(sent(mock, /PATCH .*plans\/pro/u)[0].body, { month: "11,90" });
    await thing(page, "41").getByRole("button", { name: "Retirer de la vente" }).click();
    await box(page).getByText("100 lignes").waitFor();
    await box(page).getByRole("button", { name: "Retirer de la vente" }).click();
    await thing(page, "41").getByRole("button", { name: "Remettre en vente" }).waitFor();
  });
});

test("what was emptied is sent as nothing, and a role is chosen from those of the server", async () => {
  await panel("shop.html?guild=1&tab=plans", OPERATOR, async ({ page, mock }) => {
    await thing(page, "41").getByRole("button", { name: "Modifier" }).click();
    const role = box(page).getByLabel("Rôle");
    await until(async () => (await box(page).locator("datalist option").count()) === 2, "the roles");
    assert.equal(await role.getAttribute("list"), await box(page).locator("datalist").getAttribute("id"));
    await box(page).getByLabel("Avantages").fill("");
    await role.fill("");
    await box(page).getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("Enregistré.", { exact: true }).waitFor();
    assert.deepEqual(sent(mock, /PATCH .*plans\/pro/u)[0].body, { role: null, benefits: null });
  });
});

test("a new product shows the fields of its kind only, and sends no other", async () => {
  await panel("shop.html?guild=1&tab=products", OPERATOR, async ({ page, mock }) => {
    await page.getByRole("button", { name: "Nouveau produit" }).click();
    const shown = async () => (await box(page).locator(".field:visible [name]").evaluateAll((all) => all.map((el) => el.getAttribute("name")))).filter((name) => ["role", "plan", "days"].includes(String(name)));
    assert.deepEqual(await shown(), ["role", "days"]);
    await box(page).getByLabel("Rôle").fill("Pro");
    await box(page).getByLabel("Genre").selectOption("plan_days");
    assert.deepEqual(await shown(), ["plan", "days"]);
    await box(page).getByLabel("Genre").selectOption("key");
    assert.deepEqual(await shown(), []);
    await box(page).getByLabel("Nom du produit").fill("Clé");
    await box(page).getByLabel("Prix").fill("5");
    await page.keyboard.press("Enter");
    await until(() => sent(mock, /POST .*products$/u).length === 1, "sent");
    const { role, plan, days } = sent(mock, /POST .*products$/u)[0].body;
    assert.deepEqual([role, plan, days], [null, null, null]);
  });
});

test("stock of a product and of a variant, keys in its place, and what a draft lacks", async () => {
  await panel("shop.html?guild=1&tab=products", OPERATOR, async ({ page, mock }) => {
    await thing(page, "Guide").getByText("Épuisé").waitFor();
    await page.getByRole("link", { name: "Guide" }).click();
    await page.getByRole("button", { name: "Changer le stock" }).click();
    await box(page).getByLabel("Stock").fill("5");
    await page.keyboard.press("Enter");
    await page.getByText("Enregistré.", { exact: true }).waitFor();
    assert.deepEqual(sent(mock, /stock$/u)[0].body, { variant: null, stock: 5 });
    await page.getByRole("link", { name: "Produits" }).first().click();
    await page.getByLabel("Genre").selectOption("key");
    await page.waitForURL(/kind=key/u);
    await until(async () => (await things(page).count()) === 1, "one kind");
    assert.doesNotMatch(await things(page).first().textContent(), /Stock|sans limite/u, "what has keys has no stock");
    await page.getByRole("link", { name: "Clé du jeu" }).click();
    await page.getByText("clés libres : 3").waitFor();
    assert.doesNotMatch(await page.locator(".detail").textContent(), /stock/iu);
    await page.getByRole("button", { name: "Ajouter une variante" }).click();
    await box(page).getByLabel("Nom de la variante").waitFor();
    assert.equal(await box(page).getByLabel("Stock").count(), 0);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Produits" }).first().click();
    await thing(page, "Insigne").getByText("Il manque le rôle à donner").waitFor();
    assert.equal(await page.getByText("Il manque le rôle").count(), 1, "only what is a draft");
    await page.getByRole("link", { name: "Insigne" }).click();
    await page.locator(".detail").getByText("Il manque le rôle à donner").waitFor();
    await page.getByText("stock : 5").waitFor();
    await page.getByRole("button", { name: "Changer le stock Or" }).click();
    await box(page).getByLabel("Stock").fill("");
    await page.keyboard.press("Enter");
    await until(() => sent(mock, /stock$/u).length === 2, "sent");
    assert.deepEqual(sent(mock, /stock$/u)[1].body, { variant: "or", stock: null });
  });
});

test("orders are found, filtered and paged; each view has its address, and the way back leads to the row", async () => {
  await panel("orders.html?guild=1", OPERATOR, async ({ page }) => {
    await things(page).nth(49).waitFor();
    await page.getByRole("button", { name: "Afficher la suite" }).click();
    await things(page).nth(99).waitFor();
    await page.getByLabel("État").selectOption("refunded");
    await page.waitForURL(/state=refunded/u);
    await until(async () => (await things(page).count()) === 26, "the refunded ones");
    await page.keyboard.press("Escape");
    await page.locator("body").click({ position: { x: 5, y: 300 } });
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/state=refunded&order=123|order=123/u);
    await page.getByText("Déroulement").waitFor();
    assert.equal(await page.getByRole("link", { name: "Ouvrir la facture" }).getAttribute("rel"), "noopener noreferrer");
    await page.reload();
    await page.getByText("Déroulement").waitFor();
    await page.getByRole("link", { name: "Commandes" }).last().click();
    await until(async () => (await things(page).count()) === 26, "as before");
    await page.getByRole("link", { name: "Effacer les filtres" }).click();
    await things(page).nth(49).waitFor();
    await page.getByRole("searchbox").fill("zzzz");
    await page.getByText("Rien ne correspond").waitFor();
    await page.goBack();
    await things(page).nth(49).waitFor();
  });
});

test("an order that changes elsewhere changes here, alone; an open one too", async () => {
  await panel("orders.html?guild=1", OPERATOR, async ({ page, mock }) => {
    await things(page).nth(49).waitFor();
    await until(() => mock.streams.size > 0, "the stream");
    await page.waitForTimeout(2_000);
    const lists = gets(mock, /orders\?/u).length;
    mock.shop.orders[1].state = "canceled";
    mock.emit("order", { number: 129, kind: "changed" });
    await page.locator(".thing[data-id='129']").getByText("Annulée").waitFor();
    assert.equal(gets(mock, /orders\?/u).length, lists, "the list is not loaded anew for one row");
    await page.locator(".thing[data-id='129'] .thing-link").click();
    await page.getByText("Déroulement").waitFor();
    mock.shop.orders[1].state = "refunded";
    mock.emit("order", { number: 129, kind: "changed" });
    await page.locator(".detail").getByText("Remboursée").first().waitFor();
    // Who was erased is named nowhere any more.
    const asked = gets(mock, /orders\/129/u).length;
    mock.emit("privacy", { number: null, kind: "privacy" });
    await until(() => gets(mock, /orders\/129/u).length > asked, "looked at anew");
  });
});

test("decisions, giveaways and promotions follow what happens elsewhere", async () => {
  await panel("decisions.html?guild=1", OPERATOR, async ({ page, mock }) => {
    await things(page).first().waitFor();
    await until(() => mock.streams.size > 0, "the stream");
    mock.shop.stopped = { since: new Date().toISOString(), by: { id: "101", name: "Sam" } };
    mock.emit("decision", { id: "p9", kind: "stopped" });
    await page.getByRole("heading", { name: "Tout est arrêté" }).waitFor();
    await page.goto(`${page.panel}giveaways.html?guild=1`);
    await things(page).first().waitFor();
    mock.shop.giveaways[0].entries = 999;
    mock.emit("giveaway", { number: 7, kind: "entered" });
    await thing(page, "#7").getByText("999").waitFor();
    await page.goto(`${page.panel}promotions.html?guild=1`);
    await things(page).first().waitFor();
    mock.shop.promotions[0].uses = 49;
    mock.emit("promotion", { number: 3, kind: "used" });
    await thing(page, "#3").getByText("49 sur 50").waitFor();
  });
});

test("from a ticket one comes to its member and to his orders", async () => {
  await panel("tickets.html?guild=1&ticket=64", {}, async ({ page }) => {
    await page.locator(".aside").getByRole("link", { name: "#118" }).click();
    await page.waitForURL(/orders\.html\?guild=1&order=118/u);
    await page.locator(".facts .who").first().click();
    await page.waitForURL(/members\.html\?guild=1&member=/u);
    await page.getByRole("heading", { name: "Rôles" }).waitFor();
  });
});

test("the audit is narrowed by deed, person and days, and leads only to pages of this panel", async () => {
  await panel("audit.html?guild=1", OPERATOR, async ({ page, mock }) => {
    await things(page).nth(49).waitFor();
    mock.shop.audit[0].link = "https://example.org/";
    // Who is of the team no more is named by what he did, and asked for by that.
    mock.shop.audit[6].by = { id: "777", name: "Ancien" };
    await page.getByLabel("Quoi", { exact: true }).fill("refund");
    await page.waitForURL(/what=refund/u);
    await until(async () => (await things(page).count()) === 20, "refunds");
    await page.getByLabel("Qui", { exact: true }).selectOption({ label: "Ancien" });
    await page.waitForURL(/who=777/u);
    await until(async () => (await things(page).count()) === 1, "his");
    await page.getByLabel("Qui", { exact: true }).selectOption("100");
    await page.waitForURL(/who=100/u);
    await page.getByLabel("Du", { exact: true }).fill("2026-01-02");
    await page.waitForURL(/from=2026-01-02/u);
    await until(() => gets(mock, /audit\?.*from=2026-01-02/u).length > 0, "asked");
    const links = await page.locator(".audit-line a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    assert.ok(links.length > 0 && links.every((href) => href.startsWith("orders.html?guild=1&order=12")));
  });
});

test("a slow list shows grey lines, a failed one what happened and a way on, and a session that ends keeps what was typed", async () => {
  await panel(null, OPERATOR, async ({ page, mock }) => {
    mock.bend(/orders\?/u, { delay: 1_200, status: 500, body: { error: "internal", text: "Un problème de notre côté. Réessayez." }, times: 1 });
    await page.goto(`${page.panel}orders.html?guild=1`);
    await page.locator(".skeleton.of-rows").waitFor();
    await page.getByText("Un problème de notre côté").waitFor();
    await page.getByRole("button", { name: "Réessayer" }).click();
    await things(page).first().waitFor();
    await page.goto(`${page.panel}shop.html?guild=1&tab=plans`);
    await page.getByRole("button", { name: "Nouvelle formule" }).click();
    await box(page).getByLabel("Nom de la formule").fill("Gardée");
    mock.signedIn = false;
    await page.keyboard.press("Enter");
    await page.locator("dialog.is-over").getByText("Votre session est terminée").waitFor();
    // Nothing of the page, nor of a box on it, is seen beneath.
    assert.ok(!(await page.locator("main").isVisible()));
    assert.equal(await page.locator("dialog:visible").count(), 1);
    mock.signedIn = true;
    await page.getByRole("button", { name: "C’est fait" }).click();
    assert.equal(await box(page).getByLabel("Nom de la formule").inputValue(), "Gardée");
    await box(page).getByRole("button", { name: "Créer" }).click();
    await page.getByRole("heading", { name: "Gardée" }).waitFor();
  });
});

test("what a refund takes, and when an ended giveaway is drawn, is said before it is done", async () => {
  await panel("orders.html?guild=1&order=130", OPERATOR, async ({ page, mock }) => {
    await page.getByRole("button", { name: "Rembourser" }).click();
    await box(page).getByText("« 10 € » ou un pourcentage comme « 50 % »").waitFor();
    await box(page).getByText("500 caractères au plus").waitFor();
    assert.equal(await box(page).getByLabel("Raison").getAttribute("maxlength"), "500");
    await page.goto(`${page.panel}giveaways.html?guild=1&giveaway=7`);
    await page.getByRole("button", { name: "Terminer maintenant" }).click();
    await box(page).getByText("une minute plus tard environ").waitFor();
    await box(page).getByRole("button", { name: "Terminer maintenant" }).click();
    await page.getByText("connus dans une minute environ").waitFor();
    assert.equal(sent(mock, /giveaways\/7\/end$/u).length, 1);
    await page.goto(`${page.panel}giveaways.html?guild=1&giveaway=6`);
    await page.getByRole("button", { name: "Tirer un autre gagnant" }).click();
    await box(page).getByRole("heading", { name: "Tirer un autre gagnant du tirage 6" }).waitFor();
  });
});
