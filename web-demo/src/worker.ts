// Where files are read: the engine runs here, so that the page stays responsive.

import { catalogue } from "./catalogue";
import { engineFor, type Module, renderer, sample } from "./engine";
import type { Ask, Format, Input, Kind, Questions, Reply } from "./protocol";
import { isTrap, ProblemError, problemsOf } from "./protocol";

/** Bytes read at a time. */
const SLICE = 4 << 20;
/** Bytes of a text table that are looked at for its columns. */
const HEAD = 256 << 10;
/** Bytes of the largest file that must be read as a whole: the memory of the module ends at 4 GiB. */
const WHOLE = 1 << 30;

const post = (reply: Reply): void => postMessage(reply);

addEventListener("message", async (event: MessageEvent<Ask>) => {
  const { id, kind, ask } = event.data;
  try {
    post({ id, answer: await answers[kind](ask as never, id) });
  } catch (thrown) {
    // A rejected promise in a worker is heard by no one.
    post({ id, problems: problemsOf(thrown), broken: isTrap(thrown) });
  }
});

const answers: { [K in Kind]: (ask: Questions[K]["ask"], id: number) => Promise<Questions[K]["answer"]> } = {
  async start() {
    const engine = await engineFor("csv");
    return { version: engine.version(), ...catalogue(engine) };
  },

  async sample({ file, table }) {
    const format = await formatOf(file);
    const engine = await engineFor(format);
    const bytes = await head(file, format, table);
    return { format, columns: sample(engine, bytes, format, bytes.length === file.size) };
  },

  async draft({ predictions, labels }) {
    const engine = await engineFor(
      [predictions, labels].find((input) => input && input.format !== "csv")?.format ?? "csv",
    );
    const { file, format, table } = predictions;
    const bytes = await head(file, format, table);
    const complete = bytes.length === file.size;
    if (!labels) return { plan: engine.init_plan(bytes, format, complete, file.name) };
    const later = await head(labels.file, labels.format, labels.table);
    const all = later.length === labels.file.size;
    return { plan: engine.init_plan(bytes, format, complete, file.name, later, labels.format, all) };
  },

  async check({ plan }) {
    const engine = await engineFor("csv");
    new engine.Audit(plan, "plan").free();
    return null;
  },

  async run({ plan, inputs, dossier, asOf }, id) {
    const started = performance.now();
    // One module for the whole audit: the larger one reads CSV too.
    const format = inputs.find((input) => input.format !== "csv")?.format ?? "csv";
    const engine = await engineFor(format, dossier !== null);
    const rendering = renderer();
    // While the tables are read nobody waits for it, so a failure must not count as unheard.
    rendering.catch(() => {});
    const audit = new engine.Audit(plan, "plan");
    try {
      if (dossier) audit.dossier(dossier.text, dossier.name);
      let before = 0;
      const total = inputs.reduce((sum, { file }) => sum + file.size, 0);
      for (const input of inputs) {
        const { table, file } = input;
        const report = (bytes: number, rows: number | null): void =>
          post({ id, progress: { table, bytes: before + bytes, total, rows } });
        report(0, null);
        audit.open(table, input.format, file.name);
        await feed(audit, input, report);
        audit.close();
        before += file.size;
      }
      post({ id, progress: { table: "predictions", bytes: total, total, rows: null } });
      const json = audit.finish(asOf ?? undefined, {
        surface: "browser",
        elapsed_ms: Math.round(performance.now() - started),
      });
      return { json, html: (await rendering).render_html(json) };
    } finally {
      audit.free();
    }
  },
};

async function feed(
  audit: InstanceType<Module["Audit"]>,
  { file, format, table }: Input,
  report: (bytes: number, rows: number | null) => void,
): Promise<void> {
  if (format !== "csv") {
    audit.file(await whole(file, table));
    report(file.size, null);
    return;
  }
  for (let offset = 0; offset < file.size; offset += SLICE) {
    const rows = audit.push(await read(file.slice(offset, offset + SLICE), table));
    report(Math.min(offset + SLICE, file.size), rows);
  }
}

async function formatOf(file: File): Promise<Format> {
  const engine = await engineFor("csv");
  return engine.sniff(await read(file.slice(0, 1024)), file.name);
}

/** What is looked at to tell a table's columns: the first bytes of a text, all of another file. */
function head(file: File, format: Format, table: string): Promise<Uint8Array> {
  return format === "csv" ? read(file.slice(0, HEAD), table) : whole(file, table);
}

async function whole(file: File, table: string): Promise<Uint8Array> {
  if (file.size > WHOLE) {
    throw new ProblemError([
      {
        code: "budget_exceeded",
        message: `${file.name} has ${(file.size / 1e9).toFixed(1)} GB, and a browser must hold a whole Parquet or Arrow file in memory`,
        hint: "Use a CSV file here, which is read in pieces, or audit this file with the command line or Python.",
        location: { source: table },
      },
    ]);
  }
  return read(file, table);
}

async function read(part: Blob, table?: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await part.arrayBuffer());
  } catch {
    throw new ProblemError([
      {
        code: "file_unreadable",
        message: "the browser can no longer read the file",
        hint: "It was moved, changed or removed since it was chosen: choose it again.",
        location: table ? { source: table } : {},
      },
    ]);
  }
}
