// What the form shows of a plan; every value as it is written.

import { isSeq, type Node } from "yaml";
import { type CriterionView, readCriterion } from "./criterion";
import { MAPPED_ROLES, type Roles, SINGLE_ROLES } from "./roles";
import { items, pairs, scalarText, textPairs, texts } from "./yaml";

export const TASKS = ["binary", "multiclass", "regression"] as const;
export type Task = (typeof TASKS)[number];

/** How a number becomes groups. */
export interface Cut {
  /** At these edges, or into so many groups. */
  by: "edges" | "count";
  text: string;
}

export interface PlanView {
  model: { name: string; version: string; owner: string };
  /** A task that the page does not know is left to the engine to refuse. */
  task: Task;
  roles: Roles;
  positive: string;
  threshold: string;
  favourable: string;
  decisions: [value: string, meaning: string][];
  baseline: { name: string; threshold: string };
  /** Single attributes and intersections. */
  protected: string[][];
  referenceGroups: Map<string, string>;
  bins: Map<string, Cut>;
  intersections: string;
  missingGroup: string;
  smallGroups: string;
  proxies: string;
  /** `null` where an entry is not one that the form can show. */
  criteria: (CriterionView | null)[];
}

/** Reads a plan by a function that finds the node at a path. */
export function viewOf(node: (path: string[]) => Node | undefined): PlanView {
  const text = (path: string): string => scalarText(node(path.split(".")));
  const crossed = items(node(["protected"])).map(texts);
  return {
    model: { name: text("model.name"), version: text("model.version"), owner: text("model.owner") },
    task: TASKS.find((task) => task === text("task")) ?? "binary",
    roles: {
      single: record(SINGLE_ROLES, text),
      mapped: record(MAPPED_ROLES, (role) => textPairs(node([role]))),
      listed: {
        protected: [...new Set(crossed.flat())],
        strata: texts(node(["strata"])),
        features: texts(node(["features"])),
      },
    },
    positive: text("positive"),
    threshold: text("threshold"),
    favourable: text("favourable"),
    decisions: textPairs(node(["decisions"])),
    baseline: { name: text("baseline.name"), threshold: text("baseline.threshold") },
    protected: crossed,
    referenceGroups: new Map(textPairs(node(["reference_groups"]))),
    bins: new Map(pairs(node(["bins"])).map(([name, value]) => [name, cut(value)])),
    intersections: text("intersections"),
    missingGroup: text("missing_group"),
    smallGroups: text("small_groups"),
    proxies: text("proxies"),
    criteria: items(node(["criteria"])).map(readCriterion),
  };
}

function cut(node: Node | null): Cut {
  return isSeq(node) ? { by: "edges", text: texts(node).join(", ") } : { by: "count", text: scalarText(node) };
}

function record<K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}
