//! Sampling variances by the influence function: each row's first-order effect on the estimate (Hampel 1974, "The influence
//! curve and its role in robust estimation", JASA 69, 383-393). The mean of squared effects, over n, is the variance;
//! weighted rows enter linearised (Binder 1983, International Statistical Review 51, 279-292).
//!
//! No distribution of the errors is assumed: they may be skewed, and their spread may grow with the prediction.

use super::super::Mass;
use super::{Pair, total};

/// Σ w² u² / (Σ w)² for effects u whose weighted mean is 0, made unbiased for equal weights.
fn linearised(pairs: impl Iterator<Item = Pair> + Clone, effect: impl Fn(Pair) -> f64) -> Option<f64> {
    let all: Mass = total(pairs.clone());
    let correction = all.deviation_correction()?;
    let squares: f64 = pairs
        .map(|pair| {
            let effect = effect(pair);
            pair.mass.squared * effect * effect
        })
        .sum();
    let variance = squares / all.weight / all.weight * correction;
    (variance > 0.0 && variance.is_finite()).then_some(variance)
}

/// Skewness of a number of each row around its mean, with divisor n. `None` where it does not vary.
#[must_use]
pub fn skewness(pairs: impl Iterator<Item = Pair>, mean: f64, of: impl Fn(Pair) -> f64) -> Option<f64> {
    let (mut all, mut squares, mut cubes) = (0.0, 0.0, 0.0);
    for pair in pairs {
        let (weight, deviation) = (pair.mass.weight, of(pair) - mean);
        all += weight;
        squares += weight * deviation * deviation;
        cubes += weight * deviation * deviation * deviation;
    }
    let deviation = (squares / all).sqrt();
    let skewness = cubes / all / (deviation * deviation * deviation);
    skewness.is_finite().then_some(skewness)
}

/// Variance of the logarithm of A / B, where A is the mean of `above` and B that of `below` over the same rows: the row's
/// effect is a/A - b/B. One minus such a ratio is R² and its kin, which cannot exceed 1; the logarithm keeps to that.
///
/// `None` where a mean is not positive or nothing varies.
#[must_use]
pub fn log_ratio_variance(
    pairs: impl Iterator<Item = Pair> + Clone,
    above: (f64, impl Fn(Pair) -> f64),
    below: (f64, impl Fn(Pair) -> f64),
) -> Option<f64> {
    let positive = |mean: f64| mean > 0.0 && mean.is_finite();
    if !positive(above.0) || !positive(below.0) {
        return None;
    }
    linearised(pairs, |pair| above.1(pair) / above.0 - below.1(pair) / below.0)
}

/// Variance of Pearson's correlation r of label and prediction: the row's effect is u v - r (u² + v²) / 2 for standardised
/// values u and v. `means` and `deviations` are those of label and prediction, the latter with divisor Σ w.
#[must_use]
pub fn pearson_variance(
    pairs: impl Iterator<Item = Pair> + Clone,
    r: f64,
    means: [f64; 2],
    deviations: [f64; 2],
) -> Option<f64> {
    if !deviations.iter().all(|deviation| *deviation > 0.0) {
        return None;
    }
    linearised(pairs, |pair| {
        let u = (pair.label - means[0]) / deviations[0];
        let v = (pair.prediction - means[1]) / deviations[1];
        u * v - 0.5 * r * (u * u + v * v)
    })
}
