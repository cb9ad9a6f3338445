// A first visit: the example, its report, and what can be taken home.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { auditExample } from "../example.mjs";
import { axe, download, exampleDigest, loadExample, open, run } from "./browser.mjs";

let page;
let browser;
let answer;
before(async () => {
  browser = await open();
  page = browser.page;
});
after(() => browser?.close());

test("the page says that files do not leave it, and is accessible while empty", async () => {
  assert.match(await page.textContent(".promise"), /Your files never leave this page/);
  assert.deepEqual(await axe(page), []);
});

test("the example fills the form from its plan", async () => {
  await loadExample(page);
  assert.equal(await page.inputValue("#role-0"), "id");
  assert.equal(await page.inputValue("#threshold"), "0.8");
  assert.equal(await page.inputValue("#reference-0"), "white");
  assert.equal(await page.locator(".criteria-form tbody").count(), 10);
  assert.equal(await page.inputValue("#measure-0"), "roc_auc");
  // The plan calls it by another name, and keeps it.
  assert.equal(await page.inputValue("#measure-8"), "true_positive_rate_difference");
  assert.equal(await page.inputValue("#convention-8"), "reference_group");
  const today = new Date();
  assert.equal(Number((await page.inputValue("#as-of")).slice(0, 4)), today.getFullYear());
  assert.deepEqual(await axe(page), []);
});

test("the example's verdict and digest are those of every other surface", async () => {
  answer = await run(page);
  const { report } = await auditExample();
  assert.equal(answer.verdict, report.verdict.outcome);
  assert.equal(answer.digest, report.digest);
  assert.equal(answer.digest, await exampleDigest());
  const criteria = await page
    .locator("#answers tbody tr")
    .evaluateAll((rows) => rows.map((row) => row.dataset.outcome));
  const outcomes = new Set(report.findings.filter((finding) => finding.criterion).map((finding) => finding.outcome));
  assert.equal(criteria.length, report.verdict.criteria.total);
  assert.ok(criteria.every((outcome) => outcomes.has(outcome)));
  assert.equal(criteria.filter((outcome) => outcome === "met").length, report.verdict.criteria.met);
  assert.equal(criteria.filter((outcome) => outcome === "not_met").length, report.verdict.criteria.not_met);
  assert.match(await page.textContent("#status"), /Verdict/);
});

test("the whole report is shown, styled, as high as it is long, and its links stay in it", async () => {
  const frame = page.frames().find((one) => one !== page.mainFrame());
  assert.match(await frame.textContent("h1"), /Mortgage pre-decision/);
  assert.equal(await frame.textContent(".digest code"), answer.digest);
  const [height, inner] = await Promise.all([
    page.locator("#frame iframe").evaluate((element) => element.getBoundingClientRect().height),
    frame.evaluate(() => document.documentElement.getBoundingClientRect().height),
  ]);
  assert.ok(Math.abs(height - inner) <= 4, `${height} and ${inner}`);
  assert.equal(await frame.evaluate(() => getComputedStyle(document.body).paddingTop), "48px");
  const before = await page.evaluate(() => scrollY);
  await frame.click('nav a[href="#appendix"]');
  await page.waitForFunction((from) => scrollY > from + 1000, before);
  assert.match(await frame.evaluate(() => location.hash), /appendix/);
});

test("page and report are accessible, in light and dark", async () => {
  assert.deepEqual(await axe(page), []);
  await page.emulateMedia({ colorScheme: "dark" });
  assert.deepEqual(await axe(page), []);
  await page.emulateMedia({ colorScheme: "light" });
});

test("downloads are the report, byte for byte, named after model and date", async () => {
  const json = await download(page, "#save-json");
  assert.equal(json.name, "mortgage-pre-decision_2026.1_2026-11-23_audit.json");
  const report = JSON.parse(json.text);
  assert.equal(report.digest, answer.digest);
  assert.equal(report.provenance.surface, "browser");
  assert.deepEqual(
    report.provenance.sources.map(({ role, name, format }) => [role, name, format]),
    [
      ["labels", "labels.csv", "csv"],
      ["predictions", "predictions.csv", "csv"],
      ["reference", "reference.csv", "csv"],
    ],
  );
  assert.ok(report.provenance.sources.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256)));

  const html = await download(page, "#save-html");
  assert.equal(html.name, "mortgage-pre-decision_2026.1_2026-11-23_audit.html");
  assert.ok(html.text.startsWith("<!doctype html>") && html.text.includes(answer.digest));
  assert.doesNotMatch(html.text, /<script|<link|src="http/i);

  const plan = await download(page, "#plan .acts button");
  assert.equal(plan.name, "plan.yaml");
  assert.equal(plan.text, await readFile(new URL("../../examples/mortgage/plan.yaml", import.meta.url), "utf8"));
});

test("the downloaded report is accessible by itself", async () => {
  const { text } = await download(page, "#save-html");
  const alone = await browser.context.newPage();
  await alone.setContent(text);
  assert.deepEqual(await axe(alone), []);
  await alone.close();
});

test("the report opens in a tab of its own, with its style", async () => {
  const [alone] = await Promise.all([browser.context.waitForEvent("page"), page.click("#alone")]);
  await alone.waitForLoadState();
  assert.equal(await alone.textContent(".digest code"), answer.digest);
  assert.equal(await alone.evaluate(() => getComputedStyle(document.body).paddingTop), "48px");
  await alone.close();
});

test("a change after the run is pointed out, and the report stays", async () => {
  await page.fill("#threshold-0", "0.5");
  await page.press("#threshold-0", "Tab");
  await page.waitForSelector("#report > .said");
  assert.equal(await page.textContent("#digest"), answer.digest);
  const again = await run(page);
  assert.notEqual(again.digest, answer.digest);
  assert.equal(await page.locator("#report > .said").count(), 0);
});

test("nothing was asked of anyone else, and nothing broke the policy", () => {
  assert.deepEqual(browser.seen.outside, []);
  assert.deepEqual(browser.seen.violations, []);
  assert.deepEqual(browser.seen.errors, []);
  assert.ok(!browser.seen.requests.some((url) => /full\b/.test(url)), "a CSV file needs no second module");
});
