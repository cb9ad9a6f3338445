// Step 1: which files.

import { choose, remove, type Slot, tryExample } from "../actions";
import { state } from "../state";
import { type Child, type Element, h } from "./dom";
import { bytes } from "./words";

const TABLE_FILES = ".csv,.tsv,.txt,.parquet,.arrow,.feather,.ipc";

const TEXT_FILES = ".yaml,.yml,.json";

const SLOTS: { slot: Slot; title: string; note: string; accept: string }[] = [
  {
    slot: "predictions",
    title: "Predictions",
    note: "What the model said, one row per person or case. CSV, Parquet or Arrow.",
    accept: TABLE_FILES,
  },
  {
    slot: "labels",
    title: "Labels",
    note: "Optional. What came true, if it is in another table; joined by id.",
    accept: TABLE_FILES,
  },
  {
    slot: "reference",
    title: "Reference",
    note: "Optional. Rows to compare with, usually the training rows.",
    accept: TABLE_FILES,
  },
  {
    slot: "plan",
    title: "Plan",
    note: "Optional. A plan.yaml you have; otherwise the page drafts one from the columns.",
    accept: TEXT_FILES,
  },
  {
    slot: "dossier",
    title: "Dossier",
    note: "Optional. Governance evidence: documents, owners, monitoring, past audits. YAML or JSON.",
    accept: TEXT_FILES,
  },
];

export function filesView(): Child {
  return [
    h("h2", { id: "h-files" }, h("span", { class: "no" }, "1"), "Files"),
    h("p", {}, "Drop files anywhere on this page, or choose them here. To look around first:"),
    h(
      "p",
      { class: "acts" },
      h("button", { type: "button", id: "example", onclick: () => void tryExample() }, "Try the example"),
      h("span", { class: "note" }, "1,194 mortgage applications, with the people’s race and sex"),
    ),
    h("ul", { class: "slots" }, SLOTS.map(slotView)),
    h("p", { class: "busy", hidden: state.busy === "" }, state.busy),
  ];
}

function slotView({ slot, title, note, accept }: (typeof SLOTS)[number]): Element {
  const chosen = chosenIn(slot);
  const pick = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    // The same file may be chosen again after it was changed.
    input.value = "";
    if (file) void choose(slot, file);
  };
  return h(
    "li",
    { key: slot, class: chosen ? "chosen" : null },
    h("label", { for: `file-${slot}`, class: "slot" }, title),
    h(
      "p",
      { class: "note", id: `note-${slot}` },
      chosen ? null : note,
      chosen && h("bdi", { class: "name" }, chosen.name),
    ),
    chosen && h("p", { class: "note" }, chosen.about),
    h(
      "p",
      { class: "acts", key: "acts" },
      h(
        "span",
        { class: "pick" },
        h("input", { type: "file", id: `file-${slot}`, accept, "aria-describedby": `note-${slot}`, onchange: pick }),
        h("span", { class: "button", "aria-hidden": "true" }, chosen ? "Choose another" : "Choose a file"),
      ),
      chosen &&
        h(
          "button",
          { type: "button", class: "link", "aria-label": `Remove ${title}`, onclick: () => remove(slot) },
          "Remove",
        ),
    ),
  );
}

function chosenIn(slot: Slot): { name: string; about: string } | null {
  if (slot === "plan")
    return state.planName === null ? null : { name: state.planName, about: "Shown and editable below." };
  if (slot === "dossier") return state.dossier && { name: state.dossier.name, about: "Read when the audit runs." };
  const source = state.sources[slot];
  if (!source) return null;
  const format = { csv: "CSV", parquet: "Parquet", arrow_ipc: "Arrow" }[source.format ?? "csv"];
  return { name: source.file.name, about: `${bytes(source.file.size)}, ${format}, ${source.columns.length} columns` };
}
