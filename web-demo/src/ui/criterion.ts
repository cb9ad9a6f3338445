// One criterion as a row of controls, with what the engine says of it below.

import { edit } from "../actions";
import type { CriterionView } from "../plan/criterion";
import { classes, state } from "../state";
import { say } from "./announce";
import { type Choice, saidAt, saidOf, saidView, select, textField } from "./controls";
import { type Child, type Element, h, type Props } from "./dom";
import { compares, conventionsOf, conventionWord, measureChoices, measureOf, ruleOf, withMeasure } from "./measures";
import { boundsFrom } from "./start";
import { subjectChoices, subjectKey } from "./subjects";

const COMPARATORS: Choice[] = [
  { value: ">=", text: "at least (≥)" },
  { value: ">", text: "more than (>)" },
  { value: "<=", text: "at most (≤)" },
  { value: "<", text: "less than (<)" },
  { value: "within", text: "between" },
];
const RULES: Choice[] = [
  { value: "", text: "the plan’s rule" },
  { value: "interval", text: "the whole interval" },
  { value: "point", text: "the point value" },
];

export function criterionRow(criterion: CriterionView | null, index: number): Element {
  const said = saidOf(`criteria[${index}]`);
  return h(
    "tbody",
    { key: index },
    h(
      "tr",
      {},
      criterion
        ? cells(criterion, index, said.length > 0)
        : h("td", { colspan: 5, class: "note" }, `Criterion ${index + 1} can only be edited in the plan’s text.`),
      remover(index),
    ),
    said.length > 0 && h("tr", { class: "says" }, h("td", { colspan: 6 }, saidView(said, `said-${index}`))),
  );
}

function cells(criterion: CriterionView, index: number, wrong: boolean): Element[] {
  const number = index + 1;
  const measure = measureOf(criterion.measure);
  const change = (changes: Partial<CriterionView>): void =>
    edit((plan) => plan.setCriterion(index, { ...criterion, ...changes }));
  const described = wrong ? `said-${index}` : null;
  const about = (...said: string[][]): Props => ({
    "aria-invalid": said.flat().length > 0 ? "true" : null,
    "aria-describedby": said.flat().length > 0 ? described : null,
  });
  const of = (key: string): string[] => saidOf(`criteria[${index}].${key}`);
  const bound = (key: "threshold" | "upper", label: string, place: number): Element[] => [
    h("label", { for: `${key}-${index}`, class: "spoken", key: `${key}-label` }, label),
    h("input", {
      id: `${key}-${index}`,
      key,
      class: "threshold",
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      value: criterion[key],
      ...about(of("threshold"), saidAt(`criteria[${index}].within`), of(`within[${place}]`)),
      onchange: (event: Event) => change({ [key]: (event.target as HTMLInputElement).value.trim() }),
    }),
  ];
  const within = criterion.comparator === "within";
  return [
    h(
      "td",
      { "data-label": "Measure" },
      select({
        id: `measure-${index}`,
        label: `Measure of criterion ${number}`,
        value: criterion.measure,
        options: measureChoices(criterion.measure),
        change: (name) => change(withMeasure(criterion, name, classes())),
        quiet: true,
        about: about(of("measure")),
        ...(measure ? { unknown: measure.title } : {}),
      }),
      conventionSelect(criterion, index, about(of("convention")), change),
    ),
    h(
      "td",
      { "data-label": "Asked of" },
      classSelect(criterion, index, about(of("class")), change),
      select({
        id: `subject-${index}`,
        label: `What criterion ${number} is asked of`,
        value: subjectKey(criterion.attribute, criterion.group),
        options: subjectChoices(criterion),
        change: (key) => {
          const [attribute, group] = JSON.parse(key) as [string[], (string | null)[]];
          change({ attribute, group });
        },
        quiet: true,
        about: about(of("attribute"), of("group"), of("subject")),
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
        change: (comparator) => change({ comparator, ...bounds(criterion, comparator) }),
        quiet: true,
        about: about(of("comparator")),
      }),
    ),
    h(
      "td",
      { "data-label": "Threshold" },
      within
        ? h(
            "span",
            { class: "bounds", key: "bounds" },
            bound("threshold", `Lower bound of criterion ${number}`, 0),
            h("span", { "aria-hidden": "true", key: "to" }, "to"),
            bound("upper", `Upper bound of criterion ${number}`, 1),
          )
        : bound("threshold", `Threshold of criterion ${number}`, 0),
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
        about: about(of("rule")),
      }),
    ),
  ];
}

/** From one threshold to two bounds, or back. */
function bounds(criterion: CriterionView, comparator: string): Partial<CriterionView> {
  if (comparator !== "within") return { upper: "" };
  const [threshold, upper] = boundsFrom(criterion);
  return { threshold, upper };
}

type Change = (changes: Partial<CriterionView>) => void;

/** Conventions that only give another interval: the plan's text has them, the form keeps them. */
const INTERVALS = new Set(["clopper_pearson", "delong_plain", "empirical_bayes"]);

/** Which definition, where there are several. */
function conventionSelect(criterion: CriterionView, index: number, about: Props, change: Change): Child {
  const measure = measureOf(criterion.measure);
  const conventions = conventionsOf(measure, criterion.of);
  const definitions = conventions.filter((name) => !INTERVALS.has(name));
  if (definitions.length < 2 && criterion.convention === "") return null;
  // Of comparisons the default depends on whether there is a reference group.
  const usual = compares(criterion) ? "the default comparison" : conventionWord(conventions[0] ?? "");
  const named = compares(criterion) ? conventions : conventions.slice(1);
  return select({
    id: `convention-${index}`,
    label: `Definition of criterion ${index + 1}`,
    value: criterion.convention === conventions[0] && !compares(criterion) ? "" : criterion.convention,
    options: [{ value: "", text: usual }, ...named.map((value) => ({ value, text: conventionWord(value) }))],
    change: (convention) => change({ convention, rule: ruleOf(measure, convention || conventions[0], criterion.rule) }),
    quiet: true,
    about,
  });
}

/** The model as a whole, or one of its classes. */
function classSelect(criterion: CriterionView, index: number, about: Props, change: Change): Child {
  if (state.view.task !== "multiclass" && criterion.of === "") return null;
  const measure = measureOf(criterion.measure);
  const ofClass = !measure || measure.class.length > 0;
  const ofWhole = !measure || measure.multiclass.length > 0;
  const known = classes();
  const label = `Class of criterion ${index + 1}`;
  const put = (of: string): void => change(withMeasure({ ...criterion, of }, criterion.measure, known));
  // The first rows of a Parquet file do not tell the classes.
  if (known.length === 0 && ofClass) {
    return textField({
      id: `class-${index}`,
      label: h("span", { class: "spoken" }, label),
      value: criterion.of,
      change: put,
      props: { ...about, placeholder: "class, if only one" },
    });
  }
  return select({
    id: `class-${index}`,
    label,
    value: criterion.of,
    options: [
      ...(ofWhole || criterion.of === "" ? [{ value: "", text: "the whole model" }] : []),
      {
        group: "One class against the rest",
        options: ofClass ? known.map((value) => ({ value, text: value })) : [],
      },
    ],
    change: put,
    quiet: true,
    about,
    unknown: criterion.of,
  });
}

function remover(index: number): Element {
  const remove = (): void => {
    edit((plan) => plan.removeCriterion(index));
    say(`Criterion ${index + 1} was removed.`);
    setTimeout(() => {
      const next = document.getElementById(`measure-${index}`) ?? document.getElementById("add-criterion");
      next?.focus();
    }, 0);
  };
  return h(
    "td",
    { class: "remove" },
    h(
      "button",
      { type: "button", class: "link", "aria-label": `Remove criterion ${index + 1}`, onclick: remove },
      "Remove",
    ),
  );
}
