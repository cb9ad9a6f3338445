// The modules that ship arrive at the digests of every other surface (tests/parity), however a file is cut.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { audit, bytesOf, ENGINES, load, ROOT, textOf } from "./modules.mjs";

const CASES = JSON.parse(textOf("tests/parity/digests.json"));
const REFDATA = pathToFileURL(`${process.env.MODELASSAY_REFDATA ?? fileURLToPath(new URL("../shared/data", ROOT))}/`);
const PYTHON = fileURLToPath(new URL(".venv/bin/python", ROOT));

/** Tables of a case in the order in which they must be read. */
function tablesOf(entry) {
  const base = entry.refdata ? REFDATA : ROOT;
  return [
    ["labels", entry.labels],
    ["predictions", entry.data],
    ["reference", entry.reference],
  ]
    .filter(([, path]) => path)
    .map(([table, path]) => [table, "csv", bytesOf(new URL(path, base))]);
}

const digestOf = (report) => JSON.parse(report).digest;

for (const name of ENGINES) {
  const module = await load(name);
  for (const [title, entry] of Object.entries(CASES)) {
    const absent = entry.refdata && !existsSync(new URL(entry.data, REFDATA));
    const skip = absent && "the reference data are absent; name their folder in MODELASSAY_REFDATA";
    test(`${name}: ${title} has its digest`, { skip }, () => {
      const report = audit(module, textOf(entry.plan), tablesOf(entry), {
        asOf: entry.as_of,
      });
      assert.equal(digestOf(report), entry.digest);
    });
  }

  for (const size of [1, 7, 4096, Number.MAX_SAFE_INTEGER]) {
    test(`${name}: pieces of ${size} bytes change nothing`, () => {
      const entry = CASES.mortgage;
      const report = audit(module, textOf(entry.plan), tablesOf(entry), {
        asOf: entry.as_of,
        size,
      });
      assert.equal(digestOf(report), entry.digest);
    });
  }
}

test("full: every format and codec has the digest of the CSV", async (context) => {
  if (!existsSync(PYTHON)) return context.skip("there is no .venv to write the files with: run scripts/setup.sh test");
  const folder = mkdtempSync(join(tmpdir(), "modelassay-"));
  execFileSync(PYTHON, [fileURLToPath(new URL("make_tables.py", import.meta.url)), folder]);
  const module = await load("full");
  const entry = CASES.mortgage;
  const csv = tablesOf(entry);
  for (const [file, format] of Object.entries(JSON.parse(readFileSync(join(folder, "formats.json"), "utf8")))) {
    await context.test(file, () => {
      const tables = csv.map(([table, csvFormat, bytes]) =>
        table === "predictions"
          ? [table, format, new Uint8Array(readFileSync(join(folder, file)))]
          : [table, csvFormat, bytes],
      );
      assert.equal(digestOf(audit(module, textOf(entry.plan), tables, { asOf: entry.as_of })), entry.digest);
    });
  }
});
