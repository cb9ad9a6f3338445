// Step 3: what must hold.

import { edit } from "../actions";
import type { CriterionView } from "../plan";
import { CONVENTION_NAMES, type Measure } from "../protocol";
import { columns, distinct, state } from "../state";
import { say } from "./announce";
import { type Choice, marked, saidOf, select, unformed } from "./controls";
import { type Child, type Element, h } from "./dom";
import { conventionWord } from "./words";

/** Groups offered by name for each attribute. */
const GROUPS = 12;

const COMPARATORS: Choice[] = [
  { value: ">=", text: "at least (≥)" },
  { value: ">", text: "more than (>)" },
  { value: "<=", text: "at most (≤)" },
  { value: "<", text: "less than (<)" },
];
const RULES: Choice[] = [
  { value: "", text: "the plan’s rule" },
  { value: "interval", text: "the whole interval" },
  { value: "point", text: "the point value" },
];

export function criteriaView(): Child {
  if (columns().length === 0 && state.planText === "") return null;
  const { criteria } = state.view;
  return [
    h("h2", { id: "h-criteria" }, h("span", { class: "no" }, "3"), "What must hold"),
    h(
      "p",
      {},
      "Each criterion is met or not met when its whole confidence interval lies on one side of the threshold, and undecided otherwise. ",
      "By the point value, the estimate alone decides.",
    ),
    unformed(),
    h(
      "fieldset",
      { disabled: !state.formed },
      h("legend", { class: "spoken" }, "Criteria"),
      criteria.length === 0 &&
        h(
          "p",
          { class: "note" },
          "There are none yet, and without one the verdict is “incomplete”: thresholds are for people to set.",
        ),
      criteria.length > 0 &&
        h(
          "table",
          { class: "stack criteria-form" },
          h("caption", { class: "spoken" }, "Criteria of the plan"),
          h(
            "thead",
            {},
            h(
              "tr",
              {},
              ["Measure", "Asked of", "Must be", "Threshold", "Decided by"].map((text) =>
                h("th", { scope: "col" }, text),
              ),
              h("th", { scope: "col" }, h("span", { class: "spoken" }, "Remove")),
            ),
          ),
          criteria.map((criterion, index) => row(criterion, index)),
        ),
      h("p", { class: "acts" }, h("button", { type: "button", id: "add-criterion", onclick: add }, "Add a criterion")),
    ),
    saidOf("criteria").length > 0 &&
      !criteria.some((_, index) => saidOf(`criteria[${index}]`).length > 0) &&
      saidOf("criteria").map((said) => h("p", { class: "said" }, marked(said))),
  ];
}

function row(criterion: CriterionView | null, index: number): Element {
  const number = index + 1;
  const said = saidOf(`criteria[${index}]`);
  const remove = (): void => {
    edit((plan) => plan.removeCriterion(index));
    say(`Criterion ${number} was removed.`);
    setTimeout(() => {
      const next = document.getElementById(`measure-${index}`) ?? document.getElementById("add-criterion");
      next?.focus();
    }, 0);
  };
  const remover = h(
    "td",
    { class: "remove" },
    h(
      "button",
      { type: "button", class: "link", "aria-label": `Remove criterion ${number}`, onclick: remove },
      "Remove",
    ),
  );
  if (!criterion) {
    return h(
      "tbody",
      { key: index },
      h(
        "tr",
        {},
        h("td", { colspan: 5, class: "note" }, `Criterion ${number} can only be edited in the plan’s text.`),
        remover,
      ),
      said.length > 0 && h("tr", { class: "says" }, h("td", { colspan: 6, class: "said" }, said.map(marked))),
    );
  }
  const change = (changes: Partial<CriterionView>): void =>
    edit((plan) => plan.setCriterion(index, { ...criterion, ...changes }));
  const measure = find(criterion.measure);
  const wrong = (key: string): boolean => saidOf(`criteria[${index}].${key}`).length > 0;
  return h(
    "tbody",
    { key: index },
    h(
      "tr",
      {},
      h(
        "td",
        { "data-label": "Measure" },
        select({
          id: `measure-${index}`,
          label: `Measure of criterion ${number}`,
          value: criterion.measure,
          options: measures(),
          change: (name) => change(changed(criterion, find(name), name)),
          quiet: true,
          invalid: wrong("measure"),
        }),
        compares(criterion, measure) &&
          select({
            id: `convention-${index}`,
            label: `How criterion ${number} compares the groups`,
            value: criterion.convention,
            options: [
              { value: "", text: "the default comparison" },
              ...(measure?.conventions ?? CONVENTION_NAMES).map((value) => ({ value, text: conventionWord(value) })),
            ],
            change: (convention) => change({ convention }),
            quiet: true,
            invalid: wrong("convention"),
          }),
      ),
      h(
        "td",
        { "data-label": "Asked of" },
        select({
          id: `subject-${index}`,
          label: `What criterion ${number} is asked of`,
          value: subjectKey(criterion.attribute, criterion.group),
          options: subjects(compares(criterion, measure), criterion),
          change: (key) => {
            const [attribute, group] = JSON.parse(key) as [string[], (string | null)[]];
            change({ attribute, group });
          },
          quiet: true,
          invalid: wrong("attribute") || wrong("group"),
        }),
      ),
      h(
        "td",
        { "data-label": "Must be" },
        select({
          id: `comparator-${index}`,
          label: `Comparison of criterion ${number}`,
          value: criterion.comparator,
          options: COMPARATORS,
          change: (comparator) => change({ comparator }),
          quiet: true,
          invalid: wrong("comparator"),
        }),
      ),
      h(
        "td",
        { "data-label": "Threshold" },
        h("label", { for: `threshold-${index}`, class: "spoken" }, `Threshold of criterion ${number}`),
        h("input", {
          id: `threshold-${index}`,
          class: "threshold",
          type: "text",
          inputmode: "decimal",
          autocomplete: "off",
          value: criterion.threshold,
          "aria-invalid": wrong("threshold") ? "true" : null,
          "aria-describedby": said.length > 0 ? `said-${index}` : null,
          onchange: (event: Event) => change({ threshold: (event.target as HTMLInputElement).value.trim() }),
        }),
      ),
      h(
        "td",
        { "data-label": "Decided by" },
        select({
          id: `rule-${index}`,
          label: `What decides criterion ${number}`,
          value: criterion.rule,
          options: RULES,
          change: (rule) => change({ rule }),
          quiet: true,
          invalid: wrong("rule"),
        }),
      ),
      remover,
    ),
    said.length > 0 &&
      h(
        "tr",
        { class: "says" },
        h(
          "td",
          { colspan: 6, class: "said", id: `said-${index}` },
          said.flatMap((text) => [...marked(text), " "]),
        ),
      ),
  );
}

const find = (name: string): Measure | undefined => state.engine?.measures.find((measure) => measure.name === name);

/** Whether a criterion compares groups; the plan may call its measure by another of its names. */
const compares = (criterion: CriterionView, measure: Measure | undefined): boolean =>
  measure?.compares ?? (criterion.convention !== "" || /_(difference|ratio)$/.test(criterion.measure));

function measures(): { group: string; options: Choice[] }[] {
  const all = state.engine?.measures ?? [];
  const choice = ({ name, title }: Measure): Choice => ({ value: name, text: title });
  return [
    { group: "All rows, or each group", options: all.filter((measure) => !measure.compares).map(choice) },
    { group: "How groups compare", options: all.filter((measure) => measure.compares).map(choice) },
  ];
}

const subjectKey = (attribute: string[], group: (string | null)[]): string => JSON.stringify([attribute, group]);

function subjects(isGap: boolean, criterion: CriterionView): (Choice | { group: string; options: Choice[] })[] {
  const listed = state.view.protected;
  const name = (attribute: string[]): string => attribute.join(" × ");
  const whole = listed.map((attribute) => ({
    value: subjectKey(attribute, []),
    text: isGap ? `groups of ${name(attribute)}` : `every group of ${name(attribute)}`,
  }));
  const single = listed
    .filter((attribute) => attribute.length === 1)
    .flatMap(([attribute = ""]) =>
      distinct(attribute, GROUPS)
        .sort()
        .map((group) => ({ value: subjectKey([attribute], [group]), text: `${attribute}: ${group}` })),
    );
  const options: (Choice | { group: string; options: Choice[] })[] = isGap
    ? [...whole]
    : [{ value: subjectKey([], []), text: "all rows" }, ...whole];
  if (single.length > 0) options.push({ group: "One group", options: single });
  const current = subjectKey(criterion.attribute, criterion.group);
  const offered = [...whole, ...single, { value: subjectKey([], []) }].some(({ value }) => value === current);
  if (!offered || (isGap && criterion.attribute.length === 0)) {
    const groups = criterion.group.map((group) => group ?? "(missing)").join(", ");
    const text =
      criterion.attribute.length === 0
        ? "choose the groups"
        : [name(criterion.attribute), groups].filter(Boolean).join(": ");
    options.unshift({ value: current, text });
  }
  return options;
}

/** A criterion under another measure: what the new one cannot have falls away. */
function changed(criterion: CriterionView, measure: Measure | undefined, name: string): Partial<CriterionView> {
  const changes: Partial<CriterionView> = { measure: name };
  if (!measure?.conventions.includes(criterion.convention)) changes.convention = "";
  const [first] = state.view.protected;
  if (measure?.compares && criterion.attribute.length === 0 && first) changes.attribute = first;
  return changes;
}

/** A first criterion that fits what the plan has; its threshold is only a place to start. */
function add(): void {
  const { view } = state;
  const index = view.criteria.length;
  const labelled = view.roles.label !== "";
  const ranked: [fits: boolean, measure: string, threshold: string, attribute: string[]][] = [
    [labelled && view.roles.score !== "", "roc_auc", "0.70", []],
    [view.protected.length > 0, "selection_rate_ratio", "0.80", view.protected[0] ?? []],
    [labelled, "recall", "0.60", []],
  ];
  const taken = new Set(view.criteria.map((criterion) => criterion?.measure));
  const [, measure, threshold, attribute] = ranked.find(([fits, name]) => fits && !taken.has(name)) ?? [
    true,
    "selection_rate",
    "0.10",
    [],
  ];
  edit((plan) =>
    plan.addCriterion({ measure, comparator: ">=", threshold, attribute, group: [], convention: "", rule: "" }),
  );
  say(`Criterion ${index + 1} was added: set its measure and threshold.`);
  setTimeout(() => document.getElementById(`measure-${index}`)?.focus(), 0);
}
