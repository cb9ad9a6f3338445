// Step 3: what must hold.

import { edit } from "../actions";
import { classes, columns, state } from "../state";
import { say } from "./announce";
import { saidOf, saidView, unformed } from "./controls";
import { criterionRow } from "./criterion";
import { type Child, h } from "./dom";
import { withMeasure } from "./measures";
import { firstCriterion } from "./start";

export function criteriaView(): Child {
  if (columns().length === 0 && state.planText === "") return null;
  const { criteria } = state.view;
  return [
    h("h2", { id: "h-criteria" }, h("span", { class: "no" }, "3"), "What must hold"),
    h(
      "p",
      {},
      "Each criterion is met or not met when its whole confidence interval lies on one side of the threshold, or between two numbers, and undecided otherwise. ",
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
          criteria.map((criterion, index) => criterionRow(criterion, index)),
        ),
      h("p", { class: "acts" }, h("button", { type: "button", id: "add-criterion", onclick: add }, "Add a criterion")),
    ),
    saidOf("criteria").length > 0 &&
      !criteria.some((_, index) => saidOf(`criteria[${index}]`).length > 0) &&
      saidView(saidOf("criteria")),
  ];
}

function add(): void {
  const index = state.view.criteria.length;
  const first = firstCriterion(state.view);
  // Of several classes it may be a number of one of them only.
  edit((plan) => plan.addCriterion(withMeasure(first, first.measure, classes())));
  say(`Criterion ${index + 1} was added: set its measure and threshold.`);
  setTimeout(() => document.getElementById(`measure-${index}`)?.focus(), 0);
}
