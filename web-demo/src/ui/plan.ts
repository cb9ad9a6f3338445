// The plan as text: to read, to copy, to keep, and to edit what the form does not know.

import { redraft, typePlan } from "../actions";
import { columns, state } from "../state";
import { say } from "./announce";
import { type Child, h, save } from "./dom";
import { problemItem } from "./problems";
import { fileName } from "./words";

let open = false;

export function planView(): Child {
  if (columns().length === 0 && state.planText === "") return null;
  const { planProblems: problems } = state;
  const lines = state.planText.split("\n").length;
  return [
    h("h2", { id: "h-plan", class: "minor" }, "Plan as text"),
    h(
      "p",
      {},
      "All of the above is one document, the plan. Keep it beside the model: the same plan and the same data give the same report anywhere.",
    ),
    h(
      "p",
      { class: "acts" },
      h("button", { type: "button", onclick: download }, "Download the plan"),
      h("button", { type: "button", onclick: () => void copy() }, "Copy"),
      state.sources.predictions && (state.planName !== null || state.planEdited)
        ? h(
            "button",
            { type: "button", class: "link", onclick: () => void redraft() },
            "Write it anew from the columns",
          )
        : null,
    ),
    problems.length > 0 &&
      h(
        "div",
        { class: "plan-problems" },
        h("p", { class: "said" }, `${problems.length} ${problems.length === 1 ? "problem" : "problems"} in the plan:`),
        h(
          "ul",
          { class: "problem-list" },
          problems.map((problem, index) => problemItem(problem, index, goTo)),
        ),
      ),
    h(
      "details",
      {
        open: open || null,
        id: "plan-details",
        ontoggle: (event: Event) => {
          open = (event.target as HTMLDetailsElement).open;
        },
      },
      h("summary", {}, `Show and edit the text (${lines} lines of YAML)`),
      h("label", { for: "plan-text", class: "spoken" }, "Plan, in YAML"),
      h(
        "div",
        { class: "editor" },
        h(
          "pre",
          { class: "gutter", "aria-hidden": "true", id: "plan-gutter" },
          Array.from({ length: lines }, (_, index) => index + 1).join("\n"),
        ),
        h("textarea", {
          id: "plan-text",
          wrap: "off",
          spellcheck: "false",
          autocapitalize: "off",
          rows: Math.min(Math.max(lines, 8), 32),
          value: state.planText,
          "aria-invalid": problems.length > 0 ? "true" : null,
          oninput: (event: Event) => typePlan((event.target as HTMLTextAreaElement).value),
          onscroll: (event: Event) => {
            const gutter = document.getElementById("plan-gutter");
            if (gutter) gutter.scrollTop = (event.target as HTMLElement).scrollTop;
          },
        }),
      ),
    ),
  ];
}

/** Shows a place of the text, with the caret there. */
export function goTo(line: number, column: number): void {
  const details = document.getElementById("plan-details") as HTMLDetailsElement | null;
  const text = document.getElementById("plan-text") as HTMLTextAreaElement | null;
  if (!details || !text) return;
  details.open = true;
  open = true;
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const place = start + [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length;
  const end = start + (lines[line - 1] ?? "").length;
  text.focus({ preventScroll: true });
  text.setSelectionRange(place, Math.max(place, end));
  const height = Number.parseFloat(getComputedStyle(text).lineHeight) || 20;
  text.scrollTop = Math.max(0, (line - 4) * height);
  text.scrollIntoView({ block: "center" });
}

function download(): void {
  const { name, version } = state.view.model;
  save(state.planName ?? fileName([name, version, "plan"], "yaml"), "application/yaml", state.planText);
}

async function copy(): Promise<void> {
  try {
    await navigator.clipboard.writeText(state.planText);
    say("The plan was copied.");
  } catch {
    say("The browser did not allow copying; the text can be selected below.");
  }
}
