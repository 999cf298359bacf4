// One ticket: its whole life by keyboard, reply and note apart, what is typed never lost, two people at once, refusals.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SAM } from "../panel-world.mjs";
import { ACTIVE, box, message, panel, row, sent, startBrowser, stopBrowser, until } from "./page.mjs";

before(startBrowser);
after(stopBrowser);

const OPEN = `tickets.html?guild=1&${ACTIVE}&ticket=62`;
const REPLIES = /POST .*\/replies$/u;
const NOTES = /POST .*\/notes$/u;

/** The ticket that most tests open: free, open, waiting for an answer. */
const fresh = (mock) => Object.assign(mock.ticket(62), { state: "open", assignee: null, priority: "medium", sla: "ok", due_at: new Date(Date.now() + 9e6).toISOString() });

async function opened(options, act) {
  await panel(null, options, async (all) => {
    const ticket = fresh(all.mock);
    await all.page.goto(all.page.panel + (options.at ?? OPEN));
    await all.page.locator(".msg").first().waitFor();
    await act({ ...all, ticket });
  });
}

test("the whole life of a ticket needs no mouse", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    const ticket = fresh(mock);
    ticket.updated_at = new Date().toISOString();
    await page.goto(`${page.panel}tickets.html?guild=1&${ACTIVE}`);
    await row(page, 62).waitFor();
    const key = (name) => page.keyboard.press(name);
    await key("j");
    await until(() => page.evaluate(() => document.activeElement?.closest(".row")?.dataset.number === "62"), "j focuses the first row");
    await key("Enter");
    await page.locator(".msg").first().waitFor();
    await key("m");
    await until(() => ticket.assignee?.id === "100", "m claims");
    await key("n");
    await page.keyboard.type("Client connu");
    await key("Control+Enter");
    await page.locator(".msg.is-note", { hasText: "Client connu" }).waitFor();
    await key("Escape");
    await key("r");
    await page.keyboard.type("Bonjour, c’est réparé.");
    await key("Control+Enter");
    await message(page, "c’est réparé").waitFor();
    await until(() => ticket.state === "waiting_user", "the reply arrived");
    // Only then the box gives itself the focus again.
    await until(async () => (await box(page).inputValue()) === "", "and the page knows it");
    await key("Escape");
    await key("a");
    await page.keyboard.type("Sam");
    await key("Enter");
    await until(() => ticket.assignee?.id === "101", "a assigns");
    await key("e");
    await until(() => ticket.state === "resolved", "e resolves");
    await page.locator('[data-key="do-reopen"]').waitFor();
    await key("o");
    await until(() => ticket.state === "in_progress", "o reopens");
    await page.locator('[data-key="do-resolve"]').waitFor();
    await key("c");
    await page.keyboard.type("Tout est réglé");
    await key("Control+Enter");
    await until(() => ticket.state === "closed", "c closes");
    assert.equal(ticket.closing.reason, "Tout est réglé");
    await page.getByText("Seule l’équipe lit cette note").waitFor();
    await key("h");
    await page.locator(".history").getByText("a fait : close").waitFor();
    await key("u");
    await page.waitForURL((url) => !url.search.includes("ticket="));
    await key("?");
    await page.getByRole("dialog").getByText("Raccourcis clavier").waitFor();
    assert.equal(sent(mock, REPLIES).length, 1);
    assert.equal(sent(mock, NOTES).length, 1);
  });
});

test("a note is never sent as a reply, nor a reply as a note: the two are separate texts", async () => {
  await opened({}, async ({ page, mock }) => {
    await page.keyboard.press("n");
    await page.keyboard.type("il ment");
    await page.keyboard.press("Escape");
    await page.keyboard.press("r");
    assert.equal(await box(page).inputValue(), "");
    assert.equal(await page.locator(".composer.is-note").count(), 0);
    await page.keyboard.type("Merci !");
    await page.getByRole("button", { name: "Note commencée" }).click();
    assert.equal(await box(page).inputValue(), "il ment");
    await page.locator(".composer.is-note").getByText("Le membre ne la voit jamais").waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator(".msg.is-note", { hasText: "il ment" }).waitFor();
    assert.deepEqual(sent(mock, NOTES).map((r) => r.body.body), ["il ment"]);
    assert.equal(sent(mock, REPLIES).length, 0);
    await page.getByRole("button", { name: "Réponse commencée" }).click();
    assert.equal(await box(page).inputValue(), "Merci !");
  });
});

test("what is typed survives another ticket and a reload", async () => {
  await opened({}, async ({ page }) => {
    await box(page).fill("Une longue réponse");
    await row(page, 60).getByRole("link").click();
    await page.locator("#ticket-title", { hasText: "#60" }).waitFor();
    await page.waitForFunction(() => document.querySelector("#compose").value === "");
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("#compose").value === "Une longue réponse");
    await page.reload();
    await page.waitForFunction(() => document.querySelector("#compose")?.value === "Une longue réponse");
  });
});

test("a session that ends while one types keeps the text, over the sign-in too", async () => {
  await opened({}, async ({ page, mock }) => {
    await box(page).fill("Presque fini");
    mock.signedIn = false;
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog").getByText("Votre session est terminée").waitFor();
    await page.getByRole("button", { name: "C’est fait, vérifier" }).click();
    await page.getByText("Pas encore connecté").waitFor();
    await page.getByRole("dialog").getByRole("link", { name: "Se connecter avec Discord" }).click();
    await page.waitForFunction(() => document.querySelector("#compose")?.value === "Presque fini");
    assert.match(page.url(), /ticket=62/u);
    await box(page).focus();
    await page.keyboard.press("Control+Enter");
    await message(page, "Presque fini").waitFor();
    assert.equal(mock.ticket(62).thread.filter((m) => m.body === "Presque fini").length, 1);
  });
});

test("who signs in again in another tab goes on in the first without a reload", async () => {
  await opened({}, async ({ page, mock }) => {
    await box(page).fill("Toujours là");
    mock.signedIn = false;
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog").waitFor();
    mock.signedIn = true;
    await page.getByRole("button", { name: "C’est fait, vérifier" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(await box(page).inputValue(), "Toujours là");
    await page.getByRole("button", { name: "Envoyer", exact: true }).click();
    await message(page, "Toujours là").waitFor();
  });
});

test("a CSRF word that another tab's sign-in made stale is renewed unseen", async () => {
  await opened({}, async ({ page, mock }) => {
    mock.csrf = "another-word";
    await box(page).fill("Quand même");
    await page.keyboard.press("Control+Enter");
    await message(page, "Quand même").waitFor();
    assert.equal(mock.ticket(62).thread.filter((m) => m.body === "Quand même").length, 1);
  });
});

test("a colleague who was faster is shown before one's own answer goes out", async () => {
  await opened({}, async ({ page, mock }) => {
    await box(page).fill("Ma réponse");
    mock.ticket(62).thread.push({ id: mock.world.nextId(), kind: "reply", author: SAM, from_staff: true, body: "C’est fait depuis ce matin", created_at: new Date().toISOString(), files: [], delivery: null });
    await page.keyboard.press("Control+Enter");
    await page.locator(".compose-problem").getByText("Sam vient de répondre").waitFor();
    await page.locator(".compose-problem blockquote").getByText("C’est fait depuis ce matin").waitFor();
    assert.equal(await box(page).inputValue(), "Ma réponse");
    await page.getByRole("button", { name: "Envoyer quand même" }).click();
    await message(page, "Ma réponse").waitFor();
    assert.match(sent(mock, REPLIES).at(-1).query, /force=true/u);
  });
});

test("a colleague's answer that arrives while one types warns at once", async () => {
  await opened({}, async ({ page, mock }) => {
    await page.locator(".live.is-live").waitFor();
    await box(page).fill("Ma réponse");
    mock.writes(62, SAM, "Voilà, réglé", { staff: true });
    await page.locator(".compose-problem").getByText("a répondu pendant que vous écriviez").waitFor();
    await message(page, "Voilà, réglé").waitFor();
    await page.getByRole("button", { name: "Compris" }).click();
    assert.equal(await box(page).inputValue(), "Ma réponse");
  });
});

test("an answer that was lost on the way is repeated with the same key and written once", async () => {
  await opened({}, async ({ page, mock }) => {
    await box(page).fill("Une seule fois");
    mock.bend(/POST .*\/replies/u, { after: true, status: 502, times: 1 });
    await page.keyboard.press("Control+Enter");
    await page.locator(".compose-problem").getByText("Votre texte est gardé").waitFor();
    assert.equal(await box(page).inputValue(), "Une seule fois");
    await page.locator(".compose-problem").getByRole("button", { name: "Réessayer" }).click();
    await until(async () => (await box(page).inputValue()) === "", "sent");
    assert.equal(mock.ticket(62).thread.filter((m) => m.body === "Une seule fois").length, 1);
    const keys = sent(mock, REPLIES).map((r) => r.headers["idempotency-key"]);
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
    await until(async () => (await message(page, "Une seule fois").count()) === 1, "shown once");
  });
});

test("a server error keeps the text and says what happened; a slow answer shows that it goes", async () => {
  await opened({}, async ({ page, mock }) => {
    await box(page).fill("Patience");
    mock.bend(/POST .*\/replies/u, { delay: 700, status: 500, body: { error: "internal", text: "Un problème de notre côté." }, times: 1 });
    await page.keyboard.press("Control+Enter");
    await page.getByRole("button", { name: "Envoi…" }).waitFor();
    await page.locator(".compose-problem").getByText("Un problème de notre côté").waitFor();
    assert.equal(await box(page).inputValue(), "Patience");
  });
});

test("canned replies are found, filled in, written and deleted; a variable left open is not sent unawares", async () => {
  await opened({}, async ({ page, mock, ticket }) => {
    ticket.plan = null;
    await page.reload();
    await page.locator(".msg").first().waitFor();
    await page.keyboard.press("r");
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("combobox").fill("bonj");
    await page.keyboard.press("Enter");
    assert.equal(await box(page).inputValue(), `Bonjour ${ticket.opener.name}, ici Camille Durand au sujet de « ${ticket.subject} » (ticket 62).`);
    await box(page).fill("");
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("combobox").fill("formule");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await page.locator(".compose-problem").getByText("{{plan}} n’a pas été remplacé").waitFor();
    assert.equal(sent(mock, REPLIES).length, 0);
    await page.keyboard.press("Control+k");
    await page.getByRole("button", { name: "Nouvelle réponse type" }).click();
    await page.getByLabel("Titre").fill("Merci");
    await page.getByLabel("Texte", { exact: true }).fill("Merci {{name}} !");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByRole("option", { name: "Merci" }).click();
    await page.getByRole("button", { name: "Supprimer « Merci »" }).click();
    await page.getByRole("dialog").last().getByRole("button", { name: "Supprimer", exact: true }).click();
    await page.getByRole("option", { name: "Merci" }).waitFor({ state: "detached" });
    assert.equal(mock.world.canned.length, 2);
  });
});

test("an unknown variable of a canned reply is told before it is saved, and what only looks like one in a subject is none", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    fresh(mock).subject = "Que veut dire {{name}} ?";
    await page.goto(page.panel + OPEN);
    await page.locator(".msg").first().waitFor();
    await box(page).focus();
    await page.keyboard.press("Control+k");
    await page.getByRole("button", { name: "Nouvelle réponse type" }).click();
    await page.getByLabel("Titre").fill("Délai");
    await page.getByLabel("Texte", { exact: true }).fill("« {{subject}} » : {{délai}}, {{ name }}.");
    const save = page.getByRole("button", { name: "Enregistrer" });
    await save.click();
    await page.getByText("Pas de valeur pour : {{délai}}").waitFor();
    assert.equal(mock.world.canned.length, 2);
    await save.click();
    await page.getByRole("option", { name: "Délai" }).click();
    assert.equal(mock.world.canned.length, 3);
    await page.getByRole("button", { name: "Insérer" }).click();
    await page.keyboard.press("Control+Enter");
    await page.locator(".compose-problem").getByText("{{délai}} n’a pas été remplacé").waitFor();
    await box(page).fill((await box(page).inputValue()).replace("{{délai}}", "demain"));
    await page.keyboard.press("Control+Enter");
    await message(page, "« Que veut dire {{name}} ? » : demain").waitFor();
    assert.equal(sent(mock, REPLIES).length, 1);
  });
});

test("properties are changed beside the conversation, and a refusal puts the old one back", async () => {
  await opened({}, async ({ page, mock, ticket }) => {
    await page.getByLabel("Priorité").last().selectOption("critical");
    await until(() => ticket.priority === "critical", "priority");
    await page.getByText("Priorité du ticket 62 changée").waitFor();
    mock.bend(/POST .*\/category/u, { status: 409, body: { error: "conflict", text: "Cette catégorie n’existe plus." }, times: 1 });
    const category = page.locator(".props").getByLabel("Catégorie");
    const before = await category.inputValue();
    await category.selectOption(before === "bug" ? "billing" : "bug");
    await page.getByText("Cette catégorie n’existe plus").waitFor();
    await until(async () => (await category.inputValue()) === before, "the old one");
  });
});

test("closing that is refused keeps the box and the reason", async () => {
  await opened({}, async ({ page, mock }) => {
    mock.bend(/POST .*\/close/u, { status: 409, body: { error: "conflict", text: "Il vient d’être fermé." }, times: 1 });
    await page.keyboard.press("c");
    await page.keyboard.type("doublon");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog").getByText("Il vient d’être fermé").waitFor();
    assert.equal(await page.getByLabel("Raison (facultative)").inputValue(), "doublon");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("c");
    assert.equal(await page.getByLabel("Raison (facultative)").inputValue(), "doublon");
  });
});

test("the opener's plan, orders and earlier tickets stand beside it, with transcript and files", async () => {
  await opened({}, async ({ page, ticket }) => {
    const side = page.locator(".aside");
    await side.getByText("Pro, un mois").waitFor();
    await side.getByText(/12,90\s€/u).waitFor();
    assert.match(await side.getByRole("link", { name: "Avec les notes" }).getAttribute("href"), /tickets\/62\/transcript\?notes=true/u);
    const [download] = await Promise.all([page.waitForEvent("download"), side.getByRole("link", { name: "Télécharger" }).click()]);
    assert.equal(download.suggestedFilename().startsWith("x") || download.suggestedFilename().includes("ticket-62"), true);
    await side.getByRole("link", { name: "Tous ses tickets" }).click();
    await page.waitForURL(new RegExp(`opener=${ticket.opener.id}`, "u"));
    await page.getByRole("link", { name: /Un seul membre/u }).click();
    await page.waitForURL((url) => !url.search.includes("opener"));
  });
});

test("older messages come on demand and the view stays where it was", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    const ticket = fresh(mock);
    const member = ticket.opener;
    ticket.thread = Array.from({ length: 80 }, (_, i) => ({ id: String(9_000 + i), kind: "reply", author: member, from_staff: false, body: `ligne ${i}`, created_at: new Date(Date.now() - (80 - i) * 60_000).toISOString(), files: [], delivery: null }));
    await page.goto(page.panel + OPEN);
    await message(page, "ligne 79").waitFor();
    assert.equal(await page.locator(".msg").count(), 50);
    await page.locator(".thread").evaluate((el) => el.scrollTo(0, 0));
    await page.getByRole("button", { name: "Plus anciens" }).click();
    await until(async () => (await page.locator(".msg").count()) === 80, "all of them");
    assert.ok((await page.locator(".thread").evaluate((el) => el.scrollTop)) > 500);
  });
});

test("what was asked about a ticket is never done to another: going back closes its boxes", async () => {
  await panel(null, {}, async ({ page, mock }) => {
    fresh(mock);
    await page.goto(`${page.panel}tickets.html?guild=1&${ACTIVE}&ticket=63`);
    await page.locator(".msg").first().waitFor();
    await row(page, 62).click();
    await page.locator("#ticket-title", { hasText: "#62" }).waitFor();
    await page.locator('[data-key="do-close"]').waitFor();
    for (const open of ["c", "a", "r+Control+k"]) {
      for (const key of open.split(/\+(?=Control)/u)) await page.keyboard.press(key);
      await page.locator("dialog[open]").waitFor();
      await page.goBack();
      await page.locator("#ticket-title", { hasText: "#63" }).waitFor();
      await page.locator("dialog[open]").waitFor({ state: "detached" });
      await page.goForward();
      await page.locator("#ticket-title", { hasText: "#62" }).waitFor();
      await page.locator('[data-key="do-close"]').waitFor();
    }
    assert.equal(sent(mock, /POST .*\/(close|assign)$/u).length, 0);
  });
});

test("who comes back while his answer is on its way can't send it twice, and finds an empty box", async () => {
  await opened({}, async ({ page, mock }) => {
    mock.bend(/replies/, { delay: 2_500, times: 1 });
    await box(page).fill("C’est réparé.");
    await page.keyboard.press("Control+Enter");
    await row(page, 63).click();
    await page.locator("#ticket-title", { hasText: "#63" }).waitFor();
    assert.equal(await box(page).inputValue(), "");
    await row(page, 62).click();
    await page.locator("#ticket-title", { hasText: "#62" }).waitFor();
    await until(() => box(page).getAttribute("readonly").then((value) => value === ""), "nothing is written meanwhile");
    await message(page, "C’est réparé.").waitFor();
    await until(() => box(page).inputValue().then((text) => text === ""), "the box is empty");
    assert.equal(await box(page).getAttribute("readonly"), null);
    assert.equal(sent(mock, REPLIES).length, 1);
  });
});

test("whoever went on to search while his answer was on its way goes on there", async () => {
  await opened({}, async ({ page, mock }) => {
    mock.bend(/replies/, { delay: 1_000, times: 1 });
    await box(page).fill("C’est réparé.");
    await page.keyboard.press("Control+Enter");
    await page.keyboard.press("Escape");
    const search = page.locator('.list input[type="search"]').first();
    await search.focus();
    await message(page, "C’est réparé.").waitFor();
    await until(() => box(page).inputValue().then((text) => text === ""), "the box is empty");
    assert.equal(await search.evaluate((el) => el === document.activeElement), true);
  });
});

test("what was wrong with a text is said no longer than it is wrong", async () => {
  await opened({}, async ({ page, mock }) => {
    const told = page.locator(".compose-problem");
    await box(page).focus();
    await page.keyboard.press("Control+Enter");
    await told.getByText("Écrivez d’abord votre réponse").waitFor();
    await page.keyboard.type("a");
    await told.waitFor({ state: "detached" });
    await box(page).fill("x".repeat(9_000));
    await page.keyboard.press("Control+Enter");
    await told.getByText(/5.000 caractères de trop/u).waitFor();
    await box(page).fill("x".repeat(4_001));
    assert.equal(await told.count(), 1, "one is still too many");
    await box(page).fill("x".repeat(4_000));
    await told.waitFor({ state: "detached" });
    assert.equal(sent(mock, REPLIES).length, 0);
  });
});
