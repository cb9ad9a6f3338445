// Which measures and conventions a criterion may have: what the engine offers for this plan.

import type { CriterionView } from "../plan/criterion";
import type { PlanView } from "../plan/view";
import type { OfferedMeasure } from "../protocol";
import { state } from "../state";
import type { Choice, Choices } from "./controls";

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
