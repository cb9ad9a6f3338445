// Words and numbers, as every surface writes them.

import type { Outcome, VerdictOutcome } from "modelassay/findings";
import type { RoleChoice } from "../plan";
import type { TableName } from "../protocol";

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

export const ROLE_WORDS: [RoleChoice, string][] = [
  ["", "not used"],
  ["id", "id: identifies a row"],
  ["time", "time of the prediction"],
  ["label", "label: what came true"],
  ["label_time", "time of the label"],
  ["prediction", "prediction: the decision"],
  ["score", "score of the positive class"],
  ["weight", "weight of a row"],
  ["protected", "protected attribute"],
  ["feature", "feature: read by the model"],
  ["protected feature", "protected and feature"],
];

const CONVENTIONS: Record<string, string> = {
  max_min: "largest minus smallest",
  min_max: "smallest over largest",
  best_group: "each against the best group",
  overall: "each against all rows",
  reference_group: "each against the reference group",
  pooled_reference: "all others against the reference group",
  fairlearn: "as Fairlearn counts it",
  fairlearn_to_overall: "against all rows, as Fairlearn counts it",
};

export const conventionWord = (name: string): string => CONVENTIONS[name] ?? name.replaceAll("_", " ");

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
