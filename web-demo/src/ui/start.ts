// Where a person starts from: a first criterion, and first bounds.

import type { CriterionView } from "../plan/criterion";
import type { PlanView } from "../plan/view";
import { state } from "../state";
import { hasBaseline } from "./measures";

/** A first criterion that fits what the plan has; its threshold is only a place to start. */
export function firstCriterion(view: PlanView): CriterionView {
  const { task, roles, protected: listed } = view;
  const [attribute = []] = listed;
  const labelled = roles.single.label !== "";
  const grouped = attribute.length > 0;
  type Start = [fits: boolean, measure: string, comparator: string, threshold: string, attribute: string[]];
  const starts: Record<PlanView["task"], Start[]> = {
    binary: [
      [labelled && roles.single.score !== "", "roc_auc", ">=", "0.70", []],
      [grouped, "selection_rate_ratio", ">=", "0.80", attribute],
      [labelled, "recall", ">=", "0.60", []],
      [labelled && hasBaseline(view), "accuracy_change", ">=", "-0.02", []],
    ],
    multiclass: [
      [labelled, "accuracy", ">=", "0.80", []],
      [labelled && grouped, "accuracy_ratio", ">=", "0.80", attribute],
      [labelled, "recall", ">=", "0.60", []],
    ],
    regression: [
      [labelled, "r2", ">=", "0.70", []],
      [labelled && grouped, "mean_absolute_error_ratio", ">=", "0.80", attribute],
    ],
  };
  const last: Start[] =
    task === "regression"
      ? [[true, "mean_absolute_error", "<=", "1", []]]
      : [[true, "selection_rate", ">=", "0.10", []]];
  const taken = new Set(view.criteria.map((criterion) => criterion?.measure));
  const start = [...starts[task], ...last].find(([fits, name]) => fits && !taken.has(name)) ?? last[0];
  const [, measure, comparator, threshold, of] = start as Start;
  return { measure, of: "", comparator, threshold, upper: "", attribute: of, group: [], convention: "", rule: "" };
}

/** Two bounds to start from, around what a criterion was compared with; without a reference group gaps have no sign. */
export function boundsFrom({ measure, threshold, attribute }: CriterionView): [lower: string, upper: string] {
  const value = Math.abs(Number(threshold));
  if (!(value > 0)) return [threshold, ""];
  const { referenceGroups } = state.view;
  const signed = attribute.every((name) => referenceGroups.has(name));
  if (/_(difference|change)$/.test(measure)) return [signed ? String(-value) : "0", String(value)];
  if (!/_ratio$/.test(measure)) return [threshold, ""];
  const [low, high] = value < 1 ? [value, 1 / value] : [1 / value, value];
  return [String(Number(low.toPrecision(3))), signed ? String(Number(high.toPrecision(3))) : "1"];
}
