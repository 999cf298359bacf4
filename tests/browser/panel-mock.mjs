// A server that speaks the panel's contract from memory: quick, slow, failing, empty or hostile as a test wants it. It checks
// what the pages send (CSRF, keys of repeats), and it is no model of the real rules.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { join, normalize } from "node:path";
import { FILE, shopRoutes } from "./panel-shop.mjs";
import { makeShop } from "./panel-shop-world.mjs";
import { CATEGORIES, ME, PRIORITIES, STATES, makeWorld, overviewOf } from "./panel-world.mjs";

const PAGES = new URL("../../static/admin-panel/", import.meta.url).pathname;
const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const PLACES = ["orders", "members", "shop", "promotions", "giveaways", "decisions", "settings", "audit", "privacy"];
const DEEDS = ["claim", "assign", "priority", "category", "resolve", "close", "reopen"];

class Refusal extends Error {
  constructor(status, error, text, more = {}) {
    super(text);
    Object.assign(this, { status, body: { error, text, ...more } });
  }
}

/** Starts it; `mock.world` may be changed at any time. */
export async function startMock(options = {}) {
  const mock = new Mock(options);
  await new Promise((done) => mock.server.listen(0, "127.0.0.1", done));
  mock.url = `http://127.0.0.1:${mock.server.address().port}`;
  return mock;
}

class Mock {
  constructor(options) {
    this.world = makeWorld(options);
    this.shop = makeShop(options);
    this.shopAnswer = shopRoutes(this, Refusal);
    this.signedIn = true;
    this.discord = true;
    this.csrf = "csrf-word";
    this.locale = "fr";
    this.why = null;
    /** Rules that bend answers: {match, status, body, delay, times}. */
    this.rules = [];
    this.requests = [];
    this.streams = new Set();
    this.streaming = true;
    this.eventId = 0;
    this.log = [];
    this.repeats = new Map();
    this.here = [];
    this.server = createServer((req, res) => this.answer(req, res).catch((e) => this.fail(res, e)));
  }

  /** Bends the next answers: `bend(/replies/, {status: 500, times: 1})`, `bend(/tickets\?/, {delay: 900})`, `{drop: true}`. */
  bend(match, rule) {
    this.rules.push({ match, times: Infinity, ...rule });
  }

  straighten() {
    this.rules = [];
  }

  ticket(number) {
    const found = this.world.tickets.find((k) => k.number === Number(number));
    if (!found) throw new Refusal(404, "not-found", "Ce ticket n’existe pas.");
    return found;
  }

  /** Something happens elsewhere. */
  event(kind, number, by = null) {
    this.emit("ticket", { kind, number, by, at: new Date().toISOString() });
  }

  /** A message written elsewhere. */
  writes(number, author, body, { staff = false, kind = "reply" } = {}) {
    const k = this.ticket(number);
    const message = { id: this.world.nextId(), kind, author, from_staff: staff, body, created_at: new Date().toISOString(), files: [], delivery: staff && kind === "reply" ? { state: "waiting", at: null } : null };
    k.thread.push(message);
    k.updated_at = message.created_at;
    this.event(kind === "note" ? "noted" : "replied", k.number, author);
    return message;
  }

  opens(subject) {
    const number = this.world.tickets.length + 1;
    const at = new Date().toISOString();
    const member = { id: "950", name: "Nouvelle Venue" };
    this.world.tickets.push({ ...this.world.tickets[0], number, subject, opener: member, state: "open", assignee: null, created_at: at, updated_at: at, due_at: new Date(Date.now() + 9e6).toISOString(), sla: "ok", closing: null, rating: null, resolved_at: null, first_response_at: null, priority: "high", unread: true, thread: [{ id: this.world.nextId(), kind: "opening", author: member, from_staff: false, body: subject, created_at: at, files: [], delivery: null }], lines: [] });
    this.event("opened", number, member);
    return number;
  }

  emit(event, data) {
    const id = event === "presence" || event === "over" ? null : (this.eventId += 1);
    if (id) this.log.push({ id, event, data });
    for (const res of this.streams) this.send(res, event, data, id);
  }

  send(res, event, data, id) {
    res.write(`${id ? `id: ${id}\n` : ""}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** The session or the role is gone. */
  ends(why) {
    this.emit("over", { why });
    for (const res of this.streams) res.end();
    this.streams.clear();
  }

  cutStreams() {
    for (const res of this.streams) res.destroy();
    this.streams.clear();
  }

  async close() {
    this.cutStreams();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  fail(res, error) {
    if (res.headersSent || res.destroyed) return res.destroy();
    if (error instanceof Refusal) return this.json(res, error.status, error.body);
    this.broken = error;
    this.json(res, 500, { error: "internal", text: String(error) });
  }

  json(res, status, body, headers = {}) {
    res.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", ...headers });
    res.end(body === null ? "" : JSON.stringify(body));
  }

  async answer(req, res) {
    const url = new URL(req.url, "http://mock");
    const path = decodeURIComponent(url.pathname);
    let text = "";
    for await (const chunk of req) text += chunk;
    const body = text ? JSON.parse(text) : {};
    this.requests.push({ method: req.method, path, query: url.search, body, headers: req.headers });
    const rule = this.rules.find((r) => r.times > 0 && r.match.test(`${req.method} ${path}${url.search}`));
    if (rule) {
      rule.times -= 1;
      if (rule.delay) await new Promise((done) => setTimeout(done, rule.delay));
      if (rule.after) await this.api(req, res, url, path, body, true).catch(() => {});
      if (rule.drop) return res.destroy();
      if (rule.status) return this.json(res, rule.status, rule.body ?? null, rule.headers);
    }
    if (path.startsWith("/admin-panel/")) return this.file(res, path.slice("/admin-panel/".length));
    if (path.startsWith("/api/admin/")) return this.api(req, res, url, path, body, false);
    res.writeHead(404).end();
  }

  async file(res, name) {
    const safe = normalize(name);
    const kind = TYPES[safe.split(".").at(-1)];
    if (!kind || safe.startsWith("..")) return res.writeHead(404).end();
    const bytes = await readFile(join(PAGES, safe)).catch(() => null);
    if (!bytes) return res.writeHead(404).end();
    res.writeHead(200, { "content-type": `${kind}; charset=utf-8`, "content-security-policy": POLICY, "x-content-type-options": "nosniff" });
    res.end(bytes);
  }

  async api(req, res, url, path, body, silent) {
    const answer = (status, value, headers) => (silent ? undefined : this.json(res, status, value, headers));
    const tail = path.slice("/api/admin/".length);
    const query = url.searchParams;
    if (tail === "sign-in") {
      this.signedIn = this.why === null;
      const to = this.why ? `/admin-panel/index.html?why=${this.why}` : query.get("to");
      return res.writeHead(302, { location: to }).end();
    }
    if (tail === "link" && req.method === "POST") {
      if (body.token !== "good") throw new Refusal(401, "link", "Ce lien a déjà servi.");
      this.signedIn = true;
      return answer(204, null);
    }
    if (!this.signedIn) throw new Refusal(401, "expired", "Votre session est terminée.", { discord: this.discord });
    if (tail === "me") return answer(200, { user: this.world.me, guilds: this.world.guilds, csrf: this.csrf, session: { id: "s1", ends_at: null, via: "discord" }, locale: this.locale, discord: this.discord });
    if (req.method !== "GET" && req.headers["x-csrf"] !== this.csrf) throw new Refusal(403, "csrf", "Rechargez la page.");
    if (tail === "sign-out") {
      this.signedIn = false;
      return answer(204, null);
    }
    if (tail === "sessions") return answer(200, { sessions: this.world.sessions });
    if (tail.startsWith("sessions/")) {
      this.world.sessions = this.world.sessions.filter((s) => s.id !== tail.slice(9));
      return answer(204, null);
    }
    const [, guild, rest] = /^guilds\/([^/]+)\/(.*)$/u.exec(tail) ?? [];
    if (!this.world.guilds.some((g) => g.id === guild)) throw new Refusal(403, "role", "Vous n’êtes plus de l’équipe.");
    if (rest === "stream") return this.stream(req, res, query);
    const value = this.guild(req, rest, query, body);
    if (value === FILE) {
      res.writeHead(200, { "content-type": "application/octet-stream", "content-disposition": "attachment; filename=x", "x-content-type-options": "nosniff" });
      return res.end("bytes");
    }
    return answer(value === null ? 204 : (value.$status ?? 200), value === null ? null : (value.$body ?? value));
  }

  stream(req, res, query) {
    if (!this.streaming) throw new Refusal(503, "busy", "Plus tard.");
    res.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    res.write(": here\n\n");
    this.streams.add(res);
    req.on("close", () => this.streams.delete(res));
    const after = Number(query.get("after") ?? req.headers["last-event-id"] ?? this.eventId);
    for (const e of this.log) if (e.id > after) this.send(res, e.event, e.data, e.id);
  }

  guild(req, rest, query, body) {
    const { world } = this;
    const lang = req.headers["x-lang"] === "en" ? "en" : "fr";
    const named = (list) => list.map(([code, names, emoji]) => ({ code, name: names[lang], emoji }));
    const { method } = req;
    if (rest === "guild") return { ...world.guilds[0], time_zone: "Europe/Paris", locale: "fr", currency: "eur", categories: named(CATEGORIES), priorities: named(PRIORITIES), states: named(STATES), staff: world.staff, places: PLACES };
    if (rest === "overview") return overviewOf(world, Number(query.get("days")));
    if (rest === "tickets") return this.list(query);
    if (rest === "tickets/counts") return this.counts(query);
    if (rest === "tickets/bulk") return this.bulk(body);
    if (rest === "canned" || rest === "views") {
      if (method === "GET") return { [rest]: world[rest] };
      const made = { id: world.nextId(), ...body };
      world[rest].push(made);
      return { $status: 201, $body: made };
    }
    const shop = this.shopAnswer(method, rest, query, body);
    if (shop !== undefined) return shop;
    const [, kind, id] = /^(canned|views)\/(.+)$/u.exec(rest) ?? [];
    if (kind) {
      const at = world[kind].findIndex((x) => x.id === id);
      if (method === "PUT") return Object.assign(world[kind][at], body);
      world[kind].splice(at, 1);
      return null;
    }
    const [, number, what = ""] = /^tickets\/(\d+)(?:\/(.*))?$/u.exec(rest) ?? [];
    if (!number) throw new Refusal(404, "not-found", "Rien ici.");
    const k = this.ticket(number);
    if (what === "") return this.detail(k);
    if (what === "messages") return { messages: k.thread.slice(0, Math.max(0, k.thread.length - 50)), older: null };
    if (what === "history") return { lines: k.lines, older: null, looks: world.staff.map((by, i) => ({ by, times: 4 - i, last: new Date(Date.now() - i * 6e5).toISOString() })).slice(0, 4) };
    if (what === "opener") return { user: k.opener, plan: k.plan, tickets: world.tickets.filter((x) => x.opener.id === k.opener.id).slice(0, 10).map(row), orders: world.orders };
    if (what === "transcript" || what.startsWith("files/")) return FILE;
    if (what === "presence") return null;
    if (what === "replies" || what === "notes") return this.write(req, k, what, query, body);
    if (DEEDS.includes(what)) return this.deed(k, what, body);
    throw new Refusal(404, "not-found", "Rien ici.");
  }

  detail(k) {
    const ended = k.state === "closed";
    k.unread = false;
    return {
      ticket: { ...row(k), first_response_at: k.first_response_at, resolved_at: k.resolved_at, closing: k.closing, rating: k.rating, auto_close_at: k.auto_close_at },
      messages: k.thread.slice(-50),
      older: k.thread.length > 50 ? "older" : null,
      here: this.here,
      may: ended ? ["note", "reopen"] : ["reply", "note", ...(k.assignee ? [] : ["claim"]), "assign", "priority", "category", ...(k.state === "resolved" ? ["reopen"] : ["resolve"]), "close"],
    };
  }

  write(req, k, what, query, body) {
    const key = req.headers["idempotency-key"];
    if (!key) throw new Refusal(400, "key", "Idempotency-Key manque.");
    const before = this.repeats.get(key);
    if (before instanceof Refusal) throw before;
    if (before) return { $status: 201, $body: before };
    const newer = k.thread.filter((m) => m.from_staff && m.kind === "reply" && m.author.id !== ME.id && Number(m.id) > Number(query.get("seen")));
    if (what === "replies" && newer.length && query.get("force") !== "true") {
      const refusal = new Refusal(409, "someone-answered", `${newer.at(-1).author.name} vient de répondre.`, { message: newer.at(-1) });
      this.repeats.set(key, refusal);
      throw refusal;
    }
    const kind = what === "notes" ? "note" : "reply";
    const message = this.writes(k.number, ME, body.body, { staff: true, kind });
    this.repeats.set(key, message);
    if (kind === "reply") Object.assign(k, { state: "waiting_user", assignee: k.assignee ?? ME, sla: "stopped", due_at: null });
    return { $status: 201, $body: message };
  }

  deed(k, what, body) {
    const by = (id) => this.world.staff.find((p) => p.id === id) ?? null;
    if (what === "claim") {
      if (k.assignee) throw new Refusal(409, "taken", "Quelqu’un a déjà pris ce ticket.");
      Object.assign(k, { assignee: ME, state: "in_progress" });
    }
    if (what === "assign") k.assignee = by(body.to ?? body.value);
    if (what === "priority") k.priority = body.priority ?? body.value;
    if (what === "category") k.category = body.category ?? body.value;
    if (what === "resolve") {
      if (k.state === "closed") throw new Refusal(409, "closed", "Ce ticket est fermé. Rouvrez-le d’abord.");
      k.state = "resolved";
    }
    if (what === "close") {
      if (k.state === "closed") throw new Refusal(409, "closed", "Ce ticket est déjà fermé.");
      Object.assign(k, { state: "closed", closing: { at: new Date().toISOString(), by: ME, reason: body.reason ?? null } });
    }
    if (what === "reopen") Object.assign(k, { state: "in_progress", closing: null, assignee: k.assignee ?? ME });
    k.updated_at = new Date().toISOString();
    k.lines.unshift({ at: k.updated_at, by: ME, deed: what, old: null, new: null, text: `a fait : ${what}` });
    this.event("changed", k.number, ME);
    return row(k);
  }

  bulk(body) {
    const done = [];
    const refused = [];
    for (const number of body.numbers) {
      try {
        this.deed(this.ticket(number), body.do, { value: body.value, reason: body.value });
        done.push(number);
      } catch (error) {
        refused.push({ number, ...error.body });
      }
    }
    return { done, refused };
  }

  filtered(query, except = "") {
    const many = (key) => (key === except ? [] : (query.get(key) ?? "").split(",").filter(Boolean));
    const is = (key, value) => many(key).length === 0 || many(key).includes(value);
    const words = (query.get("q") ?? "").toLowerCase();
    const assignee = except === "assignee" ? "" : (query.get("assignee") ?? "");
    return this.world.tickets.filter((k) => {
      if (!is("state", k.state) || !is("priority", k.priority) || !is("category", k.category) || !is("sla", k.sla) || !is("opener", k.opener.id)) return false;
      if (assignee && (assignee === "none" ? k.assignee : k.assignee?.id !== (assignee === "me" ? ME.id : assignee))) return false;
      return !words || `${k.subject}\n${k.thread.map((m) => m.body).join("\n")}`.toLowerCase().includes(words);
    });
  }

  list(query) {
    const key = { created: "created_at", due: "due_at", priority: "priority" }[query.get("sort")] ?? "updated_at";
    const rank = (k) => (key === "priority" ? String(PRIORITIES.length - PRIORITIES.findIndex(([c]) => c === k.priority)) : (k[key] ?? "")) + String(k.number).padStart(6, "0");
    const sign = query.get("dir") === "asc" ? 1 : -1;
    const found = this.filtered(query).sort((a, b) => (rank(a) < rank(b) ? -sign : sign));
    const from = Number(query.get("cursor") ?? 0);
    const to = from + Number(query.get("limit") ?? 50);
    return { tickets: found.slice(from, to).map(row), next: to < found.length ? String(to) : null };
  }

  counts(query) {
    const by = (key, of) => Object.fromEntries([...tally(this.filtered(query, key).map(of))]);
    const assignee = this.filtered(query, "assignee");
    return { total: this.filtered(query).length, capped: false, state: by("state", (k) => k.state), priority: by("priority", (k) => k.priority), category: by("category", (k) => k.category), assignee: { me: assignee.filter((k) => k.assignee?.id === ME.id).length, none: assignee.filter((k) => !k.assignee).length }, sla: by("sla", (k) => k.sla) };
  }
}

const tally = (names) => names.reduce((sum, name) => sum.set(name, (sum.get(name) ?? 0) + 1), new Map());
const row = ({ thread, lines, first_response_at, resolved_at, closing, rating, auto_close_at, ...k }) => ({ ...k, messages: thread.length, last_from: thread.filter((m) => m.kind !== "note").at(-1).from_staff ? "staff" : "member" });

// Started by hand, it serves the pages for a look.
if (process.argv[1] === new URL(import.meta.url).pathname) {
  const mock = await startMock({ rank: "operator", empty: process.argv.includes("--empty"), hostile: process.argv.includes("--hostile"), tickets: process.argv.includes("--empty") ? 0 : 240 });
  process.stdout.write(`${mock.url}/admin-panel/tickets.html?guild=1\n`);
}
