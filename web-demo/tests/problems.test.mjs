// What goes wrong: bad files and plans are explained, nothing is lost, and a run can be stopped.

import assert from "node:assert/strict";
import { mkdtemp, open as openFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axe, download, give, loadExample, open, planText, run, settled, text } from "./browser.mjs";

let browser;
let page;
before(async () => {
  browser = await open();
  page = browser.page;
});
after(() => browser?.close());

const problems = () => page.locator("#problems .problem-list li");
const said = async () => (await page.textContent("#problems")).replaceAll(/\s+/g, " ");

test("an unreadable table is explained where it stands, and the rest stays", async () => {
  await loadExample(page);
  await give(page, "reference", text("empty.csv", ""));
  await problems().first().waitFor();
  assert.match(await said(), /Reference/);
  assert.equal(await page.locator(".slots .chosen").count(), 4);
  assert.equal(await page.evaluate(() => document.activeElement.id), "problems");
  assert.notEqual(await page.textContent("#alert"), "");
  assert.deepEqual(await axe(page), []);
});

test("a bad value names file, row and column, and how to put it right", async () => {
  const rows = [
    "application_id,scored_at,decision,score,race,sex,housing_ratio,debt_ratio,loan_to_price,consumer_credit,late_mortgage,public_record",
  ];
  for (let row = 1; row <= 30; row += 1) {
    rows.push(`A${row},2026-07-01,approve,${row === 17 ? "high" : "0.9"},white,male,20,30,0.8,1,0,0`);
  }
  await give(page, "predictions", text("broken.csv", `${rows.join("\n")}\n`));
  await page.waitForFunction(() => document.querySelector(".slots .name")?.textContent === "broken.csv");
  await settled(page, 4);
  await page.click("#run");
  await problems().first().waitFor();
  const words = await said();
  assert.match(words, /Predictions: broken\.csv/);
  assert.match(words, /row 17/);
  assert.match(words, /score/);
  assert.match(words, /value_not_number/);
  assert.match(words, /Nothing was lost/);
  assert.equal(await page.locator("#report").isVisible(), false);
  assert.equal(await page.locator(".criteria-form tbody").count(), 10);
});

test("problems of a plan are all shown, beside the fields and in the text", async () => {
  await loadExample(page);
  const plan = await planText(page);
  await page.click("#plan summary");
  await page.fill(
    "#plan-text",
    plan
      .replace("threshold: 0.70", "threshold: 70")
      .replace("- measure: brier", "- measure: briar")
      .replace("seed:", "sead:"),
  );
  await page.waitForFunction(() => document.querySelectorAll(".plan-problems li").length === 3);
  assert.match(await page.textContent(".plan-problems"), /did you mean/i);
  assert.match(await page.textContent("#said-0"), /0\.7/);
  assert.equal(await page.getAttribute("#threshold-0", "aria-invalid"), "true");
  assert.deepEqual(await axe(page), []);
  const where = page.locator(".plan-problems .where button").first();
  const [, line] = /line (\d+)/.exec(await where.textContent());
  await where.click();
  const caret = await page.evaluate(() => {
    const area = document.activeElement;
    return area.id === "plan-text" ? area.value.slice(0, area.selectionStart).split("\n").length : 0;
  });
  assert.equal(caret, Number(line));
  await page.click("#run");
  await page.waitForFunction(() => document.querySelectorAll("#problems li").length === 3);
  await page.fill("#plan-text", plan);
  const { verdict } = await run(page);
  assert.equal(verdict, "fail");
  assert.equal(await page.locator("#problems").isVisible(), false);
});

test("a plan that is no text is refused, and the plan before stays", async () => {
  const plan = await planText(page);
  await give(page, "plan", { name: "plan.yaml", mimeType: "", buffer: Buffer.from([0xff, 0xfe, 0x00, 0x81]) });
  await problems().first().waitFor();
  assert.match(await said(), /UTF-8/);
  assert.equal(await planText(page), plan);
});

test("a run without predictions says what to do", async () => {
  await page.getByRole("button", { name: "Remove Predictions" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "file-predictions");
  await page.click("#run");
  await page.waitForFunction(() => /no predictions/i.test(document.getElementById("problems").textContent));
});

test("a large file is read in slices while the page stays alive, and a run can be stopped", async () => {
  const folder = await mkdtemp(join(tmpdir(), "modelassay-large-"));
  const path = join(folder, "large.csv");
  await writeFile(path, "id,score,decision,group\n");
  const file = await openFile(path, "a");
  for (let block = 0; block < 150; block += 1) {
    const rows = [];
    for (let row = 0; row < 20_000; row += 1) {
      const number = block * 20_000 + row;
      rows.push(
        `P${number},${((number * 7919) % 10_007) / 10_007},${number % 3 === 0 ? 1 : 0},${"abcdefgh"[number % 8]}`,
      );
    }
    await file.write(`${rows.join("\n")}\n`);
  }
  await file.close();
  try {
    for (const slot of ["Labels", "Reference", "Plan"]) {
      await page.getByRole("button", { name: `Remove ${slot}` }).click();
    }
    const plan =
      'score: score\nprediction: decision\nprotected: [group]\ncriteria: ["selection_rate by group >= 0.3"]\n';
    await give(page, "plan", text("plan.yaml", plan));
    await give(page, "predictions", path);
    await page.waitForFunction(() => document.querySelector(".slots .name")?.textContent === "large.csv");
    await settled(page, 2);
    await page.click("#run");
    await page.waitForFunction(() => /MB of .*rows/.test(document.querySelector(".progress label")?.textContent ?? ""));
    assert.equal(await page.getAttribute("#run", "aria-disabled"), "true");
    await page.click("#cancel");
    await page.waitForFunction(() => document.activeElement?.id === "run");
    assert.equal(await page.locator("#cancel").count(), 0);
    assert.match(await page.textContent("#status"), /stopped/);
    assert.equal(await page.locator("#problems").isVisible(), false);
    assert.equal(await planText(page), plan);
    // And the page answers while the worker reads.
    await page.evaluate(() => {
      globalThis.longest = 0;
      let last = performance.now();
      globalThis.watch = setInterval(() => {
        const now = performance.now();
        globalThis.longest = Math.max(globalThis.longest, now - last);
        last = now;
      }, 20);
    });
    await run(page);
    const { text: json } = await download(page, "#save-json");
    const { elapsed_ms, sources } = JSON.parse(json).provenance;
    console.log(`# ${Math.round(sources[0].bytes / 1000 / elapsed_ms)} MB/s, read, hashed and judged`);
    console.log(
      `# longest pause of the page while reading: ${Math.round(await page.evaluate(() => globalThis.longest))} ms`,
    );
    assert.match(await page.locator("#frame iframe").getAttribute("title"), /report/);
    const frame = page.frames().find((one) => one !== page.mainFrame());
    assert.match(await frame.textContent(".facts"), /3,000,000/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("nothing was asked of anyone else, and nothing broke", () => {
  assert.deepEqual(browser.seen.outside, []);
  assert.deepEqual(browser.seen.violations, []);
  assert.deepEqual(browser.seen.errors, []);
});
