// YAML nodes as the plan's reader sees them: every scalar is the text that stands there.

import { type Document, isMap, isScalar, isSeq, type Node, parseDocument, Scalar, YAMLSeq } from "yaml";

/** What YAML, or a reader of it, could take for something other than a text. */
const SPECIAL = /^(?:|~|null|true|false|yes|no|on|off|y|n|[-+.]?\d.*|[-+.].*)$/i;

export function parsed(text: string): Document.Parsed {
  return parseDocument(text, { schema: "failsafe", uniqueKeys: false, strict: false });
}

/** A text; `plain` writes it without quotes, as numbers are. */
export function scalar(value: string, plain = false): Scalar {
  const node = new Scalar(value);
  if (plain) node.type = Scalar.PLAIN;
  else if (SPECIAL.test(value)) node.type = Scalar.QUOTE_DOUBLE;
  return node;
}

/** Gives a scalar another value, and leaves its style where it can. */
export function write(node: Scalar, value: string, plain: boolean): void {
  if (node.value === value) return;
  node.value = value;
  if (plain) node.type = Scalar.PLAIN;
  else if (SPECIAL.test(value)) node.type = Scalar.QUOTE_DOUBLE;
}

export function quoted(value: string): Scalar {
  const node = new Scalar(value);
  node.type = Scalar.QUOTE_DOUBLE;
  return node;
}

export function plainNull(): Scalar {
  return scalar("null", true);
}

/** A list on one line. */
export function flow(nodes: Scalar[]): YAMLSeq {
  const list = new YAMLSeq();
  list.flow = true;
  list.items = nodes;
  return list;
}

/** The text of a scalar; the empty text where there is none. */
export function scalarText(node: unknown): string {
  return valueText(node) ?? "";
}

/** The same where null has a meaning of its own, as among groups. */
export function valueText(node: unknown): string | null {
  if (!isScalar(node)) return null;
  const text = String(node.value ?? "");
  return node.type === Scalar.PLAIN && /^(?:|~|null)$/i.test(text) ? null : text;
}

/** The entries of a list; a single value stands for a list of one. */
export function items(node: unknown): unknown[] {
  if (isSeq(node)) return node.items;
  return isScalar(node) || isMap(node) ? [node] : [];
}

export function texts(node: unknown): string[] {
  return items(node).map(scalarText);
}

export function pairs(node: unknown): [key: string, value: Node | null][] {
  return isMap(node) ? node.items.map((pair) => [scalarText(pair.key), pair.value as Node | null]) : [];
}

export function textPairs(node: unknown): [key: string, value: string][] {
  return pairs(node).map(([key, value]) => [key, scalarText(value)]);
}

/** Puts comments back behind the values and keys, into the columns, where their author had them. */
export function align(text: string, original: string): string {
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
