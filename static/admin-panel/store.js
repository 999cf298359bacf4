// @ts-check
// What the browser keeps: choices for good, drafts for the tab. Storage may be shut off or full, which is never an error: the
// page then forgets on reload.

/** @param {() => Storage} where @param {(s: Storage) => any} act */
function tried(where, act) {
  try {
    return act(where());
  } catch {
    return null;
  }
}
const local = () => localStorage;
const session = () => sessionStorage;

/** A choice kept in this browser. @param {string} key @returns {string | null} */
export const kept = (key) => tried(local, (s) => s.getItem(`panel.${key}`));
/** Keeps a choice; null forgets it. @param {string} key @param {string | null} value */
export const keep = (key, value) =>
  tried(local, (s) => (value === null ? s.removeItem(`panel.${key}`) : s.setItem(`panel.${key}`, value)));

/** What this tab keeps, parsed. @param {string} key @returns {any} */
export const held = (key) => tried(session, (s) => JSON.parse(s.getItem(`panel.${key}`) ?? "null"));
/** Keeps a value for this tab; null forgets it. @param {string} key @param {any} value */
export const hold = (key, value) =>
  tried(session, (s) => (value === null ? s.removeItem(`panel.${key}`) : s.setItem(`panel.${key}`, JSON.stringify(value))));

/** @typedef {{mode: "reply" | "note", reply: string, note: string, key: Record<string, {body: string, uuid: string}>}} Draft */

const place = (/** @type {string} */ me, /** @type {string} */ guild, /** @type {number} */ number) => `draft.${me}.${guild}.${number}`;

/** What was typed into a ticket and not sent: a reply and a note, each its own text. @returns {Draft} */
export function draft(/** @type {string} */ me, /** @type {string} */ guild, /** @type {number} */ number) {
  const found = held(place(me, guild, number)) ?? {};
  return { mode: found.mode === "note" ? "note" : "reply", reply: found.reply ?? "", note: found.note ?? "", key: found.key ?? {} };
}

/** Keeps a draft, or forgets it once both texts are gone. */
export function keepDraft(/** @type {string} */ me, /** @type {string} */ guild, /** @type {number} */ number, /** @type {Draft} */ d) {
  hold(place(me, guild, number), d.reply || d.note ? d : null);
}

/** Where the tab keeps what was typed into a form that isn't sent yet. */
export const formPlace = (/** @type {string} */ me, /** @type {string} */ guild, /** @type {string} */ form) => `form.${me}.${guild}.${form}`;
