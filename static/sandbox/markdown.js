// Discord's markdown, turned into elements. A block is a code fence, quote, heading, list or
// paragraph; inside, one scan finds the next mark and recurses into what it encloses. Everything
// a person wrote ends as a text node, and a link is only ever http or https.

import { color, h } from "./dom.js";
import { t } from "./texts.js";
import { stampElement } from "./time.js";

const MAX_DEPTH = 12;
const FENCE = /```(?:([\w+#.-]*)\n)?([\s\S]+?)```/gu;

// An escaped character counts as one unit, so `**a\**b**` closes at the end.
const inner = String.raw`(?:\\[\s\S]|[^\\])+?`;
const INLINE = new RegExp(
  [
    // The underscore, too, is escaped.
    String.raw`\\(?<escaped>[^0-9A-Za-z\s])`,
    String.raw`(?<ticks>\x60{1,2})(?<code>[^\x60]|[^\x60][\s\S]*?[^\x60])\k<ticks>(?!\x60)`,
    String.raw`\|\|(?<spoiler>${inner})\|\|`,
    String.raw`\*\*\*(?<boldItalic>${inner})\*\*\*`,
    String.raw`\*\*(?<bold>${inner})\*\*(?!\*)`,
    String.raw`__(?<underline>${inner})__(?!_)`,
    String.raw`\*(?=\S)(?<italic>(?:\\[\s\S]|\*\*|[^*\\])+?)\*(?!\*)`,
    String.raw`(?<![\p{L}\p{N}])_(?=\S)(?<italic2>(?:\\[\s\S]|__|[^_\\])+?)_(?![\p{L}\p{N}_])`,
    String.raw`~~(?<strike>${inner})~~`,
    String.raw`\[(?<label>[^\]\n]+)\]\(<?(?<target>https?:\/\/[^\s)>]+)>?\)`,
    String.raw`<(?<bare>https?:\/\/[^\s>]+)>`,
    String.raw`(?<url>https?:\/\/[^\s<]+[^\s<.,;:!?'")\]*_~|])`,
    String.raw`<@!?(?<user>\d+)>`,
    String.raw`<@&(?<role>\d+)>`,
    String.raw`<#(?<channel>\d+)>`,
    String.raw`<\/(?<command>[^:>]+):\d+>`,
    String.raw`<a?:(?<emoji>\w+):\d+>`,
    String.raw`<t:(?<time>-?\d{1,13})(?::(?<style>[tTdDfFR]))?>`,
    String.raw`(?<everyone>@everyone|@here)\b`,
  ].join("|"),
  "gu",
);

/**
 * The nodes of a text. `names` answers `user(id)`, `role(id)`, `channel(id)`, and holds the
 * reader's `locale`, his id `me`, `everyone` when that mention really rings,
 * and `open(id)`: what goes to a channel, where he can.
 */
export function markdown(text, names) {
  const out = [];
  let last = 0;
  for (const m of text.matchAll(FENCE)) {
    out.push(...blocks(text.slice(last, m.index).replace(/\n$/u, ""), names));
    out.push(h("pre", { class: "fence", "data-language": m[1] || null }, h("code", {}, m[2].replace(/\n$/u, ""))));
    last = m.index + m[0].length;
    if (text[last] === "\n") last += 1;
  }
  out.push(...blocks(text.slice(last), names));
  return out;
}

/** The same without blocks: for titles, labels and one-line previews. */
export const markdownLine = (text, names) => inline(text.replace(/\s*\n\s*/gu, " "), names, 0);

const BLOCKS = [
  { start: /^>>> /u, make: (lines, names) => quote(lines.join("\n").slice(4), names), rest: true },
  { start: /^> /u, make: (lines, names) => quote(lines.map((l) => l.slice(2)).join("\n"), names) },
  { start: /^[-*] (?=\S)/u, make: (lines, names) => list("ul", lines, names) },
  { start: /^\d{1,4}\. (?=\S)/u, make: (lines, names) => list("ol", lines, names) },
  { start: /^#{1,3} (?=\S)/u, make: ([line], names) => heading(line, names), single: true },
  {
    start: /^-# (?=\S)/u,
    make: ([line], names) => h("div", { class: "subtext" }, inline(line.slice(3), names, 0)),
    single: true,
  },
];

function blocks(text, names) {
  const out = [];
  let plain = [];
  const flush = () => {
    if (plain.length) out.push(h("div", { class: "para" }, inline(plain.join("\n"), names, 0)));
    plain = [];
  };
  const lines = text === "" ? [] : text.split("\n");
  for (let i = 0; i < lines.length;) {
    const block = BLOCKS.find((b) => b.start.test(lines[i]));
    if (!block) {
      plain.push(lines[i]);
      i += 1;
      continue;
    }
    flush();
    let end = i + 1;
    if (block.rest) end = lines.length;
    else if (!block.single) while (end < lines.length && block.start.test(lines[end])) end += 1;
    out.push(block.make(lines.slice(i, end), names));
    i = end;
  }
  flush();
  return out;
}

const quote = (text, names) => h("blockquote", {}, inline(text, names, 0));

function heading(line, names) {
  const level = line.indexOf(" ");
  return h(
    "div",
    { class: `heading heading-${level}`, role: "heading", "aria-level": level + 1 },
    inline(line.slice(level + 1), names, 0),
  );
}

function list(tag, lines, names) {
  const start = tag === "ol" ? Number.parseInt(lines[0], 10) : null;
  return h(
    tag,
    { start },
    lines.map((line) => h("li", {}, inline(line.slice(line.indexOf(" ") + 1), names, 0))),
  );
}

function inline(text, names, depth) {
  if (depth > MAX_DEPTH) return [text];
  const out = [];
  let last = 0;
  for (const m of text.matchAll(INLINE)) {
    if (m.index > last) out.push(text.slice(last, m.index));
    out.push(mark(m, names, (inside) => inline(inside, names, depth + 1)));
    last = m.index + m[0].length;
  }
  if (last < text.length) out.push(text.slice(last));
  return out;
}

function mark({ 0: whole, groups: g }, names, deeper) {
  if (g.escaped !== undefined) return g.escaped;
  if (g.code !== undefined) return h("code", {}, g.code);
  if (g.spoiler !== undefined) return spoiler(deeper(g.spoiler));
  if (g.boldItalic !== undefined) return h("strong", {}, h("em", {}, deeper(g.boldItalic)));
  if (g.bold !== undefined) return h("strong", {}, deeper(g.bold));
  if (g.underline !== undefined) return h("u", {}, deeper(g.underline));
  if (g.italic !== undefined) return h("em", {}, deeper(g.italic));
  if (g.italic2 !== undefined) return h("em", {}, deeper(g.italic2));
  if (g.strike !== undefined) return h("s", {}, deeper(g.strike));
  if (g.label !== undefined) return link(g.target, g.label);
  if (g.bare !== undefined) return link(g.bare, g.bare);
  if (g.url !== undefined) return link(g.url, g.url);
  if (g.user !== undefined)
    return h("span", { class: `mention ${g.user === names.me ? "is-me" : ""}` }, `@${names.user(g.user)}`);
  if (g.role !== undefined) {
    const role = names.role(g.role);
    return h(
      "span",
      { class: "mention", vars: role?.color ? { "--mention": color(role.color) } : {} },
      `@${role?.name ?? "?"}`,
    );
  }
  if (g.channel !== undefined) {
    const name = `#${names.channel(g.channel) ?? "?"}`;
    const onclick = names.open?.(g.channel);
    return onclick
      ? h("button", { type: "button", class: "mention is-link", onclick }, name)
      : h("span", { class: "mention" }, name);
  }
  if (g.command !== undefined) return h("span", { class: "mention" }, `/${g.command}`);
  if (g.emoji !== undefined) return `:${g.emoji}:`;
  if (g.time !== undefined) return stampElement(Number(g.time), g.style, names.locale);
  if (g.everyone !== undefined && names.everyone) return h("span", { class: "mention is-me" }, g.everyone);
  return whole;
}

/** An outside link: opens apart, sends no referrer, and shows its target when hovered. */
export function link(target, label) {
  return h("a", { href: target, title: target, target: "_blank", rel: "noopener noreferrer nofollow" }, label);
}

function spoiler(children) {
  const el = h(
    "span",
    { class: "spoiler", role: "button", tabIndex: 0, "aria-expanded": "false", "aria-label": t("spoiler") },
    h("span", {}, children),
  );
  const reveal = () => {
    el.classList.add("is-open");
    el.setAttribute("aria-expanded", "true");
    el.removeAttribute("aria-label");
  };
  el.addEventListener("click", reveal);
  el.addEventListener("keydown", (e) => {
    if (e.key === "Enter" || e.key === " ") {
      e.preventDefault();
      reveal();
    }
  });
  return el;
}
