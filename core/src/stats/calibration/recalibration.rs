//! Logistic recalibration: logit P(positive) = intercept + slope × logit(score).
//!
//! Cox 1958, "Two further applications of a model for binary regression", Biometrika 45, 562-565. Calibrated scores
//! have intercept 0 and slope 1; a slope below 1 means scores too extreme (overfitting), above 1 too timid. The
//! intercept fitted with the slope held at 1 is calibration in the large: how far scores are too high or too low on the
//! whole (Van Calster et al. 2019, "Calibration: the Achilles heel of predictive analytics", BMC Medicine 17, 230).
//!
//! Scores are clipped to [1e-15, 1 - 1e-15]: a few scores of exactly 0 or 1 lie at ±34.5 on the logit scale and can
//! decide the slope. Covariances are model-based for unweighted rows and robust for weighted ones (`logistic.rs`).

use super::logistic::{self, Row};
use super::logit;
use crate::stats::Scored;

/// A fitted recalibration line on the logit scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recalibration {
    /// Log odds of a row whose score is one half.
    pub intercept: f64,
    /// Change of log odds with the logit of the score.
    pub slope: f64,
    /// Covariance of (intercept, slope).
    pub covariance: [[f64; 2]; 2],
}

/// Intercept and slope by maximum likelihood.
///
/// `None` with one class or one distinct score, when scores separate the classes (in either direction), and when the
/// fit does not converge.
#[must_use]
pub fn fit(groups: impl Iterator<Item = Scored> + Clone) -> Option<Recalibration> {
    // Logits cost logarithms: they are worked out once.
    let weighing = groups.filter(|group| group.mass().weight > 0.0);
    let groups: Vec<(f64, Scored)> = weighing.map(|group| (logit(group.score), group)).collect();
    let Scale { mean, spread } = Scale::of_logits(groups.iter().map(|(logit, group)| (*logit, group.mass().weight)))?;
    let rows = groups.iter().map(|(logit, group)| Row {
        predictors: [1.0, (logit - mean) / spread],
        offset: 0.0,
        positives: group.positives,
        negatives: group.negatives,
    });
    let logistic::Fit { coefficients: [level, slope], covariance: [[c00, c01], [_, c11]] } = logistic::fit(rows)?;
    // intercept = level - slope mean / spread
    let shift = mean / spread;
    let between = (c01 - shift * c11) / spread;
    Some(Recalibration {
        intercept: level - shift * slope,
        slope: slope / spread,
        covariance: [[c00 - shift * (2.0 * c01 - shift * c11), between], [between, c11 / (spread * spread)]],
    })
}

/// The intercept with the slope held at 1, and its variance.
///
/// `None` with one class, and when the fit does not converge.
#[must_use]
pub fn in_the_large(groups: impl Iterator<Item = Scored> + Clone) -> Option<(f64, f64)> {
    let rows = groups.filter(|group| group.mass().weight > 0.0).map(|group| Row {
        predictors: [1.0],
        offset: logit(group.score),
        positives: group.positives,
        negatives: group.negatives,
    });
    let logistic::Fit { coefficients: [intercept], covariance: [[variance]] } = logistic::fit(rows)?;
    Some((intercept, variance))
}

/// Weighted mean and standard deviation, which make predictors centred and of unit scale.
pub(super) struct Scale {
    pub(super) mean: f64,
    pub(super) spread: f64,
}

impl Scale {
    /// Of (logit, weight) pairs; `None` when all logits are the same.
    pub(super) fn of_logits(logits: impl Iterator<Item = (f64, f64)> + Clone) -> Option<Self> {
        let first = logits.clone().next()?.0;
        if logits.clone().all(|(x, _)| x == first) {
            return None;
        }
        let (sum, weight) = logits.clone().fold((0.0, 0.0), |(sum, weight), (x, w)| (sum + w * x, weight + w));
        let mean = sum / weight;
        let square: f64 = logits.map(|(x, w)| w * ((x - mean) * (x - mean))).sum();
        Some(Self { mean, spread: (square / weight).sqrt() })
    }
}
