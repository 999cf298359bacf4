// What happens elsewhere while the page is open: new tickets, replies, presence, streams that break, the network that goes, a
// role that is taken away.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SAM } from "../panel-world.mjs";
import { ACTIVE, box, message, panel, row, sent, startBrowser, stopBrowser, until } from "./page.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(stopBrowser);

const LIST = `tickets.html?guild=1&${ACTIVE}`;
const live = (page) => page.locator(".live.is-live").waitFor();

test("a new ticket, a member's reply and its delivery appear without a reload", async () => {
  await panel(`${LIST}&ticket=64`, {}, async ({ page, mock }) => {
    await page.locator(".msg").first().waitFor();
    await live(page);
    const number = mock.opens("Tout neuf");
    await row(page, number).waitFor();
    mock.writes(64, mock.ticket(64).opener, "Encore moi");
    await message(page, "Encore moi").waitFor();
    const mine = mock.writes(64, SAM, "Réponse de Sam", { staff: true });
    await message(page, "Réponse de Sam").getByText("Envoi vers Discord").waitFor();
    mine.delivery = { state: "failed", why: "Messages privés fermés", at: new Date().toISOString() };
    mock.event("delivered", 64);
    await message(page, "Réponse de Sam").getByText("Messages privés fermés").waitFor();
  });
});

test("who else looks or types is shown, and that I type is told", async () => {
  await panel(`${LIST}&ticket=64`, {}, async ({ page, mock }) => {
    await page.locator(".msg").first().waitFor();
    await live(page);
    mock.here = [{ id: "100", name: "Camille Durand", doing: "looking" }, { ...SAM, doing: "typing" }];
    mock.emit("presence", { number: 64, here: mock.here });
    await page.locator(".here").getByText("Sam est en train d’écrire").waitFor();
    assert.equal(await page.locator(".here-one").count(), 1, "not oneself");
    await box(page).pressSequentially("Bon");
    await until(() => sent(mock, /64\/presence/u).some((r) => r.body.doing === "typing"), "typing is told");
    await page.keyboard.press("Escape");
    await page.keyboard.press("u");
    await until(() => sent(mock, /64\/presence/u).at(-1).body.doing === "gone", "gone is told");
  });
});

test("what was erased leaves the open conversation", async () => {
  await panel(`${LIST}&ticket=64`, {}, async ({ page, mock }) => {
    await page.locator(".msg").first().waitFor();
    await live(page);
    const before = await page.locator(".msg").count();
    mock.writes(64, SAM, "Note sur lui", { staff: true, kind: "note" });
    await message(page, "Note sur lui").waitFor();
    const ticket = mock.ticket(64);
    ticket.thread = ticket.thread.filter((m) => m.body !== "Note sur lui");
    mock.event("changed", 64);
    await message(page, "Note sur lui").waitFor({ state: "detached" });
    assert.equal(await page.locator(".msg").count(), before);
  });
});

test("a stream that broke resumes at the number where it broke off", async () => {
  await panel(LIST, {}, async ({ page, mock }) => {
    await live(page);
    const first = mock.opens("Avant");
    await row(page, first).waitFor();
    mock.cutStreams();
    const second = mock.opens("Pendant la coupure");
    await row(page, second).waitFor();
    await until(() => sent(mock, /GET .*\/stream/u).some((r) => /after=\d+/u.test(r.query)), "after= is sent");
    await live(page);
  });
});

test("where streams fail the page looks by itself, and goes live again once they work", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    mock.streaming = false;
    await page.goto(page.panel + LIST);
    await page.locator(".live.is-polling").waitFor();
    mock.streaming = true;
    await live(page);
  });
});

test("offline: the strip says so, a text that could not be sent stays, and it goes out once back", async () => {
  await panel(`${LIST}&ticket=64`, {}, async ({ page, mock }) => {
    await page.locator(".msg").first().waitFor();
    await live(page);
    await box(page).fill("Depuis le train");
    await browser.context.setOffline(true);
    try {
      await page.locator(".strip").getByText("Vous êtes hors ligne").waitFor();
      await page.keyboard.press("Control+Enter");
      await page.locator(".compose-problem").getByText("n’a pas pu être joint").waitFor();
      assert.equal(await box(page).inputValue(), "Depuis le train");
      mock.opens("Pendant le tunnel");
    } finally {
      await browser.context.setOffline(false);
    }
    await page.locator(".strip.is-shown").waitFor({ state: "detached" });
    await row(page, 65).waitFor();
    await page.locator(".compose-problem").getByRole("button", { name: "Réessayer" }).click();
    await message(page, "Depuis le train").waitFor();
    assert.equal(mock.ticket(64).thread.filter((m) => m.body === "Depuis le train").length, 1);
  });
});

test("a role taken away closes the open page and says why", async () => {
  await panel(`${LIST}&ticket=64`, {}, async ({ page, mock }) => {
    await page.locator(".msg").first().waitFor();
    await live(page);
    await box(page).fill("J’écrivais");
    mock.signedIn = false;
    mock.ends("role");
    await page.getByRole("dialog").getByText("Votre rôle dans l’équipe a changé").waitFor();
    await page.locator(".live.is-over").waitFor({ state: "attached" });
    assert.equal((await page.locator("main").textContent()).trim(), "", "nothing of the page is left");
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("dialog").count(), 1, "the box does not go by Escape");
  });
});

test("two tabs share one stream, and the second takes it over when the first goes", async () => {
  await panel(LIST, {}, async ({ page, mock, open }) => {
    await live(page);
    const other = await open(LIST);
    await live(other);
    assert.equal(mock.streams.size, 1);
    const first = mock.opens("Pour les deux");
    await row(other, first).waitFor();
    await page.close();
    await until(() => mock.streams.size === 1, "the other tab follows");
    await until(() => sent(mock, /GET .*\/stream/u).length === 2, "a stream of its own");
    const second = mock.opens("Pour l’autre");
    await row(other, second).waitFor();
  });
});

test("a desktop notification names the ticket's number and nothing that a passer-by should read", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    await page.addInitScript(() => {
      window.notes = [];
      window.Notification = class {
        static permission = "granted";
        static requestPermission = async () => "granted";
        constructor(title, options) {
          window.notes.push(`${title} ${JSON.stringify(options)}`);
        }
      };
      Object.defineProperty(document, "hidden", { get: () => window.away === true });
    });
    await page.goto(page.panel + LIST);
    await live(page);
    await page.getByTitle("Menu de Camille Durand").click();
    await page.getByLabel("Une notification du bureau").check();
    await page.evaluate(() => {
      window.away = true;
    });
    mock.opens("Mon mot de passe est secret");
    await page.waitForFunction(() => window.notes.length === 1);
    const [note] = await page.evaluate(() => window.notes);
    assert.match(note, /^Nouveau ticket 65 /u);
    assert.doesNotMatch(note, /passe/u);
  });
});
