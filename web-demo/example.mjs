// The mortgage example through the module that ships, in Node: the build takes the style of reports from it, and the
// tests compare its digest with the page's.

import { readFile } from "node:fs/promises";

const EXAMPLE = new URL("../examples/mortgage/", import.meta.url);
const PKG = new URL("../bindings-wasm/pkg/core/", import.meta.url);

export async function auditExample(asOf = "2026-11-23") {
  const engine = await import(new URL("modelassay.js", PKG).href);
  engine.initSync({ module: await readFile(new URL("modelassay_bg.wasm", PKG)) });
  const audit = new engine.Audit(await readFile(new URL("plan.yaml", EXAMPLE), "utf8"), "plan");
  for (const table of ["labels", "predictions", "reference"]) {
    audit.open(table, "csv", `${table}.csv`);
    audit.push(await readFile(new URL(`${table}.csv`, EXAMPLE)));
    audit.close();
  }
  const json = audit.finish(asOf, { surface: "node" });
  audit.free();
  return { json, report: JSON.parse(json), html: engine.render_html(json) };
}
