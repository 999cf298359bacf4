// A support conversation on the chat page, as a visitor of the demo lives it. The page, the local
// Discord and both bots run already; CHAT_URL is the page's address.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Visitor, launch, world } from "./browser.mjs";

const CHAT_URL = process.env.CHAT_URL;

let browser;
let marie;
let sam;

before(async () => {
  assert.ok(CHAT_URL, "CHAT_URL must hold the address of the chat page");
  browser = await launch();
  const { person } = await world(CHAT_URL);
  marie = await Visitor.open(browser.context, CHAT_URL, person("marie"));
  sam = await Visitor.open(browser.context, CHAT_URL, person("sam"));
  await marie.directMessages(true);
});

after(() => browser?.close());

test("a member opens a ticket by text and reads the answer behind a private button", async () => {
  await marie.opens("support");
  await sam.opens("support");
  await marie.asks('!ticket_create "Paiement refusé" Ma carte est refusée au moment de payer.');
  await marie.message("Paiement refusé").getByText("Personne d’autre ne voit ce message").waitFor();
  assert.equal(await sam.page.locator(".msg", { hasText: "Paiement refusé" }).count(), 0, "nobody else reads it");
});

test("the command alone offers a form", async () => {
  await marie.says("!ticket_create");
  await marie.presses("Remplir le formulaire");
  await marie.fills({ subject: "Colis perdu", description: "Il n’est jamais arrivé." });
  await marie.sees("Colis perdu");
});

test("what she typed wrongly is shown as she typed it, without backslashes", async () => {
  await marie.asks('!ticket_create "Sans_fin *étoile* <Bonjour> @ici');
  await marie.sees('!ticket_create "Sans_fin *étoile* <Bonjour> @ici');
});

test("staff answers from the card of the staff channel, and the answer reaches her in private", async () => {
  await sam.opens("staff");
  const card = sam.message("Colis perdu");
  await sam.presses("Répondre", card);
  await sam.fills({ message: "Bonjour Marie, le colis repart aujourd’hui." });
  await sam.sees("Réponse envoyée sur le ticket");

  await marie.page.getByRole("button", { name: /vous a écrit en privé/u }).click();
  await marie.sees("le colis repart aujourd’hui");
});

test("with her direct messages shut, she is called without a word of the ticket and reads it in private", async () => {
  await marie.opensServer();
  await marie.opens("support");
  await marie.directMessages(false);
  const card = sam.message("Colis perdu");
  await sam.presses("Répondre", card);
  await sam.fills({ message: "Il est arrivé au relais." });

  const call = marie.message("il y a du nouveau pour vous");
  await call.waitFor();
  assert.doesNotMatch(await call.textContent(), /Colis|relais/u);
  await marie.presses("Ouvrir", call);
  await marie.message("Il est arrivé au relais").getByText("Personne d’autre ne voit ce message").waitFor();
  await marie.directMessages(true);
});

test("a slash command is picked, completed and sent with the keyboard alone", async () => {
  await marie.types("/ticket_voir");
  await marie.proposal("/ticket_voir").waitFor();
  await marie.key("Enter");
  await marie.proposal("Colis perdu").first().waitFor();
  await marie.key("Enter");
  await marie.key("Enter");
  const answer = marie.page.locator(".msg", { hasText: "Marie a utilisé" }).last();
  await answer.getByText("Colis perdu").first().waitFor();
  await answer.getByText("/ticket_voir", { exact: true }).waitFor();
});

/** Buys what is named, pays by card on the provider's page, and gives back the message of the order, which holds the title. */
async function buys(item, title) {
  await marie.opensServer();
  await marie.opens("support");
  await marie.asks(`!acheter "${item}"`);
  await marie.presses("J’accepte, payer", marie.message(item));
  // An earlier order may still stand above with the same words.
  const order = marie.page.locator(".msg-body", { hasText: title }).filter({ hasText: "Payez sur la page" }).last();
  await order.waitFor();
  const opened = browser.context.waitForEvent("page");
  const [till] = await Promise.all([opened, order.getByRole("link", { name: "Payer" }).click()]);
  await till.getByRole("button", { name: "Payer par carte (4242)" }).click();
  await till.waitForURL(/sandbox|chat/u);
  await till.close();
  return order;
}

test("she buys a text, pays on the provider’s page and reads what she bought, alone", async () => {
  const order = await buys("Guide du vendeur", "Guide du vendeur");
  await marie.presses("J’ai payé", order);
  await marie.sees("Payée et livrée");
  await marie.presses("Voir ma livraison");
  await marie.message("une bonne photo vaut mieux").getByText("Personne d’autre ne voit ce message").waitFor();
  await sam.opens("staff");
  await sam.sees("Guide du vendeur");
});

test("with a plan she gets its role, and her receipt lists both", async () => {
  const held = async () => {
    const { users, guilds } = await (await fetch(new URL("/sandbox/api/world", CHAT_URL))).json();
    const guild = guilds[0];
    const roles = users.find((u) => u.username === "marie").members.find((m) => m.guild_id === guild.id).roles;
    return guild.roles.filter((role) => roles.includes(role.id)).map((role) => role.name);
  };
  assert.ok(!(await held()).includes("Premium"));
  await buys("Pro · au mois", ": Pro ·");
  for (let tries = 0; !(await held()).includes("Premium"); tries++) {
    assert.ok(tries < 100, "the role was not given");
    await new Promise((done) => setTimeout(done, 200));
  }
  await marie.asks("!commandes");
  const list = marie.message("Vos commandes");
  await list.waitFor();
  assert.match(await list.textContent(), /Pro[^]*Guide du vendeur/u);
});

test("what one does oneself is followed, wherever one had scrolled to", async () => {
  await marie.opensServer();
  await marie.opens("support");
  const scroller = marie.page.locator(".feed-scroll");
  await scroller.evaluate((el) => el.scrollTo(0, 0));
  await marie.page.locator(".feed-jump").waitFor({ state: "attached" });
  await marie.says("!aide");
  await marie.sees("Ce qui concerne vos tickets");
  const left = await scroller.evaluate((el) => el.scrollHeight - el.scrollTop - el.clientHeight);
  assert.ok(left < 60, `${left} px below the view`);
});

test("another language is that of the page and of the answers", async () => {
  await marie.page.getByRole("button", { name: "EN", exact: true }).click();
  await marie.page.getByText("Things to try").first().waitFor();
  await marie.opens("support");
  // Only a command of Discord's own tells a bot its person's language.
  await marie.types("/help");
  await marie.proposal("/help").waitFor();
  await marie.key("Enter");
  await marie.key("Enter");
  await marie.sees("What concerns your tickets is shown to you alone");
  await marie.page.getByRole("button", { name: "FR", exact: true }).click();
  await marie.page.getByText("À essayer").first().waitFor();
});

test("the page itself reported no error", () => {
  assert.deepEqual([marie.errors, sam.errors], [[], []]);
});
