// The engine's modules behind one face: the small one at once, the larger one when a file needs it, and the one that
// renders when a report is near.

import coreWasm from "modelassay/core.wasm?url";
import type { Guess } from "modelassay/findings";
import fullWasm from "modelassay/full.wasm?url";
import reportWasm from "modelassay/report.wasm?url";
import { firstRecords } from "./preview";
import type { Format, SampledColumn } from "./protocol";

export type Module = typeof import("modelassay/core");
type Renderer = typeof import("modelassay/report");

/** Records of a text table that are shown. */
const RECORDS = 500;

const loaded = new Map<string, Promise<unknown>>();

/** The smallest module that reads a format, and a dossier where there is one. */
export function engineFor(format: Format, dossier = false): Promise<Module> {
  return format === "csv" && !dossier
    ? load("core", () => import("modelassay/core"), coreWasm)
    : load("full", () => import("modelassay/full") as Promise<Module>, fullWasm);
}

/** What turns a report into a page. */
export function renderer(): Promise<Renderer> {
  return load("report", () => import("modelassay/report"), reportWasm);
}

function load<T extends Module | Renderer>(name: string, module: () => Promise<T>, wasm: string): Promise<T> {
  const present = loaded.get(name) as Promise<T> | undefined;
  if (present) return present;
  const loading = module().then(async (engine) => {
    // A worker made from a blob has no address of its own to start from.
    await engine.default({ module_or_path: new URL(wasm, import.meta.url) });
    return engine;
  });
  loaded.set(name, loading);
  // What could not be fetched is tried again when it is needed again.
  loading.catch(() => loaded.delete(name));
  return loading;
}

/** The columns of a table: their names as the engine reads them, and first values where the format is text. */
export function sample(engine: Module, bytes: Uint8Array, format: Format, complete: boolean): SampledColumn[] {
  const guess = engine.guess(bytes, format, complete);
  const [header = [], ...rows] = format === "csv" ? firstRecords(bytes, complete, RECORDS) : [];
  const clean = header.map((name, index) => (index === 0 ? name.replace(/^\ufeff/, "") : name));
  const place = (name: string): number => clean.indexOf(name);
  const values = (name: string): string[] => {
    if (place(name) >= 0) return rows.map((row) => row[place(name)] ?? "");
    // Of other formats, the engine tells the decisions, which a person must explain.
    return name === guess.prediction?.column ? [...Object.keys(guess.decisions), ...guess.unexplained] : [];
  };
  return namesOf(guess)
    .map((name) => ({ name, values: values(name) }))
    .sort((a, b) => place(a.name) - place(b.name));
}

function namesOf(guess: Guess): string[] {
  const { id, time, prediction, score, label, label_time, weight } = guess;
  const single = [id, time, prediction, score, label, label_time, weight].flatMap((one) => (one ? [one.column] : []));
  const several = [...Object.values(guess.scores), ...Object.values(guess.quantiles)].map(({ column }) => column);
  return [...single, ...several, ...guess.protected.map(({ column }) => column), ...guess.features];
}
