// What is wrong, in words: what, where, and how to put it right.

import type { Problem } from "../protocol";
import { state, TABLES } from "../state";
import { marked, sentence } from "./controls";
import { type Child, type Element, h } from "./dom";
import { goTo } from "./plan";
import { integer, TABLE_WORDS } from "./words";

export function problemsView(): Child {
  const { problems } = state;
  if (problems.length === 0) return null;
  const sources = [...new Set(problems.map(({ location }) => location.source ?? ""))];
  return [
    h(
      "h2",
      { id: "h-problems" },
      problems.length === 1 ? "One thing must be put right" : `${integer(problems.length)} things must be put right`,
    ),
    h("p", {}, "Nothing was lost: files, plan and criteria are as they were."),
    sources.map((source) =>
      h(
        "div",
        { key: source, class: "source" },
        h("h3", {}, sourceWords(source)),
        h(
          "ul",
          { class: "problem-list" },
          problems
            .filter(({ location }) => (location.source ?? "") === source)
            .map((problem, index) => problemItem(problem, index, source === "plan" ? goTo : null)),
        ),
      ),
    ),
  ];
}

function sourceWords(source: string): Child[] {
  const table = TABLES.find((name) => name === source);
  if (table) {
    const name = state.sources[table]?.file.name;
    return [TABLE_WORDS[table], name ? [": ", h("bdi", {}, name)] : null];
  }
  if (source === "plan") return ["Plan", state.planName ? [": ", h("bdi", {}, state.planName)] : null];
  return [source === "" ? "The audit" : h("bdi", {}, source)];
}

export function problemItem(
  problem: Problem,
  index: number,
  go: ((line: number, column: number) => void) | null,
): Element {
  const { line, column, row, field } = problem.location;
  const place = [
    line === undefined ? "" : `line ${integer(line)}${column === undefined ? "" : `, column ${integer(column)}`}`,
    row === undefined ? "" : `row ${integer(row)}`,
  ].filter((part) => part !== "");
  const where: Child[] = [
    place.join(", "),
    place.length > 0 && field ? ", " : null,
    field && h("code", {}, h("bdi", {}, field)),
  ];
  return h(
    "li",
    { key: index },
    h("p", { class: "what" }, marked(sentence(problem.message))),
    problem.hint && h("p", {}, marked(sentence(problem.hint))),
    h(
      "p",
      { class: "where" },
      place.length > 0 || field
        ? go && line !== undefined
          ? h("button", { type: "button", class: "link", onclick: () => go(line, column ?? 1) }, where)
          : where
        : null,
      h("code", { class: "code" }, problem.code),
    ),
  );
}
