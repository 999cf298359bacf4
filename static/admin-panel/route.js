// @ts-check
// The address bar is the state: guild, view, filters, ticket, tab. Reads it, writes it, and says when it changed. It loads
// nothing.

/** The filters of the list, as the address and the API name them. */
export const FILTERS = ["state", "priority", "category", "assignee", "opener", "sla", "q", "sort", "dir"];
/** What the list shows where nothing else was asked for. */
export const ACTIVE = "open,in_progress,waiting_user";

/**
 * @typedef {{guild: string | null, view: "list" | "overview", ticket: number | null, tab: "talk" | "history", days: number, filters: Record<string, string>}} Route
 */

/** The view of an address. @param {string} [search] @returns {Route} */
export function read(search = location.search) {
  const query = new URLSearchParams(search);
  /** @type {Record<string, string>} */
  const filters = {};
  for (const key of FILTERS) {
    const value = query.get(key);
    if (value) filters[key] = value;
  }
  const ticket = Number(query.get("ticket"));
  return {
    guild: query.get("guild"),
    view: query.get("view") === "overview" ? "overview" : "list",
    ticket: Number.isSafeInteger(ticket) && ticket > 0 ? ticket : null,
    tab: query.get("tab") === "history" ? "history" : "talk",
    days: [7, 30, 90].find((d) => String(d) === query.get("days")) ?? 30,
    filters,
  };
}

/** The address of the present view with changes. @param {Partial<Route>} changes */
export function href(changes) {
  const r = { ...read(), ...changes };
  const query = new URLSearchParams();
  if (r.guild) query.set("guild", r.guild);
  if (r.view === "overview") {
    query.set("view", "overview");
    if (r.days !== 30) query.set("days", String(r.days));
  } else {
    for (const key of FILTERS) if (r.filters[key]) query.set(key, r.filters[key]);
    if (r.ticket) query.set("ticket", String(r.ticket));
    if (r.ticket && r.tab === "history") query.set("tab", "history");
  }
  return `tickets.html?${query}`;
}

/** The list with these filters and nothing open. @param {Record<string, string>} filters */
export const listHref = (filters) => href({ view: "list", ticket: null, tab: "talk", filters });

/** @type {((r: Route, before: Route) => void) | null} */
let told = null;
let now = read();

const changed = () => {
  const before = now;
  now = read();
  told?.(now, before);
};

/** Goes to a view. @param {Partial<Route>} changes @param {{replace?: boolean}} [options] */
export function go(changes, { replace = false } = {}) {
  const to = href(changes);
  if (new URL(to, location.href).search === location.search) return;
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  changed();
}

/** Calls `act` whenever the view changes; links between views don't load the page again. @param {(r: Route, before: Route) => void} act */
export function onRoute(act) {
  told = act;
  addEventListener("popstate", changed);
  document.addEventListener("click", (e) => {
    const link = /** @type {Element} */ (e.target).closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || e.defaultPrevented || e.button !== 0) return;
    if (e.ctrlKey || e.metaKey || e.shiftKey || e.altKey || link.target || link.hasAttribute("download")) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname) return;
    if (read(link.search).guild !== now.guild || link.hash) return;
    e.preventDefault();
    if (link.search !== location.search) {
      history.pushState(null, "", link.href);
      changed();
    }
  });
}
