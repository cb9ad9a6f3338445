// The plan's text is the one truth; the form reads it and edits it in place, so comments and keys that the form does
// not know stay as they were written.

import { type Document, isMap, isScalar, isSeq, type Node, type Pair, YAMLMap, YAMLSeq } from "yaml";
import { type CriterionView, writeCriterion } from "./criterion";
import { isMapped, isSingle, LISTED_ROLES, MAPPED_ROLES, type RoleChoice, roleOf, SINGLE_ROLES } from "./roles";
import { type Cut, type PlanView, viewOf } from "./view";
import { align, flow, parsed, scalar, scalarText, texts, write } from "./yaml";

const NOTHING = "";

/** A plan that can be edited. */
export class PlanDocument {
  readonly #document: Document;
  /** The text before any change. */
  readonly #text: string;

  private constructor(document: Document, text: string) {
    this.#document = document;
    this.#text = text;
  }

  /** `null` where the text is not well-formed. */
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
    return viewOf((path) => this.#node(path));
  }

  /** Writes a text at a path, or removes it where the text is empty; `plain` is for numbers. */
  set(path: string[], value: string, plain = false): void {
    const present = this.#node(path);
    if (value === NOTHING) this.#remove(path);
    else if (isScalar(present)) write(present, value, plain);
    else this.#put(path, scalar(value, plain));
  }

  /** Gives the model another task; what has no meaning for it goes. Returns those that were there. */
  setTask(task: string, meaningless: string[]): string[] {
    const gone = meaningless.filter((path) => this.#node(path.split(".")) !== undefined);
    for (const path of gone) this.#remove(path.split("."));
    this.#removeIdleBaseline();
    this.set(["task"], task);
    return gone;
  }

  /**
   * Gives a column a role; the column that had it, if any, is then not used. `of` is the class or the level of a role
   * that has one. Returns the column that was displaced.
   */
  setRole(column: string, role: RoleChoice, of = NOTHING): string | null {
    const { roles, protected: crossed } = this.view();
    for (const single of SINGLE_ROLES) {
      if (roles.single[single] === column) this.#remove(single.split("."));
    }
    for (const mapped of MAPPED_ROLES) {
      for (const [key, name] of roles.mapped[mapped]) if (name === column) this.#remove([mapped, key]);
    }
    const lists = role.split(" ");
    for (const list of LISTED_ROLES) {
      const [before, after] = [roles.listed[list].includes(column), lists.includes(list)];
      if (before === after) continue;
      if (list !== "protected") this.#toggle(list, column, after);
      else if (after) this.addProtected([column]);
      else {
        for (const names of crossed.filter((names) => names.includes(column))) this.removeProtected(names);
        this.#remove(["reference_groups", column]);
      }
    }
    if (!lists.includes("protected") && !lists.includes("strata")) this.#remove(["bins", column]);
    if (isMapped(role)) this.set([role, of], column);
    if (!role.startsWith("baseline.")) this.#removeIdleBaseline();
    if (!isSingle(role)) return null;
    const before = roles.single[role];
    this.set(role.split("."), column);
    return before !== NOTHING && before !== column ? before : null;
  }

  /** Says which class's score, or which level's quantile, a column is. */
  setOf(column: string, of: string): void {
    const { roles } = this.view();
    const role = roleOf(column, roles);
    const mapping = this.#node([role]);
    const pair = isMap(mapping) ? mapping.items.find(({ value }) => scalarText(value) === column) : undefined;
    if (pair && of !== NOTHING) pair.key = scalar(of, role === "quantiles");
  }

  setBins(attribute: string, cut: Cut | null): void {
    if (cut?.by !== "edges") {
      this.set(["bins", attribute], cut?.text ?? NOTHING, true);
      return;
    }
    const edges = cut.text.split(/[\s,;]+/).filter((edge) => edge !== "");
    this.#put(["bins", attribute], flow(edges.map((edge) => scalar(edge, true))));
  }

  addProtected(names: string[]): void {
    const list = this.#list("protected");
    const nodes = names.map((name) => scalar(name));
    const [first] = nodes;
    if (nodes.length === 1 && first) {
      // Single attributes stand before intersections.
      const place = list.items.findIndex((item) => isSeq(item));
      list.items.splice(place < 0 ? list.items.length : place, 0, first);
    } else {
      list.add(flow(nodes));
    }
  }

  removeProtected(names: string[]): void {
    const key = (list: string[]): string => [...list].sort().join("\u0000");
    const list = this.#list("protected");
    list.items = list.items.filter((item) => key(texts(item)) !== key(names));
    if (list.items.length === 0) this.#remove(["protected"]);
  }

  addCriterion(criterion: CriterionView): void {
    const list = this.#list("criteria");
    list.flow = false;
    list.add(new YAMLMap());
    this.setCriterion(list.items.length - 1, criterion);
  }

  setCriterion(index: number, criterion: CriterionView): void {
    const list = this.#list("criteria");
    const entry = list.items[index];
    const mapping = isMap(entry) ? entry : new YAMLMap();
    const comment = (entry as Node | undefined)?.comment;
    if (comment) mapping.comment = comment;
    list.items[index] = mapping;
    writeCriterion(mapping as YAMLMap, criterion);
  }

  removeCriterion(index: number): void {
    const list = this.#list("criteria");
    list.items.splice(index, 1);
    if (list.items.length === 0) this.#remove(["criteria"]);
  }

  #node(path: string[]): Node | undefined {
    return this.#document.getIn(path, true) as Node | undefined;
  }

  /** A name without a column is no model to compare with. */
  #removeIdleBaseline(): void {
    const { "baseline.prediction": decision, "baseline.score": score } = this.view().roles.single;
    if (decision === NOTHING && score === NOTHING) this.#remove(["baseline"]);
  }

  /** Removes a key, and the mapping around it if nothing is left in that. */
  #remove(path: string[]): void {
    if (this.#node(path.slice(0, -1)) === undefined && path.length > 1) return;
    this.#document.deleteIn(path);
    const parent = path.slice(0, -1);
    const left = parent.length > 0 ? this.#node(parent) : undefined;
    if (isMap(left) && left.items.length === 0) this.#document.deleteIn(parent);
  }

  /** The list of a key; a single value becomes a list of one. */
  #list(key: string): YAMLSeq {
    const present = this.#node([key]);
    if (isSeq(present)) return present;
    const list = new YAMLSeq();
    if (scalarText(present) !== NOTHING) list.items.push(present);
    this.#put([key], list);
    return list;
  }

  #toggle(key: string, value: string, on: boolean): void {
    const list = this.#list(key);
    if (on) list.add(scalar(value));
    else list.items = list.items.filter((item) => scalarText(item) !== value);
    if (list.items.length === 0) this.#remove([key]);
  }

  /** Sets a node; a new key of the plan itself comes before the criteria, which read best at the end. */
  #put(path: string[], node: Node): void {
    const [key, inner] = path;
    if (key === undefined) return;
    if (inner !== undefined) {
      const present = this.#node([key]);
      const mapping = isMap(present) ? present : new YAMLMap();
      if (mapping !== present) this.#put([key], mapping);
      mapping.set(mapping.has(inner) ? inner : scalar(inner, key === "quantiles"), node);
      return;
    }
    if (!isMap(this.#document.contents)) this.#document.contents = new YAMLMap();
    const { items } = this.#document.contents as YAMLMap;
    const place = items.findIndex((pair) => scalarText(pair.key) === "criteria");
    if (place < 0 || this.#document.has(key)) {
      this.#document.set(key, node);
      return;
    }
    const pair = this.#document.createPair(key, null) as Pair;
    pair.value = node;
    items.splice(place, 0, pair);
  }
}
