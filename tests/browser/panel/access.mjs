// For everybody: axe-core on each page in both themes, hostile texts, narrow screens, both languages, the weight of the first load.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { SHOP_EN } from "../../../static/admin-panel/shop-words-en.js";
import { SHOP_FR } from "../../../static/admin-panel/shop-words-fr.js";
import { EN } from "../../../static/admin-panel/texts-en.js";
import { FR } from "../../../static/admin-panel/texts-fr.js";
import { WORDS_EN } from "../../../static/admin-panel/words-en.js";
import { WORDS_FR } from "../../../static/admin-panel/words-fr.js";
import { HOSTILE } from "../panel-world.mjs";
import { ACTIVE, panel, startBrowser, stopBrowser, until, violations } from "./page.mjs";

before(startBrowser);
after(stopBrowser);

const STATIC = new URL("../../../static/admin-panel/", import.meta.url);

/** Each view: its path and what shows that it is there. */
const VIEWS = {
  list: [`tickets.html?guild=1&${ACTIVE}`, ".row"],
  ticket: [`tickets.html?guild=1&${ACTIVE}&ticket=64`, ".msg"],
  history: [`tickets.html?guild=1&${ACTIVE}&ticket=64&tab=history`, ".history li"],
  overview: ["tickets.html?guild=1&view=overview", ".chart svg"],
  sessions: ["sessions.html", ".card"],
};
const PHONE = { width: 390, height: 844 };

for (const dark of [false, true]) {
  const theme = dark ? "dark" : "light";
  test(`axe-core finds nothing on any page, ${theme}`, async () => {
    for (const [name, [path, there]] of Object.entries(VIEWS)) {
      await panel(path, { dark }, async ({ page, mock }) => {
        mock.here = [{ id: "101", name: "Sam", doing: "typing" }];
        await page.reload();
        await page.locator(there).first().waitFor();
        await page.locator(".skeleton").first().waitFor({ state: "detached" });
        assert.deepEqual(await violations(page), [], name);
      });
    }
  });

  test(`axe-core finds nothing at the door, in boxes, in note mode, at a conflict, on a phone, ${theme}`, async () => {
    await panel(VIEWS.ticket[0], { dark }, async ({ page, mock }) => {
      await page.locator(".msg").first().waitFor();
      const fine = async (what) => assert.deepEqual(await violations(page), [], what);
      await page.keyboard.press("?");
      await fine("keys");
      await page.keyboard.press("Escape");
      await page.keyboard.press("a");
      await fine("assign");
      await page.keyboard.press("Escape");
      await page.keyboard.press("c");
      await fine("close");
      await page.keyboard.press("Escape");
      await page.locator(".menu > summary").click();
      await fine("menu");
      await page.keyboard.press("Escape");
      await page.keyboard.press("n");
      await page.keyboard.type("Une note");
      await fine("note");
      await page.keyboard.press("Control+k");
      await page.locator(".pick-list [role=option]").first().waitFor();
      await fine("canned");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      await page.keyboard.press("r");
      await page.keyboard.type("Une réponse");
      mock.ticket(64).thread.push({ ...mock.ticket(64).thread[0], id: mock.world.nextId(), kind: "reply", author: { id: "101", name: "Sam" }, from_staff: true, body: "Moi d’abord" });
      await page.keyboard.press("Control+Enter");
      await page.locator(".compose-problem").waitFor();
      await fine("conflict");
      await page.setViewportSize(PHONE);
      await fine("phone");
      await page.goto(page.panel + VIEWS.list[0]);
      await page.locator(".row").first().getByRole("checkbox").check();
      await page.locator(".filter-button").click();
      await fine("phone list");
      mock.signedIn = false;
      await page.goto(`${page.panel}index.html?why=nobody`);
      await page.locator(".problem-line").waitFor();
      await fine("door");
    });
  });
}

test("hostile texts in every field break nothing on any page, wide or narrow", async () => {
  for (const [name, [path, there]] of Object.entries(VIEWS)) {
    await panel(path, { hostile: true }, async ({ page, mock }) => {
      mock.here = Object.values(HOSTILE).map((text, i) => ({ id: `h${i}`, name: text, doing: "looking" }));
      await page.reload();
      await page.locator(there).first().waitFor();
      await page.locator(".skeleton").first().waitFor({ state: "detached" });
      for (const size of [{ width: 1440, height: 900 }, { width: 1000, height: 700 }, PHONE, { width: 320, height: 640 }]) {
        await page.setViewportSize(size);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${name} at ${size.width} is ${over} px too wide`);
        if (name !== "list" && name !== "ticket") continue;
        // The one line that matters most stays in sight whatever a subject holds.
        const height = await page.locator(name === "list" ? ".row" : ".ticket-head").first().evaluate((el) => el.getBoundingClientRect().height);
        assert.ok(height < 190, `${name} at ${size.width}: ${height} px high`);
      }
      assert.equal(await page.evaluate(() => window.broken), undefined);
      assert.equal(await page.locator("main script, main img[onerror], main svg[onload]").count(), 0);
      if (name === "ticket") {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.keyboard.press("r");
        await page.keyboard.press("Control+k");
        await page.locator(".pick-list [role=option]").first().waitFor();
        await page.keyboard.press("Enter");
        await page.keyboard.press("Escape");
        await page.keyboard.press("a");
        await page.locator(".pick-list [role=option]").first().waitFor();
        assert.equal(await page.evaluate(() => window.broken), undefined);
      }
    });
  }
});

test("a person's words are isolated in their own direction", async () => {
  await panel(VIEWS.ticket[0], { hostile: true }, async ({ page }) => {
    await page.locator(".msg").first().waitFor();
    const open = await page.evaluate(() => [...document.querySelectorAll(".row-words, .msg-author, .msg-text p, #ticket-title bdi, .ticket-opener bdi, .plan bdi")].filter((el) => el.dir !== "auto" && el.closest("[dir=auto]") === null).length);
    assert.equal(open, 0);
    const turning = await page.evaluate(() => [...document.querySelectorAll("bdi")].filter((el) => /[\u202a-\u202e\u2066-\u2069]/u.test(el.textContent)).length);
    assert.equal(turning, 0, "a name holds no mark that turns letters round");
    assert.equal(await page.locator(".msg-text p").first().evaluate((el) => getComputedStyle(el).unicodeBidi), "isolate");
  });
});

/** A page's modules, itself first. */
async function modulesOf(name, seen = new Map()) {
  if (seen.has(name)) return seen;
  const source = await readFile(new URL(name, STATIC), "utf8");
  seen.set(name, source);
  for (const [, next] of source.matchAll(/from "\.\/([\w-]+\.js)"/gu)) await modulesOf(next, seen);
  return seen;
}

test("both languages have the same words, and each page has the words that it uses", async () => {
  const tables = { "texts-fr.js": [FR, EN], "words-fr.js": [WORDS_FR, WORDS_EN], "shop-words-fr.js": [SHOP_FR, SHOP_EN] };
  const all = Object.values(tables).flatMap(([fr]) => Object.keys(fr));
  assert.equal(new Set(all).size, all.length, "no word stands in two tables");
  for (const [fr, en] of Object.values(tables)) assert.deepEqual(Object.keys(en), Object.keys(fr));
  for (const page of (await readdir(STATIC)).filter((name) => name.endsWith(".html"))) {
    const html = await readFile(new URL(page, STATIC), "utf8");
    const modules = await modulesOf(/type="module" src="([\w-]+\.js)"/u.exec(html)[1]);
    const known = new Set(Object.entries(tables).flatMap(([file, [fr]]) => (modules.has(file) ? Object.keys(fr) : [])).flatMap((k) => [k, k.replace(/_(?:one|other)$/u, "")]));
    for (const [name, source] of modules) {
      assert.ok(html.includes(`"${name}"`), `${page} announces ${name}`);
      if (/(?:texts|words)-/u.test(name)) continue;
      for (const [, key] of source.matchAll(/\b(?:t|say|part)\("([a-z0-9_]+)"/gu)) assert.ok(known.has(key), `${page}, ${name}: ${key}`);
      assert.ok(source.split("\n").length <= 400, `${name} is too long`);
      assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/u, name);
    }
    for (const [, name] of html.matchAll(/"([\w-]+\.js)"/gu)) assert.ok(name === "early.js" || modules.has(name), `${page} has no use for ${name}`);
  }
});

test("on a phone both ways to send stand in sight, at rest and while one types, the plain one first", async () => {
  await panel(null, { size: PHONE }, async ({ page, mock }) => {
    const ticket = Object.assign(mock.ticket(64), { state: "open" });
    ticket.thread = Array.from({ length: 30 }, (_, i) => ({ id: String(9_000 + i), kind: "reply", author: ticket.opener, from_staff: false, body: `ligne ${i} `.repeat(12), created_at: new Date(Date.now() - (80 - i) * 60_000).toISOString(), files: [], delivery: null }));
    await page.goto(page.panel + VIEWS.ticket[0]);
    await page.locator(".msg", { hasText: "ligne 29" }).waitFor();
    const send = page.getByRole("button", { name: "Envoyer", exact: true });
    const both = page.getByRole("button", { name: "Envoyer et résoudre" });
    const inSight = async (what) => {
      await Promise.all([send.waitFor(), both.waitFor()]);
      const places = await page.locator(".compose-foot").evaluate((foot) => ["send_reply", "send_resolve"].map((key) => foot.querySelector(`[data-key="${key}"]`).getBoundingClientRect().toJSON()));
      for (const place of places) assert.ok(place.y >= 48 && place.y + place.height <= PHONE.height, `${what}: ${JSON.stringify(places)}`);
      assert.ok(places[0].y < places[1].y || (places[0].y === places[1].y && places[0].x < places[1].x), `${what}: the plain one first`);
    };
    assert.ok(await page.evaluate(() => document.documentElement.scrollHeight > 2 * innerHeight), "the page is long");
    await inSight("at rest");
    await page.locator("#compose").focus();
    await page.keyboard.type("Bonjour, ".repeat(60));
    await inSight("while one types");
    await page.evaluate(() => scrollTo(0, 0));
    await inSight("at the beginning of the conversation");
  });
});

test("language and theme are chosen, kept, and what is typed stays", async () => {
  await panel(VIEWS.ticket[0], {}, async ({ page }) => {
    await page.locator("#compose").fill("Gardé");
    await page.getByTitle("Menu de Camille Durand").click();
    await page.getByLabel("Sombre").check({ force: true });
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    await page.getByLabel("English").check({ force: true });
    await page.getByRole("link", { name: "Overview" }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    await page.locator(".ticket-sub").getByText(/Open|In progress|Waiting for the member/u).first().waitFor();
    assert.equal(await page.locator("#compose").inputValue(), "Gardé");
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  });
});

test("single-key shortcuts can be switched off", async () => {
  await panel(VIEWS.ticket[0], {}, async ({ page }) => {
    await page.locator(".msg").first().waitFor();
    await page.keyboard.press("?");
    await page.getByLabel("Raccourcis d’une seule touche").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("c");
    await page.waitForTimeout(200);
    assert.equal(await page.getByRole("dialog").count(), 0);
  });
});

test("why a reply did not arrive is said in words, in both languages", async () => {
  for (const [locale, table] of [["fr", FR], ["en", EN]]) {
    await panel(null, {}, async ({ page, mock }) => {
      mock.locale = locale;
      const ticket = mock.ticket(64);
      const codes = ["refused", "left", "dm_shut", "no_access", "no_permission", "gone", "later", "internal"];
      ticket.thread = codes.map((why, i) => ({ id: String(9_000 + i), kind: "reply", author: { id: "101", name: "Sam" }, from_staff: true, body: "x", created_at: new Date().toISOString(), files: [], delivery: { state: "failed", why, at: null } }));
      await page.goto(page.panel + VIEWS.ticket[0]);
      await until(async () => (await page.locator(".delivery").count()) === codes.length, "all of them");
      const told = await page.locator(".delivery").allTextContents();
      assert.equal(new Set(told).size, codes.length);
      told.forEach((text, i) => assert.ok(text.endsWith(table[`undelivered_${codes[i]}`]), text));
      // One that reached him by a call in a channel is not one that he has before him.
      for (const [why, word] of [["ping", "called"], ["dm", "delivered"]]) {
        ticket.thread = [{ ...ticket.thread[0], delivery: { state: "delivered", why, at: null } }];
        await page.reload();
        await page.locator(".delivery", { hasText: table[`delivery_${word}`] }).waitFor();
      }
    });
  }
});

test("times say when exactly, and to machines too", async () => {
  await panel(VIEWS.list[0], {}, async ({ page }) => {
    const time = page.locator(".row-updated time").first();
    await time.waitFor();
    assert.match(await time.getAttribute("datetime"), /^\d{4}-\d\d-\d\dT/u);
    assert.match(await time.getAttribute("title"), /\d{4}/u);
    // In the guild's zone, Paris, whatever the machine's is.
    const shown = await time.getAttribute("title");
    const paris = new Intl.DateTimeFormat("fr", { dateStyle: "full", timeStyle: "long", timeZone: "Europe/Paris" }).format(new Date(await time.getAttribute("datetime")));
    assert.equal(shown, paris);
  });
});

test("the first load of the heaviest page is under 150 KB compressed", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    await page.goto(page.panel + VIEWS.ticket[0]);
    await page.locator(".msg").first().waitFor();
    const files = [...new Set(mock.requests.map((r) => r.path).filter((p) => p.startsWith("/admin-panel/")))];
    let total = 0;
    for (const f of files) total += gzipSync(await readFile(new URL(f.slice("/admin-panel/".length), STATIC))).length;
    assert.ok(files.length > 20);
    assert.ok(total < 100_000, `${total} bytes`);
  });
});
