// What the engine can be asked: the measures of criteria, and what a plan of each task may have.

import type { Module } from "./engine";
import { TASKS, type Task } from "./plan/view";
import { type Catalogue, problemsOf } from "./protocol";

/** Every key that has no meaning for some task, with a value that is in order where it has one. */
const KEYS = {
  positive: "a",
  decisions: { a: "positive", b: "negative" },
  favourable: "negative",
  score: "s",
  threshold: 0.5,
  scores: { a: "s1", b: "s2" },
  quantiles: { 0.1: "s1", 0.9: "s2" },
  cluster: "c",
  baseline: { prediction: "o", score: "os", threshold: 0.5 },
  strata: ["g"],
  memberships: { m: { a: "m1", b: "m2" } },
  consistency: { features: ["f"] },
  rulebooks: ["fairlearn"],
};

/** Their paths; the parts of a baseline model each by itself. */
const PATHS = Object.keys(KEYS).flatMap((key) =>
  key === "baseline" ? Object.keys(KEYS.baseline).map((part) => `baseline.${part}`) : [key],
);

export function catalogue(engine: Module): Catalogue {
  const { measures, conventions } = engine.offer();
  const meaningless = Object.fromEntries(TASKS.map((task) => [task, refused(engine, task)])) as Record<Task, string[]>;
  return { measures, conventions: Object.fromEntries(conventions), meaningless };
}

/** The paths that the engine does not take for a task: it is asked with a plan. */
function refused(engine: Module, task: Task): string[] {
  const plan = { task, label: "y", prediction: "p", protected: ["g"], reference_groups: { g: "a" }, ...KEYS };
  try {
    new engine.Audit(JSON.stringify(plan), "plan").free();
    return [];
  } catch (thrown) {
    const fields = problemsOf(thrown).map(({ location }) => location.field ?? "");
    const concerns = (field: string, path: string): boolean =>
      field === path || field.startsWith(`${path}.`) || field.startsWith(`${path}[`) || path.startsWith(`${field}.`);
    return PATHS.filter((path) => fields.some((field) => concerns(field, path)));
  }
}
