// Loads the modules that ship, as a page would, and audits tables with them.
import { readFileSync } from "node:fs";

export const ROOT = new URL("../../", import.meta.url);
/** Those that audit, and the one that renders. */
export const ENGINES = ["core", "full"];
export const RENDERER = "report";

export const bytesOf = (path) => new Uint8Array(readFileSync(new URL(path, ROOT)));
export const textOf = (path) => readFileSync(new URL(path, ROOT), "utf8");

export async function load(name) {
  const module = await import(new URL(`bindings-wasm/pkg/${name}/modelassay.js`, ROOT));
  await module.default({
    module_or_path: bytesOf(`bindings-wasm/pkg/${name}/modelassay_bg.wasm`),
  });
  return module;
}

/** Pieces of a file, all of one size but the last. */
export function* pieces(bytes, size) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/**
 * One audit. `tables` lists [table, format, bytes] in the order in which they are read; CSV comes in pieces of
 * `size` bytes.
 */
export function audit(module, plan, tables, { asOf, size = 1 << 16 } = {}) {
  const running = new module.Audit(plan, "plan.yaml");
  try {
    for (const [table, format, bytes] of tables) {
      running.open(table, format, `${table}.${format}`);
      if (format === "csv") for (const piece of pieces(bytes, size)) running.push(piece);
      else running.file(bytes);
      running.close();
    }
    return running.finish(asOf, { surface: "node" });
  } finally {
    running.free();
  }
}

/** What a call throws. */
export function thrown(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
