// @ts-check
// The drawings of the panel, one path each, in the text's colour. Decorative: a label stands beside each or on its button.

import { h, svg } from "./dom.js";

const PATHS = {
  inbox: "M4 13h4l1.5 3h5L16 13h4M4 13l3-8h10l3 8v6H4z",
  chart: "M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6 6 18",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16.5 16.5 21 21",
  filter: "M4 6h16M7 12h10M10 18h4",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  reply: "M10 7 4 12l6 5M4 12h9c4 0 6 2 7 6",
  note: "M5 4h14v11l-5 5H5zM14 20v-5h5M8 9h8M8 12.5h5",
  send: "M4 12 20 4l-5 16-3.5-6.5z",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c.6-4 3.6-6 8-6s7.4 2 8 6",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2",
  alert: "M12 4 2.5 20h19zM12 10v4M12 17v.5",
  check: "m5 12 5 5 9-10",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  eye: "M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  bolt: "M13 3 5 14h6l-1 7 8-11h-6z",
  star: "M12 4l2.4 5 5.6.8-4 3.9.9 5.5L12 16.6 7.1 19.2l.9-5.5-4-3.9 5.6-.8z",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.8 1.8M17.2 17.2 19 19M5 19l1.8-1.8M17.2 6.8 19 5",
  keyboard: "M3 6h18v12H3zM7 10h.5M11 10h.5M15 10h.5M8 14h8",
  door: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  more: "M5 12h.5M12 12h.5M19 12h.5",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
  save: "M6 4h12v16l-6-4-6 4z",
  device: "M4 5h16v11H4zM9 20h6M12 16v4",
  bag: "M5 8h14l1 12H4zM9 8V7a3 3 0 0 1 6 0v1",
  receipt: "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
  users: "M9 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-3.5 3-5.5 6.5-5.5s6 2 6.5 5.5M16 5.5a3.2 3.2 0 0 1 0 6.2M18 15c2 .8 3.2 2.5 3.5 5",
  tag: "M4 4h8l8 8-8 8-8-8zM8.5 8.5h.5",
  gift: "M4 10h16v10H4zM4 10V7h16v3M12 7v13M12 7C9 7 7.5 5.8 8 4.3S11 4 12 7c1-3 3.5-4.2 4-2.7S15 7 12 7",
  gavel: "M5 20h9M13 4l6 6M10 7l6 6M14.5 8.5 6 17",
  sliders: "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  book: "M5 4h11l3 3v13H5zM8 9h8M8 13h8M8 17h5",
  shield: "M12 3l8 3v6c0 4.5-3.5 8-8 9-4.5-1-8-4.5-8-9V6zM9 12l2 2 4-4",
  stop: "M8 3h8l5 5v8l-5 5H8l-5-5V8zM8.5 12h7",
  play: "M7 4l13 8-13 8z",
  plus: "M12 5v14M5 12h14",
  key: "M8 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 12h9M18 12v4M15 12v3",
  history: "M4 12a8 8 0 1 0 2.5-5.8M4 4v4h4M12 8v4l3 2",
};

/** An inline drawing. @param {keyof typeof PATHS} name */
export const icon = (name) =>
  svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));

/**
 * A button that shows only a drawing; `label` is its name and tooltip.
 * @param {keyof typeof PATHS} name @param {string} label @param {(e: Event) => void} onclick @param {Record<string, any>} [extra]
 */
export const iconButton = (name, label, onclick, extra = {}) =>
  h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...extra }, icon(name));
