// Hostile files run nothing, in the page and in the report; the worker that reads them can reach no one.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { download, give, open, run, settled, text } from "./browser.mjs";

let browser;
let page;
before(async () => {
  browser = await open();
  page = browser.page;
  await page.evaluate(() => {
    globalThis.canary = 0;
  });
});
after(() => browser?.close());

const CANARIES = [
  "<img src=x onerror=top.canary++>",
  "<script>top.canary++</script>",
  "</style><script>top.canary++</script>",
  '" autofocus onfocus="top.canary++',
  "javascript:top.canary++",
  "</bdi></td><svg onload=top.canary++>",
];

/** Hostile column names, group names and a hostile file name. */
function hostile() {
  const cell = (value) => `"${value.replaceAll('"', '""')}"`;
  const [column] = CANARIES;
  const rows = [["score", "decision", "label", column].map(cell).join(",")];
  for (let row = 0; row < 350; row += 1) {
    const group = CANARIES[row % CANARIES.length];
    rows.push([(row % 97) / 97, row % 2, row % 3 === 0 ? 1 : 0, cell(group)].join(","));
  }
  return `${rows.join("\n")}\n`;
}

const PLAN = JSON.stringify({
  model: { name: CANARIES[1], version: CANARIES[0], owner: CANARIES[5] },
  score: "score",
  prediction: "decision",
  label: "label",
  protected: [CANARIES[0]],
  criteria: [
    {
      measure: "selection_rate",
      attribute: CANARIES[0],
      comparator: ">=",
      threshold: 0.9,
      source: CANARIES[1],
      set_by: CANARIES[2],
    },
  ],
});

test("hostile names are shown as text in the page and in the report", async () => {
  await give(page, "plan", text("<img src=x onerror=top.canary++>.json", PLAN));
  await give(page, "predictions", text("<svg onload=top.canary++>.csv", hostile()));
  await settled(page, 2);
  await page.waitForSelector("#role-0");
  assert.ok((await page.locator(".columns th[scope=row]").allTextContents()).includes(CANARIES[0]));
  const { verdict } = await run(page);
  assert.equal(verdict, "fail");
  const frame = page.frames().find((one) => one !== page.mainFrame());
  assert.ok((await frame.textContent("body")).includes(CANARIES[1]));
  for (const name of ["script", "img", "iframe", "object", "embed"]) {
    assert.equal(await frame.locator(name).count(), 0, name);
  }
  assert.equal(await page.locator("main img, main script").count(), 0);
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => globalThis.canary), 0);
});

test("the downloaded report runs nothing either, without the page's policy around it", async () => {
  const { text: html, name } = await download(page, "#save-html");
  assert.match(name, /^[a-z0-9._-]+\.html$/);
  const alone = await browser.context.newPage();
  await alone.evaluate(() => {
    globalThis.canary = 0;
  });
  await alone.setContent(html);
  await alone.waitForTimeout(300);
  assert.equal(await alone.evaluate(() => globalThis.canary ?? 0), 0);
  await alone.close();
});

test("nor does it in a tab of its own", async () => {
  const [alone] = await Promise.all([browser.context.waitForEvent("page"), page.click("#alone")]);
  await alone.waitForLoadState();
  assert.ok((await alone.textContent("body")).includes(CANARIES[1]));
  await alone.waitForTimeout(200);
  assert.equal(await alone.evaluate(() => typeof globalThis.canary), "undefined");
  await alone.close();
});

test("hostile names are shown as text among problems", async () => {
  await give(
    page,
    "plan",
    text("plan.json", JSON.stringify({ score: CANARIES[1], [CANARIES[0]]: CANARIES[2], label: "label" })),
  );
  await page.waitForSelector(".plan-problems li");
  assert.ok((await page.textContent(".plan-problems")).includes("<img src=x"));
  await page.click("#run");
  await page.waitForSelector("#problems li");
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => globalThis.canary), 0);
});

test("a file whose columns are named like properties of objects does no harm", async () => {
  await give(page, "predictions", text("proto.csv", "__proto__,constructor,toString,score\n1,2,3,0.5\n0,1,2,0.1\n"));
  await settled(page, 2);
  await page.waitForFunction(() => document.querySelector(".slots .name")?.textContent === "proto.csv");
  assert.deepEqual((await page.locator(".columns th[scope=row]").allTextContents()).slice(0, 4), [
    "__proto__",
    "constructor",
    "toString",
    "score",
  ]);
});

test("until now nothing was asked of anyone else, and nothing broke the policy", () => {
  assert.deepEqual(browser.seen.outside, []);
  assert.deepEqual(browser.seen.violations, []);
  assert.deepEqual(browser.seen.errors, []);
});

test("page and worker are stopped when they try to reach another place", async () => {
  const elsewhere = "http://127.0.0.2:9/";
  const tried = (address) =>
    fetch(address).then(
      () => "reached",
      () => "stopped",
    );
  assert.equal(await page.evaluate(tried, elsewhere), "stopped");
  const [worker] = page.workers();
  assert.equal(await worker.evaluate(tried, elsewhere), "stopped");
  // The policy did it, in the worker too: the request never came to be.
  assert.deepEqual(browser.seen.outside, []);
  assert.ok(browser.seen.violations.length >= 1);
  const inWorker = await worker.evaluate(
    (address) =>
      new Promise((resolve) => {
        self.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), { once: true });
        fetch(address).catch(() => {});
        setTimeout(() => resolve("no violation"), 5000);
      }),
    elsewhere,
  );
  assert.equal(inWorker, "connect-src");
});
