// Step 4: run.

import { cancel, runAudit } from "../actions";
import { columns, state, update } from "../state";
import { type Child, h } from "./dom";
import { bytes, integer, TABLE_WORDS } from "./words";

export function goView(): Child {
  if (columns().length === 0 && state.planText === "") return null;
  const { running, progress } = state;
  const share = progress && progress.total > 0 ? progress.bytes / progress.total : 0;
  return [
    h("h2", { id: "h-go" }, h("span", { class: "no" }, "4"), "Run"),
    h(
      "div",
      { class: "field" },
      h("label", { for: "as-of" }, "The day the audit speaks for"),
      h("input", {
        type: "date",
        id: "as-of",
        value: state.asOf,
        onchange: (event: Event) =>
          update({ asOf: (event.target as HTMLInputElement).value, changes: state.changes + 1 }),
        "aria-describedby": "as-of-note",
      }),
      h(
        "p",
        { class: "note", id: "as-of-note" },
        "Today, unless you change it. It is part of the report and of its digest.",
      ),
    ),
    h(
      "p",
      { class: "acts" },
      h(
        "button",
        {
          type: "button",
          id: "run",
          class: "main",
          "aria-disabled": running ? "true" : null,
          onclick: () => void runAudit(),
        },
        "Run the audit",
      ),
      running && h("button", { type: "button", id: "cancel", onclick: cancel }, "Cancel"),
    ),
    running &&
      h(
        "div",
        { class: "progress" },
        h("label", { for: "progress" }, progressWords()),
        h("progress", { id: "progress", max: 1, value: progress ? share : null, key: progress ? "known" : "unknown" }),
      ),
  ];
}

function progressWords(): string {
  const { progress } = state;
  if (!progress) return "Starting";
  if (progress.bytes >= progress.total) return "Judging, and writing the report";
  const rows = progress.rows === null ? "" : `, ${integer(progress.rows)} rows`;
  return `${TABLE_WORDS[progress.table]}: ${bytes(progress.bytes)} of ${bytes(progress.total)}${rows}`;
}
