// The made-up shop that the panel's mock serves beside tickets: plans, products, orders, promotions, giveaways, decisions,
// settings, audit and requests. Where it is hostile, every text of a person is one that breaks pages.

import { HOSTILE, ME, SAM } from "./panel-world.mjs";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A fresh one. @param {{hostile?: boolean, empty?: boolean, orders?: number}} options */
export function makeShop({ hostile = false, empty = false, orders = 130 } = {}) {
  const now = Date.now();
  const iso = (ms) => new Date(now + ms).toISOString();
  const bad = Object.values(HOSTILE);
  let turn = 0;
  const text = (plain) => (hostile ? bad[(turn += 1) % bad.length] : plain);
  const money = (minor) => ({ minor, currency: "eur" });
  const people = ["Marie", "Tom Lefèvre", "Aïcha B.", "nuage_07"].map((name, i) => ({ id: String(900 + i), name: text(name) }));
  const some = (list) => (empty ? [] : list);
  const may = (...deeds) => deeds;
  const digest = (seed) => seed.repeat(64).slice(0, 64);
  return {
    people: some(people),
    plans: some([
      { code: "pro", name: text("Pro"), level: 20, role: { id: "r1", name: text("Pro"), state: "ok" }, benefits: [text("Salon réservé"), text("Réponses en 4 h")], trial_days: 7, prices: [{ period: "month", price: money(990) }, { period: "year", price: money(9_900) }], state: "on_sale", holders: 41, may: may("edit", "remove") },
      { code: "studio", name: text("Studio"), level: 30, role: { id: "r2", name: text("Studio"), state: "too_low" }, benefits: [], trial_days: null, prices: [], state: "draft", holders: 0, may: may("edit") },
      { code: "old", name: text("Ancienne"), level: 5, role: { id: "r3", name: text("Ancienne"), state: "gone" }, benefits: [text("Rien de plus")], trial_days: null, prices: [{ period: "month", price: money(500) }], state: "off_sale", holders: 3, may: may("edit", "restore") },
    ]),
    products: some([
      { code: "game", name: text("Clé du jeu"), kind: "key", category: text("Jeux"), description: text("Une clé à saisir dans le jeu."), price_from: money(1_990), stock: null, keys: { free: 12, reserved: 1, sold: 87 }, variants: [{ code: "std", name: text("Standard"), price: money(1_990), stock: 9 }, { code: "dlx", name: text("Deluxe"), price: money(3_990), stock: 3 }], per_member: 2, visible_to: [{ id: "r1", name: text("Pro") }], state: "on_sale", may: may("edit", "remove", "variants", "keys") },
      { code: "guide", name: text("Guide"), kind: "file", category: text("Lecture"), description: text("Un PDF."), price_from: money(500), stock: 0, keys: null, variants: [], per_member: null, visible_to: [], state: "off_sale", may: may("edit", "restore", "stock") },
      { code: "badge", name: text("Insigne"), kind: "role", category: null, description: text("Un rôle."), price_from: money(300), stock: 7, keys: null, variants: [{ code: "or", name: text("Or"), price: money(900), stock: 2 }, { code: "ag", name: text("Argent"), price: money(300), stock: 5 }], per_member: null, visible_to: [], state: "draft", lacks: text("Il manque le rôle à donner."), may: may("edit", "variants", "stock") },
    ]),
    orders: some(
      Array.from({ length: orders }, (_, i) => ({ number: orders - i, member: people[i % people.length], recipient: i % 9 === 4 ? people[(i + 1) % people.length] : null, what: text(i % 3 ? "Pro, un mois" : "Clé du jeu, Standard"), state: ["fulfilled", "pending", "refunded", "awaiting", "failed"][i % 5], total: money(990 + i * 10), refunded: i % 5 === 2 ? money(990) : null, at: iso(-i * 3 * HOUR), trouble: i % 11 === 0 ? text("Le rôle n’a pas pu être donné.") : null, may: i % 5 === 0 ? may("refund", "evidence") : may("evidence") })),
    ),
    parts: {
      lines: [{ at: iso(-HOUR), text: text("Paiement reçu") }, { at: iso(-2 * HOUR), text: text("Commande passée") }],
      payment: { id: hostile ? HOSTILE.words : "pi_3Q2x", invoice_url: hostile ? "javascript:window.broken=9" : "https://invoice.stripe.com/i/acct_1/test" },
      subscription: { state: "active", plan: text("Pro"), until: iso(20 * DAY), price: money(990) },
      refunds: [{ amount: money(100), state: "done", reason: text("Geste commercial"), at: iso(-HOUR) }],
      dispute: { state: "open", text: text("Le titulaire dit ne pas reconnaître l’achat.") },
      // A role's name begins with @.
      entitlements: [{ what: text("@Ancienne"), state: "active", from: iso(-DAY), until: null, source: "don de l’équipe", reason: null, revokes: "role/r3" }, { what: text("Pro"), state: "active", from: iso(-DAY), until: iso(29 * DAY), source: "commande #7", reason: null, revokes: null }, { what: text("Studio"), state: "revoked", from: iso(-90 * DAY), until: iso(-60 * DAY), source: "don de l’équipe", reason: text("Erreur de saisie"), revokes: null }],
    },
    roles: [
      { role: { id: "r1", name: text("Pro") }, should: true, has: true, why: text("Son abonnement Pro court jusqu’au 12 décembre.") },
      { role: { id: "r2", name: text("Studio") }, should: true, has: false, why: text("Le rôle du bot est trop bas pour le donner.") },
      { role: { id: "r3", name: text("Ancienne") }, should: false, has: true, why: text("Donné à la main, la boutique n’y touche pas.") },
      { role: { id: "r4", name: text("Bêta") }, should: false, has: null, why: text("Discord ne répond pas.") },
    ],
    promotions: some([
      { number: 3, what: text("20 %"), on: text("Pro"), code: null, state: "active", starts_at: iso(-DAY), ends_at: iso(DAY), uses: 12, uses_allowed: 50, budget: money(20_000), spent: money(2_376), by: ME, why: text("Rentrée"), may: may("stop") },
      { number: 2, what: text("5,00 €"), on: text("Tout"), code: hostile ? HOSTILE.long : "NOEL", state: "ended", starts_at: iso(-40 * DAY), ends_at: iso(-30 * DAY), uses: 7, uses_allowed: null, budget: null, spent: money(3_500), by: SAM, why: text("Noël"), may: [] },
    ]),
    giveaways: some([
      { number: 7, title: text("Trois mois de Pro"), state: "open", ends_at: iso(2 * DAY), winners: 3, entries: 218, channel: text("annonces"), repeats: text("chaque semaine"), may: may("end", "pause", "cancel", "extend") },
      { number: 6, title: text("Clé du jeu"), state: "done", ends_at: iso(-5 * DAY), winners: 1, entries: 96, channel: text("annonces"), repeats: null, may: may("reroll", "proof") },
    ]),
    giveaway: {
      prize: text("Pro pendant 90 jours"),
      requirements: [text("Membre depuis 7 jours"), text("Rôle Vérifié")],
      holders: people.slice(0, 2).map((user, i) => ({ user, state: ["claimed", "pending"][i], claim_until: i ? iso(DAY) : null })),
      log: [text("Tiré avec la balise 4 812 331"), text("218 participants inscrits")],
      trouble: text("Le gagnant ferme ses messages privés."),
    },
    decisions: some([
      { id: "p9", what: text("Promotion de 15 % sur Studio pendant 48 h"), text: text("Les ventes de Studio ont baissé de moitié cette semaine."), effect: [text("Studio passe de 19,90 € à 16,92 €"), text("Au plus 300,00 € de réductions"), text("Fin dimanche à 18 h"), text("Annonce dans #annonces"), text("Rien d’autre ne change")], digest: digest("9f3ab21c"), tier: "two", needed: 2, approvals: [{ ...SAM, name: text("Sam"), at: iso(-HOUR) }], by: { id: "1", name: text("Shellia") }, expires_at: iso(20 * HOUR), state: "waiting", failure: null, may: may("approve", "reject") },
      { id: "p8", what: text("Répondre au ticket 62"), text: text("Le membre demande où est sa clé."), effect: [text("Une réponse au ticket 62")], digest: digest("07bc"), tier: "automatic", needed: 0, approvals: [], by: { id: "1", name: text("Shellia") }, expires_at: iso(-HOUR), state: "failed", failure: text("Le ticket est fermé."), may: [] },
    ]),
    stopped: null,
    autonomy: text("approbation"),
    settings: some([
      { key: "staff_channel", name: text("Salon de l’équipe"), text: text("Où arrivent les alertes."), kind: "channel", value: "c1", shown: text("#equipe"), choices: [{ value: "c1", name: text("#equipe") }, { value: "c2", name: text("#general") }], locked: null },
      { key: "grace_hours", name: text("Délai de grâce"), text: text("Heures pendant lesquelles l’accès continue."), kind: "number", value: 72, shown: "72", choices: null, locked: null },
      { key: "welcome", name: text("Accueil"), text: text("Écrire aux nouveaux membres."), kind: "toggle", value: true, shown: "oui", choices: null, locked: null },
      { key: "signature", name: text("Signature"), text: text("Ajoutée aux réponses."), kind: "text", value: text("L’équipe"), shown: text("L’équipe"), choices: null, locked: null },
      { key: "currency", name: text("Monnaie"), text: text("Celle des prix."), kind: "choice", value: "eur", shown: text("EUR"), choices: [{ value: "eur", name: "EUR" }], locked: text("Des commandes existent déjà dans cette monnaie.") },
    ]),
    findings: [{ level: "ok", text: text("Le bot voit le salon de l’équipe.") }, { level: "warning", text: text("Aucun rôle de support n’est choisi.") }, { level: "error", text: text("Le rôle du bot est sous le rôle Pro.") }],
    audit: some(
      Array.from({ length: 60 }, (_, i) => ({ at: iso(-i * 5 * HOUR), by: i % 4 === 3 ? null : { ...ME, name: text(ME.name) }, deed: ["order.refund", "ticket.close", "plan.edit"][i % 3], subject: text(`commande ${100 + i}`), old: i % 3 === 2 ? text("9,99 €") : null, new: i % 3 === 2 ? text("8,99 €") : null, text: text("a remboursé la commande"), link: i % 2 ? "orders.html?order=12" : hostile ? "javascript:window.broken=8" : null })),
    ),
    requests: some([
      { id: "q1", member: people[0], kind: "erasure", asked_at: iso(-2 * DAY), due_at: iso(28 * DAY), state: "asked", text: text("Je quitte le serveur."), may: may("confirm", "refuse") },
      { id: "q2", member: people[1], kind: "export", asked_at: iso(-40 * DAY), due_at: iso(-10 * DAY), state: "asked", text: text(""), may: may("confirm", "refuse") },
      { id: "q3", member: people[2], kind: "erasure", asked_at: iso(-90 * DAY), due_at: iso(-60 * DAY), state: "done", text: text("Fait."), may: [] },
    ]),
    erased: [{ what: text("14 messages de tickets"), count: 14 }, { what: text("1 nom"), count: 1 }],
    kept: [{ what: text("Commandes"), count: 3, why: text("La loi demande dix ans de comptes ; le nom devient un pseudonyme.") }],
    rules: some([{ what: "tickets", name: text("Tickets fermés"), days: 365, why: text("Pour retrouver une conversation.") }, { what: "orders", name: text("Commandes"), days: null, why: text("La loi demande dix ans.") }]),
    /** What a preview says and counts on; a test changes it to make a token stale. */
    text: text("100 lignes seraient changées."),
    version: 1,
    figures: (days) => ({ currency: "eur", revenue: money(184_350), refunded: money(990), fees: money(5_200), net: money(178_160), mrr: money(40_590), active_subscriptions: 41, new: 6, churned: 2, orders: 57, conversion: empty ? null : 0.423, days: Array.from({ length: days }, (_, i) => ({ day: new Date(now - (days - 1 - i) * DAY).toISOString().slice(0, 10), revenue: empty ? 0 : ((i * 7) % 11) * 990, orders: empty ? 0 : (i * 5) % 9 })), alerts: some([{ kind: "role", text: text("Le rôle Pro ne peut plus être donné."), link: "orders.html?order=12" }, { kind: "dispute", text: text("Un litige attend une réponse."), link: hostile ? "javascript:window.broken=7" : null }]) }),
  };
}
