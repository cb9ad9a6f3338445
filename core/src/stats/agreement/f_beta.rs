//! F_β = (1+β²) TP / ((1+β²) TP + β² FN + FP), the weighted harmonic mean of precision and recall.
//!
//! Van Rijsbergen 1979, "Information Retrieval", 2nd ed., ch. 7. In logits, ln((1+β²) TP / (β² FN + FP)) has the delta
//! variance 1/TP + (β⁴ FN + FP) / (β² FN + FP)², and logit F ± z errors is mapped back; the variance of F itself is
//! (F(1-F))² times that. True negatives play no part.
//!
//! Without true positives or without misses (F = 0 or 1) that has no width. Given that a row is predicted or truly
//! positive, TP is binomial with the Jaccard index J as rate; with misses that weigh ω each F = (1+β²) J / ((1+β²) J +
//! ω (1-J)) grows with J, so Wilson's limits of J are mapped. ω is the mean weight of the misses seen, and of the heavier
//! kind, max(1, β²), when there were none. For β = 1 this is the interval of F1 by Wilson.
//!
//! Undefined (`None`) when TP + FP + FN = 0, for a negative, infinite or NaN count, and unless 0 < β < ∞ (β = 0 and ∞ are
//! precision and recall, plain rates).

use libm::log;

use super::super::auc_interval::expit;
use super::super::wilson;
use super::Confusion;

/// The counts F depends on.
struct Counts {
    tp: f64,
    misses: f64,
    /// β² FN + FP
    weighted_misses: f64,
    /// (β⁴ FN + FP) / (β² FN + FP)², the variance of ln(β² FN + FP).
    miss_error: f64,
    square: f64,
}

impl Counts {
    fn new(Confusion { tp, fp, fn_, .. }: Confusion, beta: f64) -> Option<Self> {
        let square = beta * beta;
        let valid = |count: f64| count >= 0.0 && count.is_finite();
        let defined = valid(tp) && valid(fp) && valid(fn_) && tp + fp + fn_ > 0.0;
        if !(defined && beta > 0.0 && square > 0.0 && square.is_finite()) {
            return None;
        }
        let weighted_misses = square * fn_ + fp;
        let (missed, false_) = (square * fn_ / weighted_misses, fp / weighted_misses);
        let miss_error = missed * (square / weighted_misses) + false_ / weighted_misses;
        Some(Self { tp, misses: fp + fn_, weighted_misses, miss_error, square })
    }

    fn value(&self) -> f64 {
        let hits = (1.0 + self.square) * self.tp;
        hits / (hits + self.weighted_misses)
    }

    /// Variance of logit F; `None` at F = 0 and 1.
    fn logit_variance(&self) -> Option<f64> {
        (self.tp > 0.0 && self.weighted_misses > 0.0).then(|| 1.0 / self.tp + self.miss_error)
    }
}

/// The weighted harmonic mean of precision and recall, recall counting `beta` times as much.
#[must_use]
pub fn f_beta(confusion: Confusion, beta: f64) -> Option<f64> {
    Some(Counts::new(confusion, beta)?.value())
}

/// Its asymptotic variance; 0 at 0 and 1.
#[must_use]
pub fn f_beta_variance(confusion: Confusion, beta: f64) -> Option<f64> {
    let counts = Counts::new(confusion, beta)?;
    let value = counts.value();
    let complement = counts.weighted_misses / ((1.0 + counts.square) * counts.tp + counts.weighted_misses);
    let slope = value * complement;
    Some(counts.logit_variance().map_or(0.0, |variance| slope * slope * variance))
}

/// Its limits at critical value `z`; a negative `z` swaps them.
#[must_use]
pub fn f_beta_limits(confusion: Confusion, beta: f64, z: f64) -> Option<(f64, f64)> {
    let counts = Counts::new(confusion, beta)?;
    if z.is_nan() {
        return None;
    }
    let Counts { tp, misses, weighted_misses, square, .. } = counts;
    if let Some(variance) = counts.logit_variance() {
        let centre = log((1.0 + square) * tp / weighted_misses);
        let reach = z * variance.sqrt();
        return Some((expit(centre - reach), expit(centre + reach)));
    }
    let weight = if misses > 0.0 { weighted_misses / misses } else { square.max(1.0) };
    let (lower, upper) = wilson::limits(tp, tp + misses, z)?;
    let map = |j: f64| (1.0 + square) * j / ((1.0 + square) * j + weight * (1.0 - j));
    Some((map(lower), map(upper)))
}
