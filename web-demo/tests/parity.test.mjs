// Every case of tests/parity, given to the page as files: one digest on every surface.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { give, open, run, settled } from "./browser.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const REFDATA = resolve(ROOT, process.env.MODELASSAY_REFDATA ?? "../shared/data");
const CASES = JSON.parse(await readFile(resolve(ROOT, "tests/parity/digests.json"), "utf8"));

let browser;
before(async () => {
  browser = await open();
});
after(() => browser?.close());

for (const [name, entry] of Object.entries(CASES)) {
  const folder = entry.refdata ? REFDATA : ROOT;
  const absent = !existsSync(resolve(folder, entry.data));
  const skip = absent && "the reference data are absent; name their folder in MODELASSAY_REFDATA";
  test(`${name}: the page arrives at the digest of every other surface`, { skip }, async () => {
    const { page } = browser;
    await page.reload();
    await page.waitForFunction(() => document.getElementById("about")?.textContent?.includes("modelassay"));
    const files = [
      ["plan", resolve(ROOT, entry.plan)],
      ["predictions", resolve(folder, entry.data)],
      ...(entry.labels ? [["labels", resolve(folder, entry.labels)]] : []),
      ...(entry.reference ? [["reference", resolve(folder, entry.reference)]] : []),
    ];
    for (const [index, [slot, file]] of files.entries()) {
      await give(page, slot, file);
      await settled(page, index + 1);
    }
    const { digest } = await run(page, entry.as_of);
    assert.equal(digest, entry.digest);
  });
}
