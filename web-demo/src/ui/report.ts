// Step 5: the answer.

import type { Finding, Measure, Outcome, Report, Tally } from "modelassay/findings";
import { state } from "../state";
import { sentence } from "./controls";
import { type Child, type Element, h, save } from "./dom";
import { fileName, integer, number, outcomeWord, verdictSign, verdictWord } from "./words";

const WORST_FIRST: Outcome[] = ["not_met", "error", "undecided", "not_assessed", "not_applicable", "met"];

export function reportView(): Child {
  const { result } = state;
  if (!result) return null;
  const { report, json, html, made } = result;
  const { verdict, model } = report;
  const name = (extension: string): string =>
    fileName([model.name, model.version, report.as_of ?? "undated", "audit"], extension);
  const sign = verdictSign(verdict.outcome);
  return [
    h("h2", { id: "report-heading", tabindex: "-1" }, h("span", { class: "no" }, "5"), "Report"),
    made !== state.changes &&
      h(
        "p",
        { class: "said" },
        "The files, the plan or the date have changed since this report was made. Run the audit again to see their effect.",
      ),
    h(
      "p",
      { class: `verdict ${sign}`, id: "verdict", "data-outcome": verdict.outcome },
      signView(sign),
      h("strong", {}, verdictWord(verdict.outcome)),
    ),
    h("p", { class: "why" }, verdict.reason),
    h(
      "p",
      { class: "note" },
      `${tally("criterion", "criteria", verdict.criteria)}; ${tally("finding", "findings", verdict.findings)}.`,
    ),
    h(
      "p",
      { class: "acts" },
      h(
        "button",
        { type: "button", id: "save-html", onclick: () => save(name("html"), "text/html", html) },
        "Download the report (HTML)",
      ),
      h(
        "button",
        { type: "button", id: "save-json", onclick: () => save(name("json"), "application/json", json) },
        "Download the data (JSON)",
      ),
    ),
    h("p", { class: "digest" }, "Report digest (SHA-256) ", h("code", { id: "digest" }, report.digest)),
    criteriaTable(report),
    h("h3", { id: "h-whole" }, "The whole report"),
    h(
      "p",
      {},
      h("a", { href: addressOf(html), target: "_blank", rel: "noopener", id: "alone" }, "Open it in a tab of its own"),
      ", to print it.",
    ),
    h("div", { id: "frame", key: "frame", foreign: true }),
  ];
}

function criteriaTable(report: Report): Child {
  const byIndex = new Map<number, Finding[]>();
  for (const finding of report.findings) {
    if (!finding.criterion) continue;
    const list = byIndex.get(finding.criterion.index) ?? [];
    list.push(finding);
    byIndex.set(finding.criterion.index, list);
  }
  if (byIndex.size === 0) return null;
  const measures = new Map(report.measures.map((measure) => [measure.id, measure]));
  const rows = [...byIndex.entries()].sort(([a], [b]) => a - b);
  return h(
    "table",
    { class: "stack answers", id: "answers" },
    h(
      "caption",
      {},
      "Criteria. Where one is asked of several groups, the worst answer stands here and the rest in the report below.",
    ),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, "Criterion"),
        h("th", { scope: "col", class: "r" }, "Estimate and interval"),
        h("th", { scope: "col", class: "r" }, "n"),
        h("th", { scope: "col" }, "Outcome"),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map(([index, findings]) => {
        const worst = [...findings].sort((a, b) => rank(a.outcome) - rank(b.outcome))[0] as Finding;
        const measure = worst.measure ? measures.get(worst.measure) : undefined;
        return h(
          "tr",
          { key: index, "data-outcome": worst.outcome },
          h(
            "th",
            { scope: "row" },
            h("span", { class: "no" }, index + 1),
            sentence(worst.criterion?.text ?? worst.title),
            subject(worst, findings),
          ),
          h("td", { class: "r", "data-label": "Estimate" }, estimate(measure)),
          h("td", { class: "r", "data-label": "n" }, measure?.n == null ? "–" : integer(measure.n)),
          h(
            "td",
            { "data-label": "Outcome" },
            h("span", { class: `o ${worst.outcome}` }, signView(worst.outcome), outcomeWord(worst.outcome)),
          ),
        );
      }),
    ),
  );
}

/** An outcome that a later engine may add comes first: it is not to be overlooked. */
const rank = (outcome: Outcome): number => WORST_FIRST.indexOf(outcome);

/** Which group the answer that stands here is about, where there were several. */
function subject(shown: Finding, findings: Finding[]): Child {
  const { group = [], reference = [] } = shown.subject;
  if (group.length === 0) return null;
  const names = (values: (string | null)[]): string => values.map((value) => value ?? "(missing)").join(", ");
  const text = `${names(group)}${reference.length > 0 ? `, against ${names(reference)}` : ""}`;
  const alike = findings.filter(({ outcome }) => outcome === shown.outcome).length;
  const lead = alike > 1 ? "one" : "worst";
  return h("small", {}, findings.length > 1 ? `${lead} of ${findings.length}: ` : "", h("bdi", {}, text));
}

function estimate(measure: Measure | undefined): Child[] {
  if (!measure || measure.value === null) return ["–"];
  const { interval } = measure;
  const limits = interval ? `${number(interval.lower ?? null)} to ${number(interval.upper ?? null)}` : "";
  return [number(measure.value), limits ? h("small", {}, limits) : null];
}

function tally(one: string, many: string, counts: Tally): string {
  const parts: [number, string][] = [
    [counts.met, "met"],
    [counts.not_met, "not met"],
    [counts.undecided, "undecided"],
    [counts.not_assessed, "not assessed"],
    [counts.not_applicable, "not applicable"],
    [counts.error, "in error"],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${integer(count)} ${word}`);
  const total = `${integer(counts.total)} ${counts.total === 1 ? one : many}`;
  return said.length > 0 ? `${total}: ${said.join(", ")}` : total;
}

/** The same shapes as in the report: told apart without their colour. */
function signView(outcome: Outcome): Element {
  const ring = { cx: 6, cy: 6, r: 4.4, fill: "none", stroke: "currentColor", "stroke-width": 1.2 };
  const shapes: Record<Outcome, Element[]> = {
    met: [h("circle", { cx: 6, cy: 6, r: 5 })],
    not_met: [h("path", { d: "M1 1h10v10H1z" })],
    undecided: [h("circle", ring), h("path", { d: "M6 1.6a4.4 4.4 0 0 0 0 8.8z" })],
    not_assessed: [h("circle", ring)],
    not_applicable: [h("path", { d: "M1.5 5.2h9v1.6h-9z" })],
    error: [h("path", { d: "M2 2l8 8M10 2l-8 8", fill: "none", stroke: "currentColor", "stroke-width": 2 })],
  };
  return h("svg", { class: `sign ${outcome}`, viewBox: "0 0 12 12", "aria-hidden": "true" }, shapes[outcome] ?? []);
}

let shown = "";
let address = "";

/** Where the browser finds the report while this page is open. */
function addressOf(html: string): string {
  if (shown !== html) {
    URL.revokeObjectURL(address);
    address = URL.createObjectURL(new Blob([html], { type: "text/html" }));
    shown = html;
  }
  return address;
}

/** Puts the report into a frame in which nothing can run, as high as the report is long. */
export function showReport(): void {
  const host = document.getElementById("frame");
  const { result } = state;
  if (!host || !result) return;
  const source = addressOf(result.html);
  if (host.querySelector("iframe")?.src === source) return;
  const frame = document.createElement("iframe");
  frame.title = "The whole report";
  // No scripts, no forms, no windows; the same origin only so that its height can be read.
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.addEventListener("load", () => {
    const root = frame.contentDocument?.documentElement;
    if (!root) return;
    const fit = (): void => {
      frame.height = String(Math.ceil(root.getBoundingClientRect().height));
    };
    new ResizeObserver(fit).observe(root);
    fit();
  });
  frame.src = source;
  host.replaceChildren(frame);
}
