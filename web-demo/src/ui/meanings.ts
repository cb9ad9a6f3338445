// What labels, scores and decisions mean: of models that choose between two classes.

import { edit } from "../actions";
import type { PlanView } from "../plan/view";
import { distinct, state } from "../state";
import { saidAt, saidOf, saidView, select, selectField, textField } from "./controls";
import { type Child, h } from "./dom";

/** Decisions that need no mapping. */
const PLAIN = new Set(["0", "1", "true", "false"]);

export function meaningsView(view: PlanView): Child {
  if (view.task !== "binary") return null;
  return h(
    "fieldset",
    { disabled: !state.formed, class: "meanings", key: "meanings" },
    h("legend", {}, "What the values mean"),
    h("div", { class: "fields" }, outcomes(view), baseline(view)),
    decisions(view),
  );
}

function outcomes(view: PlanView): Child[] {
  const { label } = view.roles.single;
  return [
    textField({
      id: "positive",
      label: "Positive label",
      value: view.positive,
      choices: label === "" ? [] : distinct(label),
      field: "positive",
      note: "The label value that is the positive class. Empty: 1 or true.",
      change: (value) => edit((plan) => plan.set(["positive"], value)),
    }),
    textField({
      id: "threshold",
      label: "Threshold",
      value: view.threshold,
      field: "threshold",
      note: "A score at or above it is a positive decision.",
      props: { inputmode: "decimal" },
      change: (value) => edit((plan) => plan.set(["threshold"], value, true)),
    }),
    selectField({
      id: "favourable",
      label: "Favourable decision",
      value: view.favourable || "positive",
      options: [
        { value: "positive", text: "positive" },
        { value: "negative", text: "negative" },
        ...view.decisions.map(([value]) => ({ value, text: value })),
      ],
      field: "favourable",
      note: "The decision a person hopes for; selection rates count it.",
      change: (value) => edit((plan) => plan.set(["favourable"], value)),
    }),
  ];
}

/** What the model is compared with, once a column is the baseline's. */
function baseline({ roles, baseline }: PlanView): Child {
  const { "baseline.prediction": decision, "baseline.score": score } = roles.single;
  if (decision === "" && score === "") return null;
  return [
    textField({
      id: "baseline-name",
      label: "Baseline model",
      value: baseline.name,
      field: "baseline.name",
      note: "What it is called, such as its version. The model is compared with it row by row.",
      change: (value) => edit((plan) => plan.set(["baseline", "name"], value)),
    }),
    (decision === "" || baseline.threshold !== "") &&
      textField({
        id: "baseline-threshold",
        label: "Threshold of the baseline",
        value: baseline.threshold,
        field: "baseline.threshold",
        note: "Its score at or above it is a positive decision.",
        props: { inputmode: "decimal" },
        change: (value) => edit((plan) => plan.set(["baseline", "threshold"], value, true)),
      }),
    saidView(saidAt("baseline")),
  ];
}

/** What each value of the prediction column counts as. */
function decisions(view: PlanView): Child {
  const { prediction } = view.roles.single;
  if (prediction === "") return null;
  const declared = new Map(view.decisions);
  const values = [...new Set([...declared.keys(), ...distinct(prediction, 12)])];
  if (values.every((value) => PLAIN.has(value.toLowerCase()))) return null;
  return h(
    "div",
    { class: "decisions" },
    h("h3", {}, "Decisions in ", h("bdi", {}, prediction)),
    h(
      "div",
      { class: "fields" },
      values.map((value, index) =>
        h(
          "div",
          { class: "field", key: value },
          select({
            id: `decision-${index}`,
            label: value,
            value: declared.get(value) ?? "",
            options: [
              { value: "", text: "as the label has it" },
              { value: "positive", text: "positive" },
              { value: "negative", text: "negative" },
              { value: "excluded", text: "left out of every rate" },
            ],
            change: (meaning) => edit((plan) => plan.set(["decisions", value], meaning)),
          }),
        ),
      ),
    ),
    saidView(saidOf("decisions")),
  );
}
