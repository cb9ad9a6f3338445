//! Ranking measures of weighted rows: the definitions of the unweighted ones, with sums of weights for counts.
//!
//! Equal weights, whatever their size, give the unweighted results up to rounding. Precision-recall measures run from
//! the highest score down, so that precision among the first rows is not a difference of large sums.

use super::RocPoint;
use crate::stats::Scored;
use crate::stats::scored::class_masses;

/// Weighted share of (positive, negative) pairs ranked rightly, ties counting one half; each pair weighs the product of
/// its rows' weights. `None` when a class has no weight.
#[must_use]
pub fn roc_auc(groups: impl Iterator<Item = Scored> + Clone) -> Option<f64> {
    class_weights(groups.clone())?;
    let (mut positives_below, mut negatives_below) = (0.0, 0.0);
    let (mut concordant, mut discordant) = (0.0, 0.0);
    for Scored { positives, negatives, .. } in groups {
        concordant += positives.weight * (negatives_below + 0.5 * negatives.weight);
        discordant += negatives.weight * (positives_below + 0.5 * positives.weight);
        positives_below += positives.weight;
        negatives_below += negatives.weight;
    }
    // Not divided by the product of the classes' weights: classes that do not overlap give exactly 0 or 1.
    Some(concordant / (concordant + discordant))
}

/// The weighted ROC curve from (0, 0) to (1, 1), thinned to at most `max_points` points (at least 2), as that of
/// unweighted rows is: by equal parts of its length |ΔFPR| + |ΔTPR|. `None` when a class has no weight.
#[must_use]
pub fn roc_curve(groups: impl DoubleEndedIterator<Item = Scored> + Clone, max_points: usize) -> Option<Vec<RocPoint>> {
    // Added up from the highest score as the points are, so that the curve ends at exactly (1, 1).
    let (positives, negatives) = class_weights(groups.clone().rev())?;
    let corners = corners(groups);
    let point = |&(threshold, fp, tp): &Corner| RocPoint {
        threshold,
        false_positive_rate: fp / negatives,
        true_positive_rate: tp / positives,
    };
    if corners.len() <= max_points.max(2) {
        return Some(corners.iter().map(point).collect());
    }
    let parts = max_points.max(2) - 1;
    let last = corners.len() - 1;
    let mut next = 0;
    let mut kept = Vec::with_capacity(max_points);
    for (place, corner) in corners.iter().enumerate() {
        let &(_, fp, tp) = corner;
        let part = 0.5 * (fp / negatives + tp / positives) * parts as f64;
        // The end comes exactly to the last part, whatever the points before it were rounded to.
        if place == last || (part >= next as f64 && next < parts) {
            kept.push(point(corner));
            next = part as usize + 1;
        }
    }
    Some(kept)
}

/// Threshold, weight of false positives, weight of true positives.
type Corner = (Option<f64>, f64, f64);

/// Points of the curve where its direction changes, with both ends.
fn corners(groups: impl DoubleEndedIterator<Item = Scored>) -> Vec<Corner> {
    let mut corners: Vec<Corner> = vec![(None, 0.0, 0.0)];
    let (mut fp, mut tp) = (0.0, 0.0);
    for group in groups.rev().filter(|group| group.mass().weight > 0.0) {
        fp += group.negatives.weight;
        tp += group.positives.weight;
        if let [.., (_, fp0, tp0), (_, fp1, tp1)] = corners[..]
            && (fp1 - fp0) * (tp - tp1) == (tp1 - tp0) * (fp - fp1)
        {
            corners.pop();
        }
        corners.push((Some(group.score), fp, tp));
    }
    corners
}

/// DeLong's variance of the weighted area.
///
/// With V the weighted share of negatives a positive outranks (ties one half) and w its weight: n / (n - 1) × Σ w² (V -
/// area)² / (Σ w)² over positives, n their Kish-effective number, plus the same over negatives. The variance of the
/// weighted Mann-Whitney statistic by its projection (DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44, 837-845),
/// weights taken as given; equal weights give DeLong's variance. `None` when no more than one row of a class counts. 0
/// (not an error, but no basis for an interval) when the classes do not overlap.
#[must_use]
pub fn delong_variance(groups: impl Iterator<Item = Scored> + Clone) -> Option<f64> {
    let area = roc_auc(groups.clone())?;
    let (positives, negatives) = class_masses(groups.clone());
    let (positive_correction, negative_correction) =
        (positives.deviation_correction()?, negatives.deviation_correction()?);
    let (mut positives_below, mut negatives_below) = (0.0, 0.0);
    let (mut of_positives, mut of_negatives) = (0.0, 0.0);
    for group in groups {
        let of_positive = (negatives_below + 0.5 * group.negatives.weight) / negatives.weight - area;
        // What a negative outranks deviates from 1 - area as what outranks it does from the area.
        let of_negative = (positives_below + 0.5 * group.positives.weight) / positives.weight - (1.0 - area);
        of_positives += group.positives.squared * (of_positive * of_positive);
        of_negatives += group.negatives.squared * (of_negative * of_negative);
        positives_below += group.positives.weight;
        negatives_below += group.negatives.weight;
    }
    Some(
        positive_correction * of_positives / (positives.weight * positives.weight)
            + negative_correction * of_negatives / (negatives.weight * negatives.weight),
    )
}

/// max |F_positive(s) - F_negative(s)| over all scores, F being shares of weight. `None` when a class has no weight.
#[must_use]
pub fn ks_statistic(groups: impl Iterator<Item = Scored> + Clone) -> Option<f64> {
    let (positives, negatives) = class_weights(groups.clone())?;
    let (mut p, mut n, mut largest) = (0.0, 0.0, 0.0_f64);
    for group in groups {
        p += group.positives.weight;
        n += group.negatives.weight;
        largest = largest.max((p / positives - n / negatives).abs());
    }
    Some(largest)
}

/// Average precision Σ (R_k - R_{k-1}) P_k over descending thresholds, with weighted recall and precision. `None`
/// without weight of positives.
#[must_use]
pub fn average_precision(groups: impl DoubleEndedIterator<Item = Scored>) -> Option<f64> {
    mean_over_steps(groups, |_, after| after)
}

/// Area under the weighted precision-recall curve by the trapezoidal rule, from (recall 0, precision 1). `None` without
/// weight of positives.
#[must_use]
pub fn pr_auc_trapezoid(groups: impl DoubleEndedIterator<Item = Scored>) -> Option<f64> {
    mean_over_steps(groups, |before, after| 0.5 * (before + after))
}

/// Mean, over the weight of positives, of a height made of the precision before and after each tie group is called
/// positive.
fn mean_over_steps(groups: impl DoubleEndedIterator<Item = Scored>, height: impl Fn(f64, f64) -> f64) -> Option<f64> {
    let (mut found, mut called, mut before, mut area) = (0.0, 0.0, 1.0, 0.0);
    for group in groups.rev().filter(|group| group.mass().weight > 0.0) {
        found += group.positives.weight;
        called += group.mass().weight;
        let after = found / called;
        area += group.positives.weight * height(before, after);
        before = after;
    }
    (found > 0.0).then(|| area / found)
}

fn class_weights(groups: impl Iterator<Item = Scored>) -> Option<(f64, f64)> {
    let (positives, negatives) = class_masses(groups);
    (positives.weight > 0.0 && negatives.weight > 0.0).then_some((positives.weight, negatives.weight))
}
