//! Scenarios of models that predict a number: predictions of variance 4, errors of variance 1 that do not depend on them.

use modelassay::stats::regression::{
    Pair, Weighed, correlation_variance, log_ratio_variance, median, pearson_variance, skewness,
};
use modelassay::stats::{Mass, Uncertainty};

use super::coverage::{Scenario, USUAL_FLOOR};
use super::draws::Draws;
use super::{Cost, SIZES};

/// How errors are distributed, around 0.
#[derive(Clone, Copy)]
enum Errors {
    Normal,
    /// Exponential: one long tail.
    Exponential,
}

impl Errors {
    fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal errors",
            Self::Exponential => "exponential errors",
        }
    }

    fn draw(self, draws: &mut Draws) -> f64 {
        match self {
            Self::Normal => draws.normal(0.0),
            // The square of a normal pair's length, halved, is exponential.
            Self::Exponential => {
                let (a, b) = (draws.normal(0.0), draws.normal(0.0));
                0.5 * (a * a + b * b) - 1.0
            }
        }
    }

    /// Median size: the upper quartile of a normal, arsinh(e/4).
    fn median_size(self) -> f64 {
        match self {
            Self::Normal => 0.674_489_750_196_081_7,
            Self::Exponential => 0.635_849_733_927_971,
        }
    }
}

/// A sample and its moments.
struct Sample {
    pairs: Vec<Pair>,
    n: f64,
    mse: f64,
    /// Means and variances of label and prediction.
    means: [f64; 2],
    variances: [f64; 2],
}

impl Sample {
    fn draw(n: u32, errors: Errors, draws: &mut Draws) -> Self {
        let pairs: Vec<Pair> = (0..n)
            .map(|_| {
                let prediction = 2.0 * draws.normal(0.0);
                Pair { label: prediction - errors.draw(draws), prediction, mass: Mass::of_rows(1) }
            })
            .collect();
        let rows = f64::from(n);
        let mean = |of: &dyn Fn(&Pair) -> f64| pairs.iter().map(of).sum::<f64>() / rows;
        let means = [mean(&|pair| pair.label), mean(&|pair| pair.prediction)];
        let square = |x: f64| x * x;
        let variances = [mean(&|pair| square(pair.label - means[0])), mean(&|pair| square(pair.prediction - means[1]))];
        let mse = mean(&|pair| square(pair.error()));
        Self { pairs, n: rows, mse, means, variances }
    }

    fn squared_error(&self) -> Uncertainty {
        let square = |pair: Pair| pair.error() * pair.error();
        let deviations = self.pairs.iter().map(|pair| (square(*pair) - self.mse) * (square(*pair) - self.mse));
        let variance = deviations.sum::<f64>() / (self.n - 1.0);
        let skewness = skewness(self.pairs.iter().copied(), self.mse, square).unwrap_or(0.0);
        Uncertainty::SkewedMean { mean: self.mse, variance, skewness, n: self.n, power: 1.0 }
    }

    fn r2(&self) -> Uncertainty {
        let mean = self.means[0];
        let variance = log_ratio_variance(
            self.pairs.iter().copied(),
            (self.mse, |pair: Pair| pair.error() * pair.error()),
            (self.variances[0], |pair: Pair| (pair.label - mean) * (pair.label - mean)),
        );
        let value = self.mse / self.variances[0];
        let of = Uncertainty::LogStudentT { value, variance: variance.unwrap_or(0.0), n: self.n };
        Uncertainty::Linear { of: Box::new(of), factor: -1.0, offset: 1.0 }
    }

    fn pearson(&self) -> Uncertainty {
        let deviations = self.variances.map(f64::sqrt);
        let products = self.pairs.iter().map(|pair| (pair.label - self.means[0]) * (pair.prediction - self.means[1]));
        let r = products.sum::<f64>() / self.n / deviations[0] / deviations[1];
        let sampled = pearson_variance(self.pairs.iter().copied(), r, self.means, deviations);
        let variance = correlation_variance(r, self.n, 1.0, sampled);
        Uncertainty::Correlation { r, variance: variance.unwrap_or(0.0) }
    }

    fn median(&self) -> Uncertainty {
        let mut sizes: Vec<f64> = self.pairs.iter().map(|pair| pair.error().abs()).collect();
        sizes.sort_by(f64::total_cmp);
        let values: Vec<Weighed> =
            sizes.iter().zip(1_u32..).map(|(&value, rank)| Weighed { value, up_to: f64::from(rank) }).collect();
        debug_assert!(median(&values).is_some());
        Uncertainty::Median { values: values.into(), n: self.n }
    }
}

pub(super) fn scenarios() -> Vec<Scenario> {
    SIZES.into_iter().flat_map(of_size).collect()
}

/// Name of a method, the truth, the least coverage, and the interval of a sample.
type Kind = (&'static str, f64, f64, fn(&Sample) -> Uncertainty);

/// All of them at one sample size. Tails that a small sample has not seen make squared errors and what rests on them too
/// sure; the floors say by how much.
fn of_size(n: u32) -> Vec<Scenario> {
    let mut all = Vec::new();
    for errors in [Errors::Normal, Errors::Exponential] {
        let short = |few: f64, some: f64| match (errors, n) {
            (Errors::Exponential, 30) => few,
            (Errors::Exponential, 100) => some,
            _ => USUAL_FLOOR - 0.01,
        };
        let kinds: [Kind; 4] = [
            ("Mean squared error, Hall's t", 1.0, short(0.85, 0.92), Sample::squared_error),
            ("R², log t", 0.8, short(0.86, 0.895), Sample::r2),
            ("Pearson correlation, Fisher z", 2.0 / 5_f64.sqrt(), short(0.865, 0.895), Sample::pearson),
            ("Median absolute error, order statistics", errors.median_size(), USUAL_FLOOR, Sample::median),
        ];
        all.extend(kinds.map(|(method, truth, floor, interval)| Scenario {
            method,
            population: errors.name().to_owned(),
            n,
            truth,
            floor,
            cost: Cost::Rows,
            draw: Box::new(move |draws| Some(interval(&Sample::draw(n, errors, draws)))),
        }));
    }
    all
}
