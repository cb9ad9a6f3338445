// One criterion: read from its short or long form, and written in the long one.

import { isMap, isScalar, type Node, Pair, Scalar, type YAMLMap } from "yaml";
import { flow, items, plainNull, quoted, scalar, scalarText, texts, valueText, write } from "./yaml";

export interface CriterionView {
  measure: string;
  /** One class of a model of several; empty for the model as a whole. */
  of: string;
  /** `within` has two bounds. */
  comparator: string;
  threshold: string;
  /** The upper one of two bounds. */
  upper: string;
  attribute: string[];
  /** One group only; `null` is the group whose value is missing. */
  group: (string | null)[];
  convention: string;
  rule: string;
}

const SHORT =
  /^(\S+?)(?:\s+of\s+(.+?))?(?:\s+by\s+(.+?))?(?:\s*(>=|<=|≥|≤|>|<)\s*(\S+)|\s+within\s+\[?([^,\]]+),([^,\]]+)\]?)$/;
const COMPARATORS: Record<string, string> = {
  "≥": ">=",
  "≤": "<=",
  at_least: ">=",
  more_than: ">",
  at_most: "<=",
  less_than: "<",
};
const usual = (comparator: string): string => COMPARATORS[comparator] ?? comparator;

/** The order in which keys are written. */
const ORDER = ["measure", "class", "attribute", "group", "convention", "comparator", "threshold", "within", "rule"];

/** `null` where an entry is not one that the form can show. */
export function readCriterion(node: unknown): CriterionView | null {
  if (isScalar(node)) return short(String(node.value).trim());
  if (!isMap(node)) return null;
  const text = (key: string): string => scalarText(node.get(key, true));
  const list = (key: string): unknown[] => items(node.get(key, true));
  const bounds = texts(node.get("within", true));
  if (node.has("within") && bounds.length > 2) return null;
  const group = list("group");
  return {
    measure: text("measure"),
    of: text("class"),
    comparator: node.has("within") ? "within" : usual(text("comparator")),
    threshold: node.has("within") ? (bounds[0] ?? "") : text("threshold"),
    upper: bounds[1] ?? "",
    attribute: list("attribute").map(scalarText),
    group: node.has("group") ? (group.length > 0 ? group.map(valueText) : [null]) : [],
    convention: text("convention"),
    rule: text("rule"),
  };
}

function short(text: string): CriterionView | null {
  const [, measure, of, by, comparator, threshold, lower, upper] = SHORT.exec(text) ?? [];
  if (!measure) return null;
  return {
    measure,
    of: of?.trim() ?? "",
    comparator: comparator ? usual(comparator) : "within",
    threshold: threshold ?? lower?.trim() ?? "",
    upper: upper?.trim() ?? "",
    attribute: by ? by.split("&").map((name) => name.trim()) : [],
    group: [],
    convention: "",
    rule: "",
  };
}

/** Writes what has changed; other keys of the criterion stay. */
export function writeCriterion(mapping: YAMLMap, criterion: CriterionView): void {
  const put = (key: string, value: Scalar | Node | undefined): void => {
    const present = mapping.get(key, true);
    if (value === undefined) mapping.delete(key);
    else if (isScalar(present) && isScalar(value)) write(present, String(value.value), value.type === Scalar.PLAIN);
    else if (present !== undefined) mapping.set(key, value);
    else insert(mapping, key, value);
  };
  const optional = (key: string, value: string): void => put(key, value === "" ? undefined : scalar(value));
  const several = (key: string, values: (string | null)[]): void => {
    const present = items(mapping.get(key, true)).map(valueText);
    if (JSON.stringify(present) === JSON.stringify(values)) return;
    const nodes = values.map((value) => (value === null ? plainNull() : scalar(value)));
    put(key, nodes.length > 1 ? flow(nodes) : nodes[0]);
  };
  put("measure", scalar(criterion.measure));
  optional("class", criterion.of);
  several("attribute", criterion.attribute);
  several("group", criterion.group);
  optional("convention", criterion.convention);
  if (criterion.comparator === "within") {
    put("comparator", undefined);
    put("threshold", undefined);
    const bounds = [criterion.threshold, criterion.upper];
    if (JSON.stringify(texts(mapping.get("within", true))) !== JSON.stringify(bounds))
      put("within", flow(bounds.map((bound) => scalar(bound, bound !== ""))));
  } else {
    put("within", undefined);
    if (usual(scalarText(mapping.get("comparator", true))) !== criterion.comparator)
      put("comparator", quoted(criterion.comparator));
    put("threshold", scalar(criterion.threshold, true));
  }
  optional("rule", criterion.rule);
}

/** Adds a key before those that come after it; keys that the form does not know stay behind. */
function insert(mapping: YAMLMap, key: string, value: Node): void {
  const later = ORDER.slice(ORDER.indexOf(key) + 1);
  const place = mapping.items.findIndex(
    (pair) => !ORDER.includes(scalarText(pair.key)) || later.includes(scalarText(pair.key)),
  );
  mapping.items.splice(place < 0 ? mapping.items.length : place, 0, new Pair(scalar(key), value));
}
