// Models of every task, from a dropped file to the report.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, download, fill, fresh, give, open, planText, role, run, settled, text } from "./browser.mjs";
import { bikes, birds, loans } from "./tables.mjs";

let browser;
let page;
before(async () => {
  browser = await open();
  page = browser.page;
});
after(() => browser?.close());

const options = (selector) => page.locator(`${selector} option`).evaluateAll((all) => all.map((one) => one.value));
const load = async (name, content) => {
  await fresh(page);
  await give(page, "predictions", text(name, content));
  await settled(page, 1);
  await page.waitForSelector("#role-0");
};
const report = async () => JSON.parse((await download(page, "#save-json")).text);
/** The engine has nothing to say of the plan; it is asked a little after the last change. */
const inOrder = async () => {
  await page.waitForTimeout(500);
  await page.waitForFunction(() => !document.querySelector(".plan-problems"));
};

test("a model of several classes: task and scores are guessed, and only roles of the task are offered", async () => {
  await load("birds.csv", birds());
  assert.equal(await page.inputValue("#task"), "multiclass");
  assert.equal(await role(page, "y_true").inputValue(), "label");
  assert.equal(await role(page, "p_gentoo").inputValue(), "scores");
  assert.equal(await page.getByLabel("of class").nth(2).inputValue(), "Gentoo");
  const roles = await options("#role-0");
  for (const absent of ["score", "quantiles", "baseline.score"]) assert.ok(!roles.includes(absent), absent);
  for (const offered of ["scores", "weight", "cluster", "baseline.prediction"])
    assert.ok(roles.includes(offered), offered);
  assert.equal(await page.locator("#threshold").count(), 0);
  await role(page, "island").selectOption("protected");
  await role(page, "p_adelie").selectOption("features");
  await role(page, "p_adelie").selectOption("scores");
  assert.match(await planText(page), /^ {2}Adelie: p_adelie/m);
  assert.deepEqual(await axe(page), []);
});

test("criteria of the model as a whole and of one class", async () => {
  await page.click("#add-criterion");
  assert.equal(await page.inputValue("#measure-0"), "accuracy");
  const measures = await options("#measure-0");
  assert.ok(measures.includes("top_k_accuracy") && !measures.includes("r2") && !measures.includes("accuracy_change"));
  await page.click("#add-criterion");
  await page.selectOption("#measure-1", "recall");
  assert.ok((await options("#convention-1")).includes("weighted_average"));
  await page.selectOption("#class-1", "Gentoo");
  await page.selectOption("#subject-1", "[[],[]]");
  assert.ok(!(await options("#convention-1")).includes("weighted_average"));
  await fill(page, "#threshold-1", "0.5");
  // A measure that only classes have takes the first of them.
  await page.click("#add-criterion");
  await page.selectOption("#measure-2", "selection_rate_difference");
  assert.equal(await page.inputValue("#class-2"), "Adelie");
  await page.selectOption("#comparator-2", "within");
  await fill(page, "#threshold-2", "0");
  await fill(page, "#upper-2", "0.5");
  const plan = await planText(page);
  assert.match(plan, /- measure: recall\n {4}class: Gentoo\n {4}comparator: ">="\n {4}threshold: 0\.5/);
  assert.match(plan, /class: Adelie\n {4}attribute: island\n {4}within: \[0, 0\.5\]/);
  await inOrder();
  await run(page);
  const criteria = (await report()).plan.canonical.criteria.map(({ measure, class: of = null, comparator }) => [
    measure,
    of,
    comparator,
  ]);
  assert.deepEqual(criteria, [
    ["accuracy", null, ">="],
    ["recall", "Gentoo", ">="],
    ["selection_rate_difference", "Adelie", "within"],
  ]);
  assert.match(await page.textContent("#answers"), /Gentoo/);
  assert.deepEqual(await axe(page), []);
});

test("a model of a number: target, prediction and quantiles with their levels", async () => {
  await load("bikes.csv", bikes());
  assert.equal(await page.inputValue("#task"), "regression");
  assert.equal(await role(page, "target").inputValue(), "label");
  assert.equal(await role(page, "y_q0.9").inputValue(), "quantiles");
  assert.deepEqual(await page.getByLabel("at level").evaluateAll((all) => all.map((one) => one.value)), ["0.1", "0.9"]);
  for (const absent of ["score", "scores", "strata", "baseline.score"])
    assert.ok(!(await options("#role-0")).includes(absent));
  await page.getByLabel("at level").first().fill("9");
  await page.keyboard.press("Tab");
  await page.waitForSelector(".columns .said");
  assert.match(await page.textContent(".columns .said"), /between 0 and 1/);
  await page.getByLabel("at level").first().fill("0.1");
  await page.keyboard.press("Tab");
  await inOrder();
  await role(page, "area").selectOption("protected");
  await role(page, "age").selectOption("protected features");
  await page.selectOption("#bins-1", "edges");
  await fill(page, "#bins-1-text", "30, 50");
  await fill(page, "#reference-1", "30 to under 50");
  assert.match(await planText(page), /^bins:\n {2}age: \[30, 50\]\nreference_groups:\n {2}age: "30 to under 50"$/m);
  await page.click("#add-criterion");
  assert.equal(await page.inputValue("#measure-0"), "r2");
  await page.click("#add-criterion");
  await page.click("#add-criterion");
  await page.selectOption("#measure-2", "interval_coverage");
  await page.selectOption("#comparator-2", "within");
  await fill(page, "#threshold-2", "0.5");
  await fill(page, "#upper-2", "1");
  await inOrder();
  await run(page);
  const { plan, measures } = await report();
  assert.deepEqual(plan.canonical.roles.quantiles, [
    { level: 0.1, column: "y_q0.1" },
    { level: 0.9, column: "y_q0.9" },
  ]);
  assert.ok(measures.some(({ subject }) => subject.group?.[0] === "30 to under 50"));
  assert.match(await page.textContent("#answers"), /coverage/i);
  assert.deepEqual(await axe(page), []);
});

test("the rest of a binary model: subjects, weights, strata, a baseline, bins and small groups", async () => {
  await load("loans.csv", loans());
  assert.equal(await page.inputValue("#task"), "binary");
  assert.equal(await page.locator("#baseline-name").count(), 0);
  for (const [column, value] of [
    ["old_decision", "baseline.prediction"],
    ["old_score", "baseline.score"],
    ["customer", "cluster"],
    ["age", "protected"],
    ["department", "strata features"],
  ]) {
    await role(page, column).selectOption(value);
  }
  await fill(page, "#baseline-name", "2025.4");
  await page.selectOption("#bins-1", "count");
  await fill(page, "#bins-1-text", "3");
  await fill(page, "#reference-0", "male");
  await page.click("#groups-more summary");
  await page.selectOption("#small-groups", "pool");
  await page.check("#intersections");
  await page.check("#proxies");
  assert.equal(await page.textContent("#groups-more summary"), "More about groups (3 set)");
  const plan = await planText(page);
  for (const line of [
    "cluster: customer",
    'baseline:\n  prediction: old_decision\n  score: old_score\n  name: "2025.4"',
    "strata:\n  - department",
    "bins:\n  age: 3",
    "small_groups: pool",
    "intersections: pairs",
    "proxies: true",
  ]) {
    assert.ok(plan.includes(`${line}\n`), `${line} in\n${plan}`);
  }
  assert.deepEqual(await axe(page), []);
  await page.click("#add-criterion");
  await page.selectOption("#measure-0", "accuracy_change");
  await fill(page, "#threshold-0", "-0.5");
  await inOrder();
  const { verdict } = await run(page);
  assert.equal(verdict, "pass");
  const { canonical: checked } = (await report()).plan;
  assert.equal(checked.roles.cluster, "customer");
  assert.equal(checked.small_groups, "pool");
  assert.deepEqual(checked.protected.at(-1), ["sex", "age"]);
  assert.equal(checked.baseline.score, "old_score");
});

test("another task takes away what has no meaning for it, and says so", async () => {
  await page.selectOption("#task", "multiclass");
  assert.match(await page.textContent("#status"), /No longer in the plan: .*score.*, baseline\.score/);
  const plan = await planText(page);
  assert.match(plan, /^task: multiclass/m);
  assert.doesNotMatch(plan, /^score:/m);
  // Decisions of a baseline are compared for every task, so it stays until its column is not used.
  assert.match(plan, /^baseline:\n {2}prediction: old_decision\n {2}name: "2025\.4"/m);
  await role(page, "old_decision").selectOption("");
  // The criterion stays, and the engine says beside it that there is no baseline any more.
  await page.waitForSelector("#said-0");
  assert.match(await page.textContent("#said-0"), /accuracy_change/);
  assert.equal(await page.getAttribute("#measure-0", "aria-invalid"), "true");
});

test("labels in a table of their own tell the task and the scores", async () => {
  const rows = birds()
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const part = (from, to) => `${rows.map((row) => [row[0], ...row.slice(from, to)].join(",")).join("\n")}\n`;
  await load("predictions.csv", part(2));
  assert.equal(await page.inputValue("#task"), "binary");
  await give(page, "labels", text("labels.csv", part(1, 2)));
  await page.waitForFunction(() => document.getElementById("task").value === "multiclass");
  assert.equal(await role(page, "y_true").inputValue(), "label");
  assert.equal(await role(page, "p_chinstrap").inputValue(), "scores");
  assert.match(await planText(page), /^labels: labels\.csv$/m);
  await inOrder();
  await run(page);
  const { sources } = (await report()).provenance;
  assert.deepEqual(
    sources.map(({ role: one }) => one),
    ["labels", "predictions"],
  );
});

test("what is wrong with a criterion stands beside it", async () => {
  await load("birds.csv", birds());
  await role(page, "island").selectOption("protected");
  await page.click("#plan summary");
  const plan = await planText(page);
  const criteria = [
    "recall of Gentoo by island >= 0.1",
    "accuracy within [0.9, 0.2]",
    "accuracy >= 80",
    "accuracy_difference by island within [-0.1, 0.1]",
    "{measure: selection_rate, comparator: '>=', threshold: 0.2}",
    "{measure: accuracy, within: [0.5, high]}",
  ];
  await page.fill("#plan-text", `${plan}criteria:\n${criteria.map((one) => `  - ${one}\n`).join("")}`);
  await page.waitForSelector("#said-5");
  assert.equal(await page.locator("#said-0").count(), 0);
  assert.equal(await page.inputValue("#class-0"), "Gentoo");
  assert.equal(await page.inputValue("#subject-0"), '[["island"],[]]');
  assert.match(await page.textContent("#said-1"), /nothing lies between 0\.9 and 0\.2/i);
  assert.match(await page.textContent("#said-2"), /0\.8/);
  assert.match(await page.textContent("#said-3"), /sign/);
  assert.match(await page.textContent("#said-4"), /one class/);
  assert.equal(await page.getAttribute("#measure-4", "aria-invalid"), "true");
  assert.match(await page.textContent("#said-5"), /number/);
  assert.equal(await page.getAttribute("#upper-5", "aria-invalid"), "true");
  assert.equal(await page.getAttribute("#upper-5", "aria-describedby"), "said-5");
  assert.deepEqual(await axe(page), []);
  // Each is put right in the form.
  await fill(page, "#threshold-1", "0.2");
  await fill(page, "#upper-1", "0.9");
  await fill(page, "#threshold-2", "0.8");
  await fill(page, "#reference-0", "Dream");
  await page.selectOption("#class-4", "Gentoo");
  await fill(page, "#upper-5", "0.95");
  await inOrder();
  assert.equal(await page.locator(".says").count(), 0);
});

test("a measure without an interval is decided by its value", async () => {
  await page.selectOption("#measure-2", "f1");
  await page.selectOption("#convention-2", "macro_zero_division_0");
  assert.equal(await page.inputValue("#rule-2"), "point");
  await inOrder();
});

test("every convention of every measure has words", async () => {
  const unsaid = await page.evaluate(() =>
    [...document.querySelectorAll("select[id^=convention] option")]
      .filter(({ value, text }) => text === "" || (value !== "" && text === value.replaceAll("_", " ")))
      .map(({ value }) => value),
  );
  assert.deepEqual(unsaid, []);
});

test("nothing was asked of anyone else, and nothing broke", () => {
  assert.deepEqual(browser.seen.outside, []);
  assert.deepEqual(browser.seen.violations, []);
  assert.deepEqual(browser.seen.errors, []);
});
