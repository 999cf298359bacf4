// Makes the README's three pictures of the panel: `tests/browser/run places.test.mjs readme.mjs`, which leaves them in docs/.

import { test } from "node:test";
import { Visitor, launch, world } from "./browser.mjs";

const { ADMIN_URL, CHAT_URL } = process.env;
const to = (name) => new URL(`../../docs/${name}.png`, import.meta.url).pathname;

test("the pictures", async () => {
  const [chat, desk] = [await launch(), await launch()];
  try {
    const known = await world(CHAT_URL);
    const jean = await Visitor.open(chat.context, CHAT_URL, known.person("jean"));
    await jean.opens("support");
    await jean.asks('!ticket_create "Mon paiement est passé deux fois" Bonjour, ma carte a été débitée deux fois ce matin pour la formule Pro. Pouvez-vous regarder ?');
    const boss = await Visitor.open(chat.context, CHAT_URL, known.person("lea"));
    await boss.opens("staff");
    await boss.says("!maxis promo 15% basic 48h");
    const page = await desk.context.newPage();
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto(ADMIN_URL);
    await page.getByRole("link", { name: "Se connecter avec Discord" }).click();
    await page.getByRole("button", { name: "Léa", exact: true }).click();
    const row = page.locator(".row", { hasText: "deux fois" });
    await row.getByRole("link").click();
    await page.locator(".msg").first().waitFor();
    await page.getByRole("radio", { name: "Note interne" }).check();
    await page.locator("#compose").fill("Deux autorisations chez la banque, un seul débit : rien à rendre.");
    await page.getByRole("button", { name: "Ajouter la note" }).click();
    await page.locator(".msg.is-note").waitFor();
    await page.getByRole("radio", { name: "Répondre" }).check();
    await page.locator("#compose").fill("Bonjour Jean ! Vous n’avez été débité qu’une fois : la seconde ligne est une autorisation, elle disparaît sous trois jours.");
    await page.getByRole("button", { name: "Envoyer", exact: true }).click();
    await page.getByText("Remis sur Discord").first().waitFor();
    await page.screenshot({ path: to("panel-ticket") });
    const guild = new URL(page.url()).searchParams.get("guild");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto(new URL(`decisions.html?guild=${guild}`, page.url()).href);
    await page.getByRole("button", { name: "Approuver" }).first().waitFor();
    await page.locator(".live.is-live").waitFor();
    await page.screenshot({ path: to("panel-decisions") });
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 390, height: 780 });
    await page.goto(new URL(`shop.html?guild=${guild}`, page.url()).href);
    await page.getByText("Encaissé").first().waitFor();
    await page.locator(".live.is-live").waitFor();
    await page.screenshot({ path: to("panel-shop") });
  } finally {
    for (const browser of [chat, desk]) await browser.close();
  }
});
