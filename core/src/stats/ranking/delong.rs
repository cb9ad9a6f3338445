//! Sampling variance of the area under the ROC curve.

use super::{TieGroup, class_totals, twice_concordant};
use crate::stats::exact_sum::ExactSum;

/// DeLong's variance of the area: S10 / positives + S01 / negatives, where S10 is the sample variance (divisor n - 1) over
/// positives of the share of negatives each outranks (ties one half), and S01 the same over negatives.
///
/// DeLong, DeLong and Clarke-Pearson 1988 (Biometrics 44, 837-845) in the mid-rank form of Sun and Xu 2014 (IEEE Signal
/// Processing Letters 21, 1389-1393), summed over tie groups. Deviations are exact integers before they are squared.
/// `None` with fewer than two positives or two negatives. 0 (not an error, but no basis for an interval) when the classes
/// do not overlap.
#[must_use]
pub fn delong_variance(groups: &[TieGroup]) -> Option<f64> {
    let (positives, negatives) = class_totals(groups)?;
    if positives < 2 || negatives < 2 {
        return None;
    }
    let (p, n) = (i128::from(positives), i128::from(negatives));
    let concordant = twice_concordant(groups) as i128;
    // 2 P N (placement - area), for a positive and for a negative of the group
    let (mut outranked, mut outranking) = (0_i128, p);
    let (mut of_positives, mut of_negatives) = (ExactSum::new(), ExactSum::new());
    for group in groups {
        outranking -= i128::from(group.positives);
        let placement_of_positive = 2 * outranked + i128::from(group.negatives);
        let placement_of_negative = 2 * outranking + i128::from(group.positives);
        outranked += i128::from(group.negatives);
        let square = |deviation: i128| {
            // Few are so large that they need the slow conversion.
            let deviation = i64::try_from(deviation).map_or_else(|_| deviation as f64, |deviation| deviation as f64);
            deviation * deviation
        };
        of_positives.add_times(square(placement_of_positive * p - concordant), group.positives);
        of_negatives.add_times(square(placement_of_negative * n - concordant), group.negatives);
    }
    let (p, n) = (positives as f64, negatives as f64);
    let unit = (2.0 * p * n) * (2.0 * p * n);
    Some(of_positives.value() / unit / ((p - 1.0) * p) + of_negatives.value() / unit / ((n - 1.0) * n))
}
