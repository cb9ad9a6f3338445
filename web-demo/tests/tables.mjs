// Small tables of every task, the same in every run.

/** Numbers from 0 to below 1, by a linear congruential generator. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const csv = (header, rows) => `${[header, ...rows.map((row) => row.join(","))].join("\n")}\n`;

const SPECIES = ["Adelie", "Chinstrap", "Gentoo"];

/** A model of three classes: labels, predicted classes, a score of each class, an island and a mass. */
export function birds(rows = 300) {
  const next = random(7);
  const lines = [];
  for (let row = 0; row < rows; row += 1) {
    const truth = Math.floor(next() * 3);
    const weights = SPECIES.map((_, index) => next() + (index === truth ? 0.7 : 0));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const said = weights.indexOf(Math.max(...weights));
    const scores = weights.map((weight) => (weight / total).toFixed(4));
    const island = ["Biscoe", "Dream", "Torgersen"][Math.floor(next() * 3)];
    lines.push([`P${row}`, SPECIES[truth], SPECIES[said], ...scores, island, Math.round(3000 + 3000 * next())]);
  }
  const scores = SPECIES.map((name) => `p_${name.toLowerCase()}`);
  return csv(["bird_id", "y_true", "y_pred", ...scores, "island", "mass"].join(","), lines);
}

/** A model of a number with two quantiles, in two areas, with ages. */
export function bikes(rows = 400) {
  const next = random(11);
  const lines = [];
  for (let row = 0; row < rows; row += 1) {
    const said = 50 + 200 * next();
    const truth = said + (next() + next() + next() - 1.5) * 40;
    const low = (said - 35).toFixed(2);
    const high = (said + 35).toFixed(2);
    const age = 18 + Math.floor(60 * next());
    lines.push([truth.toFixed(2), said.toFixed(2), low, high, next() < 0.5 ? "north" : "south", age]);
  }
  return csv("target,y_pred,y_q0.1,y_q0.9,area,age", lines);
}

/** Two versions of a model of two classes on the same people, some of whom come twice; with departments and ages. */
export function loans(rows = 600) {
  const next = random(13);
  const lines = [];
  for (let row = 0; row < rows; row += 1) {
    const truth = next() < 0.5 ? 1 : 0;
    const score = Math.min(0.99, Math.max(0.01, 0.3 + 0.4 * truth + 0.6 * (next() - 0.5)));
    const old = Math.min(0.99, Math.max(0.01, 0.3 + 0.3 * truth + 0.7 * (next() - 0.5)));
    const answers = [score, old].map((value) => (value >= 0.5 ? 1 : 0));
    const [sex, department] = [next() < 0.5 ? "female" : "male", "abc"[Math.floor(3 * next())]];
    const values = [score.toFixed(4), answers[0], answers[1], old.toFixed(4)];
    lines.push([truth, ...values, `C${Math.floor(row / 2)}`, sex, 18 + Math.floor(60 * next()), department]);
  }
  return csv("label,score,decision,old_decision,old_score,customer,sex,age,department", lines);
}
