//! Random samples of known populations.

use modelassay::stats::agreement::Confusion;
use modelassay::stats::binomial::Binomial;
use modelassay::stats::normal;
use modelassay::stats::random::Stream;
use modelassay::stats::ranking::TieGroup;

const SEED: u64 = 20_261_123;

/// The random numbers of one replicate of one scenario.
pub(super) struct Draws {
    stream: Stream,
    index: u64,
}

impl Draws {
    pub(super) fn new(scenario: &str, replicate: u32) -> Self {
        let stream = Stream::new(SEED).keyed(scenario.as_bytes()).keyed(&replicate.to_le_bytes());
        Self { stream, index: 0 }
    }

    /// A stream of its own for every group of the sample.
    pub(super) fn stream(&self, group: usize) -> Stream {
        self.stream.keyed(&(group as u64).to_le_bytes())
    }

    /// Strictly between 0 and 1.
    pub(super) fn uniform(&mut self) -> f64 {
        self.index += 1;
        self.stream.uniform(self.index)
    }

    pub(super) fn normal(&mut self, mean: f64) -> f64 {
        mean + normal::quantile(self.uniform())
    }
}

/// A population of which a share succeeds.
pub(super) struct Rate {
    n: f64,
    law: Binomial,
}

impl Rate {
    pub(super) fn new(n: u32, p: f64) -> Self {
        Self { n: f64::from(n), law: Binomial::new(u64::from(n), p).expect("p is a probability") }
    }

    /// Successes and trials.
    pub(super) fn draw(&self, draws: &mut Draws) -> (f64, f64) {
        (self.law.quantile(draws.uniform()) as f64, self.n)
    }
}

/// Positives among `n` rows at a prevalence, at least one of each class.
pub(super) fn class_sizes(n: u32, prevalence: f64) -> (u32, u32) {
    let positives = ((f64::from(n) * prevalence).round() as u32).clamp(1, n - 1);
    (positives, n - positives)
}

/// A population of labels and decisions.
#[derive(Clone, Copy)]
pub(super) struct Decided {
    pub(super) prevalence: f64,
    pub(super) sensitivity: f64,
    pub(super) false_positive_rate: f64,
}

impl Decided {
    /// Shares of the four kinds of rows.
    pub(super) fn shares(&self) -> Confusion {
        let Self { prevalence, sensitivity, false_positive_rate } = *self;
        let (tp, fp) = (prevalence * sensitivity, (1.0 - prevalence) * false_positive_rate);
        Confusion { tp, fp, fn_: prevalence - tp, tn: 1.0 - prevalence - fp }
    }

    /// The counts of `n` rows.
    pub(super) fn draw(&self, n: u32, draws: &mut Draws) -> Confusion {
        let Confusion { tp, fp, fn_, .. } = self.shares();
        let mut cells = [0.0; 4];
        for _ in 0..n {
            let u = draws.uniform();
            let cell = [tp, tp + fp, tp + fp + fn_].iter().filter(|&&bound| u >= bound).count();
            cells[cell] += 1.0;
        }
        let [tp, fp, fn_, tn] = cells;
        Confusion { tp, fp, fn_, tn }
    }

    pub(super) fn name(&self) -> String {
        let Self { prevalence, sensitivity, false_positive_rate } = self;
        format!("{prevalence} positive, sensitivity {sensitivity}, FPR {false_positive_rate}")
    }
}

/// Distance of the means of two normal classes at which the area under the curve is `auc`.
pub(super) fn separation(auc: f64) -> f64 {
    std::f64::consts::SQRT_2 * normal::quantile(auc)
}

/// Scores of two normal classes, ascending.
pub(super) fn tie_groups(draws: &mut Draws, positives: u32, negatives: u32, separation: f64) -> Vec<TieGroup> {
    let row = |i: u32| {
        let positive = i < positives;
        let score = draws.normal(if positive { separation } else { 0.0 });
        TieGroup { score, positives: u64::from(positive), negatives: u64::from(!positive) }
    };
    let mut groups: Vec<TieGroup> = (0..positives + negatives).map(row).collect();
    groups.sort_by(|a, b| a.score.total_cmp(&b.score));
    groups
}
