// What every test of the panel starts from: a browser for the file, and for each test a mock of its own and a page that is
// watched: no error, no breach of the content-security policy, no word to another host.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { launch } from "../browser.mjs";
import { startMock } from "../panel-mock.mjs";

export const ACTIVE = "state=open,in_progress,waiting_user";
const PATIENCE_MS = 30_000;
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let browser;

/** Starts the file's browser. */
export async function startBrowser() {
  browser = await launch();
  browser.context.setDefaultTimeout(PATIENCE_MS);
  return browser;
}
export const stopBrowser = () => browser?.close();

/** Opens a page on a fresh mock; `act` gets both; afterwards nothing unwanted may have happened. */
export async function panel(path, options, act) {
  const mock = await startMock(options);
  const problems = [];
  const open = async (to) => {
    const page = await browser.context.newPage();
    page.on("pageerror", (e) => problems.push(String(e.stack)));
    page.on("console", (m) => {
      // A refused request is what some tests are about; the browser logs each.
      if (m.type() === "error" && !/Failed to load resource|net::ERR_|EventSource/u.test(m.text())) problems.push(m.text());
    });
    page.on("request", (r) => {
      if (!r.url().startsWith(mock.url) && !r.url().startsWith("data:")) problems.push(`to another host: ${r.url()}`);
    });
    page.panel = `${mock.url}/admin-panel/`;
    await page.emulateMedia({ colorScheme: options.dark ? "dark" : "light", reducedMotion: "reduce" });
    await page.setViewportSize(options.size ?? { width: 1440, height: 900 });
    if (to !== null) await page.goto(page.panel + to);
    return page;
  };
  const page = await open(path);
  try {
    await act({ page, mock, open });
    assert.deepEqual(problems, []);
    assert.equal(mock.broken, undefined, String(mock.broken?.stack));
  } finally {
    for (const p of browser.context.pages().slice(1)) await p.close();
    await mock.close();
  }
}

/** What axe-core finds on a page, a line for each rule. */
export async function violations(page) {
  // What takes no pointer yet, axe doesn't see over the page.
  await page.locator(".is-opening").waitFor({ state: "detached" });
  await page.evaluate(AXE);
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
  return found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary.split("\n")[1]}`).join(" | ")}`);
}

/** The text box of the open ticket. */
export const box = (page) => page.locator("#compose");
/** A message of the conversation. */
export const message = (page, text) => page.locator(".msg", { hasText: text });
/** The row of a ticket. */
export const row = (page, number) => page.locator(`.row[data-number="${number}"]`);
/** What the pages sent to a path. */
export const sent = (mock, match) => mock.requests.filter((r) => match.test(`${r.method} ${r.path}`));

/** Waits until a condition of the test's own holds. */
export async function until(holds, what) {
  const end = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > end) assert.fail(`waited in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
