// The made-up guild that the panel's mock serves: people, tickets, and the texts that a hostile member would write.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Texts that break pages which trust them. */
export const HOSTILE = {
  script: "<script>window.broken = 1</script>",
  image: '<img src=x onerror="window.broken = 2">',
  rtl: "\u202Eمرحبا‎ evil\u202C \u200F",
  long: "x".repeat(10_000),
  words: "wörd ".repeat(2_000),
  quote: `"'><svg onload=window.broken=3>{{name}} \${1} {n}`,
};

const words = (fr, en) => ({ fr, en });
export const CATEGORIES = [
  ["general", words("Général", "General"), "💬"],
  ["billing", words("Facturation", "Billing"), "💳"],
  ["technical", words("Technique", "Technical"), "🔧"],
  ["bug", words("Bug", "Bug"), "🐞"],
  ["account", words("Compte", "Account"), "👤"],
  ["feature_request", words("Suggestion", "Suggestion"), "💡"],
];
export const PRIORITIES = [
  ["critical", words("Critique", "Critical")],
  ["high", words("Haute", "High")],
  ["medium", words("Moyenne", "Medium")],
  ["low", words("Basse", "Low")],
];
export const STATES = [
  ["open", words("Ouvert", "Open")],
  ["in_progress", words("En cours", "In progress")],
  ["waiting_user", words("En attente du membre", "Waiting for the member")],
  ["resolved", words("Résolu", "Resolved")],
  ["closed", words("Fermé", "Closed")],
];

const SUBJECTS = [
  "Paiement refusé deux fois",
  "Je n’ai pas reçu ma clé",
  "Le rôle Pro a disparu",
  "Colis perdu",
  "Cannot sign in since the update",
  "Remboursement de la commande 118",
  "Le bot ne répond plus dans #annonces",
  "Invoice with the wrong company name",
  "Proposition : un thème sombre",
  "Double débit ce mois-ci",
];
const MEMBERS = ["Marie", "Tom Lefèvre", "Aïcha B.", "nuage_07", "Jean-Baptiste", "Oksana", "Lee", "Fatou D."];
const PLANS = [null, "Pro", null, "Starter", "Pro", null, null, "Studio"];

export const ME = { id: "100", name: "Camille Durand" };
export const SAM = { id: "101", name: "Sam" };
const NOUR = { id: "102", name: "Nour El Amrani" };

const pick = (list, i) => list[i % list.length];

/** A fresh world. `tickets`: how many; `hostile`: every text of a person is one that breaks pages. */
export function makeWorld({ tickets = 64, hostile = false, rank = "support" } = {}) {
  const now = Date.now();
  const iso = (ms) => new Date(ms).toISOString();
  const staff = [{ ...ME, here: true }, SAM, { ...NOUR, here: true }];
  const bad = Object.values(HOSTILE);
  const text = (plain, i) => (hostile ? pick(bad, i) : plain);
  if (hostile) staff.push({ id: "103", name: HOSTILE.image });
  let ids = 5_000;
  const all = Array.from({ length: tickets }, (_, i) => {
    const number = i + 1;
    const member = { id: String(900 + (i % MEMBERS.length)), name: text(pick(MEMBERS, i), i) };
    const state = i >= tickets - 14 ? pick(["open", "open", "in_progress", "waiting_user"], i) : pick(["closed", "resolved", "in_progress", "closed", "waiting_user", "open"], i);
    const created = now - (tickets - i) * 5 * HOUR - 7 * MINUTE;
    const counts = state === "open" || state === "in_progress";
    const due = counts ? created + pick([30 * DAY, 12 * HOUR, 20 * DAY], i) : null;
    const sla = !counts ? "stopped" : due < now ? "breached" : due < now + 2 * HOUR ? "soon" : "ok";
    const assignee = state === "open" ? null : pick(staff, i);
    const messages = [{ id: String((ids += 1)), kind: "opening", author: member, from_staff: false, body: text("Bonjour, ma carte est refusée au moment de payer.\nLa banque dit que tout va bien : https://exemple.test/preuve?x=1.", i), created_at: iso(created), files: i % 4 === 0 ? [{ id: `f${number}`, name: text("capture.png", i), size: 184_320, state: "kept" }, { id: `g${number}`, name: "film.mp4", size: 9_400_000, state: "pending" }] : [], delivery: null }];
    if (assignee) {
      messages.push({ id: String((ids += 1)), kind: "note", author: NOUR, from_staff: true, body: text("Vérifier chez Stripe avant de répondre.", i + 1), created_at: iso(created + 9 * MINUTE), files: [], delivery: null });
      messages.push({ id: String((ids += 1)), kind: "reply", author: assignee, from_staff: true, body: text("Bonjour, nous regardons cela tout de suite.", i + 2), created_at: iso(created + 22 * MINUTE), files: [], delivery: { state: pick(["delivered", "delivered", "failed"], i), why: text("dm_shut", i), at: iso(created + 22 * MINUTE) } });
    }
    if (i % 2 === 0) messages.push({ id: String((ids += 1)), kind: "reply", author: member, from_staff: false, body: text("Merci, j’attends de vos nouvelles.", i + 3), created_at: iso(created + 4 * HOUR), files: [], delivery: null });
    return {
      number,
      subject: text(pick(SUBJECTS, i), i + 1),
      opener: member,
      plan: hostile ? HOSTILE.quote : pick(PLANS, i),
      category: pick(CATEGORIES, i)[0],
      priority: pick(["medium", "high", "low", "medium", "critical"], i),
      state,
      assignee,
      created_at: iso(created),
      updated_at: messages.at(-1).created_at,
      due_at: due && iso(due),
      sla,
      unread: i % 5 === 0,
      first_response_at: assignee ? iso(created + 22 * MINUTE) : null,
      resolved_at: state === "resolved" || state === "closed" ? iso(created + 5 * HOUR) : null,
      closing: state === "closed" ? { at: iso(created + 5 * HOUR), by: assignee, reason: text("Résolu par téléphone", i) } : null,
      rating: state === "closed" ? { stars: 1 + (i % 5), at: iso(created + 6 * HOUR) } : null,
      auto_close_at: state === "waiting_user" ? iso(now + 3 * DAY) : null,
      thread: messages,
      lines: [
        { at: iso(created + 22 * MINUTE), by: assignee ?? SAM, deed: "claimed", old: null, new: null, text: text("a pris le ticket", i) },
        { at: iso(created), by: member, deed: "created", old: null, new: null, text: "a ouvert le ticket" },
      ],
    };
  });
  return {
    me: { ...ME, avatar: null },
    guilds: [{ id: "1", name: hostile ? HOSTILE.quote : "Atelier Nacre", rank }],
    staff,
    tickets: all,
    sessions: [
      { id: "s1", made_at: iso(now - 3 * HOUR), seen_at: iso(now), ends_at: iso(now + 21 * HOUR), browser: text("Chrome sur Linux", 0), current: true },
      { id: "s2", made_at: iso(now - 2 * DAY), seen_at: iso(now - 9 * HOUR), ends_at: iso(now + 15 * HOUR), browser: text("Firefox sur Android", 1), current: false },
      { id: "s3", made_at: iso(now - 1 * DAY), seen_at: iso(now - 20 * HOUR), ends_at: iso(now + 4 * HOUR), browser: "Safari sur iPhone", current: false },
    ],
    canned: [
      { id: "c1", title: text("Bonjour", 1), body: "Bonjour {{name}}, ici {{agent}} au sujet de « {{subject}} » (ticket {{number}})." },
      { id: "c2", title: text("Formule", 2), body: "Votre formule {{plan}} reste active." },
    ],
    views: [{ id: "v1", name: text("Facturation urgente", 1), query: "state=open,in_progress&category=billing&priority=critical,high" }],
    orders: [{ number: 118, what: text("Pro, un mois", 0), state: text("payée", 1), total: { minor: 1290, currency: "eur" }, at: iso(now - 9 * DAY) }],
    nextId: () => String((ids += 1)),
  };
}

/** The figures of a world over days. */
export function overviewOf(world, days) {
  const active = world.tickets.filter((k) => !["closed", "resolved"].includes(k.state));
  const now = Date.now();
  return {
    open: active.filter((k) => k.state !== "waiting_user").length,
    waiting: active.filter((k) => k.state === "waiting_user").length,
    critical: active.filter((k) => k.priority === "critical").length,
    breached: active.filter((k) => k.sla === "breached").length,
    breaching_soon: active.filter((k) => k.sla === "soon").length,
    unassigned: active.filter((k) => !k.assignee).length,
    first_response_s: world.tickets.length ? 1_320 : null,
    resolution_s: world.tickets.length ? 93_600 : null,
    satisfaction: world.tickets.length ? 4.3 : null,
    rated: world.tickets.filter((k) => k.rating).length,
    days: Array.from({ length: days }, (_, i) => ({ day: new Date(now - (days - 1 - i) * DAY).toISOString().slice(0, 10), opened: world.tickets.length ? (i * 7) % 11 : 0, resolved: world.tickets.length ? (i * 5) % 9 : 0, breached: world.tickets.length ? (i * 3) % 4 : 0 })),
    agents: world.tickets.length ? world.staff.map((p, i) => ({ ...p, assigned: active.filter((k) => k.assignee?.id === p.id).length, resolved: 12 + i, resolution_s: 40_000 + i * 9_000, satisfaction: i === 2 ? null : 4.1 + i / 10 })) : [],
  };
}
