// Words and numbers, as every surface writes them.

import type { Outcome, VerdictOutcome } from "modelassay/findings";
import type { RoleChoice } from "../plan/roles";
import type { Task } from "../plan/view";
import type { TableName } from "../protocol";
import type { Choice, Choices } from "./controls";

export const TABLE_WORDS: Record<TableName, string> = {
  predictions: "Predictions",
  labels: "Labels",
  reference: "Reference",
};

const OUTCOMES: Record<Outcome, string> = {
  met: "met",
  not_met: "not met",
  undecided: "undecided",
  not_assessed: "not assessed",
  not_applicable: "not applicable",
  error: "error",
};

const VERDICTS: Record<VerdictOutcome, [word: string, sign: Outcome]> = {
  pass: ["Pass", "met"],
  fail: ["Fail", "not_met"],
  incomplete: ["Incomplete", "undecided"],
  conditional: ["Conditional", "undecided"],
};

/** A value that a later engine may add is shown as it is. */
export const outcomeWord = (outcome: Outcome): string => OUTCOMES[outcome] ?? String(outcome).replaceAll("_", " ");
export const verdictWord = (outcome: VerdictOutcome): string => VERDICTS[outcome]?.[0] ?? outcome;
export const verdictSign = (outcome: VerdictOutcome): Outcome => VERDICTS[outcome]?.[1] ?? "not_assessed";

export const TASK_WORDS: Record<Task, string> = {
  binary: "one of two classes",
  multiclass: "one of several classes",
  regression: "a number",
};

type RoleWords = [role: RoleChoice, words: string | Record<Task, string>][];

/** Roles that most tables have. */
const USUAL_ROLES: RoleWords = [
  ["", "not used"],
  [
    "label",
    {
      binary: "label: what came true",
      multiclass: "label: the true class",
      regression: "target: the true number",
    },
  ],
  [
    "prediction",
    {
      binary: "prediction: the decision",
      multiclass: "prediction: the class",
      regression: "prediction: the number",
    },
  ],
  ["score", "score of the positive class"],
  ["scores", "score of one class"],
  ["quantiles", "predicted quantile"],
  ["protected", "protected attribute"],
  ["features", "feature: read by the model"],
  ["protected features", "protected and feature"],
];
const OTHER_ROLES: RoleWords = [
  ["id", "id: identifies a row"],
  ["time", "time of the prediction"],
  ["label_time", "time of the label"],
  ["weight", "weight of a row"],
  ["cluster", "subject that has several rows"],
  ["strata", "stratum: compared within it"],
  ["strata features", "stratum and feature"],
  ["baseline.prediction", "the baseline model’s decision"],
  ["baseline.score", "the baseline model’s score"],
];

const inTask = (roles: RoleWords, task: Task): Choice[] =>
  roles.map(([value, words]) => ({ value, text: typeof words === "string" ? words : words[task] }));

/** The roles of a task, the usual ones first, without those that `has` denies. */
export function roleChoices(task: Task, has: (role: RoleChoice) => boolean): (Choice | Choices)[] {
  const some = (roles: RoleWords): Choice[] => inTask(roles, task).filter(({ value }) => has(value));
  return [...some(USUAL_ROLES), { group: "More", options: some(OTHER_ROLES) }];
}

export function roleWord(role: RoleChoice, task: Task): string {
  const found = inTask([...USUAL_ROLES, ...OTHER_ROLES], task).find(({ value }) => value === role);
  return found?.text ?? role.replaceAll(" ", " and ");
}

/** Four significant digits and a minus sign, as tables have them; never "0.00" for a small number. */
export const number = (value: number | null): string => (value === null ? "–" : digits(value).replace("-", "−"));

function digits(value: number): string {
  if (value === 0) return "0";
  if (Math.abs(value) < 1e-6 || Math.abs(value) >= 1e15) return value.toExponential(2);
  if (Math.abs(value) >= 10_000) return Math.round(value).toLocaleString("en");
  return value.toLocaleString("en", { maximumSignificantDigits: 4, minimumSignificantDigits: 4 });
}

export const integer = (value: number): string => value.toLocaleString("en");

export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size.toLocaleString("en", { maximumFractionDigits: size < 10 && unit > 0 ? 1 : 0 })} ${units[unit]}`;
}

/** A name for a downloaded file, from the model, its version and the date. */
export function fileName(parts: (string | null | undefined)[], extension: string): string {
  const words = parts.map((part) =>
    (part ?? "")
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9.]+/g, "-")
      .replace(/^[-.]+|[-.]+$/g, ""),
  );
  const stem = words
    .filter((word) => word !== "")
    .join("_")
    .slice(0, 120);
  return `${stem || "audit"}.${extension}`;
}
