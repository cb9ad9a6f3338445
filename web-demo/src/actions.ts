// What a person does on the page.

import type { Report } from "modelassay/findings";
import exampleLabels from "../../examples/mortgage/labels.csv?url";
import examplePlan from "../../examples/mortgage/plan.yaml?url";
import examplePredictions from "../../examples/mortgage/predictions.csv?url";
import exampleReference from "../../examples/mortgage/reference.csv?url";
import { Client } from "./client";
import { PlanDocument } from "./plan/document";
import type { Task } from "./plan/view";
import { type Input, type Problem, problemsOf, type TableName } from "./protocol";
import { state, update } from "./state";
import { alertOf, say } from "./ui/announce";
import { focusOn } from "./ui/dom";
import { TABLE_WORDS, TASK_WORDS, verdictWord } from "./ui/words";

const client = new Client();
/** Bytes of a plan or a dossier. */
const TEXT_BYTES = 4 << 20;

export type Slot = TableName | "plan" | "dossier";

/** Loads the engine, so that the first question is answered at once. */
export async function start(): Promise<void> {
  try {
    update({ engine: await client.ask("start", {}) });
  } catch (thrown) {
    fail(problemsOf(thrown));
  }
}

export async function tryExample(): Promise<void> {
  update({ busy: "Fetching the example from this site", problems: [] });
  const get = async (url: string, name: string): Promise<File> => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${name} of the example is not on this server (${response.status})`);
    return new File([await response.blob()], name);
  };
  try {
    const [plan, predictions, labels, reference] = await Promise.all([
      get(examplePlan, "plan.yaml"),
      get(examplePredictions, "predictions.csv"),
      get(exampleLabels, "labels.csv"),
      get(exampleReference, "reference.csv"),
    ]);
    update({ sources: {}, dossier: null, planEdited: false, result: null });
    await choose("plan", plan);
    for (const [table, file] of Object.entries({ predictions, labels, reference })) {
      await choose(table as TableName, file);
    }
    say("The example is loaded. Its plan and criteria are below; run the audit when you like.");
  } catch (thrown) {
    fail(problemsOf(thrown));
  } finally {
    update({ busy: "" });
  }
}

/** Sorts dropped files by their names. */
export async function drop(files: Iterable<File>): Promise<void> {
  const taken = new Set<Slot>();
  for (const file of files) {
    const slot = slotOf(file.name, taken);
    taken.add(slot);
    await choose(slot, file);
  }
}

function slotOf(name: string, taken: Set<Slot>): Slot {
  const lower = name.toLowerCase();
  if (/\.(ya?ml|json)$/.test(lower)) return /dossier/.test(lower) ? "dossier" : "plan";
  if (/label|outcome|ground.?truth/.test(lower)) return "labels";
  if (/reference|train|baseline/.test(lower)) return "reference";
  if (!taken.has("predictions")) return "predictions";
  return taken.has("labels") ? "reference" : "labels";
}

/** Takes a file; nothing else is lost when it cannot be read. */
export async function choose(slot: Slot, file: File): Promise<void> {
  update({ problems: state.problems.filter((problem) => problem.location.source !== slot) });
  if (slot === "plan" || slot === "dossier") return chooseText(slot, file);
  const before = state.sources[slot];
  update({ busy: `Reading the first rows of ${file.name}` });
  try {
    const { format, columns } = await client.ask("sample", { file, table: slot });
    update({ sources: { ...state.sources, [slot]: { file, format, columns } }, changes: state.changes + 1 });
    say(`${TABLE_WORDS[slot]}: ${file.name}, ${columns.length} columns.`);
    await draft();
  } catch (thrown) {
    const sources = { ...state.sources };
    if (before) sources[slot] = before;
    update({ sources });
    fail([...state.problems, ...problemsOf(thrown).map((problem) => named(problem, slot))]);
  } finally {
    update({ busy: "" });
  }
}

async function chooseText(slot: "plan" | "dossier", file: File): Promise<void> {
  if (file.size > TEXT_BYTES) {
    const message = `${file.name} is too large for a ${slot} (${Math.ceil(file.size / (1 << 20))} MiB)`;
    const hint = "Choose a YAML or JSON file; tables go into the fields above.";
    fail([{ code: "budget_exceeded", message, hint, location: { source: slot } }]);
    return;
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    const message = `${file.name} is not text in UTF-8`;
    const hint = "Save it as UTF-8, or choose another file.";
    fail([{ code: "text_encoding", message, hint, location: { source: slot } }]);
    return;
  }
  if (slot === "plan") {
    update({ planName: file.name, planEdited: true });
    setPlanText(text);
    say(`Plan: ${file.name}.`);
  } else {
    update({ dossier: { name: file.name, text }, changes: state.changes + 1 });
    say(`Dossier: ${file.name}.`);
  }
}

export function remove(slot: Slot): void {
  if (slot === "plan") {
    update({ planName: null, planEdited: false });
    setPlanText("");
    void draft();
  } else if (slot === "dossier") {
    update({ dossier: null, changes: state.changes + 1 });
  } else {
    const sources = { ...state.sources };
    delete sources[slot];
    update({ sources, changes: state.changes + 1 });
    void draft();
  }
  update({ problems: state.problems.filter((problem) => problem.location.source !== slot) });
  setTimeout(() => document.getElementById(`file-${slot}`)?.focus(), 0);
}

/** Writes a first plan from the columns, unless there is a plan that a person gave or changed. */
async function draft(): Promise<void> {
  const predictions = input("predictions");
  if (!predictions || state.planName !== null || state.planEdited) {
    void check();
    return;
  }
  const labels = input("labels");
  try {
    const { plan } = await client.ask("draft", { predictions, labels });
    const document = labels ? PlanDocument.parse(plan) : null;
    document?.set(["labels"], labels?.file.name ?? "");
    setPlanText(document?.toString() ?? plan);
  } catch (thrown) {
    fail(problemsOf(thrown).map((problem) => named(problem, "predictions")));
  }
}

function input(table: TableName): Input | null {
  const source = state.sources[table];
  return source?.format ? { table, file: source.file, format: source.format } : null;
}

/** Starts the plan anew from the columns. */
export async function redraft(): Promise<void> {
  update({ planName: null, planEdited: false });
  await draft();
  say("The plan was written anew from the columns.");
}

export function setPlanText(text: string): void {
  const document = PlanDocument.parse(text);
  update({
    planText: text,
    formed: document !== null,
    ...(document ? { view: document.view() } : {}),
    // What a run said of the plan before is said anew while it is checked.
    problems: state.problems.filter(({ location }) => location.source !== "plan"),
    changes: state.changes + 1,
  });
  void check();
}

/** A change in the text of the plan, by hand. */
export function typePlan(text: string): void {
  update({ planEdited: true });
  setPlanText(text);
}

/** A change of the plan in the form. */
export function edit(change: (plan: PlanDocument) => void): void {
  const document = PlanDocument.parse(state.planText);
  if (!document) return;
  change(document);
  update({ planEdited: true });
  setPlanText(document.toString());
}

/** Gives the model another task; what has no meaning for it goes, and is named. */
export function changeTask(task: Task): void {
  let gone: string[] = [];
  edit((plan) => {
    gone = plan.setTask(task, meaningless(task));
  });
  say(`The model predicts ${TASK_WORDS[task]}.${gone.length > 0 ? ` No longer in the plan: ${gone.join(", ")}.` : ""}`);
}

const meaningless = (task: Task): string[] => state.engine?.meaningless[task] ?? [];

let checking = 0;

/** Asks the engine what is wrong with the plan, a little after the last change. */
async function check(): Promise<void> {
  const mine = ++checking;
  await new Promise((resolve) => setTimeout(resolve, 150));
  if (mine !== checking) return;
  let problems: Problem[] = [];
  if (state.planText.trim() !== "") {
    try {
      await client.ask("check", { plan: state.planText });
    } catch (thrown) {
      problems = problemsOf(thrown);
    }
  }
  if (mine !== checking) return;
  // The worker was stopped for another reason: ask the next one.
  if (problems.some(({ code }) => code === "interrupted")) return check();
  const before = state.planProblems.length;
  update({ planProblems: problems });
  if (problems.length !== before)
    say(problems.length === 0 ? "The plan is in order." : `${count(problems)} in the plan.`);
}

const count = (problems: Problem[]): string => `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;

/** The newest run; whatever an older one still says is not heard. */
let run = 0;

export async function runAudit(): Promise<void> {
  if (state.running) return;
  // Labels of their own are read first: predictions look them up.
  const inputs = (["labels", "predictions", "reference"] as const).flatMap((table) => input(table) ?? []);
  if (!state.sources.predictions) {
    const message = "no predictions were chosen";
    const hint = "Choose a file of predictions under Files, or try the example.";
    fail([{ code: "table_empty", message, hint, location: { source: "predictions" } }]);
    return;
  }
  const mine = ++run;
  const made = state.changes;
  update({ running: true, problems: [], progress: null });
  say("The audit is running.");
  let spoken = performance.now();
  try {
    const { json, html } = await client.ask(
      "run",
      { plan: state.planText, inputs, dossier: state.dossier, asOf: state.asOf || null },
      (progress) => {
        if (mine !== run) return;
        update({ progress });
        // A screen reader hears of progress every five seconds, not at every slice.
        if (performance.now() - spoken > 5000) {
          spoken = performance.now();
          say(`${Math.floor((100 * progress.bytes) / Math.max(progress.total, 1))} percent read.`);
        }
      },
    );
    if (mine !== run) return;
    const report = JSON.parse(json) as Report;
    update({ running: false, progress: null, result: { json, html, report, made } });
    say(`The audit is done. Verdict: ${verdictWord(report.verdict.outcome)}. ${report.verdict.reason}`);
    setTimeout(() => focusOn("report-heading"), 0);
  } catch (thrown) {
    if (mine !== run) return;
    update({ running: false, progress: null });
    fail(problemsOf(thrown));
  }
}

export function cancel(): void {
  if (!state.running) return;
  run += 1;
  client.stop();
  update({ running: false, progress: null });
  say("The run was stopped. Files, plan and criteria are as they were.");
  setTimeout(() => document.getElementById("run")?.focus(), 0);
}

function named(problem: Problem, slot: Slot): Problem {
  return { ...problem, location: { source: slot, ...problem.location } };
}

function fail(problems: Problem[]): void {
  update({ problems });
  alertOf(`${count(problems)}. ${problems[0]?.message ?? ""}`);
  setTimeout(() => focusOn("problems"), 0);
}
