//! Measures of models that predict a number.

mod change;
mod subjects;

use std::cell::OnceCell;

use super::Estimate;
use crate::findings::v1::Reason;
use crate::judge::numbers::GroupNumbers;
use crate::measure::counts::WeightSums;
use crate::measure::distribution::{float_key, key_float};
use crate::measure::sums::{MeanSums, Moments};
use crate::stats::regression::{
    CentralMoments, Pair, Spearman, Total, absolute_deviation, breusch_pagan, correlation_variance, dagostino,
    jarque_bera, log_ratio_variance, median, pearson_variance, scatter, skewness, spearman, squared_deviations,
};
use crate::stats::{Mass, Uncertainty};

const PREDICTED: &str = "labelled and predicted";
const LABELLED: &str = "labelled";
const NONZERO: &str = "labelled other than 0, and predicted";
const QUANTILES: &str = "labelled, with all quantiles";
const INTERVALS: &str = "with all quantiles";
const PREDICTIONS: &str = "predicted";

/// The numbers of a group, and what several measures of them share.
pub(super) struct NumberMeasures<'g> {
    group: &'g GroupNumbers,
    mass: Mass,
    shared: OnceCell<Option<Deviations>>,
}

/// Sums of products of deviations from the means.
#[derive(Clone, Copy)]
struct Deviations {
    labels: f64,
    predictions: f64,
    products: f64,
    errors: f64,
}

impl<'g> NumberMeasures<'g> {
    pub(super) fn new(group: &'g GroupNumbers) -> Self {
        Self { group, mass: group.mass(), shared: OnceCell::new() }
    }

    /// The estimate of a measure, by subject where the plan names them.
    pub(super) fn estimate(&self, name: &str, convention: &str) -> Estimate {
        if let Some(of) = name.strip_suffix("_change") {
            return change::estimate(self.group, of, convention);
        }
        self.under_subjects(name, convention, self.of_rows(name, convention))
    }

    /// The estimate of a measure of independent rows.
    fn of_rows(&self, name: &str, convention: &str) -> Estimate {
        let sums = &self.group.sums;
        let pairs = &sums.pairs;
        match name {
            "mean_absolute_error" => self.mean_of_pairs(&pairs.absolute),
            "mean_error" => self.mean_of_pairs(&pairs.error),
            "mean_absolute_percentage_error" if convention == "scikit_learn" => {
                self.mean_of_pairs(&pairs.clipped_percentage)
            }
            "mean_absolute_percentage_error" => mean(&sums.percentage, NONZERO),
            "symmetric_mean_absolute_percentage_error" => self.mean_of_pairs(&pairs.symmetric),
            "mean_squared_error" => self.squared_error(1.0),
            "root_mean_squared_error" => self.squared_error(0.5),
            "median_absolute_error" => self.median_absolute_error(),
            "max_error" => self.max_error(),
            "r2" => self.r2(),
            "explained_variance" => self.explained_variance(),
            "d2_absolute_error" => self.d2_absolute_error(),
            "pinball_loss" => self.pinball_loss(alpha(convention)),
            "pearson_correlation" => self.pearson(),
            "spearman_correlation" => self.spearman(),
            "label_coverage" => share_of(&sums.labelled, "rows"),
            "interval_coverage" => share_of(&sums.covered, QUANTILES),
            "mean_interval_width" => mean(&sums.width, INTERVALS),
            "quantile_loss" => mean(&sums.quantile_loss, QUANTILES),
            "residual_normality_p_value" => self.normality(convention),
            "heteroscedasticity_p_value" => self.heteroscedasticity(),
            "mean_label" => mean(&sums.labels, LABELLED),
            _ => mean(&sums.predictions, PREDICTIONS),
        }
    }

    fn undefined(&self, reason: Reason) -> Estimate {
        Estimate::undefined(reason, self.mass.rows, PREDICTED)
    }

    fn defined(&self, value: f64) -> Estimate {
        let estimate = Estimate::new(value, self.mass.rows, PREDICTED);
        if self.group.weighted { estimate.effective(self.mass.effective()) } else { estimate }
    }

    /// Why a measure of pairs is undefined.
    fn without_pairs(&self) -> Option<Reason> {
        without(self.mass)
    }

    fn mean_of_pairs(&self, moments: &Moments) -> Estimate {
        mean_of(moments, self.mass, self.group.weighted, PREDICTED)
    }

    fn pairs(&self) -> impl Iterator<Item = Pair> + Clone + '_ {
        self.group.pairs.iter().copied()
    }

    /// Mean squared error to a power. Squares have a long tail: Hall's transformation, and for weighted rows, of which no
    /// skewness is known, the logarithm, which is nearer to normal than the mean and keeps the limits above 0.
    fn squared_error(&self, power: f64) -> Estimate {
        if let Some(reason) = self.without_pairs() {
            return self.undefined(reason);
        }
        let moments = &self.group.sums.pairs.squared;
        let mse = moments.sum.value() / self.mass.weight;
        let value = if power == 1.0 { mse } else { mse.sqrt() };
        let n = self.mass.effective();
        let variance = spread(moments, self.mass, self.group.weighted).map(|(_, variance)| variance);
        self.defined(value).with(variance.filter(|_| mse > 0.0).map(|variance| {
            if self.group.weighted {
                let variance = power * power * variance / n / (mse * mse);
                Uncertainty::LogStudentT { value, variance, n }
            } else {
                let skewness = skewness(self.pairs(), mse, |pair| pair.error() * pair.error()).unwrap_or(0.0);
                Uncertainty::SkewedMean { mean: mse, variance, skewness, n, power }
            }
        }))
    }

    fn median_absolute_error(&self) -> Estimate {
        if let Some(reason) = self.without_pairs() {
            return self.undefined(reason);
        }
        let values = &self.group.errors;
        let Some(value) = median(values) else { return self.undefined(Reason::ZeroDenominator) };
        Estimate {
            bounds: (self.group.errors_dropped > 0).then(|| (value, self.at_most(value))),
            ..self.defined(value).with(Uncertainty::Median { values: values.clone(), n: self.mass.effective() })
        }
    }

    /// The largest size of error that coarsening made this one.
    fn at_most(&self, error: f64) -> f64 {
        key_float(float_key(error) | ((1 << self.group.errors_dropped) - 1))
    }

    /// Errors of a sample do not bound those outside it: no interval.
    fn max_error(&self) -> Estimate {
        match self.without_pairs() {
            Some(reason) => self.undefined(reason),
            None => {
                let errors = self.group.sums.pairs.errors;
                self.defined(errors.highest.abs().max(errors.lowest.abs()))
            }
        }
    }

    fn pinball_loss(&self, alpha: f64) -> Estimate {
        let pairs = &self.group.sums.pairs;
        // With e⁺ and e⁻ the parts of the error e above and below 0: the loss is (1 - α) e⁺ + α e⁻, and |e| = e⁺ + e⁻.
        let (above, below) = (1.0 - alpha, alpha);
        let halves = |both: f64, signed: f64| (0.5 * (both + signed), 0.5 * (both - signed));
        let loss = |(plus, minus): (f64, f64)| above * plus + below * minus;
        let sum = loss(halves(pairs.absolute.sum.value(), pairs.error.sum.value()));
        let (plus, minus) = halves(pairs.absolute.squares.value(), pairs.signed_squares.value());
        let squares = above * above * plus + below * below * minus;
        let cross = pairs.absolute.cross.as_ref().zip(pairs.error.cross.as_ref());
        let cross = cross.map(|(absolute, error)| loss(halves(absolute.value(), error.value())).into());
        mean_from(Sums { sum: sum.into(), squares: squares.into(), cross }, self.mass, self.group.weighted, PREDICTED)
    }

    /// Labels, predictions and errors against their means; `None` where a sum is beyond all numbers.
    fn deviations(&self) -> Option<Deviations> {
        *self.shared.get_or_init(|| {
            let pairs = &self.group.sums.pairs;
            let weight = pairs
                .weights
                .as_ref()
                .map_or_else(|| Total::from(pairs.rows as f64), |weights| Total::from(&weights.weight));
            let [y, p, yy, pp, yp] =
                [&pairs.label, &pairs.prediction, &pairs.label_squares, &pairs.prediction_squares, &pairs.products]
                    .map(Total::from);
            let within =
                |varies: bool, scatter: Option<f64>| if varies { scatter.map(|s| s.max(0.0)) } else { Some(0.0) };
            let error = Total::from(&pairs.error.sum);
            Some(Deviations {
                labels: within(pairs.label_range.varies(), scatter(weight, y, y, yy))?,
                predictions: within(pairs.prediction_range.varies(), scatter(weight, p, p, pp))?,
                products: scatter(weight, y, p, yp)?,
                errors: within(pairs.errors.varies(), scatter(weight, error, error, Total::from(&pairs.squares)))?,
            })
        })
    }

    /// The deviations of at least two different labels, or why there are none.
    fn of_varying_labels(&self) -> Result<Deviations, Reason> {
        if let Some(reason) = self.without_pairs() {
            return Err(reason);
        }
        match self.deviations() {
            None => Err(Reason::Infinite),
            Some(deviations) if deviations.labels > 0.0 => Ok(deviations),
            Some(_) => Err(Reason::ZeroVariance),
        }
    }

    /// One minus the mean of `above` over that of `below`: how much better than a constant.
    fn skill(&self, above: (f64, impl Fn(Pair) -> f64), below: (f64, impl Fn(Pair) -> f64)) -> Estimate {
        let ratio = above.0 / below.0;
        let variance = log_ratio_variance(self.pairs(), above, below);
        let n = self.mass.effective();
        self.defined(1.0 - ratio).with(variance.map(|variance| Uncertainty::Linear {
            of: Box::new(Uncertainty::LogStudentT { value: ratio, variance, n }),
            factor: -1.0,
            offset: 1.0,
        }))
    }

    fn label_mean(&self) -> f64 {
        self.group.sums.pairs.label.value() / self.mass.weight
    }

    fn r2(&self) -> Estimate {
        let deviations = match self.of_varying_labels() {
            Err(reason) => return self.undefined(reason),
            Ok(deviations) => deviations,
        };
        let weight = self.mass.weight;
        let mse = self.group.sums.pairs.squared.sum.value() / weight;
        let mean = self.label_mean();
        self.skill(
            (mse, |pair| pair.error() * pair.error()),
            (deviations.labels / weight, |pair| (pair.label - mean) * (pair.label - mean)),
        )
    }

    fn explained_variance(&self) -> Estimate {
        let deviations = match self.of_varying_labels() {
            Err(reason) => return self.undefined(reason),
            Ok(deviations) => deviations,
        };
        let weight = self.mass.weight;
        let (mean, bias) = (self.label_mean(), self.group.sums.pairs.error.sum.value() / weight);
        self.skill(
            (deviations.errors / weight, |pair| (pair.error() - bias) * (pair.error() - bias)),
            (deviations.labels / weight, |pair| (pair.label - mean) * (pair.label - mean)),
        )
    }

    fn d2_absolute_error(&self) -> Estimate {
        if let Err(reason) = self.of_varying_labels() {
            return self.undefined(reason);
        }
        let labels = self.group.labels();
        let Some((middle, deviation)) =
            median(&labels).and_then(|middle| Some((middle, absolute_deviation(&labels, middle)?)))
        else {
            return self.undefined(Reason::ZeroDenominator);
        };
        if deviation <= 0.0 {
            return self.undefined(Reason::ZeroVariance);
        }
        let error = self.group.sums.pairs.absolute.sum.value() / self.mass.weight;
        self.skill((error, |pair| pair.error().abs()), (deviation, |pair| (pair.label - middle).abs()))
    }

    /// The deviations of labels and predictions that both vary, or why there is no correlation.
    fn correlated(&self) -> Result<Deviations, Reason> {
        let deviations = self.of_varying_labels()?;
        if deviations.predictions > 0.0 { Ok(deviations) } else { Err(Reason::ZeroVariance) }
    }

    fn pearson(&self) -> Estimate {
        let deviations = match self.correlated() {
            Err(reason) => return self.undefined(reason),
            Ok(deviations) => deviations,
        };
        let Deviations { labels, predictions, products, .. } = deviations;
        let r = (products / labels.sqrt() / predictions.sqrt()).clamp(-1.0, 1.0);
        let weight = self.mass.weight;
        let means = [self.label_mean(), self.group.sums.pairs.prediction.value() / weight];
        let sampled =
            pearson_variance(self.pairs(), r, means, [(labels / weight).sqrt(), (predictions / weight).sqrt()]);
        let variance = correlation_variance(r, self.mass.effective(), 1.0, sampled);
        self.defined(r).with(variance.map(|variance| Uncertainty::Correlation { r, variance }))
    }

    fn spearman(&self) -> Estimate {
        if let Err(reason) = self.correlated() {
            return self.undefined(reason);
        }
        if self.group.coarse && self.group.weighted {
            // The bounds of coarsening hold for rows that weigh the same.
            return self.undefined(Reason::WeightsNotSupported);
        }
        let Some(Spearman { value, bounds }) = spearman(&self.group.pairs) else {
            return self.undefined(Reason::ZeroVariance);
        };
        let variance = correlation_variance(value, self.mass.effective(), 1.0 + 0.5 * value * value, None);
        Estimate {
            bounds: self.group.coarse.then_some(bounds),
            ..self.defined(value).with(variance.map(|variance| Uncertainty::Correlation { r: value, variance }))
        }
    }

    fn normality(&self, convention: &str) -> Estimate {
        let pairs = &self.group.sums.pairs;
        if let Some(reason) = self.without_pairs().or(self.group.weighted.then_some(Reason::WeightsNotSupported)) {
            return self.undefined(reason);
        }
        let Some(deviations) = self.deviations() else { return self.undefined(Reason::Infinite) };
        let sums = [&pairs.error.sum, &pairs.squares, &pairs.cubes, &pairs.fourths].map(Total::from);
        let Some(moments) = CentralMoments::new(self.mass.weight, sums) else {
            return self.undefined(Reason::Infinite);
        };
        let test = if convention == "jarque_bera" { jarque_bera(&moments) } else { dagostino(&moments) };
        match test {
            Some(test) => self.defined(test.p_value),
            None => self.undefined(if deviations.errors > 0.0 { Reason::NBelowMinimum } else { Reason::ZeroVariance }),
        }
    }

    fn heteroscedasticity(&self) -> Estimate {
        let pairs = &self.group.sums.pairs;
        if let Some(reason) = self.without_pairs().or(self.group.weighted.then_some(Reason::WeightsNotSupported)) {
            return self.undefined(reason);
        }
        let n = Total::from(self.mass.weight);
        let squares = Total::from(&pairs.squared.sum);
        let [fourths, products, predictions] =
            [&pairs.squared.squares, &pairs.squares_by_prediction, &pairs.prediction].map(Total::from);
        let parts = scatter(n, squares, squares, fourths)
            .zip(scatter(n, squares, predictions, products))
            .zip(self.deviations());
        let Some(((squares, products), deviations)) = parts else { return self.undefined(Reason::Infinite) };
        match breusch_pagan(self.mass.weight, squares, deviations.predictions, products) {
            Some(test) => self.defined(test.p_value),
            None => self.undefined(Reason::ZeroVariance),
        }
    }
}

/// The level of the quantile that a pinball loss is for.
fn alpha(convention: &str) -> f64 {
    match convention {
        "alpha_0_1" => 0.1,
        "alpha_0_9" => 0.9,
        _ => 0.5,
    }
}

/// Why nothing can be said of rows.
fn without(mass: Mass) -> Option<Reason> {
    match (mass.rows, mass.weight > 0.0) {
        (0, _) => Some(Reason::NoRows),
        (_, false) => Some(Reason::ZeroDenominator),
        _ => None,
    }
}

fn mass_of(rows: u64, weights: Option<&WeightSums>) -> Mass {
    weights.map_or_else(
        || Mass::of_rows(rows),
        |weights| Mass { rows, weight: weights.weight.value(), squared: weights.squared.value() },
    )
}

/// Sums of a number over rows, see [`Moments`].
struct Sums {
    sum: Total,
    squares: Total,
    cross: Option<Total>,
}

impl From<&Moments> for Sums {
    fn from(moments: &Moments) -> Self {
        let cross = moments.cross.as_ref().map(|cross| Total::from(cross.as_ref()));
        Self { sum: Total::from(&moments.sum), squares: Total::from(&moments.squares), cross }
    }
}

fn mean(sums: &MeanSums, population: &'static str) -> Estimate {
    mean_of(&sums.moments, mass_of(sums.rows, sums.weights.as_deref()), sums.weights.is_some(), population)
}

fn mean_of(moments: &Moments, mass: Mass, weighted: bool, population: &'static str) -> Estimate {
    mean_from(moments.into(), mass, weighted, population)
}

/// Mean and variance of one row, by linearisation where rows are weighted.
fn spread(moments: impl Into<Sums>, mass: Mass, weighted: bool) -> Option<(f64, f64)> {
    let Sums { sum, squares, cross } = moments.into();
    let mean = sum.value() / mass.weight;
    let cross = if weighted { cross? } else { sum };
    let deviations = squared_deviations(mean, Total::from(mass.squared), cross, squares)?;
    let variance = deviations / mass.squared * mass.deviation_correction()?;
    (variance > 0.0 && variance.is_finite()).then_some((mean, variance))
}

fn mean_from(sums: Sums, mass: Mass, weighted: bool, population: &'static str) -> Estimate {
    if let Some(reason) = without(mass) {
        return Estimate::undefined(reason, mass.rows, population);
    }
    let estimate = Estimate::new(sums.sum.value() / mass.weight, mass.rows, population);
    let n = mass.effective();
    let uncertainty = spread(sums, mass, weighted).map(|(mean, variance)| Uncertainty::StudentT { mean, variance, n });
    let estimate = estimate.with(uncertainty);
    if weighted { estimate.effective(n) } else { estimate }
}

/// A share of rows.
pub(in crate::judge) fn share_of(sums: &MeanSums, population: &'static str) -> Estimate {
    let mass = mass_of(sums.rows, sums.weights.as_deref());
    if let Some(reason) = without(mass) {
        return Estimate::undefined(reason, mass.rows, population);
    }
    let (share, n) = (sums.moments.sum.value() / mass.weight, mass.effective());
    let estimate = Estimate::new(share, mass.rows, population).with(Uncertainty::Wilson { x: share * n, n });
    if sums.weights.is_some() { estimate.effective(n) } else { estimate }
}
