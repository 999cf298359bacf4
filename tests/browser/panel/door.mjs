// The door and the sessions: how one comes in, why not, and how one leaves.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ACTIVE, panel, sent, startBrowser, stopBrowser } from "./page.mjs";

before(startBrowser);
after(stopBrowser);

test("who is signed out goes to the door and comes back to the very same view", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    mock.signedIn = false;
    await page.goto(`${page.panel}tickets.html?guild=1&state=open&ticket=62&tab=history`);
    await page.getByText("vous reviendrez là où vous étiez").waitFor();
    await page.getByRole("link", { name: "Se connecter avec Discord" }).click();
    await page.locator(".history li").first().waitFor();
    assert.match(page.url(), /tickets\.html\?guild=1&state=open&ticket=62&tab=history$/u);
  });
});

test("each reason why a sign-in failed is told in words", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    mock.signedIn = false;
    for (const [why, text] of [["denied", "refusé l’accès"], ["expired", "trop de temps"], ["discord", "ne répond pas"], ["nobody", "ni le rôle de support"], ["busy", "Trop de tentatives"], ["<b>", "n’a pas abouti"]]) {
      await page.goto(`${page.panel}index.html?why=${encodeURIComponent(why)}`);
      await page.locator(".door-card").getByText(text).waitFor();
    }
  });
});

test("a one-time link is used by a press only, leaves the address at once, and a spent one says so", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    mock.signedIn = false;
    mock.discord = false;
    await page.goto(`${page.panel}index.html#link=spent`);
    const enter = page.getByRole("button", { name: "Entrer", exact: true });
    await enter.waitFor();
    assert.equal(new URL(page.url()).hash, "");
    assert.equal(sent(mock, /link/u).length, 0);
    await enter.click();
    await page.getByText("a déjà servi ou a expiré").waitFor();
    await page.goto("about:blank");
    await page.goto(`${page.panel}index.html#link=good`);
    await enter.click();
    await page.locator(".row").first().waitFor();
  });
});

test("without Discord the door explains the one-time link", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    mock.signedIn = false;
    mock.discord = false;
    await page.goto(`${page.panel}index.html`);
    await page.getByText("shellia admin-link").waitFor();
    assert.equal(await page.getByRole("link", { name: /Discord/u }).count(), 0);
  });
});

test("who belongs to two teams chooses, and who belongs to none is told what to do", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    mock.world.guilds.push({ id: "2", name: "Autre serveur", rank: "operator" });
    await page.goto(`${page.panel}tickets.html?guild=77`);
    await page.getByText("Vous n’êtes pas de l’équipe de ce serveur").waitFor();
    await page.getByRole("link", { name: /Autre serveur/u }).click();
    await page.locator(".row").first().waitFor();
    assert.match(page.url(), /guild=2/u);
    mock.world.guilds = [];
    await page.goto(`${page.panel}index.html`);
    await page.getByText("Demandez le rôle").waitFor();
  });
});

test("the place to come back to is one of this panel only", async () => {
  await panel(null, {}, async ({ page }) => {
    for (const to of ["https://example.org/", "//example.org/admin-panel/", "/admin-panel/../api/admin/sign-out", "javascript:alert(1)"]) {
      await page.goto(`${page.panel}index.html?to=${encodeURIComponent(to)}`);
      await page.waitForURL(/\/admin-panel\/tickets\.html\?guild=1/u);
    }
  });
});

test("own sessions are listed and ended, one or all others, and signing out leads to the door", async () => {
  await panel("sessions.html", {}, async ({ page, mock }) => {
    await page.getByText("Celle-ci").waitFor();
    await page.locator(".card", { hasText: "Firefox sur Android" }).getByRole("button").click();
    await page.getByRole("dialog").getByRole("button", { name: "Fermer la session" }).click();
    await page.locator(".card", { hasText: "Firefox" }).waitFor({ state: "detached" });
    mock.world.sessions.push({ ...mock.world.sessions[1], id: "s4", browser: "Edge" });
    await page.reload();
    await page.getByRole("button", { name: "Fermer toutes les autres" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Fermer la session" }).click();
    await page.getByText("Aucune autre session").waitFor();
    assert.deepEqual(mock.world.sessions.map((s) => s.id), ["s1"]);
    await page.locator("main").getByRole("button", { name: "Se déconnecter" }).click();
    await page.getByText("Vous êtes déconnecté").waitFor();
  });
});

test("a server in trouble at the start is told, and pressing again opens the page", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    mock.bend(/admin\/me/u, { status: 503, body: { error: "busy", text: "Le service redémarre. Réessayez dans une minute." }, times: 1 });
    await page.goto(`${page.panel}tickets.html?guild=1&${ACTIVE}`);
    await page.getByText("Le service redémarre").waitFor();
    await page.getByRole("button", { name: "Réessayer" }).click();
    await page.locator(".row").first().waitFor();
  });
});
