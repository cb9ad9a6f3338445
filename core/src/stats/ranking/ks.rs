//! Kolmogorov-Smirnov distance between the scores of the two classes.

use libm::log;

use super::{TieGroup, class_totals};

/// max |F_positive(s) - F_negative(s)| over all scores: the two-sample Kolmogorov-Smirnov statistic, in credit scoring
/// "the KS". Computed in integers and divided once. `None` when a class is empty.
#[must_use]
pub fn ks_statistic(groups: &[TieGroup]) -> Option<f64> {
    let (positives, negatives) = class_totals(groups)?;
    let (mut p, mut n, mut largest) = (0_u128, 0_u128, 0_u128);
    for group in groups {
        p += u128::from(group.positives);
        n += u128::from(group.negatives);
        largest = largest.max((p * u128::from(negatives)).abs_diff(n * u128::from(positives)));
    }
    Some(largest as f64 / (u128::from(positives) * u128::from(negatives)) as f64)
}

/// Limits of the statistic that together fail with probability 2 `tail` at most: ks ± (e₊ + e₋), cut to [0, 1].
///
/// Each class's distribution function lies within e = √(ln(2 / tail) / (2 n)) of the sample's everywhere, except with
/// probability `tail` (Dvoretzky, Kiefer and Wolfowitz 1956; Massart 1990, "The tight constant in the
/// Dvoretzky-Kiefer-Wolfowitz inequality", Annals of Probability 18, 1269-1283); while both do, the greatest distance
/// moves by no more than e₊ + e₋. Holds for every sample size and with ties, hence conservative and wide. Weighted rows
/// enter with Kish-effective numbers, for which it is an approximation. `None` for ks outside [0, 1], a class without
/// rows, or a tail outside (0, 1).
#[must_use]
pub fn ks_limits(ks: f64, positives: f64, negatives: f64, tail: f64) -> Option<(f64, f64)> {
    let possible = (0.0..=1.0).contains(&ks) && positives > 0.0 && negatives > 0.0;
    if !(possible && positives.is_finite() && negatives.is_finite() && tail > 0.0 && tail < 1.0) {
        return None;
    }
    let reach = |n: f64| (log(2.0 / tail) / (2.0 * n)).sqrt();
    let reach = reach(positives) + reach(negatives);
    Some(((ks - reach).max(0.0), (ks + reach).min(1.0)))
}
