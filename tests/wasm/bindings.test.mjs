// What the bindings hand to JavaScript: types, errors, sizes.
import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { audit, bytesOf, ENGINES, load, RENDERER, ROOT, textOf, thrown } from "./modules.mjs";

const PLAN = textOf("examples/mortgage/plan.yaml");
const utf8 = (text) => new TextEncoder().encode(text);
const TINY = "label: y\nprediction: p\nprotected: [g]\nmin_n_shown: 1\ncriteria:\n  - accuracy >= 0.5\n";

const LIMITS = { core: 600_000, full: 1_300_000, report: 300_000 };

for (const name of [...ENGINES, RENDERER]) {
  const module = await load(name);

  test(`${name}: it is the optimised module, and no larger than it may be`, () => {
    const build = JSON.parse(textOf("bindings-wasm/pkg/build.json"));
    const { bytes, brotli, limit } = build.modules[name];
    assert.equal(build.optimised, true);
    assert.equal(statSync(new URL(`bindings-wasm/pkg/${name}/modelassay_bg.wasm`, ROOT)).size, bytes);
    assert.ok(brotli <= limit, `${brotli} bytes after Brotli, at most ${limit}`);
    assert.equal(limit, LIMITS[name]);
  });

  test(`${name}: it asks its host for neither time nor randomness`, () => {
    const wasm = new WebAssembly.Module(bytesOf(`bindings-wasm/pkg/${name}/modelassay_bg.wasm`));
    const wanted = WebAssembly.Module.imports(wasm).map((entry) => entry.name);
    assert.deepEqual(
      wanted.filter((entry) => /now|random|crypto|performance|date|fetch/i.test(entry)),
      [],
    );
  });

  test(`${name}: it is the version of the package`, () => {
    assert.equal(module.version(), JSON.parse(textOf("bindings-wasm/package.json")).version);
  });
}

const renderer = await load(RENDERER);

for (const name of ENGINES) {
  const module = await load(name);

  test(`${name}: every check has its page`, () => {
    const checks = module.checks();
    assert.ok(checks.length > 20);
    for (const { id, title, needs } of checks) {
      assert.ok(existsSync(new URL(`docs/checks/${id}.md`, ROOT)), id);
      assert.ok(title && Array.isArray(needs), id);
      assert.ok(renderer.documentation(id).includes("# What it asks"), id);
    }
    assert.equal(renderer.documentation("fairness/weather"), undefined);
  });

  test(`${name}: it says how other libraries compute a measure`, () => {
    const [ratio] = module.libraries("fairness/selection-rate-ratio");
    assert.equal(ratio.measure, "selection_rate_ratio");
    assert.equal(ratio.definitions[0].library, "modelassay");
    assert.ok(
      ratio.definitions.some(({ library, formula }) => library === "aif360" && formula === "SR(all u) / SR(p)"),
    );
    assert.deepEqual(ratio.attributes, []);
    assert.deepEqual(module.libraries("recall"), []);
  });

  test(`${name}: it says where the plan's tables lie`, () => {
    const running = new module.Audit(PLAN, "plan.yaml");
    assert.deepEqual(running.sources, {
      data: "predictions.csv",
      labels: "labels.csv",
      reference: "reference.csv",
      dossier: null,
    });
    running.free();
  });

  test(`${name}: a wrong plan throws every problem at once, each with its place`, () => {
    const error = thrown(() => new module.Audit("labe: y\nlevel: 2\n", "my plan"));
    assert.ok(error instanceof Error);
    assert.equal(error.name, "ModelassayError");
    assert.ok(error.problems.length >= 2);
    assert.deepEqual(error.problems[0].location, {
      source: "my plan",
      line: 1,
      column: 1,
      field: "labe",
    });
    for (const problem of error.problems) assert.ok(error.message.includes(problem.message));
  });

  test(`${name}: a wrong table names itself, and can be given again`, () => {
    const running = new module.Audit(TINY, "plan");
    running.open("predictions", "csv", "bad.csv");
    const error = thrown(() => {
      running.push(utf8("y,p\n1,1\n"));
      running.close();
    });
    assert.equal(error.problems[0].code, "column_missing");
    assert.equal(error.problems[0].location.source, "predictions");
    running.open("predictions", "csv", "good.csv");
    running.push(utf8("y,p,g\n1,1,a\n0,0,b\n"));
    running.close();
    const { provenance, inputs } = JSON.parse(running.finish(undefined, { surface: "node", elapsed_ms: 1.5 }));
    assert.equal(inputs.predictions.rows, 2);
    assert.equal(provenance.elapsed_ms, 1.5);
    assert.deepEqual(
      provenance.sources.map((source) => [source.role, source.name, source.format, source.bytes]),
      [["predictions", "good.csv", "csv", 18]],
    );
    running.free();
  });

  test(`${name}: calls out of order are refused in words`, () => {
    const running = new module.Audit(TINY, "plan");
    assert.match(thrown(() => running.push(utf8("y"))).message, /no table is open/);
    assert.match(thrown(() => running.open("weather", "csv")).message, /no table `weather`/);
    assert.match(thrown(() => running.finish(undefined, {})).message, /not what it takes/);
    assert.equal(thrown(() => running.finish(undefined, { surface: "node" })).problems[0].code, "table_empty");
    assert.match(thrown(() => running.open("predictions", "csv")).message, /the audit is over/);
    running.free();
  });

  test(`${name}: it tells formats apart, and what to do about those it does not read`, () => {
    assert.equal(module.sniff(utf8("a,b\n1,2\n"), "data.csv"), "csv");
    assert.equal(module.sniff(utf8("PAR1...."), "data"), "parquet");
    assert.equal(module.sniff(utf8("ARROW1\0\0"), "data"), "arrow_ipc");
    const error = thrown(() => module.sniff(new Uint8Array([0x80, 4, 0x95]), "model.pkl"));
    assert.equal(error.problems[0].code, "format_unknown");
    assert.ok(error.problems[0].hint);
  });

  test(`${name}: it guesses roles and writes a first plan that it can read`, () => {
    const head = bytesOf("examples/mortgage/reference.csv").subarray(0, 4096);
    const guess = module.guess(head, "csv", false);
    assert.equal(typeof guess.label.column, "string");
    assert.ok(Array.isArray(guess.features));
    const plan = module.init_plan(head, "csv", false, "reference.csv");
    new module.Audit(plan, "plan.yaml").free();
  });

  test(`${name}: it guesses the quantiles of a model that predicts a number`, () => {
    const rows = Array.from({ length: 30 }, (_, row) => `${row}.5,${row},${row - 3},${row + 3}`);
    const table = utf8(`y_true,y_pred,q10,y_q0.9\n${rows.join("\n")}\n`);
    const { task, quantiles } = module.guess(table, "csv", true);
    assert.equal(task, "regression");
    assert.deepEqual(
      Object.entries(quantiles).map(([level, { column }]) => [level, column]),
      [
        ["0.1", "q10"],
        ["0.9", "y_q0.9"],
      ],
    );
  });

  test(`${name}: it looks for the label in a table of labels`, () => {
    const predictions = utf8("id,decision,score\n1,1,0.9\n2,0,0.1\n");
    const labels = utf8("id;repaid;note\n1;1;x\n2;0;y\n");
    const plan = module.init_plan(predictions, "csv", true, "predictions.csv", labels, "csv", true);
    assert.match(plan, /^label: repaid /m);
    assert.doesNotMatch(plan, /note/);
    new module.Audit(plan, "plan.yaml").free();
  });

  test(`${name}: it offers measures with their conventions in words`, () => {
    const { measures, conventions } = module.offer();
    const words = new Map(conventions);
    const find = (wanted) => measures.find(({ name }) => name === wanted);
    assert.deepEqual(find("r2").regression, ["standard"]);
    assert.deepEqual([find("r2").binary, find("top_k_accuracy").class], [[], []]);
    assert.equal(find("recall").multiclass[0], "macro_average");
    assert.ok(find("recall_difference").compares && find("f1").points.includes("macro_zero_division_0"));
    for (const { binary, multiclass, regression, class: one } of measures) {
      for (const convention of [binary, multiclass, regression, one].flat())
        assert.ok(words.get(convention), convention);
    }
  });

  test(`${name}: the report renders as one HTML file`, () => {
    const report = audit(module, TINY, [["predictions", "csv", utf8("y,p,g\n1,1,<script>x</script>\n0,1,b\n")]]);
    const html = renderer.render_html(report);
    assert.ok(html.includes(JSON.parse(report).digest));
    assert.ok(!html.includes("<script>x"));
    assert.match(thrown(() => renderer.render_html("{}")).message, /not what it takes/);
  });
}

test("core: Brotli in a web server comes to the recorded size", () => {
  const size = brotliCompressSync(bytesOf("bindings-wasm/pkg/core/modelassay_bg.wasm")).length;
  assert.ok(size <= LIMITS.core, `${size} bytes`);
});

test("core: a Parquet file is refused with a way out", async () => {
  const core = await load("core");
  const running = new core.Audit(TINY, "plan");
  const { problems } = thrown(() => running.open("predictions", "parquet", "data.parquet"));
  assert.equal(problems[0].code, "format_unknown");
  assert.match(problems[0].hint, /`full`/);
  running.free();
});

test("core: a dossier is refused with a way out", async () => {
  const core = await load("core");
  const running = new core.Audit(TINY, "plan");
  assert.match(
    thrown(() => running.dossier("identity: {model_id: m}", "d.yaml")).message,
    /`d.yaml`; the module `full`/,
  );
  running.free();
});

test("full: it takes the dossier, or says everything that is wrong with it", async () => {
  const module = await load("full");
  const running = new module.Audit(TINY, "plan");
  const wrong = "identty: {}\npeople: {persons: [{name: x}]}\n";
  const { problems } = thrown(() => running.dossier(wrong, "dossier.yaml"));
  assert.deepEqual(
    problems.map(({ code }) => code),
    ["dossier_unknown_key", "dossier_missing_key"],
  );
  running.dossier(textOf("examples/mortgage/dossier.yaml"), "dossier.yaml");
  running.open("predictions", "csv", "good.csv");
  running.push(utf8("y,p,g\n1,1,a\n0,0,b\n"));
  running.close();
  const { findings, inputs, provenance } = JSON.parse(running.finish("2026-11-23", { surface: "node" }));
  assert.match(inputs.dossier.digest, /^[0-9a-f]{64}$/);
  assert.equal(provenance.sources[0].role, "dossier");
  const binding = findings.find(({ check }) => check === "documentation/binding");
  assert.deepEqual([binding.outcome, binding.reason, binding.evidence_class], ["not_met", "contradicted", "record"]);
  assert.equal(binding.faults[0].path, "documents[1].describes_model_hash");
  running.free();
});

test("full: damaged files are refused in words", async () => {
  const module = await load("full");
  for (const [format, bytes] of [
    ["parquet", utf8("PAR1 this is not a table PAR1")],
    ["parquet", utf8("PAR1")],
    ["arrow_ipc", utf8("ARROW1 this is not a table ARROW1")],
    ["arrow_ipc", utf8("plain text")],
  ]) {
    const running = new module.Audit(TINY, "plan");
    running.open("predictions", format, "bad");
    const error = thrown(() => running.file(bytes));
    assert.equal(error.name, "ModelassayError");
    assert.match(error.problems[0].code, /^(file_damaged|format_unknown)$/);
    assert.equal(error.problems[0].location.source, "predictions");
    running.free();
  }
});
