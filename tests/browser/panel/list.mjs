// The list and the overview: filters, search, order, pages, views, deeds on many, and what stands where there is nothing.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ACTIVE, panel, row, sent, startBrowser, stopBrowser, until } from "./page.mjs";

before(startBrowser);
after(stopBrowser);

const LIST = `tickets.html?guild=1&${ACTIVE}`;
const rows = (page) => page.locator(".row");

test("filters stand in the address, are counted, and go back and forward", async () => {
  await panel(LIST, {}, async ({ page }) => {
    await rows(page).first().waitFor();
    await page.locator(".facet-row", { hasText: "Facturation" }).getByRole("checkbox").check();
    await page.waitForURL(/category=billing/u);
    const count = Number(await page.locator(".facet-row", { hasText: "Facturation" }).locator(".count").textContent());
    await until(async () => (await rows(page).count()) === count, "the rows of the category");
    await page.getByLabel("Responsable").selectOption("none");
    await page.waitForURL(/assignee=none/u);
    await page.goBack();
    assert.doesNotMatch(page.url(), /assignee/u);
    await until(async () => (await rows(page).count()) === count, "back");
    await page.goForward();
    await page.waitForURL(/assignee=none/u);
    assert.equal(await page.getByLabel("Responsable").inputValue(), "none");
    await page.getByRole("link", { name: "Effacer les filtres" }).first().click();
    await until(async () => (await rows(page).count()) > count, "all again");
  });
});

test("a search finds words of messages, and one that finds nothing says how to go on", async () => {
  await panel(LIST, {}, async ({ page, mock }) => {
    mock.ticket(60).thread[0].body = "un mot rarissime";
    mock.ticket(60).state = "open";
    await rows(page).first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("rarissime");
    await until(async () => (await rows(page).count()) === 1, "one row");
    assert.match(page.url(), /q=rarissime/u);
    await page.reload();
    await row(page, 60).waitFor();
    await page.getByRole("searchbox", { name: "Chercher dans les tickets" }).fill("introuvable");
    await page.getByText("Rien de trouvé").waitFor();
    await page.getByRole("link", { name: "Effacer la recherche" }).click();
    await until(async () => (await rows(page).count()) > 5, "all again");
  });
});

test("the order is chosen and turned round", async () => {
  await panel(LIST, {}, async ({ page }) => {
    await rows(page).first().waitFor();
    await page.getByLabel("Trier par").selectOption("created");
    await page.waitForURL(/sort=created/u);
    await until(async () => (await rows(page).first().getAttribute("data-number")) === "64", "newest first");
    await page.getByRole("button", { name: /Ordre décroissant/u }).click();
    await page.waitForURL(/dir=asc/u);
    await until(async () => (await rows(page).first().getAttribute("data-number")) !== "64", "oldest first");
  });
});

test("more rows come by cursor, by button or by going on with j", async () => {
  await panel("tickets.html?guild=1&sort=created", { tickets: 130 }, async ({ page, mock }) => {
    await rows(page).nth(49).waitFor();
    await page.getByRole("button", { name: "Afficher la suite" }).click();
    await rows(page).nth(99).waitFor();
    await row(page, 31).getByRole("link").focus();
    await page.keyboard.press("j");
    await rows(page).nth(129).waitFor();
    assert.equal(new Set(await rows(page).evaluateAll((all) => all.map((r) => r.dataset.number))).size, 130);
    mock.opens("Une de plus");
    await page.getByRole("button", { name: "La liste a changé" }).waitFor();
  });
});

test("a view is saved, opened again and deleted", async () => {
  await panel(`${LIST}&priority=critical`, {}, async ({ page, mock }) => {
    await rows(page).first().waitFor();
    await page.getByRole("button", { name: "Enregistrer cette vue" }).click();
    await page.getByLabel("Nom de la vue").fill("Le feu");
    await page.keyboard.press("Enter");
    const view = page.getByRole("link", { name: "Le feu" });
    await view.waitFor();
    assert.equal(mock.world.views.at(-1).query, new URLSearchParams({ state: "open,in_progress,waiting_user", priority: "critical" }).toString());
    await page.getByRole("link", { name: "Tous les tickets" }).click();
    await page.reload();
    await view.click();
    await page.waitForURL(/priority=critical/u);
    await page.getByRole("button", { name: "Supprimer la vue Le feu" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Supprimer" }).click();
    await view.waitFor({ state: "detached" });
  });
});

test("a deed on several tickets says what was done and what was refused", async () => {
  await panel("tickets.html?guild=1&state=open,closed", {}, async ({ page, mock }) => {
    mock.ticket(64).state = "open";
    mock.ticket(63).state = "closed";
    await page.reload();
    await row(page, 64).waitFor();
    await row(page, 64).getByRole("link").focus();
    await page.keyboard.press("x");
    await row(page, 63).getByRole("checkbox").check();
    await page.getByText("2 sélectionnés").waitFor();
    await page.getByRole("toolbar").getByRole("button", { name: "Fermer" }).click();
    await page.getByLabel("Raison (facultative)").fill("doublons");
    await page.getByRole("dialog").getByRole("button", { name: "Fermer", exact: true }).click();
    await page.getByText("Modifiés : 1, refusés : 1").waitFor();
    await page.getByRole("button", { name: "Détails" }).click();
    await page.getByRole("dialog").getByText("Ce ticket est déjà fermé").waitFor();
    assert.equal(mock.ticket(64).closing.reason, "doublons");
    assert.deepEqual(sent(mock, /POST .*bulk$/u)[0].body.numbers.sort(), [63, 64]);
  });
});

test("a range of rows is chosen with shift, and all at once", async () => {
  await panel(LIST, {}, async ({ page }) => {
    await rows(page).nth(6).waitFor();
    await rows(page).nth(1).getByRole("checkbox").click();
    await rows(page).nth(4).getByRole("checkbox").click({ modifiers: ["Shift"] });
    await page.getByText("4 sélectionnés").waitFor();
    await page.getByRole("checkbox", { name: "Tout sélectionner" }).check();
    await page.getByText(`${await rows(page).count()} sélectionnés`).waitFor();
    await page.getByRole("button", { name: "Désélectionner" }).click();
    await page.getByRole("toolbar").waitFor({ state: "hidden" });
  });
});

test("where there is nothing, the page says what to do", async () => {
  await panel(LIST, { tickets: 0 }, async ({ page }) => {
    await page.getByText("Tout est traité").waitFor();
    await page.getByRole("link", { name: "Voir tous les tickets" }).click();
    await page.getByText("Pas encore de ticket").waitFor();
    await page.getByLabel("Critique").check();
    await page.getByText("Retirez un filtre").waitFor();
    await page.getByRole("link", { name: "Vue d’ensemble" }).click();
    await page.getByText("Personne n’a encore traité de ticket").waitFor();
  });
});

test("a slow list shows grey lines, a failed one what happened and a way on", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    mock.bend(/tickets\?/u, { delay: 1_200, status: 500, body: { error: "internal", text: "Un problème de notre côté. Réessayez." }, times: 1 });
    await page.goto(page.panel + LIST);
    await page.locator(".skeleton.of-rows").waitFor();
    await page.getByText("Un problème de notre côté").waitFor();
    await page.getByRole("button", { name: "Réessayer" }).click();
    await rows(page).first().waitFor();
  });
});

test("counts that fail leave the list whole", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    mock.bend(/counts/u, { status: 500 });
    await page.goto(page.panel + LIST);
    await rows(page).first().waitFor();
    assert.equal(await page.locator(".facet-row .count").first().textContent(), "");
  });
});

test("the overview shows figures that lead to their tickets, charts and the same as a table", async () => {
  await panel("tickets.html?guild=1&view=overview", {}, async ({ page, mock }) => {
    await page.locator(".chart svg").nth(1).waitFor();
    await page.getByRole("link", { name: "7 jours", exact: true }).click();
    await page.waitForURL(/days=7/u);
    await until(async () => (await page.locator(".chart").first().locator(".column").count()) === 7, "seven days");
    await page.getByText("En tableau").first().click();
    assert.equal(await page.locator(".chart").first().locator("tbody tr").count(), 7);
    const free = mock.world.tickets.filter((k) => !k.assignee && !["closed", "resolved"].includes(k.state)).length;
    await page.locator("a.tile", { hasText: "Sans responsable" }).click();
    await page.waitForURL(/assignee=none/u);
    await until(async () => (await rows(page).count()) === free, "the free ones");
    await page.goBack();
    await page.getByRole("heading", { name: "Vue d’ensemble" }).waitFor();
    // Who waits for the member has nothing to do: such a ticket is in no number of what is to be done.
    const due = mock.world.tickets.filter((k) => ["open", "in_progress"].includes(k.state)).length;
    const tile = page.locator("a.tile", { hasText: "À traiter" });
    await until(async () => (await tile.locator("strong").textContent()) === String(due), "its number");
    await tile.click();
    await until(async () => (await rows(page).count()) === due, "the same tickets");
  });
});

test("j and k go from ticket to ticket, and back returns", async () => {
  await panel(`${LIST}&ticket=62`, {}, async ({ page }) => {
    await page.locator(".msg").first().waitFor();
    const numbers = () => page.locator(".row").evaluateAll((all) => all.map((r) => r.dataset.number));
    await row(page, 62).waitFor();
    const all = await numbers();
    const next = all[all.indexOf("62") + 1];
    await page.keyboard.press("j");
    await page.waitForURL(new RegExp(`ticket=${next}`, "u"));
    await page.locator("#ticket-title", { hasText: `#${next}` }).waitFor();
    await page.keyboard.press("k");
    await page.waitForURL(/ticket=62/u);
    await page.goBack();
    await page.waitForURL(new RegExp(`ticket=${next}`, "u"));
    await page.locator(".msg").first().waitFor();
  });
});

test("a ticket that is not there says so and leads back", async () => {
  await panel(`tickets.html?guild=1&${ACTIVE}&ticket=9999`, {}, async ({ page }) => {
    await page.getByText("Le ticket 9999 est introuvable").waitFor();
    await page.locator(".ticket-failed").getByRole("link", { name: "Retour à la liste" }).click();
    await page.waitForURL((url) => !url.search.includes("ticket="));
  });
});
