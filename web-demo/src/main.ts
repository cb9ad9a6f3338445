// Draws the state, and takes files that are dropped anywhere on the page.

import "./style.css";
import { drop, start } from "./actions";
import { onChange, state, update } from "./state";
import { columnsView } from "./ui/columns";
import { criteriaView } from "./ui/criteria";
import { type Child, render } from "./ui/dom";
import { filesView } from "./ui/files";
import { goView } from "./ui/go";
import { planView } from "./ui/plan";
import { problemsView } from "./ui/problems";
import { reportView, showReport } from "./ui/report";

const section = (id: string): Element => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no section ${id}`);
  return element;
};

const views: [string, () => Child][] = [
  ["files", filesView],
  ["columns", columnsView],
  ["criteria", criteriaView],
  ["plan", planView],
  ["go", goView],
  ["problems", problemsView],
  ["report", reportView],
];
const hosts = views.map(([id, view]) => [section(id), view] as const);
const about = section("about");

onChange(() => {
  for (const [host, view] of hosts) {
    const content = view();
    (host as HTMLElement).hidden = content === null;
    render(host, content);
  }
  showReport();
  render(about, state.engine ? `modelassay ${state.engine.version}, running in this browser tab.` : null);
});

let depth = 0;
const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
const mark = (): void => {
  document.body.classList.toggle("dropping", depth > 0);
};
document.addEventListener("dragenter", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth += 1;
  mark();
});
document.addEventListener("dragleave", (event) => {
  if (!carriesFiles(event)) return;
  depth = Math.max(0, depth - 1);
  mark();
});
document.addEventListener("dragover", (event) => {
  if (carriesFiles(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  // Whatever is dropped, the browser must not leave the page for it.
  event.preventDefault();
  depth = 0;
  mark();
  if (event.dataTransfer) void drop([...event.dataTransfer.files]);
});

update({});
void start();
