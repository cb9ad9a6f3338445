// Which groups are compared, and with whom.

import { edit } from "../actions";
import type { Cut, PlanView } from "../plan/view";
import { groupsOf, isGraded, state } from "../state";
import { checkbox, more, saidAt, saidOf, saidView, selectField, textField } from "./controls";
import { type Child, type Element, h } from "./dom";

/** Attributes of which pairs are offered one by one. */
const CROSSED = 4;
/** The keys that stand under "More". */
const MORE = ["missing_group", "small_groups", "intersections", "proxies"];

export function groupsView(view: PlanView): Child {
  const attributes = view.roles.listed.protected;
  if (attributes.length === 0) return null;
  const others = view.roles.listed.strata.filter((name) => !attributes.includes(name));
  return h(
    "fieldset",
    { disabled: !state.formed, class: "meanings", key: "groups" },
    h("legend", {}, "Groups to compare"),
    h(
      "div",
      { class: "fields" },
      attributes.map((name, index) => [reference(name, index, view), bins(name, `bins-${index}`, view)]),
      others.map((name, index) => bins(name, `bins-stratum-${index}`, view)),
    ),
    crossings(attributes, view),
    saidView([
      ...["protected", "strata", "bins", "reference_groups"].flatMap(saidAt),
      ...view.protected.flatMap((_, index) => saidOf(`protected[${index}]`)),
    ]),
    rest(attributes, view),
  );
}

function reference(name: string, index: number, { referenceGroups }: PlanView): Element {
  return textField({
    id: `reference-${index}`,
    label: `Reference group of ${name}`,
    value: referenceGroups.get(name) ?? "",
    choices: groupsOf(name),
    field: `reference_groups.${name}`,
    note: "The group the others are compared with. Empty: none.",
    change: (value) => edit((plan) => plan.set(["reference_groups", name], value)),
  });
}

/** How numbers become groups. */
function bins(name: string, id: string, view: PlanView): Child {
  const cut = view.bins.get(name);
  if (!cut && !isGraded(name)) return null;
  const change = (to: Cut | null): void => edit((plan) => plan.setBins(name, to));
  const [by, text] = [cut?.by ?? "", cut?.text ?? ""];
  return [
    selectField({
      id,
      label: `Groups of ${name}`,
      value: by,
      options: [
        { value: "", text: "each value by itself" },
        { value: "edges", text: "cut at these numbers" },
        { value: "count", text: "of about equally many rows" },
      ],
      field: by === "" ? `bins.${name}` : "",
      change: (to) => change(to === "" ? null : { by: to as Cut["by"], text: to === "count" ? "4" : middle(name) }),
    }),
    by !== "" &&
      textField({
        id: `${id}-text`,
        label: by === "edges" ? `Edges of ${name}` : `Number of groups of ${name}`,
        value: text,
        field: `bins.${name}`,
        note: by === "edges" ? "Rising numbers with commas; a group holds its lower edge." : "From 2 to 100.",
        props: { inputmode: by === "edges" ? "text" : "numeric" },
        change: (value) => change(value === "" ? null : { by: by as Cut["by"], text: value }),
      }),
  ];
}

/** A first edge: the middle one of the values seen. */
function middle(name: string): string {
  const values = groupsOf(name)
    .map(Number)
    .sort((a, b) => a - b);
  return String(values[Math.floor(values.length / 2)] ?? 0);
}

function crossings(attributes: string[], view: PlanView): Child {
  const crossed = view.protected.filter((names) => names.length > 1);
  const same = (a: string[], b: string[]): boolean => [...a].sort().join("\u0000") === [...b].sort().join("\u0000");
  const pairs = attributes
    .slice(0, CROSSED)
    .flatMap((first, index) => attributes.slice(index + 1, CROSSED).map((second) => [first, second]));
  // Where every pair is compared anyway, only what else the plan crosses is left to say.
  const offered = view.intersections === "pairs" ? [] : pairs;
  const all = [...crossed, ...offered.filter((pair) => !crossed.some((names) => same(names, pair)))];
  if (all.length === 0) return null;
  return h(
    "div",
    { class: "checks", key: "crossings" },
    all.map((names, index) =>
      checkbox(
        `crossed-${index}`,
        crossed.some((present) => same(present, names)),
        (on) => edit((plan) => (on ? plan.addProtected(names) : plan.removeProtected(names))),
        "also compare ",
        h("bdi", {}, names.join(" × ")),
      ),
    ),
  );
}

function rest(attributes: string[], view: PlanView): Element {
  const set = [view.missingGroup, view.smallGroups, view.intersections, view.proxies];
  const put = (key: string, value: string): void => edit((plan) => plan.set([key], value, value === "true"));
  return more(
    "groups-more",
    "More about groups",
    set.filter((value) => value !== "").length,
    MORE.some((key) => saidOf(key).length > 0),
    h(
      "div",
      { class: "fields" },
      selectField({
        id: "small-groups",
        label: "Small groups",
        value: view.smallGroups || "suppress",
        options: [
          { value: "suppress", text: "stay by themselves" },
          { value: "pool", text: "are taken together as one" },
        ],
        field: "small_groups",
        note: "A group with fewer rows than min_n decides no criterion by itself.",
        change: (value) => put("small_groups", value === "suppress" ? "" : value),
      }),
      selectField({
        id: "missing-group",
        label: "Rows whose group is missing",
        value: view.missingGroup || "as_group",
        options: [
          { value: "as_group", text: "are compared as a group" },
          { value: "left_out", text: "are left out of comparisons" },
        ],
        field: "missing_group",
        note: "Their own rates are shown either way.",
        change: (value) => put("missing_group", value === "as_group" ? "" : value),
      }),
    ),
    h(
      "div",
      { class: "checks" },
      (attributes.length > 1 || view.intersections !== "") &&
        checkbox(
          "intersections",
          view.intersections === "pairs",
          (on) => put("intersections", on ? "pairs" : ""),
          "compare every two attributes crossed",
        ),
      checkbox(
        "proxies",
        view.proxies === "true",
        (on) => put("proxies", on ? "true" : ""),
        "measure how well each feature tells the group (proxies)",
      ),
    ),
    saidView(["intersections", "proxies"].flatMap(saidOf)),
  );
}
