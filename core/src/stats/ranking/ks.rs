//! Kolmogorov-Smirnov distance between the scores of the two classes.

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
