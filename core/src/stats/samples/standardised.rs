//! Standardised mean difference: how far apart two means lie, in standard deviations.
//!
//! *Pooled* (Cohen's d): d = (m₁ - m₂) / s with s² = ((n₁-1) s₁² + (n₂-1) s₂²) / (n₁ + n₂ - 2), the two variances with
//! divisor n - 1 (Hedges and Olkin 1985, "Statistical Methods for Meta-Analysis", ch. 5, before their small-sample
//! factor). *Population*: s is the standard deviation, divisor n, of the scores of everybody, as credit practice has it.
//!
//! The variance comes from the influence of each row on d, through the means and through s: in group g with share
//! c = n / (n₁ + n₂ - 2) of the pooled variance a row moves d by ±(x - m)/s - c d ((x - m)² - v) / (2 s²), over n. For normal
//! scores that is Hedges and Olkin's 1/n₁ + 1/n₂ + d² / (2 (n₁ + n₂)); scores are not normal, and this does not assume it. The
//! sum of squares is raised by n / (n - 1) in each group. Weighted rows: their weights in the means, squared in the error,
//! and Kish's effective n.
//!
//! Undefined (`None`) when a sample has no weight, and when s is 0.

use super::moments::Moments;
use super::{Atom, together};

/// A difference of means in units of spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standardised {
    /// The difference.
    pub value: f64,
    /// Its sampling variance; `None` when no more than one row of a sample counts, or nothing varies.
    pub variance: Option<f64>,
}

/// Mean of the first sample minus that of the second, over their pooled standard deviation.
#[must_use]
pub fn pooled_standardised(first: &[Atom], second: &[Atom]) -> Option<Standardised> {
    let (a, b) = (Moments::of(first)?, Moments::of(second)?);
    let freedom = a.mass.effective() + b.mass.effective() - 2.0;
    if freedom <= 0.0 {
        return None;
    }
    let shares = [a, b].map(|one| one.mass.effective() / freedom);
    let spread = (shares[0] * a.variance + shares[1] * b.variance).sqrt();
    if spread <= 0.0 {
        return None;
    }
    let value = (a.mean - b.mean) / spread;
    let of = |sample: &[Atom], moments: Moments, share: f64, sign: f64| {
        variance_of(sample, moments, |x| {
            let off = x - moments.mean;
            sign * off / spread - 0.5 * value * share * (off * off - moments.variance) / (spread * spread)
        })
    };
    let variance = of(first, a, shares[0], 1.0).zip(of(second, b, shares[1], -1.0)).map(|(a, b)| a + b);
    Some(Standardised { value, variance: variance.filter(|variance| *variance > 0.0) })
}

/// Mean of the first sample minus that of the second, over the standard deviation of all of them and the `others`.
#[must_use]
pub fn population_standardised(first: &[Atom], second: &[Atom], others: &[&[Atom]]) -> Option<Standardised> {
    let (a, b) = (Moments::of(first)?, Moments::of(second)?);
    let all = Moments::of(&together([first, second].into_iter().chain(others.iter().copied())))?;
    let spread = all.variance.sqrt();
    if spread <= 0.0 {
        return None;
    }
    let value = (a.mean - b.mean) / spread;
    // What a row does through the spread of all, per unit of the group's weight.
    let through_spread = |x: f64, weight: f64| {
        let off = x - all.mean;
        -0.5 * value * (off * off - all.variance) / all.variance * (weight / all.mass.weight)
    };
    let of = |sample: &[Atom], moments: Moments, sign: f64| {
        variance_of(sample, moments, |x| sign * (x - moments.mean) / spread + through_spread(x, moments.mass.weight))
    };
    let of_others = others.iter().filter_map(|sample| {
        let moments = Moments::of(sample)?;
        variance_of(sample, moments, |x| through_spread(x, moments.mass.weight))
    });
    let variance = of(first, a, 1.0).zip(of(second, b, -1.0)).map(|(a, b)| a + b + of_others.sum::<f64>());
    Some(Standardised { value, variance: variance.filter(|variance| *variance > 0.0) })
}

/// Variance of a sum over rows of `influence`, each row having its share of the weight of the sample.
fn variance_of(sample: &[Atom], moments: Moments, influence: impl Fn(f64) -> f64) -> Option<f64> {
    let correction = moments.mass.deviation_correction()?;
    let squares: f64 = sample
        .iter()
        .map(|atom| {
            let influence = influence(atom.score);
            atom.mass.squared * influence * influence
        })
        .sum();
    Some(correction * squares / (moments.mass.weight * moments.mass.weight))
}
