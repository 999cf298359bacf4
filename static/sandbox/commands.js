// The slash commands of a person as the page needs them: flattened, in his Discord language.

import { fold } from "./listbox.js";

/** Discord's numbers for the types of an option. */
export const OPTION = {
  SUB: 1,
  GROUP: 2,
  STRING: 3,
  INTEGER: 4,
  BOOLEAN: 5,
  USER: 6,
  CHANNEL: 7,
  ROLE: 8,
  MENTIONABLE: 9,
  NUMBER: 10,
  ATTACHMENT: 11,
};

const CHAT_INPUT = 1;

/** A registered text in a locale, else as registered. */
export const localized = (object, key, locale) => object[`${key}_localizations`]?.[locale] ?? object[key] ?? "";

/** Every command a person can type: one entry per command or subcommand, in alphabetical order. */
export function flatten(commands, locale) {
  const out = [];
  const walk = (node, path, labels, command) => {
    const options = node.options ?? [];
    const nested = options.filter((o) => o.type === OPTION.SUB || o.type === OPTION.GROUP);
    if (nested.length) {
      for (const sub of nested) walk(sub, [...path, sub.name], [...labels, localized(sub, "name", locale)], command);
      return;
    }
    out.push({
      path: path.join(" "),
      label: labels.join(" "),
      description: localized(node, "description", locale),
      options,
      application: command.application_id,
    });
  };
  for (const command of commands) {
    if ((command.type ?? CHAT_INPUT) === CHAT_INPUT)
      walk(command, [command.name], [localized(command, "name", locale)], command);
  }
  return out.sort((a, b) => a.label.localeCompare(b.label));
}

/** The commands that what follows "/" may mean, those that start with it first. */
export function matching(commands, typed) {
  const wanted = fold(typed);
  const rank = (c) => (fold(c.label).startsWith(wanted) || fold(c.path).startsWith(wanted) ? 0 : 1);
  return commands
    .filter((c) => fold(c.label).includes(wanted) || fold(c.path).includes(wanted))
    .sort((a, b) => rank(a) - rank(b));
}

/** The command whose whole name starts the typed text, with what follows it; null when none is complete. */
export function complete(commands, typed) {
  const lower = fold(typed);
  let best = null;
  for (const command of commands) {
    for (const name of [command.label, command.path]) {
      if (lower.startsWith(`${fold(name)} `) && name.length > (best?.name.length ?? 0)) best = { command, name };
    }
  }
  return best && { command: best.command, rest: typed.slice(best.name.length + 1).trim() };
}
