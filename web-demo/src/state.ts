// What the page knows. Views are drawn from it; only actions change it.

import type { Report } from "modelassay/findings";
import { PlanDocument } from "./plan/document";
import type { PlanView } from "./plan/view";
import type { Engine, Format, Problem, Progress, SampledColumn, TableName, Text } from "./protocol";

/** A chosen table. */
export interface Source {
  file: File;
  /** `null` until its first rows were read. */
  format: Format | null;
  columns: SampledColumn[];
}

export interface Result {
  /** The report, byte for byte as the engine gave it. */
  json: string;
  html: string;
  report: Report;
  /** Number of the state it was made from; a later one means that something has changed since. */
  made: number;
}

export interface State {
  engine: Engine | null;
  sources: Partial<Record<TableName, Source>>;
  /** The governance evidence. */
  dossier: Text | null;
  /** File name of the plan the user gave; `null` while the plan is the page's own draft. */
  planName: string | null;
  planText: string;
  /** Whether the user has changed the draft: then it is never replaced by another. */
  planEdited: boolean;
  /** The plan as the form shows it: of the last well-formed text. */
  view: PlanView;
  /** Whether the text is well-formed, so that the form can edit it. */
  formed: boolean;
  planProblems: Problem[];
  asOf: string;
  /** What is being read, in words; empty when nothing is. */
  busy: string;
  progress: Progress | null;
  running: boolean;
  /** Problems of the last attempt to read files or to run. */
  problems: Problem[];
  result: Result | null;
  /** Counts the changes to plan, files and date. */
  changes: number;
}

function today(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const empty = PlanDocument.parse("") as PlanDocument;

export const state: State = {
  engine: null,
  sources: {},
  dossier: null,
  planName: null,
  planText: "",
  planEdited: false,
  view: empty.view(),
  formed: true,
  planProblems: [],
  asOf: today(),
  busy: "",
  progress: null,
  running: false,
  problems: [],
  result: null,
  changes: 0,
};

let draw: () => void = () => {};
let queued = false;

/** Says what draws the state. */
export function onChange(listener: () => void): void {
  draw = listener;
}

/** Changes the state and has it drawn, once for all changes of a turn. */
export function update(change: Partial<State>): void {
  Object.assign(state, change);
  if (queued) return;
  queued = true;
  queueMicrotask(() => {
    queued = false;
    draw();
  });
}

/** The columns of all tables by name, each with the tables that have it and its values. */
export interface ColumnFacts {
  name: string;
  tables: TableName[];
  values: string[];
}

export const TABLES: readonly TableName[] = ["predictions", "labels", "reference"];

export function columns(): ColumnFacts[] {
  const all = new Map<string, ColumnFacts>();
  for (const table of TABLES) {
    for (const column of state.sources[table]?.columns ?? []) {
      const present = all.get(column.name);
      if (!present) all.set(column.name, { name: column.name, tables: [table], values: column.values });
      else if (!present.tables.includes(table)) present.tables.push(table);
    }
  }
  return [...all.values()];
}

/** The different values seen in the first rows of a column, in the order in which they came. */
export function distinct(name: string, limit = 40): string[] {
  const values = new Set<string>();
  for (const source of Object.values(state.sources)) {
    for (const column of source.columns) {
      if (column.name !== name) continue;
      for (const value of column.values) {
        if (value !== "" && values.size < limit) values.add(value);
      }
    }
  }
  return [...values];
}

/** The classes of a model of several: those the plan gives a score, and those seen in the first rows. */
export function classes(): string[] {
  const { single, mapped } = state.view.roles;
  return [...new Set([...mapped.scores.map(([of]) => of), ...seen(single.label), ...seen(single.prediction)])].sort();
}

/** The groups of an attribute, as far as the first rows or the edges of its bins tell. */
export function groupsOf(attribute: string, limit?: number): string[] {
  const cut = state.view.bins.get(attribute);
  if (!cut) return distinct(attribute, limit).sort();
  if (cut.by === "count") return [];
  const edges = cut.text.split(", ").map((edge) => String(Number(edge)));
  const inner = edges.slice(1).map((edge, index) => `${edges[index]} to under ${edge}`);
  return [`under ${edges[0]}`, ...inner, `${edges.at(-1)} and over`];
}

/** Fewest different numbers that are not taken for names of groups. */
const GRADED = 8;

/** Whether all values seen of a column are numbers, and many. */
export function isGraded(name: string): boolean {
  const values = seen(name);
  return values.length >= GRADED && values.every((value) => value.trim() !== "" && Number.isFinite(Number(value)));
}

const seen = (name: string): string[] => (name === "" ? [] : distinct(name));
