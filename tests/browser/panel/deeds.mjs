// Deeds beside tickets: what asks back in two steps, what changed meanwhile, what is refused and keeps what was typed, the switch
// that stops everything, and the rows that change as they change elsewhere.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { panel, sent, startBrowser, stopBrowser, until } from "./page.mjs";

before(startBrowser);
after(stopBrowser);

const OPERATOR = { rank: "operator" };
const box = (page) => page.getByRole("dialog");
const pressIn = (page, name) => box(page).getByRole("button", { name, exact: true }).click();
const thing = (page, text) => page.locator(".thing", { hasText: text });
const SEE = "Voir ce qui va se passer";

test("a refund is shown before it is done, and is done with the word that was given for it", async () => {
  await panel("orders.html?guild=1&order=130", OPERATOR, async ({ page, mock }) => {
    await page.getByRole("button", { name: "Rembourser" }).click();
    await box(page).getByLabel("Montant").fill("9999");
    await box(page).getByLabel("Raison").fill("Geste commercial");
    await pressIn(page, SEE);
    await box(page).getByText("Il ne reste que 9,90 €").waitFor();
    assert.ok(await box(page).getByLabel("Montant").evaluate((el) => el === document.activeElement && el.getAttribute("aria-invalid") === "true"));
    assert.equal(await box(page).getByLabel("Raison").inputValue(), "Geste commercial");
    await box(page).getByLabel("Montant").fill("5,00");
    await pressIn(page, SEE);
    await box(page).getByText("100 lignes seraient changées").waitFor();
    assert.equal(sent(mock, /POST .*\/refund$/u).length, 0, "nothing is done yet");
    await pressIn(page, "Modifier");
    assert.equal(await box(page).getByLabel("Montant").inputValue(), "5,00");
    await pressIn(page, SEE);
    await box(page).getByText("100 lignes").waitFor();
    await pressIn(page, "Rembourser");
    await page.getByText("Remboursement lancé").waitFor();
    const [asked] = sent(mock, /POST .*\/refund\/preview$/u).slice(-1);
    assert.deepEqual(asked.body, { amount: "5,00", reason: "Geste commercial" });
    const [done] = sent(mock, /POST .*\/refund$/u);
    assert.match(done.body.confirm, /^token-/u);
    assert.ok(done.headers["idempotency-key"] && done.headers["x-csrf"]);
    await page.locator(".detail").getByText("Remboursée").first().waitFor();
    assert.equal(await page.getByRole("button", { name: "Rembourser" }).count(), 0);
  });
});

test("what changed between preview and deed is shown anew and asked for anew", async () => {
  await panel("orders.html?guild=1&order=130", OPERATOR, async ({ page, mock }) => {
    await page.getByRole("button", { name: "Rembourser" }).click();
    await box(page).getByLabel("Raison").fill("Geste");
    await pressIn(page, SEE);
    await box(page).getByText("100 lignes").waitFor();
    mock.shop.version += 1;
    mock.shop.text = "Il ne reste que deux lignes.";
    await pressIn(page, "Rembourser");
    await box(page).getByText("Cela a changé depuis").waitFor();
    await box(page).getByText("Il ne reste que deux lignes").waitFor();
    assert.equal(mock.shop.orders[0].state, "fulfilled");
    await pressIn(page, "Rembourser");
    await page.getByText("Remboursement lancé").waitFor();
    assert.equal(mock.shop.orders[0].state, "refunded");
  });
});

test("a token that the server doesn't know any more gets a fresh preview", async () => {
  await panel("promotions.html?guild=1", OPERATOR, async ({ page, mock }) => {
    await thing(page, "20 %").getByRole("button", { name: "Arrêter" }).click();
    await box(page).getByText("100 lignes").waitFor();
    mock.bend(/POST .*promotions\/3\/stop$/u, { status: 409, body: { error: "confirm", text: "Cet aperçu a expiré." }, times: 1 });
    await pressIn(page, "Arrêter");
    await box(page).getByText("Cet aperçu a expiré").waitFor();
    assert.equal(sent(mock, /stop\/preview$/u).length, 2);
    await pressIn(page, "Arrêter");
    await thing(page, "20 %").getByText("Arrêtée").waitFor();
    assert.equal(await thing(page, "20 %").getByRole("button").count(), 0, "what may no longer be done isn't offered");
  });
});

test("a deed that ended in a fault of the server is repeated under the same key and done once", async () => {
  await panel("promotions.html?guild=1", OPERATOR, async ({ page, mock }) => {
    await thing(page, "20 %").getByRole("button", { name: "Arrêter" }).click();
    await box(page).getByText("100 lignes").waitFor();
    mock.bend(/POST .*promotions\/3\/stop$/u, { status: 503, body: { error: "busy", text: "Le service redémarre." }, times: 1 });
    await pressIn(page, "Arrêter");
    await box(page).getByText("Le service redémarre").waitFor();
    await pressIn(page, "Arrêter");
    await thing(page, "20 %").getByText("Arrêtée").waitFor();
    const keys = sent(mock, /POST .*promotions\/3\/stop$/u).map((r) => r.headers["idempotency-key"]);
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
  });
});

test("an erasure says what goes, what stays and why, before anything is gone", async () => {
  await panel("privacy.html?guild=1", OPERATOR, async ({ page, mock }) => {
    await thing(page, "Je quitte").getByRole("button", { name: "Confirmer" }).click();
    await box(page).getByRole("row", { name: "14 messages de tickets" }).waitFor();
    await box(page).getByText("La loi demande dix ans").waitFor();
    assert.equal(mock.shop.requests[0].state, "asked");
    mock.shop.version += 1;
    mock.shop.erased = [{ what: "15 messages de tickets", count: 15 }];
    await pressIn(page, "Effacer définitivement");
    await box(page).getByRole("row", { name: "15 messages de tickets" }).waitFor();
    await pressIn(page, "Effacer définitivement");
    await thing(page, "Je quitte").getByText("Confirmé", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Refuser" }).click();
    await box(page).getByLabel("Raison").fill("Compte lié à un litige");
    await pressIn(page, "Refuser");
    await page.getByText("Demande refusée").waitFor();
    assert.equal(mock.shop.requests[1].state, "refused");
  });
});

test("a promotion shows prices before and after, keeps what was typed at a refusal, and begins once confirmed", async () => {
  await panel("promotions.html?guild=1", OPERATOR, async ({ page, mock }) => {
    await page.getByRole("link", { name: "Nouvelle promotion" }).click();
    await page.waitForURL(/new=1/u);
    await page.getByLabel("Réduction").fill("200 %");
    await page.getByLabel("Durée").fill("48h");
    await page.getByLabel("Raison").fill("Rentrée");
    await page.keyboard.press("Enter");
    await page.getByText("va de 1 à 99 %").waitFor();
    assert.equal(await page.getByLabel("Durée").inputValue(), "48h");
    await page.getByLabel("Réduction").fill("20 %");
    await page.getByLabel("Premier achat seulement").check();
    await page.getByRole("button", { name: "Voir les prix" }).click();
    await page.getByRole("row", { name: /Pro.*9,90.*7,92/u }).waitFor();
    await page.getByText("La promotion 3 court déjà").waitFor();
    assert.equal(mock.shop.promotions.length, 2);
    await page.getByRole("button", { name: "Lancer la promotion" }).click();
    await thing(page, "#4").waitFor();
    assert.doesNotMatch(page.url(), /new=/u);
    assert.equal(sent(mock, /promotions\/preview$/u).at(-1).body.first_purchase, true);
  });
});

test("a plan is approved as it was shown; changed meanwhile, the new one is shown first", async () => {
  await panel("decisions.html?guild=1", OPERATOR, async ({ page, mock }) => {
    await thing(page, "15 %").getByRole("button", { name: "Approuver" }).click();
    await box(page).getByText("Rien d’autre ne change").waitFor();
    const plan = mock.shop.decisions[0];
    const before = plan.digest;
    Object.assign(plan, { digest: "e".repeat(64), effect: ["Studio passe de 19,90 € à 9,95 €"] });
    await pressIn(page, "Approuver");
    await box(page).getByText("a changé depuis").waitFor();
    await box(page).getByText("à 9,95 €").waitFor();
    assert.equal(plan.state, "waiting");
    await pressIn(page, "Approuver");
    await page.getByText("Rien à décider").waitFor();
    assert.deepEqual(sent(mock, /approve$/u).map((r) => r.body.digest), [before, "e".repeat(64)]);
    await page.getByRole("link", { name: "Décidées" }).click();
    await thing(page, "15 %").getByText("2 sur 2").waitFor();
    await thing(page, "62").getByText("Le ticket est fermé").waitFor();
  });
});

test("the switch stops everything after one question, is unmistakable then, and says that resuming needs two", async () => {
  await panel("decisions.html?guild=1", OPERATOR, async ({ page, mock }) => {
    await page.getByRole("button", { name: "Tout arrêter" }).click();
    assert.equal(mock.shop.stopped, null);
    await pressIn(page, "Tout arrêter");
    await page.getByRole("heading", { name: "Tout est arrêté" }).waitFor();
    assert.ok(mock.shop.stopped);
    await page.getByRole("button", { name: "Demander la reprise" }).click();
    await box(page).getByText("devient une décision").waitFor();
    await pressIn(page, "Demander la reprise");
    await page.getByText("La reprise est le plan #9").waitFor();
  });
});

test("the switch is there even where the plans can't be loaded", async () => {
  await panel(null, OPERATOR, async ({ page, mock }) => {
    mock.bend(/decisions\?/u, { status: 500, body: { error: "internal", text: "Un problème de notre côté." } });
    await page.goto(`${page.panel}decisions.html?guild=1`);
    await page.getByText("Un problème de notre côté").waitFor();
    await page.getByRole("button", { name: "Tout arrêter" }).click();
    await pressIn(page, "Tout arrêter");
    await until(() => mock.shop.stopped, "stopped");
  });
});

test("a giveaway is led by its deeds, and one for which the server asks back becomes two steps", async () => {
  await panel("giveaways.html?guild=1&giveaway=7", OPERATOR, async ({ page, mock }) => {
    await page.getByRole("button", { name: "Mettre en pause" }).click();
    await pressIn(page, "Mettre en pause");
    await page.locator(".detail .pill", { hasText: "En pause" }).waitFor();
    await page.getByRole("button", { name: "Prolonger" }).click();
    await box(page).getByLabel("De combien").fill("2j");
    await pressIn(page, "Prolonger");
    await page.getByText("Tirage prolongé").waitFor();
    assert.deepEqual(sent(mock, /extend$/u)[0].body, { duration: "2j" });
    await page.getByRole("button", { name: "Annuler le tirage" }).click();
    await pressIn(page, "Annuler le tirage");
    await box(page).getByText("100 lignes").waitFor();
    assert.equal(mock.shop.giveaways[0].state, "paused");
    await pressIn(page, "Annuler le tirage");
    await page.locator(".detail .pill", { hasText: "Annulé" }).waitFor();
  });
});

test("a giveaway is made, and a wrong field that was folded away is opened and named", async () => {
  await panel("giveaways.html?guild=1&new=1", OPERATOR, async ({ page, mock }) => {
    await page.getByLabel("Lot").fill("Un mois de Pro");
    await page.getByLabel("Durée").fill("3j");
    await page.getByLabel("Salon").fill("annonces");
    await page.getByText("Ce que le lot donne").click();
    await page.getByLabel("Participations en plus").fill("3");
    await page.getByText("Ce que le lot donne").click();
    await page.getByRole("button", { name: "Lancer le tirage" }).click();
    await page.getByText("Dites quel rôle a plus de chances").waitFor();
    await page.getByLabel("Rôle qui a plus de chances").fill("Boost");
    await page.getByRole("button", { name: "Lancer le tirage" }).click();
    await page.waitForURL(/giveaway=8/u);
    await page.getByRole("heading", { name: "Un mois de Pro" }).waitFor();
    assert.equal(sent(mock, /POST .*giveaways$/u).at(-1).body.bonus_role, "Boost");
  });
});

test("a giveaway's prize shows its own fields only, and roles are added one behind the other", async () => {
  await panel("giveaways.html?guild=1&new=1", OPERATOR, async ({ page, mock }) => {
    await page.getByLabel("Lot").fill("Un mois de Pro");
    await page.getByLabel("Durée").fill("3j");
    await page.getByLabel("Salon").fill("#annonces");
    await page.getByText("Ce que le lot donne").click();
    assert.equal(await page.getByLabel("Formule donnée").isVisible(), false);
    await page.getByLabel("Donné d’office").selectOption("coupon");
    await page.getByLabel("Réduction gagnée").fill("10 %");
    await page.getByLabel("Donné d’office").selectOption("plan");
    assert.equal(await page.getByLabel("Réduction gagnée").isVisible(), false);
    await page.getByLabel("Formule donnée").fill("Pro");
    const some = page.getByLabel("Au moins un de ces rôles");
    await some.fill("Pro,");
    const offered = () => page.locator(`datalist[id="${list}"] option`).evaluateAll((all) => all.map((el) => el.getAttribute("value")));
    const list = await some.getAttribute("list");
    assert.deepEqual(await offered(), ["Pro, Pro", "Pro, VIP"]);
    await some.fill("Pro, VIP");
    await page.getByRole("button", { name: "Lancer le tirage" }).click();
    await page.waitForURL(/giveaway=8/u);
    const { given_plan, won_coupon, any_role, gives } = sent(mock, /POST .*giveaways$/u).at(-1).body;
    assert.deepEqual([given_plan, won_coupon, any_role, gives], ["Pro", null, "Pro, VIP", undefined]);
  });
});

test("a member is given a plan with a reason, and each role says why it is there or not", async () => {
  await panel("members.html?guild=1", OPERATOR, async ({ page, mock }) => {
    await thing(page, "Marie").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("mari");
    await page.waitForURL(/q=mari/u);
    await page.getByRole("link", { name: "Marie" }).click();
    await page.locator(".lines li", { hasText: "Studio" }).getByText("Devrait l’avoir").waitFor();
    await page.getByText("trop bas pour le donner").waitFor();
    await page.getByRole("button", { name: "Donner" }).click();
    await box(page).getByLabel("Jours").fill("30");
    const what = box(page).getByLabel("Quoi");
    assert.equal(await what.inputValue(), "", "nothing is chosen for him");
    await box(page).getByLabel("Raison").fill("Concours");
    await pressIn(page, "Donner");
    assert.ok(await what.evaluate((el) => el.matches(":invalid")), "it is asked for");
    assert.equal(sent(mock, /grant$/u).length, 0);
    await what.selectOption("plan pro");
    await box(page).getByLabel("Raison").press("Control+Enter");
    await page.getByText("Donné.", { exact: true }).waitFor();
    assert.deepEqual(sent(mock, /grant$/u)[0].body, { plan: "pro", days: 30, reason: "Concours" });
    await page.getByRole("button", { name: "Reprendre" }).click();
    assert.deepEqual(await what.locator("option").allTextContents(), ["Choisissez…", "Le rôle Ancienne"], "only what he holds and did not pay for");
    await what.selectOption({ label: "Le rôle Ancienne" });
    await box(page).getByLabel("Raison").fill("Erreur");
    // One key doesn't throw away what was typed.
    await page.keyboard.press("Escape");
    await page.getByText("Appuyez encore une fois sur Échap").waitFor();
    assert.equal(await box(page).getByLabel("Raison").inputValue(), "Erreur");
    mock.shop.parts.entitlements = [];
    await pressIn(page, "Reprendre");
    await page.getByText("Repris.", { exact: true }).waitFor();
    assert.deepEqual(sent(mock, /revoke$/u)[0].body, { role: "r3", days: null, reason: "Erreur" });
    await page.getByText("Aucun droit").waitFor();
    await page.getByRole("button", { name: "Reprendre" }).click();
    await page.getByText("n’a rien en cours qui puisse être repris").waitFor();
    await page.getByRole("link", { name: "Membres" }).last().click();
    assert.match(page.url(), /q=mari/u);
  });
});

test("a setting is saved by itself, and one that is refused keeps what was typed", async () => {
  await panel("settings.html?guild=1", OPERATOR, async ({ page, mock }) => {
    const hours = page.getByLabel("Délai de grâce");
    await hours.fill("9000");
    await page.keyboard.press("Enter");
    await page.getByText("Au plus 720 heures").waitFor();
    assert.equal(await hours.inputValue(), "9000");
    await hours.fill("96");
    await page.getByRole("button", { name: /Enregistrer Délai/u }).click();
    await page.getByText("« Délai de grâce » enregistré").waitFor();
    assert.equal(mock.shop.settings[1].value, 96);
    await page.getByLabel("Accueil").uncheck();
    await page.getByRole("button", { name: "Annuler la modification" }).click();
    assert.ok(await page.getByLabel("Accueil").isChecked());
    await page.getByText("Des commandes existent déjà").waitFor();
    assert.equal(await page.getByLabel("Monnaie").count(), 0, "a locked one has no control");
    await page.getByRole("link", { name: "Vérification" }).click();
    await page.getByText("2 points demandent").waitFor();
    assert.match(await page.locator(".finding").first().textContent(), /À réparer/u, "the worst first");
  });
});

test("how long data are kept is changed with a word of what that erases", async () => {
  await panel("privacy.html?guild=1&tab=retention", OPERATOR, async ({ page, mock }) => {
    await page.getByRole("button", { name: "Modifier Tickets fermés" }).click();
    await box(page).getByLabel("Jours").fill("90");
    await pressIn(page, "Voir ce qui va se passer");
    await box(page).getByText("12 lignes s’effacent").waitFor();
    assert.equal(mock.shop.rules[0].days, 365, "nothing is changed before it was seen");
    await pressIn(page, "Enregistrer");
    await page.getByText("90 jours").waitFor();
    assert.equal(mock.shop.rules[0].days, 90);
  });
});

test("the second press of a double click neither closes the box that the first one opened nor presses anything in it", async () => {
  await panel("decisions.html?guild=1", OPERATOR, async ({ page, mock }) => {
    const approve = thing(page, "15 %").getByRole("button", { name: "Approuver" });
    await approve.click();
    await page.evaluate(() => addEventListener("pointerdown", () => { window.early = document.querySelector(".is-opening") !== null; }, true));
    const middle = async (el) => {
      const { x, y, width, height } = await el.boundingBox();
      return [x + width / 2, y + height / 2];
    };
    const places = [[5, 400], await middle(approve), await middle(box(page).getByRole("button", { name: "Fermer cette fenêtre" })), await middle(box(page).getByRole("button", { name: "Annuler" }))];
    for (const [x, y] of places) {
      // A machine that was too slow for a double click tries again.
      for (let tries = 0, early = false; !early; tries += 1) {
        assert.ok(tries < 20, "a box takes no press while it opens");
        await page.keyboard.press("Escape");
        await approve.click();
        await page.mouse.click(x, y);
        early = await page.evaluate(() => window.early);
      }
      await page.waitForTimeout(500);
      assert.equal(await box(page).count(), 1, `still open after a press at ${x}, ${y}`);
    }
    assert.equal(sent(mock, /approve$/u).length, 0);
    await page.mouse.click(...places[0]);
    await box(page).waitFor({ state: "detached" });
  });
});

test("what was typed into a new promotion or giveaway is there after the browser's way back, and gone once it was made or thrown away", async () => {
  await panel("promotions.html?guild=1", OPERATOR, async ({ page }) => {
    const begin = () => page.getByRole("link", { name: "Nouvelle promotion" }).click();
    const off = page.getByLabel("Réduction");
    await begin();
    await off.fill("20 %");
    await page.getByLabel("Durée").fill("48h");
    await page.getByLabel("Premier achat seulement").check();
    await page.goBack();
    await thing(page, "20 %").waitFor();
    await page.goForward();
    assert.deepEqual([await off.inputValue(), await page.getByLabel("Durée").inputValue()], ["20 %", "48h"]);
    assert.ok(await page.getByLabel("Premier achat seulement").isChecked());
    await page.reload();
    await until(() => off.inputValue().then((value) => value === "20 %"), "after a reload too");
    await page.getByRole("button", { name: "Annuler" }).click();
    await begin();
    assert.deepEqual([await off.inputValue(), await page.getByLabel("Premier achat seulement").isChecked()], ["", false], "thrown away");
    await off.fill("30 %");
    await page.getByLabel("Durée").fill("2j");
    await page.getByLabel("Raison").fill("Soldes");
    await page.getByRole("button", { name: "Voir les prix" }).click();
    await page.getByRole("button", { name: "Lancer la promotion" }).click();
    await thing(page, "#4").waitFor();
    await begin();
    assert.equal(await off.inputValue(), "", "made");
    await page.goto(`${page.panel}giveaways.html?guild=1&new=1`);
    await page.getByLabel("Lot").fill("Une clé");
    await page.getByText("Ce que le lot donne").click();
    await page.getByLabel("Heures pour réclamer").fill("12");
    await page.reload();
    await until(() => page.getByLabel("Lot").inputValue().then((value) => value === "Une clé"), "kept");
    assert.ok(await page.getByLabel("Heures pour réclamer").isVisible(), "what was kept is not folded away");
    await page.getByLabel("Durée").fill("3j");
    await page.getByLabel("Salon").fill("annonces");
    await page.getByRole("button", { name: "Lancer le tirage" }).click();
    await page.waitForURL(/giveaway=8/u);
    assert.doesNotMatch(await page.evaluate(() => JSON.stringify({ ...sessionStorage })), /Une clé/u);
  });
});

test("a setting that was changed and not saved is so still after a look at the check", async () => {
  await panel("settings.html?guild=1", OPERATOR, async ({ page, mock }) => {
    await page.getByLabel("Signature").fill("À bientôt");
    await page.getByRole("link", { name: "Vérification" }).click();
    await page.getByText("2 points demandent").waitFor();
    await page.goBack();
    assert.equal(await page.getByLabel("Signature").inputValue(), "À bientôt");
    await page.getByRole("button", { name: /Enregistrer Signature/u }).click();
    await until(() => mock.shop.settings[3].value === "À bientôt", "saved");
    // Without anything to lose, the settings are asked for anew.
    mock.shop.settings[3].value = "Autre";
    await page.getByRole("link", { name: "Vérification" }).click();
    await page.getByText("2 points demandent").waitFor();
    await page.getByRole("link", { name: "Réglages" }).last().click();
    await until(() => page.getByLabel("Signature").inputValue().then((value) => value === "Autre"), "as it is now");
  });
});
