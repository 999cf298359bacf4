// Reads a form with nested brackets, and gives its texts the types that the description wants where they can have them.

/** `a[0][b]=1` as `{a: {0: {b: "1"}}}`; lists are found out by the description. */
export function decode(raw) {
  const root = {};
  for (const [name, value] of new URLSearchParams(raw)) {
    const steps = name.replaceAll("]", "").split("[");
    let node = root;
    steps.forEach((step, n) => {
      const key = step === "" ? String(Object.keys(node).length) : step;
      if (n === steps.length - 1) node[key] = value;
      else node = node[key] = typeof node[key] === "object" ? node[key] : {};
    });
  }
  return root;
}

/** The tree with the types of a schema; what does not fit stays as it came, for the validator to find. */
export function typed(schema, value) {
  if (schema?.anyOf) return typed(nearest(schema.anyOf, value), value);
  if (typeof value === "string") return leaf(schema, value);
  if (schema?.type === "array") {
    const keys = Object.keys(value);
    if (!keys.every((key) => /^\d+$/.test(key))) return value;
    return keys.sort((a, b) => a - b).map((key) => typed(schema.items, value[key]));
  }
  const inner = (key) => schema?.properties?.[key] ?? (schema?.additionalProperties || undefined);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, typed(inner(key), item)]));
}

function leaf(schema, text) {
  if (schema?.type === "integer" && /^-?\d+$/.test(text)) return Number(text);
  if (schema?.type === "number" && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (schema?.type === "boolean" && /^(true|false)$/.test(text)) return text === "true";
  return text;
}

// Of several kinds, the one that the value has the shape of.
function nearest(kinds, value) {
  if (typeof value !== "string") {
    const whole = kinds.filter((kind) => kind.type === "object" || kind.type === "array");
    const knows = (kind) => Object.keys(value).every((key) => kind.type === "array" || kind.properties?.[key]);
    return whole.find(knows) ?? whole[0];
  }
  const simple = kinds.filter((kind) => kind.type !== "object" && kind.type !== "array");
  const takes = (kind) => (kind.enum ? kind.enum.includes(value) : kind.type === "string" || typeof leaf(kind, value) !== "string");
  return simple.find(takes) ?? simple[0];
}
