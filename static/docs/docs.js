// Shows the description of the control API. It asks for openapi.json beside it and for nothing else; every text goes in as text.
"use strict";

const make = (tag, text, style) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (style) element.className = style;
  return element;
};

const nameOf = (schema) => {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.oneOf || schema.anyOf) {
    return (schema.oneOf || schema.anyOf).map(nameOf).filter((name) => name && name !== "null").join(" or ");
  }
  if (schema.type === "array") return `list of ${nameOf(schema.items)}`;
  const type = [].concat(schema.type || []).filter((one) => one !== "null").join(" or ");
  return schema.format ? `${type} (${schema.format})` : type;
};

const table = (heads, rows) => {
  const all = make("table");
  const head = make("tr");
  heads.forEach((text) => head.append(make("th", text)));
  all.append(head);
  rows.forEach((cells) => {
    const row = make("tr");
    cells.forEach((text) => row.append(make("td", text)));
    all.append(row);
  });
  return all;
};

const route = (path, method, about) => {
  const part = make("details");
  const head = make("summary");
  const word = (about.summary || about.description || "").trim();
  head.append(make("span", method, "method"), " ", make("code", path), " ", make("span", word, "muted"));
  part.append(head);
  if (about.parameters && about.parameters.length) {
    part.append(make("h2", "Parameters"));
    part.append(table(["name", "in", "type", "what"], about.parameters.map((one) =>
      [one.name + (one.required ? " *" : ""), one.in, nameOf(one.schema), one.description || ""])));
  }
  const body = about.requestBody && Object.values(about.requestBody.content || {})[0];
  if (body) part.append(make("p", `Body: ${nameOf(body.schema)}`));
  part.append(make("h2", "Answers"));
  part.append(table(["code", "body", "what"], Object.entries(about.responses || {}).map(([code, answer]) => {
    const content = Object.values(answer.content || {})[0];
    return [code, content ? nameOf(content.schema) : "", answer.description || ""];
  })));
  return part;
};

const shape = (name, schema) => {
  const part = make("details");
  const head = make("summary");
  head.append(make("code", name), " ", make("span", schema.description || "", "muted"));
  part.append(head);
  if (schema.properties) {
    const needed = new Set(schema.required || []);
    part.append(table(["field", "type", "what"], Object.entries(schema.properties).map(([field, one]) =>
      [field + (needed.has(field) ? " *" : ""), nameOf(one), one.description || ""])));
  } else {
    part.append(make("p", (schema.enum || []).join(", ") || nameOf(schema)));
  }
  return part;
};

const show = (description) => {
  document.getElementById("title").textContent = description.info.title;
  document.getElementById("about").textContent = description.info.description || "";
  const main = document.getElementById("routes");
  main.replaceChildren(make("h2", "Questions"));
  Object.entries(description.paths || {}).forEach(([path, methods]) =>
    Object.entries(methods).forEach(([method, about]) => main.append(route(path, method, about))));
  main.append(make("h2", "Shapes"));
  Object.entries((description.components || {}).schemas || {}).forEach(([name, schema]) => main.append(shape(name, schema)));
};

document.getElementById("search").addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  document.querySelectorAll("details").forEach((part) => {
    part.hidden = wanted !== "" && !part.textContent.toLowerCase().includes(wanted);
  });
});

fetch("openapi.json")
  .then((answer) => answer.json())
  .then(show)
  .catch(() => document.getElementById("routes").replaceChildren(make("p", "The description could not be read.")));
