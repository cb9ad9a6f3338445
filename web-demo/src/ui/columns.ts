// Step 2: what each column is, and what its values mean.

import { edit } from "../actions";
import { type PlanView, type RoleChoice, SINGLE_ROLES } from "../plan";
import { type ColumnFacts, columns, distinct, state } from "../state";
import { say } from "./announce";
import { saidOf, select, textField, unformed } from "./controls";
import { type Child, type Element, h } from "./dom";
import { ROLE_WORDS, TABLE_WORDS } from "./words";

/** Samples shown of a column. */
const SAMPLES = 4;
/** Characters shown of a value. */
const SHOWN = 24;
/** Decisions that need no mapping. */
const PLAIN = new Set(["0", "1", "true", "false"]);

export function columnsView(): Child {
  const all = columns();
  if (all.length === 0) return null;
  const { view } = state;
  return [
    h("h2", { id: "h-columns" }, h("span", { class: "no" }, "2"), "What each column is"),
    h(
      "p",
      {},
      state.planName === null
        ? "Guessed from the names and the first rows. Change what is wrong."
        : ["As ", h("bdi", {}, state.planName), " says. What you change here changes the plan."],
    ),
    unformed(),
    h(
      "fieldset",
      { disabled: !state.formed },
      h("legend", { class: "spoken" }, "Roles of the columns"),
      h(
        "table",
        { class: "stack columns" },
        h("caption", { class: "spoken" }, "Columns, where they are, their first values and their role"),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ["Column", "In", "First values", "Role"].map((text) => h("th", { scope: "col" }, text)),
          ),
        ),
        h(
          "tbody",
          {},
          all.map((column, index) => columnRow(column, index, view)),
          missingColumns(all, view).map(([role, column]) =>
            h(
              "tr",
              { key: `missing ${role}` },
              h("th", { scope: "row" }, h("bdi", {}, column)),
              h("td", { "data-label": "In" }, "no chosen file"),
              h("td", { class: "said", colspan: 2 }, `The plan names it as ${role.replace("_", " ")}.`),
            ),
          ),
        ),
      ),
    ),
    h(
      "fieldset",
      { disabled: !state.formed, class: "meanings" },
      h("legend", {}, "What the values mean"),
      h("div", { class: "fields" }, meanings(view)),
      decisions(view),
    ),
    protectedView(view),
    h(
      "fieldset",
      { disabled: !state.formed, class: "meanings" },
      h("legend", {}, "The model"),
      h(
        "div",
        { class: "fields" },
        (["name", "version", "owner"] as const).map((key) =>
          textField({
            id: `model-${key}`,
            label: { name: "Name", version: "Version", owner: "Owner" }[key],
            value: view.model[key],
            field: `model.${key}`,
            change: (value) => edit((plan) => plan.set(["model", key], value)),
          }),
        ),
      ),
    ),
  ];
}

function columnRow(column: ColumnFacts, index: number, view: PlanView): Element {
  const { name } = column;
  const seen = [...new Set(column.values.filter((value) => value !== ""))];
  const change = (role: string): void => {
    let displaced: string | null = null;
    edit((plan) => {
      displaced = plan.setRole(name, role as RoleChoice);
    });
    const word = ROLE_WORDS.find(([value]) => value === role)?.[1] ?? role;
    say(`${name}: ${word}.${displaced === null ? "" : ` ${displaced} is no longer used for it.`}`);
  };
  return h(
    "tr",
    { key: name },
    h("th", { scope: "row" }, h("bdi", {}, name === "" ? "(no name)" : name)),
    h(
      "td",
      { "data-label": "In", class: "in" },
      column.tables.map((table) => TABLE_WORDS[table].toLowerCase()).join(", "),
    ),
    h(
      "td",
      { "data-label": "First values", class: "samples" },
      seen.length === 0
        ? h("span", { class: "note" }, column.values.length === 0 ? "–" : "all missing")
        : h(
            "span",
            {},
            seen.slice(0, SAMPLES).map((value) => h("bdi", {}, short(value))),
            seen.length > SAMPLES ? "…" : null,
          ),
    ),
    h(
      "td",
      { "data-label": "Role" },
      select({
        id: `role-${index}`,
        label: `Role of ${name}`,
        value: roleOf(name, view),
        options: ROLE_WORDS.map(([value, text]) => ({ value, text })),
        change,
        quiet: true,
      }),
    ),
  );
}

const short = (value: string): string => (value.length > SHOWN ? `${value.slice(0, SHOWN - 1)}…` : value);

function roleOf(name: string, view: PlanView): RoleChoice {
  for (const role of SINGLE_ROLES) {
    if (view.roles[role] === name) return role;
  }
  const isProtected = view.protected.some((names) => names.includes(name));
  const isFeature = view.features.includes(name);
  if (isProtected) return isFeature ? "protected feature" : "protected";
  return isFeature ? "feature" : "";
}

/** Columns that the plan names and no chosen table has. */
function missingColumns(all: ColumnFacts[], view: PlanView): [string, string][] {
  const names = new Set(all.map(({ name }) => name));
  const wanted: [string, string][] = [
    ...SINGLE_ROLES.map((role): [string, string] => [role, view.roles[role]]),
    ...[...new Set(view.protected.flat())].map((name): [string, string] => ["protected", name]),
    ...view.features.map((name): [string, string] => ["feature", name]),
  ];
  return wanted.filter(([, name]) => name !== "" && !names.has(name));
}

function meanings(view: PlanView): Child[] {
  const { label } = view.roles;
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
    h(
      "div",
      { class: "field", key: "favourable" },
      select({
        id: "favourable",
        label: "Favourable decision",
        value: view.favourable || "positive",
        options: [
          { value: "positive", text: "positive" },
          { value: "negative", text: "negative" },
          ...view.decisions.map(([value]) => ({ value, text: value })),
        ],
        change: (value) => edit((plan) => plan.set(["favourable"], value)),
        invalid: saidOf("favourable").length > 0,
      }),
      h("p", { class: "note" }, "The decision a person hopes for; selection rates count it."),
    ),
  ];
}

/** What each value of the prediction column counts as. */
function decisions(view: PlanView): Child {
  const { prediction } = view.roles;
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
    saidOf("decisions").map((said) => h("p", { class: "said" }, said)),
  );
}

function protectedView(view: PlanView): Child {
  const attributes = [...new Set(view.protected.flat())];
  if (attributes.length === 0) return null;
  const crossed = view.protected.filter((names) => names.length > 1);
  const same = (a: string[], b: string[]): boolean => [...a].sort().join("\u0000") === [...b].sort().join("\u0000");
  const pairs = attributes
    .slice(0, 4)
    .flatMap((first, index) => attributes.slice(index + 1, 4).map((second) => [first, second]));
  const offered = [...crossed, ...pairs.filter((pair) => !crossed.some((names) => same(names, pair)))];
  return h(
    "fieldset",
    { disabled: !state.formed, class: "meanings" },
    h("legend", {}, "Groups to compare"),
    h(
      "div",
      { class: "fields" },
      attributes.map((name, index) =>
        textField({
          id: `reference-${index}`,
          label: `Reference group of ${name}`,
          value: view.referenceGroups[name] ?? "",
          choices: distinct(name),
          field: `reference_groups.${name}`,
          note: "The group the others are compared with. Empty: none.",
          change: (value) => edit((plan) => plan.set(["reference_groups", name], value)),
        }),
      ),
    ),
    offered.length > 0 &&
      h(
        "div",
        { class: "checks" },
        offered.map((names, index) =>
          h(
            "label",
            { key: names.join("\u0000") },
            h("input", {
              type: "checkbox",
              id: `crossed-${index}`,
              checked: crossed.some((present) => same(present, names)),
              onchange: (event: Event) => {
                const on = (event.target as HTMLInputElement).checked;
                edit((plan) => (on ? plan.addProtected(names) : plan.removeProtected(names)));
              },
            }),
            "also compare ",
            h("bdi", {}, names.join(" × ")),
          ),
        ),
      ),
    saidOf("protected").map((said) => h("p", { class: "said" }, said)),
  );
}
