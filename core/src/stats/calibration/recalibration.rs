//! Logistic recalibration: logit P(positive) = intercept + slope × logit(score).
//!
//! Cox 1958, "Two further applications of a model for binary regression", Biometrika 45, 562-565. Calibrated scores
//! have intercept 0 and slope 1; a slope below 1 means scores too extreme (overfitting), above 1 too timid. The
//! intercept fitted with the slope held at 1 is calibration in the large: how far scores are too high or too low on the
//! whole (Van Calster et al. 2019, "Calibration: the Achilles heel of predictive analytics", BMC Medicine 17, 230).
//!
//! Scores are clipped to [1e-15, 1 - 1e-15]: a few scores of exactly 0 or 1 lie at ±34.5 on the logit scale and can
//! decide the slope. Covariances are model-based for unweighted rows and robust for weighted ones (`logistic.rs`).

use super::cells::{CONSTANT, Cubic};
use super::likelihood::Predictors;
use super::logistic;
use super::logits::{Logits, Scale, logit};
use crate::stats::Scored;
use crate::stats::elementary::logistic as probabilities;

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
pub fn fit(logits: &Logits<'_>) -> Option<Recalibration> {
    let scale = logits.scale?;
    let logistic::Fit { coefficients: [level, slope, ..], covariance: [[c00, c01, ..], [_, c11, ..], ..], .. } =
        logistic::fit(logits, &Line(scale))?;
    // intercept = level - slope mean / spread
    let Scale { mean, spread } = scale;
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
pub fn in_the_large(logits: &Logits<'_>) -> Option<(f64, f64)> {
    let logistic::Fit { coefficients: [intercept, ..], covariance: [[variance, ..], ..], .. } =
        logistic::fit(logits, &Shift)?;
    Some((intercept, variance))
}

/// Intercept and slope, of logits centred and of unit scale.
struct Line(Scale);

impl Predictors for Line {
    fn count(&self) -> usize {
        2
    }

    fn terms(&self) -> usize {
        2
    }

    fn about(&self, logit: f64) -> [Cubic; 4] {
        let Self(scale) = self;
        [CONSTANT, scale.about(logit), [0.0; 4], [0.0; 4]]
    }
}

/// An intercept, beside the logit as it is.
struct Shift;

impl Predictors for Shift {
    fn count(&self) -> usize {
        1
    }

    fn terms(&self) -> usize {
        2
    }

    fn about(&self, _: f64) -> [Cubic; 4] {
        [CONSTANT, [0.0; 4], [0.0; 4], [0.0; 4]]
    }

    fn offset(&self, logit: f64) -> Cubic {
        [logit, 1.0, 0.0, 0.0]
    }
}

/// What rows add to the error of intercept and slope: A⁻¹ x (y - p) each, with A the information of all rows (White 1982).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FitInfluence {
    intercept: f64,
    slope: f64,
    /// Inverse of the information.
    inverse: [[f64; 2]; 2],
}

impl FitInfluence {
    /// Of intercept and slope. `None` where the information has no inverse.
    #[must_use]
    pub fn of_fit(fit: &Recalibration, groups: impl Iterator<Item = Scored>) -> Option<Self> {
        let at = Self { intercept: fit.intercept, slope: fit.slope, inverse: [[0.0; 2]; 2] };
        let [a, b, c] = at.information(groups);
        let determinant = a * c - b * b;
        let inverse = [[c / determinant, -b / determinant], [-b / determinant, a / determinant]];
        (determinant > 0.0 && determinant.is_finite()).then_some(Self { inverse, ..at })
    }

    /// Of the intercept with the slope held at 1. `None` without information.
    #[must_use]
    pub fn in_the_large(intercept: f64, groups: impl Iterator<Item = Scored>) -> Option<Self> {
        let at = Self { intercept, slope: 1.0, inverse: [[0.0; 2]; 2] };
        let [information, ..] = at.information(groups);
        (information > 0.0).then_some(Self { inverse: [[1.0 / information, 0.0], [0.0; 2]], ..at })
    }

    /// What a row of unit weight adds to the error of the intercept and of the slope.
    #[must_use]
    pub fn of_row(&self, score: f64, positive: bool) -> [f64; 2] {
        let (x, p, q) = self.at(score);
        let miss = if positive { q } else { -p };
        self.inverse.map(|row| (row[0] + row[1] * x) * miss)
    }

    /// Logit, and the probabilities of both classes.
    fn at(&self, score: f64) -> (f64, f64, f64) {
        let x = logit(score);
        let (p, q) = probabilities(self.intercept + self.slope * x);
        (x, p, q)
    }

    /// Σ w p q (1, x, x²).
    fn information(&self, groups: impl Iterator<Item = Scored>) -> [f64; 3] {
        groups.fold([0.0; 3], |[a, b, c], group| {
            let (x, p, q) = self.at(group.score);
            let information = group.mass().weight * p * q;
            [a + information, b + information * x, c + information * x * x]
        })
    }
}
