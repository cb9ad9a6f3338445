// The mortgage example through the modules that ship, in Node: the build takes the style of reports from it, and the
// tests compare its digest with the page's.

import { readFile } from "node:fs/promises";

const EXAMPLE = new URL("../examples/mortgage/", import.meta.url);
const PKG = new URL("../bindings-wasm/pkg/", import.meta.url);

export async function auditExample(asOf = "2026-11-23") {
  const [engine, renderer] = await Promise.all([load("core"), load("report")]);
  const audit = new engine.Audit(await readFile(new URL("plan.yaml", EXAMPLE), "utf8"), "plan");
  for (const table of ["labels", "predictions", "reference"]) {
    audit.open(table, "csv", `${table}.csv`);
    audit.push(await readFile(new URL(`${table}.csv`, EXAMPLE)));
    audit.close();
  }
  const json = audit.finish(asOf, { surface: "node" });
  audit.free();
  return { json, report: JSON.parse(json), html: renderer.render_html(json) };
}

async function load(name) {
  const module = await import(new URL(`${name}/modelassay.js`, PKG).href);
  module.initSync({ module: await readFile(new URL(`${name}/modelassay_bg.wasm`, PKG)) });
  return module;
}
