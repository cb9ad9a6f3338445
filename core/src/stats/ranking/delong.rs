//! Sampling variance of the area under the ROC curve.

use super::{Pairs, TieGroup};
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
    area_and_variance(groups)?.1
}

/// The area with its variance; `None` when a class is empty.
#[must_use]
pub fn area_and_variance(groups: &[TieGroup]) -> Option<(f64, Option<f64>)> {
    let pairs = Pairs::of(groups)?;
    Some((pairs.area(), variance(groups, &pairs)))
}

fn variance(groups: &[TieGroup], pairs: &Pairs) -> Option<f64> {
    let &Pairs { positives, negatives, twice_concordant } = pairs;
    if positives < 2 || negatives < 2 {
        return None;
    }
    let concordant = twice_concordant as i128;
    // 2 P N (placement - area), for a positive and for a negative of the group
    let deviation = |placement: u64, class: u64| i128::from(placement) * i128::from(class) - concordant;
    let (mut outranked, mut outranking) = (0, positives);
    let (mut of_positives, mut of_negatives) = (ExactSum::new(), ExactSum::new());
    for group in groups {
        outranking -= group.positives;
        if group.positives > 0 {
            let deviation = deviation(2 * outranked + group.negatives, positives);
            of_positives.add_times(square(deviation), group.positives);
        }
        outranked += group.negatives;
        if group.negatives > 0 {
            let deviation = deviation(2 * outranking + group.positives, negatives);
            of_negatives.add_times(square(deviation), group.negatives);
        }
    }
    let (p, n) = (positives as f64, negatives as f64);
    let unit = (2.0 * p * n) * (2.0 * p * n);
    Some(of_positives.value() / unit / ((p - 1.0) * p) + of_negatives.value() / unit / ((n - 1.0) * n))
}

fn square(deviation: i128) -> f64 {
    let deviation = i64::try_from(deviation).map_or_else(|_| far(deviation), |deviation| deviation as f64);
    deviation * deviation
}

/// Few deviations are so large that they need the slow conversion, which is kept out of the way of the others.
#[cold]
#[inline(never)]
fn far(deviation: i128) -> f64 {
    deviation as f64
}
