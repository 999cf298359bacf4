// Every page beside tickets: axe-core in both themes and at phone width, both languages, hostile texts in every field, where
// there is nothing, what support is not offered, the weight of the first load.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { panel, startBrowser, stopBrowser, violations } from "./page.mjs";

before(startBrowser);
after(stopBrowser);

const STATIC = new URL("../../../static/admin-panel/", import.meta.url);
const PHONE = { width: 360, height: 780 };

/** Each view: its path, what shows that it is there, its title in French and English. */
const VIEWS = {
  figures: ["shop.html?guild=1", ".chart svg", "Boutique", "Shop"],
  plans: ["shop.html?guild=1&tab=plans", ".thing", "Formules", "Plans"],
  products: ["shop.html?guild=1&tab=products", ".thing", "Produits", "Products"],
  product: ["shop.html?guild=1&product=game", "textarea", null, null],
  orders: ["orders.html?guild=1", ".thing", "Commandes", "Orders"],
  order: ["orders.html?guild=1&order=130", ".columns .card", "Commande 130", "Order 130"],
  members: ["members.html?guild=1", ".thing", "Membres", "Members"],
  member: ["members.html?guild=1&member=900", ".columns .card", null, null],
  promotions: ["promotions.html?guild=1", ".thing", "Promotions", "Promotions"],
  promotion: ["promotions.html?guild=1&new=1", ".form", "Nouvelle promotion", "New promotion"],
  giveaways: ["giveaways.html?guild=1", ".thing", "Tirages", "Giveaways"],
  giveaway: ["giveaways.html?guild=1&giveaway=6", ".columns .card", null, null],
  lot: ["giveaways.html?guild=1&new=1", ".form", "Nouveau tirage", "New giveaway"],
  decisions: ["decisions.html?guild=1", ".thing", "Décisions", "Decisions"],
  decision: ["decisions.html?guild=1&plan=p9", ".detail .card", null, null],
  settings: ["settings.html?guild=1", ".thing", "Réglages", "Settings"],
  check: ["settings.html?guild=1&tab=check", ".finding", "Vérification", "Check"],
  audit: ["audit.html?guild=1", ".thing", "Journal", "Audit"],
  privacy: ["privacy.html?guild=1", ".thing", "Vie privée", "Privacy"],
  retention: ["privacy.html?guild=1&tab=retention", ".thing", "Durées de conservation", "Retention"],
};
const SUPPORT = ["orders", "order", "members", "member", "giveaways", "giveaway"];

async function shown(page, there) {
  await page.locator(there).first().waitFor();
  await page.locator(".skeleton").first().waitFor({ state: "detached" });
}

for (const dark of [false, true]) {
  test(`axe-core finds nothing on any page beside tickets, ${dark ? "dark" : "light"}, wide and on a phone`, async () => {
    await panel(null, { dark, rank: "operator" }, async ({ page }) => {
      for (const [name, [path, there]] of Object.entries(VIEWS)) {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.goto(page.panel + path);
        await shown(page, there);
        assert.deepEqual(await violations(page), [], name);
        await page.setViewportSize(PHONE);
        assert.deepEqual(await violations(page), [], `${name} on a phone`);
      }
      await page.locator(".places-rest > summary").click();
      assert.deepEqual(await violations(page), [], "the other places");
    });
  });

  test(`axe-core finds nothing in the boxes, ${dark ? "dark" : "light"}`, async () => {
    await panel(null, { dark, rank: "operator" }, async ({ page, mock }) => {
      const box = page.getByRole("dialog");
      const press = (text) => page.getByRole("button", { name: text }).first().click();
      const fine = async (what) => {
        await box.waitFor();
        assert.deepEqual(await violations(page), [], what);
      };
      await page.goto(page.panel + VIEWS.order[0]);
      await press("Rembourser");
      await fine("refund");
      await box.getByLabel("Raison").fill("Geste");
      await box.getByRole("button", { name: "Voir ce qui va se passer" }).click();
      await box.locator(".preview").waitFor();
      await fine("preview of a refund");
      await page.goto(page.panel + VIEWS.privacy[0]);
      await press("Confirmer");
      await box.locator("table").first().waitFor();
      await fine("preview of an erasure");
      await page.goto(page.panel + VIEWS.decisions[0]);
      await press("Approuver");
      await fine("approve");
      mock.shop.stopped = { since: new Date().toISOString(), by: { id: "1", name: "Sam" } };
      await page.reload();
      await page.getByText("Tout est arrêté", { exact: true }).waitFor();
      assert.deepEqual(await violations(page), [], "stopped");
      await page.goto(page.panel + VIEWS.plans[0]);
      await press("Nouvelle formule");
      await box.getByLabel("Nom de la formule").fill("x");
      await box.getByLabel("Prix par mois").fill("cher");
      await box.getByRole("button", { name: "Créer" }).click();
      await box.locator("[aria-invalid]").waitFor();
      await fine("a field that is wrong");
    });
  });
}

test("each page is there in both languages", async () => {
  for (const [i, locale] of ["fr", "en"].entries()) {
    await panel(null, { rank: "operator" }, async ({ page, mock }) => {
      mock.locale = locale;
      // The language of the first visit is kept for the next page.
      await page.goto(`${page.panel}sessions.html`);
      await page.locator(".card").first().waitFor();
      for (const [name, [path, there, ...titles]] of Object.entries(VIEWS)) {
        await page.goto(page.panel + path);
        await shown(page, there);
        assert.equal(await page.evaluate(() => document.documentElement.lang), locale);
        if (titles[i]) assert.ok((await page.title()).startsWith(`${titles[i]} · `), `${name}: ${await page.title()}`);
        assert.equal(await page.getByText("undefined").count() + await page.getByText("[object").count(), 0, name);
      }
    });
  }
});

test("hostile texts in every field break nothing on any page, wide or narrow", async () => {
  await panel(null, { hostile: true, rank: "operator" }, async ({ page }) => {
    for (const [name, [path, there]] of Object.entries(VIEWS)) {
      await page.goto(page.panel + path);
      await shown(page, there);
      for (const size of [{ width: 1440, height: 900 }, { width: 800, height: 700 }, PHONE, { width: 320, height: 640 }]) {
        await page.setViewportSize(size);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${name} at ${size.width} is ${over} px too wide`);
      }
      assert.equal(await page.evaluate(() => window.broken), undefined, name);
      assert.equal(await page.locator("main script, main img[onerror], main svg[onload], a[href^='javascript' i]").count(), 0, name);
      const turning = await page.evaluate(() => [...document.querySelectorAll("bdi")].filter((el) => /[\u202a-\u202e\u2066-\u2069]/u.test(el.textContent)).length);
      assert.equal(turning, 0, `${name}: no mark that turns letters round`);
      assert.equal(await page.evaluate(() => [...document.querySelectorAll("bdi")].filter((el) => el.dir !== "auto").length), 0, name);
    }
  });
});

test("hostile texts break no box, and what the server answers in a preview is only text", async () => {
  await panel(null, { hostile: true, rank: "operator" }, async ({ page, mock }) => {
    const box = page.getByRole("dialog");
    const fits = async (what) => {
      await box.waitFor();
      assert.equal(await page.evaluate(() => window.broken), undefined, what);
      assert.ok(await box.evaluate((el) => el.scrollWidth <= el.clientWidth), `${what} is too wide`);
      assert.equal(await box.locator("script, img, svg[onload]").count(), 0, what);
      await page.keyboard.press("Escape");
    };
    for (const size of [{ width: 1440, height: 900 }, PHONE]) {
      await page.setViewportSize(size);
      await page.goto(page.panel + VIEWS.plans[0]);
      for (const deed of ["edit", "remove"]) {
        await page.locator(`[data-key="do-${deed}"]`).first().click();
        await fits(deed);
      }
      await page.goto(page.panel + VIEWS.privacy[0]);
      await page.locator("[data-key='do-confirm']").first().click();
      await box.locator("table").first().waitFor();
      await fits("erasure");
      await page.goto(page.panel + VIEWS.decisions[0]);
      await page.locator("[data-key='do-approve']").first().click();
      await fits("approve");
      await page.goto(page.panel + VIEWS.member[0]);
      await page.locator("[data-key='do-grant']").first().click();
      await fits("grant");
    }
    assert.ok(mock.requests.some((r) => r.path.endsWith("/remove/preview")));
  });
});

test("where there is nothing, each page says what it means and what to do", async () => {
  await panel(null, { empty: true, tickets: 0, rank: "operator" }, async ({ page }) => {
    for (const [path, text] of [["shop.html?guild=1&tab=plans", "Pas encore de formule"], ["shop.html?guild=1&tab=products", "Pas encore de produit"], ["shop.html?guild=1&tab=products&q=rien", "Rien ne correspond"], ["orders.html?guild=1", "Pas encore de commande"], ["orders.html?guild=1&order=9", "Cette commande est introuvable"], ["members.html?guild=1&q=zz", "Personne à ce nom"], ["members.html?guild=1&member=5", "Ce membre n’est pas connu ici"], ["promotions.html?guild=1", "Pas encore de promotion"], ["giveaways.html?guild=1", "Pas encore de tirage"], ["decisions.html?guild=1", "Rien à décider"], ["audit.html?guild=1", "Rien n’a encore été fait"], ["privacy.html?guild=1", "Aucune demande"]]) {
      await page.goto(page.panel + path);
      await page.locator(".blank", { hasText: text }).waitFor();
      assert.deepEqual(await violations(page), [], path);
    }
    await page.goto(`${page.panel}shop.html?guild=1`);
    await page.locator(".chart svg").first().waitFor();
  });
});

test("support sees orders, members and giveaways, is offered no deed and no other page", async () => {
  await panel(null, { rank: "support" }, async ({ page, mock }) => {
    for (const row of [...mock.shop.orders, ...mock.shop.giveaways]) row.may = [];
    for (const [name, [path, there]] of Object.entries(VIEWS)) {
      if (["lot"].includes(name)) continue;
      await page.goto(page.panel + path);
      if (SUPPORT.includes(name)) {
        await shown(page, there);
        assert.equal(await page.locator(".deeds button, [data-key='new'], .button.is-danger").count(), 0, name);
      } else await page.getByText("Cette page est réservée aux administrateurs").waitFor();
    }
    await page.locator(".places-line a").first().waitFor();
    const places = await page.locator(".places-line a").evaluateAll((all) => all.map((a) => a.dataset.key));
    assert.deepEqual(places, ["overview", "tickets", "orders", "members", "giveaways"]);
    assert.deepEqual(mock.requests.filter((r) => r.path.includes("/guilds/") && /\/(?:plans|products|shop|promotions|decisions|settings|check|audit|privacy|retention)/u.test(r.path)), [], "nothing is asked for that would be refused");
    await page.goto(page.panel + VIEWS.lot[0]);
    await page.locator(".thing").first().waitFor();
    assert.equal(await page.locator(".form").count(), 0);
  });
});

test("places that don't fit stand behind a button, which works by keyboard", async () => {
  await panel(VIEWS.audit[0], { rank: "operator", size: PHONE }, async ({ page }) => {
    const more = page.locator(".places-rest > summary");
    await more.getByText("Journal").waitFor();
    await more.focus();
    await page.keyboard.press("Enter");
    const link = page.getByRole("link", { name: "Vie privée" });
    await link.waitFor();
    await page.keyboard.press("Escape");
    await link.waitFor({ state: "hidden" });
    assert.ok(await more.evaluate((el) => el === document.activeElement));
    await page.keyboard.press("Enter");
    await link.click();
    await page.waitForURL(/privacy\.html/u);
    await page.setViewportSize({ width: 1900, height: 900 });
    await page.locator(".places-rest").waitFor({ state: "hidden" });
    assert.equal(await page.locator(".places-line a:visible").count(), 11);
  });
});

test("the first load of each page is under 100 KB compressed", async () => {
  await panel(null, { rank: "operator" }, async ({ page, mock }) => {
    for (const [name, [path, there]] of Object.entries(VIEWS)) {
      mock.requests = [];
      await page.goto(page.panel + path);
      await shown(page, there);
      const html = await readFile(new URL(path.split("?")[0], STATIC), "utf8");
      const files = new Set([path.split("?")[0], ...[...html.matchAll(/(?:href|src)="([\w.-]+)"/gu)].map(([, f]) => f), ...mock.requests.filter((r) => r.path.startsWith("/admin-panel/")).map((r) => r.path.slice("/admin-panel/".length))]);
      let total = 0;
      for (const f of files) total += gzipSync(await readFile(new URL(f, STATIC))).length;
      assert.ok(files.size > 20 && total < 100_000, `${name}: ${total} bytes`);
    }
  });
});
