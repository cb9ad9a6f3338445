// What the engine can be asked: the measures of criteria, and the keys that a plan of each task may have.

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
  baseline: { prediction: "o" },
  strata: ["g"],
  memberships: { m: { a: "m1", b: "m2" } },
  consistency: { features: ["f"] },
  rulebooks: ["fairlearn"],
};

export function catalogue(engine: Module): Catalogue {
  const { measures, conventions } = engine.offer();
  const meaningless = Object.fromEntries(TASKS.map((task) => [task, refused(engine, task)])) as Record<Task, string[]>;
  return { measures, conventions: Object.fromEntries(conventions), meaningless };
}

/** The keys that the engine does not take for a task: it is asked with a plan. */
function refused(engine: Module, task: Task): string[] {
  const plan = { task, label: "y", prediction: "p", protected: ["g"], reference_groups: { g: "a" }, ...KEYS };
  try {
    new engine.Audit(JSON.stringify(plan), "plan").free();
    return [];
  } catch (thrown) {
    const fields = new Set(problemsOf(thrown).map(({ location }) => location.field?.split(/[.[]/)[0]));
    return Object.keys(KEYS).filter((key) => fields.has(key));
  }
}
