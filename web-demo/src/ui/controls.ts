// Labelled controls.

import { state } from "../state";
import { type Child, type Element, h, type Props } from "./dom";

/** What stands below a control. */
interface Noted {
  note?: string;
  /** The plan's path, for what the engine says of it. */
  field?: string;
}

interface Text extends Noted {
  id: string;
  label: Child;
  value: string;
  change: (value: string) => void;
  /** Values to choose from, besides any other. */
  choices?: string[];
  props?: Props;
}

/** A text, taken when it is finished. */
export function textField({ id, label, value, change, choices = [], props = {}, ...noted }: Text): Element {
  const { below, about } = notes(id, noted);
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
      list: choices.length > 0 ? `${id}-list` : null,
      onchange: (event: Event) => change((event.target as HTMLInputElement).value.trim()),
      ...about,
      ...props,
    }),
    choices.length > 0 &&
      h(
        "datalist",
        { id: `${id}-list` },
        choices.map((choice) => h("option", { value: choice })),
      ),
    below,
  );
}

/** A choice with its label above it. */
export function selectField({ note, field, ...props }: Omit<Select, "quiet" | "about"> & Noted): Element {
  const { below, about } = notes(props.id, { ...(note ? { note } : {}), ...(field ? { field } : {}) });
  return h("div", { class: "field", key: props.id }, select({ ...props, about }), below);
}

/** A note and what the engine says, and the properties by which a control refers to them. */
function notes(id: string, { note, field }: Noted): { below: Child[]; about: Props } {
  const said = field ? saidOf(field) : [];
  const ids = [note ? `${id}-note` : "", said.length > 0 ? `${id}-said` : ""].filter(Boolean).join(" ");
  const below = [note && h("p", { class: "note", id: `${id}-note` }, note), saidView(said, `${id}-said`)];
  return { below, about: { "aria-describedby": ids || null, "aria-invalid": said.length > 0 ? "true" : null } };
}

export interface Choice {
  value: string;
  text: string;
}

export interface Choices {
  group: string;
  options: Choice[];
}

interface Select {
  id: string;
  label: string;
  value: string;
  options: (Choice | Choices)[];
  change: (value: string) => void;
  /** Whether the label is for screen readers only, the table's header being in sight. */
  quiet?: boolean;
  about?: Props;
  /** What a value is called that is not among the options. */
  unknown?: string;
}

export function select({ id, label, value, options, change, quiet, about, unknown }: Select): Element[] {
  const known = options.some((option) =>
    "group" in option ? option.options.some((inner) => inner.value === value) : option.value === value,
  );
  // What the plan says is shown even where the page would not offer it.
  const all = known ? options : [{ value, text: unknown ?? value.replaceAll("_", " ") }, ...options];
  return [
    h("label", { for: id, class: quiet ? "spoken" : null, key: `${id}-label` }, label),
    h(
      "select",
      {
        id,
        key: id,
        value,
        onchange: (event: Event) => change((event.target as HTMLSelectElement).value),
        ...about,
      },
      all.map((option) => {
        if (!("group" in option)) return choiceView(option);
        return option.options.length > 0 && h("optgroup", { label: option.group }, option.options.map(choiceView));
      }),
    ),
  ];
}

const choiceView = ({ value, text }: Choice): Element => h("option", { value }, text);

/** A choice of yes or no. */
export function checkbox(id: string, checked: boolean, change: (on: boolean) => void, ...label: Child[]): Element {
  const onchange = (event: Event): void => change((event.target as HTMLInputElement).checked);
  return h("label", { key: id }, h("input", { type: "checkbox", id, checked, onchange }), h("span", {}, label));
}

/** What few people need: folded away, and said to be there where the plan uses it. */
export function more(id: string, title: string, used: number, wrong: boolean, ...children: Child[]): Element {
  const summary = used > 0 ? `${title} (${used} set)` : title;
  return h("details", { id, key: id, ...(wrong ? { open: true } : {}) }, h("summary", {}, summary), ...children);
}

/** What the engine says of a path of the plan and all below it. */
export function saidOf(field: string): string[] {
  return saidWhere((at) => at === field || at.startsWith(`${field}.`) || at.startsWith(`${field}[`));
}

/** The same as one paragraph, if there is any. */
export function saidView(said: string[], id?: string): Child {
  return (
    said.length > 0 &&
    h(
      "p",
      { class: "said", id: id ?? null },
      said.flatMap((text) => [...marked(text), " "]),
    )
  );
}

/** What the engine says of a path itself. */
export const saidAt = (field: string): string[] => saidWhere((at) => at === field);

function saidWhere(fits: (field: string) => boolean): string[] {
  return state.planProblems
    .filter(({ location }) => fits(location.field ?? ""))
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
