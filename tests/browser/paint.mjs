// How soon a browser shows the newest page of a long ticket: for the panel's benchmark, which prints it. LINK is a one-time link to the
// panel, GUILD and TICKET say what is opened, TIMES how often. It writes one line of JSON: milliseconds from pressing the ticket in the
// list until the frame in which its newest message stands has been painted.

import { launch } from "./browser.mjs";

const { LINK, GUILD, TICKET, TIMES = "20" } = process.env;
const browser = await launch();
try {
  const page = await browser.context.newPage();
  await page.goto(LINK);
  await page.getByRole("button", { name: "Entrer", exact: true }).click();
  await page.waitForURL(/tickets\.html/u);
  const list = new URL(`tickets.html?guild=${GUILD}`, page.url()).href;
  const took = [];
  await page.goto(list);
  await page.locator(".live.is-live").waitFor();
  for (let n = 0; n < Number(TIMES); n++) {
    await page.locator(`.row a[href*="ticket=${TICKET}"]`).first().waitFor();
    // Whoever presses has looked at the list: what else was loading is there.
    await page.waitForTimeout(1_000);
    const ms = await page.evaluate(async (number) => {
      const link = document.querySelector(`.row a[href*="ticket=${number}"]`);
      const shown = new Promise((done) => {
        new MutationObserver((_, watch) => {
          if (!document.querySelector(".ticket:not([hidden]) .msgs .msg")) return;
          watch.disconnect();
          // What a channel brings comes right after the frame.
          requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = () => done(performance.now());
            after.port2.postMessage(null);
          });
        }).observe(document.body, { attributes: true, childList: true, subtree: true });
      });
      const began = performance.now();
      link.click();
      return (await shown) - began;
    }, TICKET);
    took.push(ms);
    await page.goBack();
    await page.locator(".ticket").waitFor({ state: "hidden" });
  }
  console.log(JSON.stringify(took));
} finally {
  await browser.close();
}
