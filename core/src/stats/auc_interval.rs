//! Intervals for the area under the ROC curve.
//!
//! **DeLong on the logit scale**: logit(AUC) ± z √V / (AUC(1-AUC)) mapped back, with V the variance of DeLong, DeLong and
//! Clarke-Pearson 1988 (Biometrics 44, 837-845); the transform is recommended by Pepe 2003, "The Statistical Evaluation
//! of Medical Tests", sec. 5.2, and by Qin and Hotilovac 2008 (Statistical Methods in Medical Research 17, 207-221).
//!
//! **Small samples**: with fewer than [`MIN_PER_CLASS`] positives or negatives, or V = 0 (among them AUC = 0 and 1), the
//! estimate of V itself cannot be trusted and Newcombe's method 5 takes its place (Newcombe 2006, "Confidence intervals
//! for an effect size measure based on the Mann-Whitney statistic. Part 2", Statistics in Medicine 25, 559-573): all θ
//! with |AUC - θ| <= z √(θ(1-θ)/(mn) · [1 + h((1-θ)/(2-θ) + θ/(1+θ))]), h = (m+n)/2 - 1. It is asymmetric, stays
//! in [0, 1] and is never of zero width.
//!
//! **Plain DeLong**: AUC ± z √V, not clipped, the convention of most packages; undefined when V = 0.
//!
//! Undefined (`None`) for NaN, AUC outside [0, 1], V < 0, or a class without rows.

use libm::{exp, log};

use super::root;
use super::uncertainty::Side;

/// Below this many positives or negatives the logit interval gives way to Newcombe's method 5.
pub const MIN_PER_CLASS: f64 = 10.0;

/// An AUC with what its interval needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Auc {
    pub(super) auc: f64,
    pub(super) variance: f64,
    pub(super) positives: f64,
    pub(super) negatives: f64,
}

impl Auc {
    fn valid(self) -> bool {
        (0.0..=1.0).contains(&self.auc)
            && self.positives >= 1.0
            && self.negatives >= 1.0
            && self.positives.is_finite()
            && self.negatives.is_finite()
    }

    /// Whether the logit interval is used; otherwise Newcombe's method 5.
    pub(super) fn is_large(self) -> bool {
        self.positives.min(self.negatives) >= MIN_PER_CLASS
            && self.variance > 0.0
            && self.variance.is_finite()
            && self.auc > 0.0
            && self.auc < 1.0
    }

    /// Limits at critical value `z`; a negative `z` swaps them.
    pub(super) fn limits(self, z: f64) -> Option<(f64, f64)> {
        if !self.valid() {
            None
        } else if self.is_large() {
            let reach = z * self.logit_error();
            Some((expit(logit(self.auc) - reach), expit(logit(self.auc) + reach)))
        } else {
            // The upper limit is the mirrored lower limit.
            let lower = self.newcombe_lower(z.abs())?;
            let upper = 1.0 - Self { auc: 1.0 - self.auc, ..self }.newcombe_lower(z.abs())?;
            Some(if z < 0.0 { (upper, lower) } else { (lower, upper) })
        }
    }

    /// One-sided p against `threshold`, the exact inversion of [`Self::limits`].
    pub(super) fn p_value(self, threshold: f64, side: Side) -> Option<f64> {
        if !self.valid() || threshold.is_nan() {
            return None;
        }
        if threshold <= 0.0 || threshold >= 1.0 {
            let end = if threshold <= 0.0 { 0.0 } else { 1.0 };
            let beyond = (threshold <= 0.0) == (side == Side::Above);
            return Some(if beyond && (self.auc != end || threshold != end) { 0.0 } else { 1.0 });
        }
        Some(side.p_value(if self.is_large() {
            (logit(self.auc) - logit(threshold)) / self.logit_error()
        } else {
            (self.auc - threshold) / self.null_variance(threshold).sqrt()
        }))
    }

    fn logit_error(self) -> f64 {
        self.variance.sqrt() / (self.auc * (1.0 - self.auc))
    }

    /// Newcombe's variance of the estimate when the true area is `theta`; the same for `theta` and 1 - `theta`.
    fn null_variance(self, theta: f64) -> f64 {
        theta * (1.0 - theta) * self.inflation(theta) / (self.positives * self.negatives)
    }

    fn inflation(self, theta: f64) -> f64 {
        let h = 0.5 * (self.positives + self.negatives) - 1.0;
        let product = theta * (1.0 - theta);
        1.0 + h * (1.0 + 2.0 * product) / (2.0 + product)
    }

    fn newcombe_lower(self, z: f64) -> Option<f64> {
        if self.auc == 0.0 || z == 0.0 {
            return Some(self.auc);
        }
        // Distance minus z errors, divided by √(1-θ): at AUC = 1 both vanish together at θ = 1.
        let slack = |theta: f64| {
            let rest = (1.0 - theta).sqrt();
            let distance = if self.auc == 1.0 { rest } else { (self.auc - theta) / rest };
            distance - z * (theta * self.inflation(theta) / (self.positives * self.negatives)).sqrt()
        };
        root::bracketed(slack, 0.0, self.auc)
    }
}

/// Limits of the plain DeLong interval at critical value `z`.
pub(super) fn plain_limits(auc: f64, variance: f64, z: f64) -> Option<(f64, f64)> {
    let reach = z * plain_error(auc, variance)?;
    Some((auc - reach, auc + reach))
}

/// One-sided p of the plain DeLong interval.
pub(super) fn plain_p_value(auc: f64, variance: f64, threshold: f64, side: Side) -> Option<f64> {
    let z = (auc - threshold) / plain_error(auc, variance)?;
    (!z.is_nan()).then(|| side.p_value(z))
}

fn plain_error(auc: f64, variance: f64) -> Option<f64> {
    ((0.0..=1.0).contains(&auc) && variance > 0.0 && variance.is_finite()).then(|| variance.sqrt())
}

/// ln(p / (1-p)), for 0 < p < 1.
pub(super) fn logit(p: f64) -> f64 {
    log(p / (1.0 - p))
}

/// The inverse of [`logit`].
pub(super) fn expit(x: f64) -> f64 {
    if x < 0.0 { exp(x) / (1.0 + exp(x)) } else { 1.0 / (1.0 + exp(-x)) }
}
