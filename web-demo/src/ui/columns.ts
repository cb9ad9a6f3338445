// Step 2: what the model predicts, and what each column is.

import { changeTask, edit } from "../actions";
import { isMapped, isSingle, LISTED_ROLES, MAPPED_ROLES, type RoleChoice, roleOf, SINGLE_ROLES } from "../plan/roles";
import { type PlanView, TASKS, type Task } from "../plan/view";
import { type ColumnFacts, classes, columns, state } from "../state";
import { say } from "./announce";
import { saidAt, saidOf, saidView, select, selectField, textField, unformed } from "./controls";
import { type Child, type Element, h } from "./dom";
import { groupsView } from "./groups";
import { meaningsView } from "./meanings";
import { roleChoices, roleWord, TABLE_WORDS, TASK_WORDS } from "./words";

/** Samples shown of a column. */
const SAMPLES = 4;
/** Characters shown of a value. */
const SHOWN = 24;
/** Levels that quantiles most often have, the first ones first. */
const LEVELS = ["0.1", "0.9", "0.5", "0.05", "0.95", "0.25", "0.75", "0.025", "0.975"];

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
      { disabled: !state.formed, class: "task" },
      h("legend", { class: "spoken" }, "Task"),
      selectField({
        id: "task",
        label: "The model predicts",
        value: view.task,
        options: TASKS.map((task) => ({ value: task, text: TASK_WORDS[task] })),
        field: "task",
        change: (task) => changeTask(task as Task),
      }),
    ),
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
              { key: `missing ${role} ${column}` },
              h("th", { scope: "row" }, h("bdi", {}, column)),
              h("td", { "data-label": "In" }, "no chosen file"),
              h("td", { class: "said", colspan: 2 }, `The plan names it as ${roleWord(role, view.task)}.`),
            ),
          ),
        ),
      ),
      saidView(MAPPED_ROLES.flatMap(saidAt)),
    ),
    meaningsView(view),
    groupsView(view),
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
  const role = roleOf(name, view.roles);
  const said = saidOfRole(name, role, view);
  const change = (chosen: RoleChoice): void => {
    let displaced: string | null = null;
    edit((plan) => {
      displaced = plan.setRole(name, chosen, isMapped(chosen) ? firstOf(name, chosen, view) : "");
    });
    const word = roleWord(chosen, view.task);
    say(`${name}: ${word}.${displaced === null ? "" : ` ${displaced} is no longer used for it.`}`);
  };
  const missing = state.engine?.meaningless[view.task] ?? [];
  return h(
    "tr",
    { key: name },
    h("th", { scope: "row" }, h("bdi", {}, name === "" ? "(no name)" : name)),
    h(
      "td",
      { "data-label": "In", class: "in" },
      column.tables.map((table) => TABLE_WORDS[table].toLowerCase()).join(", "),
    ),
    h("td", { "data-label": "First values", class: "samples" }, samples(column)),
    h(
      "td",
      { "data-label": "Role" },
      select({
        id: `role-${index}`,
        label: `Role of ${name}`,
        value: role,
        options: roleChoices(view.task, (choice) => choice.split(" ").every((one) => !missing.includes(one))),
        unknown: roleWord(role, view.task),
        change,
        quiet: true,
        about: {
          "aria-invalid": said.length > 0 ? "true" : null,
          "aria-describedby": said.length > 0 ? `said-role-${index}` : null,
        },
      }),
      isMapped(role) && ofView(name, role, index, view),
      saidView(said, `said-role-${index}`),
    ),
  );
}

/** Whose score a column is, or which quantile. */
function ofView(column: string, role: "scores" | "quantiles", index: number, view: PlanView): Child {
  const value = view.roles.mapped[role].find(([, name]) => name === column)?.[0] ?? "";
  return h(
    "div",
    { class: "of", key: "of" },
    textField({
      id: `of-${index}`,
      label: [h("span", { class: "spoken" }, `${column} is `), role === "scores" ? "of class" : "at level"],
      value,
      field: `${role}.${value}`,
      ...(role === "scores" ? { choices: classes() } : { props: { inputmode: "decimal" } }),
      change: (of) => edit((plan) => plan.setOf(column, of)),
    }),
  );
}

/** A class without a score that the column's name speaks of, or the first one; of levels, the usual ones. */
function firstOf(column: string, role: "scores" | "quantiles", view: PlanView): string {
  const taken = view.roles.mapped[role].map(([of]) => of);
  const free = (role === "scores" ? classes() : LEVELS).filter((of) => !taken.includes(of));
  const named = role === "scores" && free.find((of) => column.toLowerCase().includes(of.toLowerCase()));
  return named || (free[0] ?? "");
}

function saidOfRole(column: string, role: RoleChoice, { roles }: PlanView): string[] {
  if (isSingle(role)) return saidOf(role);
  // What is said of classes and levels stands with them, and of protected attributes with the groups.
  return (["strata", "features"] as const).flatMap((list) => {
    const place = roles.listed[list].indexOf(column);
    return place < 0 ? [] : saidOf(`${list}[${place}]`);
  });
}

function samples({ values }: ColumnFacts): Element {
  const seen = [...new Set(values.filter((value) => value !== ""))];
  if (seen.length === 0) return h("span", { class: "note" }, values.length === 0 ? "–" : "all missing");
  return h(
    "span",
    {},
    seen.slice(0, SAMPLES).map((value) => h("bdi", {}, short(value))),
    seen.length > SAMPLES ? "…" : null,
  );
}

const short = (value: string): string => (value.length > SHOWN ? `${value.slice(0, SHOWN - 1)}…` : value);

/** Columns that the plan names and no chosen table has. */
function missingColumns(all: ColumnFacts[], { roles }: PlanView): [RoleChoice, string][] {
  const names = new Set(all.map(({ name }) => name));
  const wanted: [RoleChoice, string][] = [
    ...SINGLE_ROLES.map((role): [RoleChoice, string] => [role, roles.single[role]]),
    ...MAPPED_ROLES.flatMap((role) => roles.mapped[role].map(([, name]): [RoleChoice, string] => [role, name])),
    ...LISTED_ROLES.flatMap((role) => roles.listed[role].map((name): [RoleChoice, string] => [role, name])),
  ];
  return wanted.filter(([, name]) => name !== "" && !names.has(name));
}
