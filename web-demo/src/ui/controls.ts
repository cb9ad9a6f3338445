// Labelled controls.

import { state } from "../state";
import { type Child, type Element, h, type Props } from "./dom";

interface Text {
  id: string;
  label: string;
  value: string;
  change: (value: string) => void;
  note?: string;
  /** Values to choose from, besides any other. */
  choices?: string[];
  /** The plan's path, for what the engine says of it. */
  field?: string;
  props?: Props;
}

/** A text, taken when it is finished. */
export function textField({ id, label, value, change, note, choices, field, props = {} }: Text): Element {
  const said = field ? saidOf(field) : [];
  const described = [note ? `${id}-note` : "", said.length > 0 ? `${id}-said` : ""].filter(Boolean).join(" ");
  return h(
    "div",
    { class: "field", key: id },
    h("label", { for: id }, label),
    h("input", {
      type: "text",
      id,
      value,
      autocomplete: "off",
      spellcheck: "false",
      list: choices && choices.length > 0 ? `${id}-list` : null,
      "aria-describedby": described || null,
      "aria-invalid": said.length > 0 ? "true" : null,
      onchange: (event: Event) => change((event.target as HTMLInputElement).value.trim()),
      ...props,
    }),
    choices &&
      choices.length > 0 &&
      h(
        "datalist",
        { id: `${id}-list` },
        choices.map((choice) => h("option", { value: choice })),
      ),
    note && h("p", { class: "note", id: `${id}-note` }, note),
    said.length > 0 && h("p", { class: "said", id: `${id}-said` }, said.join(" ")),
  );
}

export interface Choice {
  value: string;
  text: string;
}

interface Select {
  id: string;
  label: string;
  value: string;
  options: (Choice | { group: string; options: Choice[] })[];
  change: (value: string) => void;
  /** Whether the label is for screen readers only, the table's header being in sight. */
  quiet?: boolean;
  invalid?: boolean;
}

export function select({ id, label, value, options, change, quiet, invalid }: Select): Element[] {
  const known = options.some((option) =>
    "group" in option ? option.options.some((inner) => inner.value === value) : option.value === value,
  );
  // What the plan says is shown even where the page would not offer it.
  const all = known ? options : [{ value, text: value.replaceAll("_", " ") }, ...options];
  return [
    h("label", { for: id, class: quiet ? "spoken" : null, key: `${id}-label` }, label),
    h(
      "select",
      {
        id,
        key: id,
        value,
        "aria-invalid": invalid ? "true" : null,
        onchange: (event: Event) => change((event.target as HTMLSelectElement).value),
      },
      all.map((option) =>
        "group" in option ? h("optgroup", { label: option.group }, option.options.map(choiceView)) : choiceView(option),
      ),
    ),
  ];
}

const choiceView = ({ value, text }: Choice): Element => h("option", { value }, text);

/** What the engine says of a path of the plan and all below it. */
export function saidOf(field: string): string[] {
  return state.planProblems
    .filter(({ location }) => {
      const at = location.field ?? "";
      return at === field || at.startsWith(`${field}.`) || at.startsWith(`${field}[`);
    })
    .map(({ message, hint }) => sentence(hint ? `${message}; ${hint}` : message));
}

export function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(first) ? first : `${first}.`;
}

/** A text in which `back quotes` mark code. */
export function marked(text: string): Child[] {
  return text.split(/`([^`]*)`/).map((part, index) => (index % 2 === 1 ? h("code", {}, h("bdi", {}, part)) : part));
}

/** Said where the form cannot edit a text that is not well-formed. */
export function unformed(): Child {
  return (
    !state.formed &&
    h(
      "p",
      { class: "said" },
      "The plan’s text is not well-formed, so it cannot be edited here. Correct it under ",
      h("a", { href: "#plan" }, "Plan as text"),
      ".",
    )
  );
}
