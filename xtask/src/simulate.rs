//! How often the intervals of `modelassay::stats` hold the truth, by seeded simulation.
//!
//! Every random number is a function of (seed, name of the scenario, replicate, index), so that a row of the table does
//! not change when others are added, removed or reordered.

mod numbers;

use std::fmt::Write;

use modelassay::stats::normal;
use modelassay::stats::ranking::{self, TieGroup};
use modelassay::stats::{ExactSum, Uncertainty};

const SEED: u64 = 20_261_123;
const LEVEL: f64 = 0.95;
/// Expected coverage of a good 95 % interval; scenarios known to fall short state their own.
const USUAL_FLOOR: f64 = 0.93;

/// Replicates of scenarios made of counts, and of scenarios made of scores.
struct Effort {
    counts: u32,
    scores: u32,
}

const SMALL: Effort = Effort { counts: 2_000, scores: 400 };
const FULL: Effort = Effort { counts: 40_000, scores: 10_000 };

/// A population, a sample size and an interval.
struct Scenario {
    method: &'static str,
    population: String,
    n: u32,
    truth: f64,
    /// The coverage below which the small simulation fails.
    floor: f64,
    scores: bool,
    draw: Box<dyn Fn(&mut Draws) -> Uncertainty>,
}

/// What became of the intervals of one scenario.
pub struct Row {
    method: &'static str,
    population: String,
    n: u32,
    replicates: u32,
    floor: f64,
    intervals: u32,
    below: u32,
    above: u32,
}

impl Row {
    fn share(&self, count: u32) -> f64 {
        f64::from(count) / f64::from(self.intervals.max(1))
    }

    fn coverage(&self) -> f64 {
        self.share(self.intervals - self.below - self.above)
    }

    /// Coverage as far below its floor as chance does not explain: four standard errors.
    fn fails(&self) -> bool {
        let error = (self.floor * (1.0 - self.floor) / f64::from(self.intervals.max(1))).sqrt();
        self.coverage() < self.floor - 4.0 * error
    }
}

/// Simulates every scenario, thoroughly or quickly.
pub fn run(full: bool) -> Vec<Row> {
    let effort = if full { FULL } else { SMALL };
    scenarios().iter().map(|scenario| simulate(scenario, &effort)).collect()
}

/// The quick simulation: an error that names every scenario whose coverage is below its floor.
pub fn small() -> Result<(), String> {
    let failed: Vec<String> = run(false)
        .iter()
        .filter(|row| row.fails())
        .map(|row| {
            let Row { method, population, n, floor, .. } = row;
            format!("{method}, {population}, n = {n}: coverage {:.3}, floor {floor}", row.coverage())
        })
        .collect();
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}

/// The thorough simulation as the table of docs/statistics.md.
pub fn full() -> String {
    let mut table = String::from(
        "| interval | population | n | coverage | wholly below the truth | wholly above | no interval |\n\
         | --- | --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for row in run(true) {
        let percent = |share: f64| format!("{:.1}", 100.0 * share);
        let missing = f64::from(row.replicates - row.intervals) / f64::from(row.replicates);
        let bold = if row.coverage() < USUAL_FLOOR { "**" } else { "" };
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "| {} | {} | {} | {bold}{}{bold} | {} | {} | {} |",
            row.method,
            row.population,
            row.n,
            percent(row.coverage()),
            percent(row.share(row.below)),
            percent(row.share(row.above)),
            percent(missing),
        );
    }
    table
}

fn simulate(scenario: &Scenario, effort: &Effort) -> Row {
    let replicates = if scenario.scores { effort.scores } else { effort.counts };
    let Scenario { method, population, n, truth, floor, draw, .. } = scenario;
    let (mut intervals, mut below, mut above) = (0, 0, 0);
    for replicate in 0..replicates {
        let mut draws = Draws::new(&format!("{method}/{population}/{n}"), replicate);
        if let Some((lower, upper)) = draw(&mut draws).interval(LEVEL) {
            intervals += 1;
            below += u32::from(upper < *truth);
            above += u32::from(lower > *truth);
        }
    }
    Row { method, population: population.clone(), n: *n, replicates, floor: *floor, intervals, below, above }
}

/// Counter-based uniform random numbers (the finaliser of splitmix64).
struct Draws {
    key: u64,
    index: u64,
}

impl Draws {
    fn new(scenario: &str, replicate: u32) -> Self {
        let name = scenario.bytes().fold(SEED, |key, byte| mix(key ^ u64::from(byte)));
        Self { key: mix(name.wrapping_add(u64::from(replicate))), index: 0 }
    }

    /// Strictly between 0 and 1.
    fn uniform(&mut self) -> f64 {
        self.index += 1;
        let bits = mix(self.key.wrapping_add(self.index.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        ((bits >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    fn normal(&mut self, mean: f64) -> f64 {
        mean + normal::quantile(self.uniform())
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A binomial distribution, drawn from by inverting its cumulative sums.
struct Binomial {
    n: f64,
    cumulative: Vec<f64>,
}

impl Binomial {
    fn new(n: u32, p: f64) -> Self {
        // Weights relative to the mode by their ratios, so that nothing underflows where it matters.
        let mode = ((f64::from(n) + 1.0) * p).floor().min(f64::from(n)) as usize;
        let mut weights = vec![0.0; n as usize + 1];
        weights[mode] = 1.0;
        let odds = p / (1.0 - p);
        for k in mode..n as usize {
            weights[k + 1] = weights[k] * odds * (f64::from(n) - k as f64) / (k as f64 + 1.0);
        }
        for k in (0..mode).rev() {
            weights[k] = weights[k + 1] / odds * (k as f64 + 1.0) / (f64::from(n) - k as f64);
        }
        let total: f64 = weights.iter().sum();
        let mut sum = 0.0;
        for weight in &mut weights {
            sum += *weight / total;
            *weight = sum;
        }
        Self { n: f64::from(n), cumulative: weights }
    }

    /// Successes and trials.
    fn draw(&self, draws: &mut Draws) -> (f64, f64) {
        let u = draws.uniform();
        let successes = self.cumulative.partition_point(|&sum| sum < u) as f64;
        (successes.min(self.n), self.n)
    }
}

fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for n in [30, 100, 1000] {
        all.extend([0.01, 0.1, 0.3, 0.5].map(|p| wilson(n, p)));
    }
    for n in [30, 100, 1000] {
        for (p1, p2) in [(0.5, 0.5), (0.3, 0.1), (0.95, 0.9), (0.02, 0.02)] {
            all.push(newcombe(n, p1, p2));
        }
    }
    for n in [30, 100, 1000] {
        for (p1, p2) in [(0.5, 0.5), (0.3, 0.1), (0.95, 0.9), (0.02, 0.02)] {
            all.push(koopman(n, p1, p2));
        }
    }
    for n in [30, 100, 1000] {
        for (sensitivity, specificity) in [(0.9, 0.8), (0.6, 0.95), (0.99, 0.99)] {
            all.push(balanced_accuracy(n, sensitivity, specificity));
        }
    }
    for n in [30, 100, 1000] {
        all.extend([f1(n, 0.3, 0.8, 0.1), f1(n, 0.05, 0.6, 0.02)]);
    }
    for n in [30, 100, 1000] {
        for auc in [0.6, 0.75, 0.9, 0.98] {
            all.extend([auc_logit(n, auc), auc_plain(n, auc)]);
        }
    }
    for n in [30, 100, 1000] {
        for (prevalence, auc) in [(0.3, 0.75), (0.3, 0.9), (0.1, 0.75), (0.1, 0.9)] {
            all.push(average_precision(n, prevalence, auc));
        }
    }
    for n in [30, 100, 1000] {
        all.extend(mean_losses(n));
    }
    for n in [30, 100, 1000] {
        all.extend(numbers::scenarios(n));
    }
    for groups in [2, 10, 60] {
        for n in [30, 100, 1000] {
            all.extend([0.1, 0.3].into_iter().flat_map(|p| gaps(groups, n, p, p)));
        }
    }
    for n in [30, 100, 1000] {
        all.extend(gaps(10, n, 0.2, 0.4));
    }
    all
}

fn wilson(n: u32, p: f64) -> Scenario {
    let rows = Binomial::new(n, p);
    Scenario {
        method: "Wilson",
        population: format!("rate {p}"),
        n,
        truth: p,
        // With one success expected the interval after none misses a rate that is not that rare.
        floor: if f64::from(n) * p <= 1.0 { 0.91 } else { USUAL_FLOOR },
        scores: false,
        draw: Box::new(move |draws| {
            let (x, n) = rows.draw(draws);
            Uncertainty::Wilson { x, n }
        }),
    }
}

fn newcombe(n: u32, p1: f64, p2: f64) -> Scenario {
    let (first, second) = (Binomial::new(n, p1), Binomial::new(n, p2));
    Scenario {
        method: "Newcombe",
        population: format!("{p1} - {p2}"),
        n,
        truth: p1 - p2,
        floor: USUAL_FLOOR,
        scores: false,
        draw: Box::new(move |draws| {
            let ((x1, n1), (x2, n2)) = (first.draw(draws), second.draw(draws));
            Uncertainty::Newcombe { x1, n1, x2, n2 }
        }),
    }
}

fn koopman(n: u32, p1: f64, p2: f64) -> Scenario {
    let (first, second) = (Binomial::new(n, p1), Binomial::new(n, p2));
    Scenario {
        method: "Koopman",
        population: format!("{p1} / {p2}"),
        n,
        truth: p1 / p2,
        floor: USUAL_FLOOR,
        scores: false,
        draw: Box::new(move |draws| {
            let ((x1, n1), (x2, n2)) = (first.draw(draws), second.draw(draws));
            Uncertainty::Koopman { x1, n1, x2, n2 }
        }),
    }
}

/// Positives among `n` rows at a prevalence, at least one of each class.
fn class_sizes(n: u32, prevalence: f64) -> (u32, u32) {
    let positives = ((f64::from(n) * prevalence).round() as u32).clamp(1, n - 1);
    (positives, n - positives)
}

fn balanced_accuracy(n: u32, sensitivity: f64, specificity: f64) -> Scenario {
    let (positives, negatives) = class_sizes(n, 0.3);
    let (found, spared) = (Binomial::new(positives, sensitivity), Binomial::new(negatives, specificity));
    Scenario {
        method: "MOVER, balanced accuracy",
        population: format!("sensitivity {sensitivity}, specificity {specificity}, 30 % positive"),
        n,
        truth: 0.5 * (sensitivity + specificity),
        floor: USUAL_FLOOR,
        scores: false,
        draw: Box::new(move |draws| {
            let ((x1, n1), (x2, n2)) = (found.draw(draws), spared.draw(draws));
            Uncertainty::MoverMean { x1, n1, x2, n2 }
        }),
    }
}

fn f1(n: u32, prevalence: f64, sensitivity: f64, false_positive_rate: f64) -> Scenario {
    let tp = prevalence * sensitivity;
    let fp = (1.0 - prevalence) * false_positive_rate;
    let fn_ = prevalence - tp;
    Scenario {
        method: "F1, Wilson mapped",
        population: format!("{prevalence} positive, sensitivity {sensitivity}, FPR {false_positive_rate}"),
        n,
        truth: 2.0 * tp / (2.0 * tp + fp + fn_),
        floor: USUAL_FLOOR,
        scores: false,
        draw: Box::new(move |draws| {
            let mut cells = [0.0; 4];
            for _ in 0..n {
                let u = draws.uniform();
                let cell = [tp, tp + fp, tp + fp + fn_].iter().filter(|&&bound| u >= bound).count();
                cells[cell] += 1.0;
            }
            let [tp, fp, fn_, _] = cells;
            Uncertainty::F1Wilson { tp, fp, fn_ }
        }),
    }
}

/// Scores of two normal classes that differ so much in mean that the area under the curve is `auc`.
fn separation(auc: f64) -> f64 {
    std::f64::consts::SQRT_2 * normal::quantile(auc)
}

fn tie_groups(draws: &mut Draws, positives: u32, negatives: u32, separation: f64) -> Vec<TieGroup> {
    let row = |i: u32| {
        let positive = i < positives;
        let score = draws.normal(if positive { separation } else { 0.0 });
        TieGroup { score, positives: u64::from(positive), negatives: u64::from(!positive) }
    };
    let mut groups: Vec<TieGroup> = (0..positives + negatives).map(row).collect();
    groups.sort_by(|a, b| a.score.total_cmp(&b.score));
    groups
}

fn auc_scenario(
    method: &'static str,
    n: u32,
    auc: f64,
    floor: f64,
    interval: fn(&[TieGroup], f64, f64) -> Uncertainty,
) -> Scenario {
    let (positives, negatives) = class_sizes(n, 0.3);
    Scenario {
        method,
        population: format!("AUC {auc}, binormal, 30 % positive"),
        n,
        truth: auc,
        floor,
        scores: true,
        draw: Box::new(move |draws| {
            let groups = tie_groups(draws, positives, negatives, separation(auc));
            interval(&groups, f64::from(positives), f64::from(negatives))
        }),
    }
}

fn auc_logit(n: u32, auc: f64) -> Scenario {
    auc_scenario("AUC, DeLong logit or Newcombe 5", n, auc, USUAL_FLOOR, |groups, positives, negatives| {
        Uncertainty::LogitDeLong {
            auc: ranking::roc_auc(groups).unwrap_or(f64::NAN),
            variance: ranking::delong_variance(groups).unwrap_or(0.0),
            positives,
            negatives,
        }
    })
}

fn auc_plain(n: u32, auc: f64) -> Scenario {
    auc_scenario("AUC, plain DeLong", n, auc, 0.82, |groups, _, _| Uncertainty::DeLong {
        auc: ranking::roc_auc(groups).unwrap_or(f64::NAN),
        variance: ranking::delong_variance(groups).unwrap_or(0.0),
    })
}

fn average_precision(n: u32, prevalence: f64, auc: f64) -> Scenario {
    let (positives, negatives) = class_sizes(n, prevalence);
    let shift = separation(auc);
    // ∫ precision d recall over the population
    let steps = 20_000;
    let share = f64::from(positives) / f64::from(n);
    let precision = |step: u32| {
        let recall = (f64::from(step) + 0.5) / f64::from(steps);
        let false_positive_rate = normal::sf(shift - normal::quantile(recall));
        share * recall / (share * recall + (1.0 - share) * false_positive_rate)
    };
    Scenario {
        method: "Average precision, logit",
        population: format!("AUC {auc}, binormal, {:.0} % positive", 100.0 * prevalence),
        n,
        truth: (0..steps).map(precision).sum::<f64>() / f64::from(steps),
        floor: USUAL_FLOOR,
        scores: true,
        draw: Box::new(move |draws| {
            let groups = tie_groups(draws, positives, negatives, shift);
            Uncertainty::LogitAveragePrecision {
                value: ranking::average_precision(&groups).unwrap_or(f64::NAN),
                positives: f64::from(positives),
            }
        }),
    }
}

/// Brier score and log loss of a calibrated model, and of one that gives 0 to 0.02 to all rows while 2 % are positive: the
/// few confident mistakes then carry most of the loss.
fn mean_losses(n: u32) -> [Scenario; 4] {
    let calibrated: fn(&mut Draws) -> (f64, bool) = |draws| {
        let p = draws.uniform();
        (p, draws.uniform() < p)
    };
    let confident: fn(&mut Draws) -> (f64, bool) = |draws| (0.02 * draws.uniform(), draws.uniform() < 0.02);
    let confident_mean = |loss: Loss| {
        let steps = 20_000;
        let at = |step: u32| {
            let p = 0.02 * (f64::from(step) + 0.5) / f64::from(steps);
            0.02 * loss(p, true) + 0.98 * loss(p, false)
        };
        (0..steps).map(at).sum::<f64>() / f64::from(steps)
    };
    let usual = if n < 100 { 0.92 } else { USUAL_FLOOR };
    // When no mistake was seen, in 0.98^n of the samples, the interval is far too low.
    let rare = match n {
        30 => 0.4,
        100 => 0.82,
        _ => USUAL_FLOOR,
    };
    let calibrated: Population = ("calibrated, scores uniform", calibrated);
    let confident: Population = ("scores 0 to 0.02, 2 % positive", confident);
    [
        mean_loss("t, Brier score", calibrated, n, 1.0 / 6.0, usual, brier),
        mean_loss("t, log loss", calibrated, n, 0.5, usual, log_loss),
        mean_loss("t, Brier score", confident, n, confident_mean(brier), rare, brier),
        mean_loss("t, log loss", confident, n, confident_mean(log_loss), rare, log_loss),
    ]
}

type Loss = fn(f64, bool) -> f64;

/// Its name, and how to draw a row's score and label.
type Population = (&'static str, fn(&mut Draws) -> (f64, bool));

fn brier(p: f64, y: bool) -> f64 {
    let miss = if y { 1.0 - p } else { p };
    miss * miss
}

fn log_loss(p: f64, y: bool) -> f64 {
    -(if y { p } else { 1.0 - p }).ln()
}

fn mean_loss(
    method: &'static str,
    (population, row): Population,
    n: u32,
    truth: f64,
    floor: f64,
    loss: Loss,
) -> Scenario {
    Scenario {
        method,
        population: population.into(),
        n,
        truth,
        floor,
        scores: false,
        draw: Box::new(move |draws| {
            let (mut sum, mut squares) = (ExactSum::new(), ExactSum::new());
            for _ in 0..n {
                let (p, y) = row(draws);
                let loss = loss(p, y);
                sum.add(loss);
                squares.add_product(loss, loss);
            }
            let n = f64::from(n);
            let mean = sum.value() / n;
            let variance = (squares.value() - n * mean * mean) / (n - 1.0);
            Uncertainty::StudentT { mean, variance, n }
        }),
    }
}

/// Largest gap and smallest ratio over `groups` groups of `n` rows each, their rates evenly spread from `low` to `high`.
fn gaps(groups: u32, n: u32, low: f64, high: f64) -> [Scenario; 2] {
    let step = (high - low) / f64::from(groups - 1);
    let rates = move || -> Vec<Binomial> {
        let rate = |i: u32| low + step * f64::from(i);
        // Equal groups share one table.
        if step == 0.0 { vec![Binomial::new(n, low)] } else { (0..groups).map(|i| Binomial::new(n, rate(i))).collect() }
    };
    let population = if low == high {
        format!("{groups} equal groups, rate {low}")
    } else {
        format!("{groups} groups, rates {low} to {high}")
    };
    let sample = move |rates: &[Binomial], draws: &mut Draws| -> Vec<(f64, f64)> {
        (0..groups as usize).map(|i| rates[i % rates.len()].draw(draws)).collect()
    };
    let (for_difference, for_ratio) = (rates(), rates());
    [
        Scenario {
            method: "max - min, pairwise Newcombe",
            population: population.clone(),
            n,
            truth: high - low,
            floor: LEVEL,
            scores: false,
            draw: Box::new(move |draws| Uncertainty::PairwiseMaxDifference { groups: sample(&for_difference, draws) }),
        },
        Scenario {
            method: "min / max, pairwise Koopman",
            population,
            n,
            truth: low / high,
            floor: LEVEL,
            scores: false,
            draw: Box::new(move |draws| Uncertainty::PairwiseMinRatio { groups: sample(&for_ratio, draws) }),
        },
    ]
}
