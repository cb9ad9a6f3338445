// Governance evidence on the page: taken, refused with places, and taken away again.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { axe, give, loadExample, open, run, settled, text } from "./browser.mjs";

const DOSSIER = fileURLToPath(new URL("../../examples/mortgage/dossier.yaml", import.meta.url));

let browser;
let page;
before(async () => {
  browser = await open();
  page = browser.page;
});
after(() => browser?.close());

const report = async () => JSON.parse(await readFile(await saved(), "utf8"));
async function saved() {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("#save-json")]);
  return file.path();
}

test("a dossier is reviewed, in the larger module", async () => {
  await loadExample(page);
  await give(page, "dossier", DOSSIER);
  await settled(page, 5);
  await run(page);
  assert.ok(browser.seen.requests.some((url) => /full.*\.wasm/.test(url)));
  const { findings, inputs, provenance } = await report();
  assert.match(inputs.dossier.digest, /^[0-9a-f]{64}$/);
  const binding = findings.find(({ check }) => check === "documentation/binding");
  assert.deepEqual([binding.outcome, binding.reason], ["not_met", "contradicted"]);
  assert.ok(provenance.sources.some(({ role, name }) => role === "dossier" && name === "dossier.yaml"));
  assert.deepEqual(await axe(page), []);
});

test("a wrong dossier is refused with every problem and its place", async () => {
  await give(page, "dossier", text("mine.yaml", "identty: {}\npeople: {persons: [{name: x}]}\n"));
  await settled(page, 5);
  await page.click("#run");
  await page.locator("#problems .problem-list li").first().waitFor();
  const said = await page.textContent("#problems");
  assert.match(said, /mine\.yaml/);
  assert.match(said, /identity/);
  assert.match(said, /line 1/);
  assert.equal(await page.locator("#problems .problem-list li").count(), 2);
});

test("without it the audit is of the tables again", async () => {
  await page.click("button[aria-label='Remove Dossier']");
  await settled(page, 4);
  await run(page);
  assert.equal((await report()).inputs.dossier, undefined);
});

test("what is dropped under the name of a dossier is one", async () => {
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["identity: {model_id: m}\n"], "dossier.yaml"));
    return data;
  });
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
  await settled(page, 5);
  assert.equal((await page.locator(".slots .name").allTextContents()).at(-1), "dossier.yaml");
});
