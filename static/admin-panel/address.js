// @ts-check
// The address of the pages beside tickets: every view, filter and open row is its query. Reads it, writes it, and says when it
// changed. It loads nothing.

/** The present query. @returns {Record<string, string>} */
export const at = () => Object.fromEntries(new URLSearchParams(location.search));

/** @param {Record<string, any>} values */
function written(values) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== null && value !== undefined && value !== "") query.set(key, String(value));
  return query.toString();
}

/** The present view with changes; null takes a key away. @param {Record<string, any>} changes */
export const to = (changes) => `${location.pathname.split("/").at(-1)}?${written({ ...at(), ...changes })}`;

/** A view of a page with nothing but the guild and these. @param {Record<string, any>} values @param {string} [file] */
export const view = (values, file = location.pathname.split("/").at(-1) ?? "") => `${file}?${written({ guild: at().guild, ...values })}`;

/** @typedef {(now: Record<string, string>, before: Record<string, string>) => void} Told */
/** @type {Told | null} */
let told = null;
let now = at();

function changed() {
  const before = now;
  now = at();
  told?.(now, before);
}

/** Goes to a view of this page. @param {string} href @param {{replace?: boolean}} [options] */
export function go(href, { replace = false } = {}) {
  if (new URL(href, location.href).search === location.search) return;
  if (replace) history.replaceState(null, "", href);
  else history.pushState(null, "", href);
  changed();
}

/** Calls `act` whenever the view changes; links within the page don't load it again. @param {Told} act */
export function onAddress(act) {
  told = act;
  now = at();
  addEventListener("popstate", changed);
  document.addEventListener("click", (e) => {
    const link = /** @type {Element} */ (e.target).closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || e.defaultPrevented || e.button !== 0) return;
    if (e.ctrlKey || e.metaKey || e.shiftKey || e.altKey || link.target || link.hasAttribute("download")) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname || link.hash) return;
    if ((new URLSearchParams(link.search).get("guild") ?? "") !== (now.guild ?? "")) return;
    e.preventDefault();
    go(link.href);
  });
}
