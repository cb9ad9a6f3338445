// A person's own files: roles changed, criteria set, the plan read and edited, other formats, drag and drop.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { EXAMPLE, exampleDigest, give, loadExample, open, planText, role, run, settled, text } from "./browser.mjs";

const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));

let browser;
let page;
before(async () => {
  browser = await open();
  page = browser.page;
});
after(() => browser?.close());

/** A loan book whose names say little. */
function loans() {
  const rows = ["ref,when,answer,points,truth,origin,wealth"];
  for (let index = 0; index < 400; index += 1) {
    const origin = index % 4 === 0 ? "south" : "north";
    const truth = index % 3 === 0 ? "lost" : "kept";
    const score = ((index * 37) % 100) / 100;
    const answer = score >= (origin === "south" ? 0.6 : 0.3) ? "offer" : "no";
    rows.push(`R${index},2026-0${1 + (index % 9)}-11,${answer},${score},${truth},${origin},${index % 17}`);
  }
  return `${rows.join("\n")}\n`;
}

test("roles that were guessed wrong are changed, and the plan follows", async () => {
  await give(page, "predictions", text("loans.csv", loans()));
  await settled(page, 1);
  await page.waitForSelector("#role-0");
  assert.match(await page.textContent("#columns > p"), /Guessed/);
  for (const [column, value] of [
    ["ref", "id"],
    ["when", "time"],
    ["answer", "prediction"],
    ["points", "score"],
    ["truth", "label"],
    ["origin", "protected"],
    ["wealth", "features"],
  ]) {
    await role(page, column).selectOption(value);
  }
  await page.fill("#positive", "kept");
  await page.press("#positive", "Tab");
  await page.getByLabel("offer", { exact: true }).selectOption("positive");
  await page.getByLabel("no", { exact: true }).selectOption("negative");
  await page.fill("#reference-0", "north");
  await page.press("#reference-0", "Tab");
  await page.fill("#model-name", "Loan book");
  await page.press("#model-name", "Tab");
  const plan = await planText(page);
  for (const line of [
    "id: ref",
    "time: when",
    "prediction: answer",
    "score: points",
    "label: truth",
    "positive: kept",
  ]) {
    assert.match(plan, new RegExp(`^${line}$`, "m"));
  }
  assert.match(plan, /^ {2}offer: positive$/m);
  assert.match(plan, /^ {2}origin: north$/m);
});

test("criteria are added, changed and removed in the form", async () => {
  await page.click("#add-criterion");
  await page.click("#add-criterion");
  assert.equal(await page.evaluate(() => document.activeElement.id), "measure-1");
  await page.selectOption("#measure-0", "accuracy");
  await page.fill("#threshold-0", "0.55");
  await page.press("#threshold-0", "Tab");
  assert.equal(await page.inputValue("#measure-1"), "selection_rate_ratio");
  await page.selectOption("#convention-1", "reference_group");
  await page.selectOption("#rule-1", "point");
  const plan = await planText(page);
  assert.match(plan, /- measure: accuracy\n/);
  assert.match(plan, /threshold: 0\.55/);
  assert.match(plan, /convention: reference_group/);
  await page.click("#add-criterion");
  assert.equal(await page.locator(".criteria-form tbody").count(), 3);
  await page.getByRole("button", { name: "Remove criterion 3" }).click();
  assert.equal(await page.locator(".criteria-form tbody").count(), 2);
  const { verdict } = await run(page);
  assert.equal(verdict, "fail");
  assert.match(await page.textContent("#answers"), /north/);
  const rows = await page.locator("#answers tbody tr").evaluateAll((all) => all.map((one) => one.dataset.outcome));
  assert.equal(rows[1], "not_met");
});

test("the form edits a plan without losing what its author wrote", async () => {
  await loadExample(page);
  const before = await planText(page);
  await page.fill("#threshold-1", "0.95");
  await page.press("#threshold-1", "Tab");
  await role(page, "public_record").selectOption("");
  const changed = await planText(page);
  const lost = before.split("\n").filter((line) => !changed.split("\n").includes(line));
  assert.deepEqual(lost, ["  - public_record", "    threshold: 0.90"]);
  await role(page, "public_record").selectOption("features");
  await page.fill("#threshold-1", "0.90");
  await page.press("#threshold-1", "Tab");
  const { digest } = await run(page);
  assert.equal(digest, await exampleDigest());
});

test("the text of the plan is edited by hand, and the form follows", async () => {
  await page.click("#plan summary");
  const plan = await planText(page);
  await page.fill("#plan-text", plan.replace("threshold: 0.70", "threshold: 0.71"));
  assert.equal(await page.inputValue("#threshold-0"), "0.71");
  await page.fill("#plan-text", plan.replace("criteria:", "criteria: ["));
  await page.waitForSelector("#columns .said");
  assert.equal(await page.isDisabled("#threshold-0"), true);
  await page.waitForSelector(".plan-problems .where");
  await page.fill("#plan-text", plan);
  assert.equal(await page.isDisabled("#threshold-0"), false);
  await page.waitForFunction(() => !document.querySelector(".plan-problems"));
});

test("files dropped together find their places by their names", async () => {
  const names = ["plan.yaml", "labels.csv", "predictions.csv", "reference.csv"];
  const files = await Promise.all(
    names.map(async (name) => ({ name, content: await readFile(join(EXAMPLE, name), "utf8") })),
  );
  await page.reload();
  await page.waitForFunction(() => document.getElementById("about")?.textContent?.includes("modelassay"));
  const transfer = await page.evaluateHandle((all) => {
    const data = new DataTransfer();
    for (const { name, content } of all) data.items.add(new File([content], name));
    return data;
  }, files);
  await page.dispatchEvent("body", "dragenter", { dataTransfer: transfer });
  assert.equal(await page.evaluate(() => document.body.className), "dropping");
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
  await settled(page, 4);
  const chosen = await page.locator(".slots .name").allTextContents();
  assert.deepEqual(chosen, ["predictions.csv", "labels.csv", "reference.csv", "plan.yaml"]);
  assert.equal(await page.evaluate(() => document.body.className), "");
});

test("a Parquet file fetches the second module, and the digest stays the same", async () => {
  assert.ok(!browser.seen.requests.some((url) => /full.*\.wasm/.test(url)));
  await give(page, "predictions", join(FIXTURES, "predictions.parquet"));
  await page.waitForFunction(() => /Parquet/.test(document.querySelector(".slots")?.textContent ?? ""));
  await settled(page, 4);
  assert.ok(browser.seen.requests.some((url) => /full.*\.wasm/.test(url)));
  await give(page, "labels", join(FIXTURES, "labels.arrow"));
  await page.waitForFunction(() => /Arrow,/.test(document.querySelector(".slots")?.textContent ?? ""));
  await settled(page, 4);
  const { digest } = await run(page);
  assert.equal(digest, await exampleDigest());
});

test("a whole audit is possible with the keyboard alone", async () => {
  await page.reload();
  await page.waitForFunction(() => document.getElementById("about")?.textContent?.includes("modelassay"));
  const tabTo = async (id) => {
    for (let presses = 0; presses < 200; presses += 1) {
      await page.keyboard.press("Tab");
      if ((await page.evaluate(() => document.activeElement?.id)) === id) return;
    }
    assert.fail(`${id} cannot be reached with Tab`);
  };
  await tabTo("example");
  await page.keyboard.press("Enter");
  await settled(page, 4);
  await tabTo("run");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "report-heading");
  await tabTo("save-html");
});

test("nothing was asked of anyone else, and nothing broke", () => {
  assert.deepEqual(browser.seen.outside, []);
  assert.deepEqual(browser.seen.violations, []);
  assert.deepEqual(browser.seen.errors, []);
});
