// The plan's text is the one truth; the form reads it and edits it in place, so comments and keys that the form does
// not know stay as they were written.

import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  YAMLMap,
  YAMLSeq,
} from "yaml";

/** Roles that one column plays at a time. */
export const SINGLE_ROLES = ["id", "time", "label", "label_time", "prediction", "score", "weight"] as const;
export type SingleRole = (typeof SINGLE_ROLES)[number];
export type RoleChoice = SingleRole | "protected" | "feature" | "protected feature" | "";

export interface CriterionView {
  measure: string;
  comparator: string;
  threshold: string;
  attribute: string[];
  /** One group only; `null` is the group whose value is missing. */
  group: (string | null)[];
  convention: string;
  rule: string;
}

/** What the form shows of a plan; every value as it is written. */
export interface PlanView {
  model: { name: string; version: string; owner: string };
  roles: Record<SingleRole, string>;
  positive: string;
  threshold: string;
  favourable: string;
  decisions: [value: string, meaning: string][];
  protected: string[][];
  referenceGroups: Record<string, string>;
  features: string[];
  /** `null` where an entry is not one that the form can show. */
  criteria: (CriterionView | null)[];
}

const SHORT = /^\s*(\w+)(?:\s+by\s+(.+?))?\s*(>=|<=|≥|≤|>|<)\s*(\S+)\s*$/;
const COMPARATORS: Record<string, string> = { "≥": ">=", "≤": "<=" };
/** What YAML, or a reader of it, could take for something other than a text. */
const SPECIAL = /^(?:|~|null|true|false|yes|no|on|off|y|n|[-+.]?\d.*|[-+.].*)$/i;

/** A plan that can be edited, or `null` where the text is not well-formed. */
export class PlanDocument {
  readonly #document: Document;
  /** The text before any change. */
  readonly #text: string;

  private constructor(document: Document, text: string) {
    this.#document = document;
    this.#text = text;
  }

  static parse(text: string): PlanDocument | null {
    const document = parsed(text);
    const fine = document.errors.length === 0 && (document.contents === null || isMap(document.contents));
    return fine ? new PlanDocument(document as unknown as Document, text) : null;
  }

  toString(): string {
    const indentSeq = !/^\w+:[^\S\n]*\n-\s/m.test(this.#text);
    const text = this.#document.toString({ lineWidth: 0, flowCollectionPadding: false, indentSeq });
    const aligned = align(text, this.#text);
    const same = JSON.stringify(parsed(aligned).toJS()) === JSON.stringify(parsed(text).toJS());
    return same ? aligned : text;
  }

  view(): PlanView {
    const text = (...path: (string | number)[]): string => scalarText(this.#node(path));
    const roles = Object.fromEntries(SINGLE_ROLES.map((role) => [role, text(role)])) as Record<SingleRole, string>;
    return {
      model: { name: text("model", "name"), version: text("model", "version"), owner: text("model", "owner") },
      roles,
      positive: text("positive"),
      threshold: text("threshold"),
      favourable: text("favourable"),
      decisions: pairs(this.#node(["decisions"])),
      protected: items(this.#node(["protected"])).map((item) => items(item).map(scalarText)),
      referenceGroups: Object.fromEntries(pairs(this.#node(["reference_groups"]))),
      features: items(this.#node(["features"])).map(scalarText),
      criteria: items(this.#node(["criteria"])).map(criterion),
    };
  }

  /** Writes a text at a path, or removes it where the text is empty. */
  set(path: string[], value: string, plain = false): void {
    if (value === "") {
      this.#document.deleteIn(path);
      const parent = path.slice(0, -1);
      const left = parent.length > 0 ? this.#node(parent) : undefined;
      if (isMap(left) && left.items.length === 0) this.#document.deleteIn(parent);
      return;
    }
    const present = this.#node(path);
    if (isScalar(present)) {
      write(present, value, plain);
      return;
    }
    const parent = path.slice(0, -1);
    if (parent.length > 0 && !isMap(this.#node(parent))) this.#put(parent, new YAMLMap());
    this.#put(path, scalar(value, plain));
  }

  /** Gives a column a role; the column that had it, if any, is then not used. Returns that column. */
  setRole(column: string, role: RoleChoice): string | null {
    const view = this.view();
    for (const single of SINGLE_ROLES) {
      if (view.roles[single] === column) this.set([single], "");
    }
    const isProtected = role === "protected" || role === "protected feature";
    const wasProtected = view.protected.some((names) => names.includes(column));
    if (isProtected && !wasProtected) this.addProtected([column]);
    if (!isProtected && wasProtected) {
      for (const names of view.protected.filter((names) => names.includes(column))) this.removeProtected(names);
      this.set(["reference_groups", column], "");
    }
    const isFeature = role === "feature" || role === "protected feature";
    if (isFeature !== view.features.includes(column)) this.#toggle(["features"], column, isFeature);
    if (!(SINGLE_ROLES as readonly string[]).includes(role)) return null;
    const before = view.roles[role as SingleRole];
    this.set([role], column);
    return before !== "" && before !== column ? before : null;
  }

  addProtected(names: string[]): void {
    const list = this.#list(["protected"]);
    const [first] = names;
    if (names.length === 1 && first !== undefined) {
      // Single attributes stand before intersections.
      const place = list.items.findIndex((item) => isSeq(item));
      list.items.splice(place < 0 ? list.items.length : place, 0, scalar(first));
    } else {
      const crossed = new YAMLSeq();
      crossed.flow = true;
      crossed.items = names.map((name) => scalar(name));
      list.add(crossed);
    }
  }

  removeProtected(names: string[]): void {
    const list = this.#list(["protected"]);
    const same = (item: unknown): boolean =>
      items(item as Node)
        .map(scalarText)
        .sort()
        .join("\u0000") === [...names].sort().join("\u0000");
    list.items = list.items.filter((item) => !same(item));
    if (list.items.length === 0) this.#document.deleteIn(["protected"]);
  }

  addCriterion(criterion: CriterionView): void {
    const list = this.#list(["criteria"]);
    list.flow = false;
    const entry = new YAMLMap();
    list.add(entry);
    this.setCriterion(list.items.length - 1, criterion);
  }

  setCriterion(index: number, criterion: CriterionView): void {
    const list = this.#list(["criteria"]);
    let entry = list.items[index];
    if (!isMap(entry)) {
      const mapping = new YAMLMap();
      const comment = (entry as Node | undefined)?.comment;
      if (comment) mapping.comment = comment;
      entry = mapping;
      list.items[index] = entry;
    }
    const mapping = entry as YAMLMap;
    const put = (key: string, value: unknown): void => {
      const present = mapping.get(key, true) as Node | undefined;
      if (value === undefined) mapping.delete(key);
      else if (isScalar(present) && isScalar(value)) write(present, String(value.value), value.type === Scalar.PLAIN);
      else mapping.set(key, value);
    };
    const several = (values: (string | null)[]): Node | undefined => {
      const [first] = values;
      const one = (value: string | null): Scalar => (value === null ? plainNull() : scalar(value));
      if (first === undefined) return undefined;
      if (values.length === 1) return one(first);
      const list = new YAMLSeq();
      list.flow = true;
      list.items = values.map(one);
      return list;
    };
    const same = (key: string, values: (string | null)[]): boolean => {
      const present = mapping.get(key, true) as Node | undefined;
      return JSON.stringify(items(present).map(groupText)) === JSON.stringify(values);
    };
    put("measure", scalar(criterion.measure));
    if (!same("attribute", criterion.attribute)) put("attribute", several(criterion.attribute));
    if (!same("group", criterion.group)) put("group", several(criterion.group));
    put("convention", criterion.convention ? scalar(criterion.convention) : undefined);
    put("comparator", quoted(criterion.comparator));
    put("threshold", scalar(criterion.threshold, true));
    put("rule", criterion.rule ? scalar(criterion.rule) : undefined);
  }

  removeCriterion(index: number): void {
    const list = this.#list(["criteria"]);
    list.items.splice(index, 1);
    if (list.items.length === 0) this.#document.deleteIn(["criteria"]);
  }

  #node(path: (string | number)[]): Node | undefined {
    return (path.length === 0 ? this.#document.contents : this.#document.getIn(path, true)) as Node | undefined;
  }

  #list(path: string[]): YAMLSeq {
    const present = this.#node(path);
    if (isSeq(present)) return present;
    const list = new YAMLSeq();
    const single = isScalar(present) && scalarText(present) !== "" ? present : undefined;
    if (single) list.items.push(single);
    this.#put(path, list);
    return list;
  }

  #toggle(path: string[], value: string, on: boolean): void {
    const list = this.#list(path);
    if (on) list.add(scalar(value));
    else list.items = list.items.filter((item) => scalarText(item as Node) !== value);
    if (list.items.length === 0) this.#document.deleteIn(path);
  }

  /** Sets a node; a new key of the plan itself comes before the criteria, which read best at the end. */
  #put(path: string[], node: Node): void {
    const contents = this.#document.contents;
    const [key] = path;
    if (!isMap(contents)) {
      this.#document.contents = new YAMLMap();
    }
    if (path.length === 1 && key !== undefined && isMap(contents) && !contents.has(key)) {
      const place = contents.items.findIndex((pair) => scalarText(pair.key as Node) === "criteria");
      if (place >= 0) {
        const pair = this.#document.createPair(key, null) as Pair;
        pair.value = node;
        contents.items.splice(place, 0, pair as never);
        return;
      }
    }
    this.#document.setIn(path, node);
  }
}

/** In the failsafe schema every scalar is the text that stands there. */
function parsed(text: string): Document.Parsed {
  return parseDocument(text, { schema: "failsafe", uniqueKeys: false, strict: false });
}

/** Puts comments back behind the values and keys, into the columns, where their author had them. */
function align(text: string, original: string): string {
  const places = new Map<string, { before: string; column: number }>();
  for (const line of original.split("\n")) {
    const [, before, comment] = /^(.*\S\s+)(#.*)$/.exec(line) ?? [];
    if (before && comment) places.set(comment, { before: before.trim(), column: before.length });
  }
  const join = (before: string, comment: string): string =>
    `${before.padEnd((places.get(comment)?.column ?? 0) - 1)} ${comment}`;
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    const [, before, comment] = /^(.*\S) (#.*)$/.exec(line) ?? [];
    const key = lines.at(-1) ?? "";
    if (before && comment) lines.push(join(before, comment));
    // Behind the key of a list or mapping, YAML's printer puts a comment on a line of its own.
    else if (key.endsWith(":") && places.get(line.trim())?.before === key.trim())
      lines.push(join(lines.pop() ?? "", line.trim()));
    else lines.push(line);
  }
  return lines.join("\n");
}

function write(node: Scalar, value: string, plain: boolean): void {
  if (node.value === value) return;
  node.value = value;
  if (!plain && SPECIAL.test(value)) node.type = Scalar.QUOTE_DOUBLE;
  else if (plain) node.type = Scalar.PLAIN;
}

function scalar(value: string, plain = false): Scalar {
  const node = new Scalar(value);
  if (!plain && SPECIAL.test(value)) node.type = Scalar.QUOTE_DOUBLE;
  else if (plain) node.type = Scalar.PLAIN;
  return node;
}

function quoted(value: string): Scalar {
  const node = new Scalar(value);
  node.type = Scalar.QUOTE_DOUBLE;
  return node;
}

function plainNull(): Scalar {
  const node = new Scalar("null");
  node.type = Scalar.PLAIN;
  return node;
}

/** The text of a scalar; the empty text where there is none. */
function scalarText(node: unknown): string {
  if (!isScalar(node)) return "";
  const text = String(node.value ?? "");
  return isPlainNull(node, text) ? "" : text;
}

/** As a group's value, where null has a meaning of its own. */
function groupText(node: unknown): string | null {
  if (!isScalar(node)) return null;
  const text = String(node.value ?? "");
  return isPlainNull(node, text) ? null : text;
}

function isPlainNull(node: Scalar, text: string): boolean {
  return node.type === Scalar.PLAIN && /^(?:|~|null)$/i.test(text);
}

/** The entries of a list; a single value stands for a list of one. */
function items(node: unknown): unknown[] {
  if (isSeq(node)) return node.items;
  return isScalar(node) || isMap(node) ? [node] : [];
}

function pairs(node: unknown): [string, string][] {
  return isMap(node) ? node.items.map((pair) => [scalarText(pair.key), scalarText(pair.value)]) : [];
}

function criterion(node: unknown): CriterionView | null {
  if (isScalar(node)) {
    const [, measure, by, comparator, threshold] = SHORT.exec(String(node.value)) ?? [];
    if (!measure || !comparator || !threshold) return null;
    return {
      measure,
      comparator: COMPARATORS[comparator] ?? comparator,
      threshold,
      attribute: by ? by.split("&").map((name) => name.trim()) : [],
      group: [],
      convention: "",
      rule: "",
    };
  }
  // Two bounds have no form on the page yet.
  if (!isMap(node) || node.has("within")) return null;
  const text = (key: string): string => scalarText(node.get(key, true));
  const list = (key: string): unknown[] => items(node.get(key, true));
  const comparator = text("comparator");
  return {
    measure: text("measure"),
    comparator: COMPARATORS[comparator] ?? comparator,
    threshold: text("threshold"),
    attribute: list("attribute").map(scalarText),
    group: node.has("group") ? (list("group").length > 0 ? list("group").map(groupText) : [null]) : [],
    convention: text("convention"),
    rule: text("rule"),
  };
}
