// What the page and its worker say to each other.

import type { OfferedMeasure } from "modelassay/core";
import type { Problem } from "modelassay/findings";
import type { Task } from "./plan/view";

export type { OfferedMeasure, Problem };
export type TableName = "predictions" | "labels" | "reference";
export type Format = "csv" | "parquet" | "arrow_ipc";

/** A column and its values in the first rows, as text; the empty text is a missing value. */
export interface SampledColumn {
  name: string;
  values: string[];
}

/** What a plan can say, as the engine tells it. */
export interface Catalogue {
  measures: OfferedMeasure[];
  /** Conventions in words. */
  conventions: Record<string, string>;
  /** Keys of a plan that have no meaning for a task. */
  meaningless: Record<Task, string[]>;
}

export interface Engine extends Catalogue {
  version: string;
}

/** A text with the name of its file. */
export interface Text {
  name: string;
  text: string;
}

/** A table to be read in a run. */
export interface Input {
  table: TableName;
  file: File;
  format: Format;
}

export interface Progress {
  table: TableName;
  /** Bytes of all tables read so far, and in all. */
  bytes: number;
  total: number;
  /** Rows of this table, where the reader knows them while it reads. */
  rows: number | null;
}

/** Every question the worker answers, and with what. */
export interface Questions {
  start: { ask: Record<never, never>; answer: Engine };
  sample: { ask: { file: File; table: TableName }; answer: { format: Format; columns: SampledColumn[] } };
  /** A first plan for a table of predictions, and one of labels. */
  draft: { ask: { predictions: Input; labels: Input | null }; answer: { plan: string } };
  check: { ask: { plan: string }; answer: null };
  run: {
    ask: { plan: string; inputs: Input[]; dossier: Text | null; asOf: string | null };
    answer: { json: string; html: string };
  };
}

export type Kind = keyof Questions;

export interface Ask<K extends Kind = Kind> {
  id: number;
  kind: K;
  ask: Questions[K]["ask"];
}

export type Reply =
  | { id: number; answer: Questions[Kind]["answer"] }
  /** `broken`: the worker cannot go on and is to be replaced. */
  | { id: number; problems: Problem[]; broken: boolean }
  | { id: number; progress: Progress };

/** Bad input, in the words of the engine. */
export class ProblemError extends Error {
  readonly problems: Problem[];

  constructor(problems: Problem[]) {
    super(problems.map((problem) => problem.message).join("\n"));
    this.problems = problems;
  }
}

/** The problems of whatever was thrown. */
export function problemsOf(thrown: unknown): Problem[] {
  if (thrown instanceof Error && "problems" in thrown && Array.isArray(thrown.problems)) {
    return thrown.problems as Problem[];
  }
  if (isTrap(thrown)) {
    const message = "the engine stopped: memory ran out, or it has a bug";
    const hint = "Try a smaller file, or the command line; if memory is not the cause, please report it.";
    return [{ code: "internal", message, hint, location: {} }];
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return [{ code: "internal", message, hint: "Please report it, with what you did before.", location: {} }];
}

/** Whether the engine itself broke: its memory is then no longer to be trusted. */
export function isTrap(thrown: unknown): boolean {
  return thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError;
}
