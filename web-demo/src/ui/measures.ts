// Which measures, conventions and subjects a criterion may have: what the engine offers for this plan.

import type { CriterionView } from "../plan/criterion";
import type { PlanView } from "../plan/view";
import type { OfferedMeasure } from "../protocol";
import { groupsOf, state } from "../state";
import type { Choice, Choices } from "./controls";

/** Groups offered by name for each attribute. */
const GROUPS = 12;

/** Needs that few plans have: without them their measures are not offered. */
const RARE: Record<string, (view: PlanView) => boolean> = {
  baseline: hasBaseline,
  baseline_decisions: hasBaseline,
  baseline_scores: hasBaseline,
  quantiles: ({ roles }) => roles.mapped.quantiles.length > 0,
  strata: ({ roles }) => roles.listed.strata.length > 0,
  proxies: ({ proxies }) => proxies === "true",
};

export function hasBaseline({ roles }: PlanView): boolean {
  return roles.single["baseline.prediction"] !== "" || roles.single["baseline.score"] !== "";
}

/** A measure by its name, or by another that plans may use. */
export function measureOf(name: string): OfferedMeasure | undefined {
  return state.engine?.measures.find((measure) => measure.name === name || measure.aliases.includes(name));
}

/** The conventions that a criterion may have, the default first. */
export function conventionsOf(measure: OfferedMeasure | undefined, of: string): string[] {
  const { task } = state.view;
  return measure?.[task === "multiclass" && of !== "" ? "class" : task] ?? [];
}

/** Whether a criterion compares groups; one of a measure that the engine does not know may. */
export const compares = ({ measure, convention }: CriterionView): boolean =>
  measureOf(measure)?.compares ?? (convention !== "" || /_(difference|ratio)$/.test(measure));

export function measureChoices(name: string): (Choice | Choices)[] {
  const { view, engine } = state;
  const of = (measure: OfferedMeasure): boolean => measure[view.task].length > 0 || isOfClass(measure);
  const has = ({ needs }: OfferedMeasure): boolean => needs.every((need) => RARE[need]?.(view) ?? true);
  const offered = (engine?.measures ?? []).filter((measure) => of(measure) && has(measure));
  const groups = new Map<string, Choice[]>(KINDS.map(([kind]) => [kind, []]));
  for (const measure of offered) groups.get(kindOf(measure))?.push({ value: measure.name, text: measure.title });
  // The plan may call it by another of its names, and keeps that.
  const known = measureOf(name);
  const alias = known && known.name !== name ? [{ value: name, text: `${known.title} (${spaced(name)})` }] : [];
  return [...alias, ...[...groups].map(([group, options]) => ({ group, options }))];
}

const isOfClass = (measure: OfferedMeasure): boolean => state.view.task === "multiclass" && measure.class.length > 0;

const KINDS: [kind: string, fits: (measure: OfferedMeasure) => boolean][] = [
  ["Against the baseline", ({ needs }) => needs.some((need) => need.startsWith("baseline"))],
  ["How groups compare", (measure) => measure.compares],
  ["Scores", ({ needs }) => needs.includes("scores")],
  ["Intervals", ({ needs }) => needs.includes("quantiles")],
  ["Predicted numbers", ({ needs }) => needs.includes("predictions")],
  ["Decisions", () => true],
];

const kindOf = (measure: OfferedMeasure): string => KINDS.find(([, fits]) => fits(measure))?.[0] ?? "";

const spaced = (name: string): string => name.replaceAll("_", " ");

export const conventionWord = (name: string): string => state.engine?.conventions[name] || spaced(name);

/** What stands for an attribute and a group in a choice. */
export const subjectKey = (attribute: string[], group: (string | null)[]): string => JSON.stringify([attribute, group]);

export function subjectChoices(criterion: CriterionView): (Choice | Choices)[] {
  const isGap = compares(criterion);
  const listed = measureOf(criterion.measure)?.of_groups === false && !isGap ? [] : attributesOf(state.view);
  const name = (attribute: string[]): string => attribute.join(" × ");
  const whole = listed.map((attribute) => ({
    value: subjectKey(attribute, []),
    text: isGap ? `groups of ${name(attribute)}` : `every group of ${name(attribute)}`,
  }));
  const single = listed
    .filter((attribute) => attribute.length === 1)
    .flatMap(([attribute = ""]) =>
      groupsOf(attribute, GROUPS).map((group) => ({
        value: subjectKey([attribute], [group]),
        text: `${attribute}: ${group}`,
      })),
    );
  const options: (Choice | Choices)[] = isGap ? whole : [{ value: subjectKey([], []), text: "all rows" }, ...whole];
  const current = subjectKey(criterion.attribute, criterion.group);
  const offered = [...options, ...single].some((option) => "value" in option && option.value === current);
  if (!offered) {
    const groups = criterion.group.map((group) => group ?? "(missing)").join(", ");
    const text =
      criterion.attribute.length > 0
        ? [name(criterion.attribute), groups].filter(Boolean).join(": ")
        : "choose the groups";
    options.unshift({ value: current, text });
  }
  return [...options, { group: "One group", options: single }];
}

/** Attributes and their intersections, those among them that the plan asks for as pairs. */
function attributesOf({ protected: listed, intersections }: PlanView): string[][] {
  if (intersections !== "pairs") return listed;
  const single = listed.filter((names) => names.length === 1).flat();
  const pairs = single.flatMap((first, index) => single.slice(index + 1).map((second) => [first, second]));
  const crosses = (names: string[], pair: string[]): boolean =>
    names.length === 2 && pair.every((name) => names.includes(name));
  return [...listed, ...pairs.filter((pair) => !listed.some((names) => crosses(names, pair)))];
}

/** A criterion under another measure: what the new one cannot have falls away, what it must have comes. */
export function withMeasure(criterion: CriterionView, name: string, classes: string[]): CriterionView {
  const measure = measureOf(name);
  const { task, protected: listed } = state.view;
  let of = criterion.of;
  if (measure && conventionsOf(measure, of).length === 0) of = of === "" ? (classes[0] ?? "") : "";
  const conventions = conventionsOf(measure, of);
  const convention = conventions.includes(criterion.convention) ? criterion.convention : "";
  const isGap = measure?.compares ?? false;
  const noGroups = measure !== undefined && !isGap && !measure.of_groups;
  const [first = []] = listed;
  return {
    ...criterion,
    measure: name,
    of: task === "multiclass" ? of : criterion.of,
    convention,
    attribute: noGroups ? [] : isGap && criterion.attribute.length === 0 ? first : criterion.attribute,
    group: noGroups ? [] : criterion.group,
    rule: ruleOf(measure, convention || conventions[0], criterion.rule),
  };
}

/** What has no interval is decided by the point value. */
export function ruleOf(measure: OfferedMeasure | undefined, convention: string | undefined, rule: string): string {
  return convention !== undefined && measure?.points.includes(convention) ? "point" : rule;
}

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
