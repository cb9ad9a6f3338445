// What a criterion may be asked of: all rows, groups one by one, or the gap between them.

import type { CriterionView } from "../plan/criterion";
import type { PlanView } from "../plan/view";
import { groupsOf, state } from "../state";
import type { Choice, Choices } from "./controls";
import { compares, measureOf } from "./measures";

/** Groups offered by name for each attribute. */
const GROUPS = 12;

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
