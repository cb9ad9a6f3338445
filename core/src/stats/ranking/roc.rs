//! ROC curve and the area under it.

use super::{Pairs, TieGroup, class_totals};

/// Area under the ROC curve = P(score of a positive > score of a negative) + ½ P(tie) = U / (positives × negatives).
///
/// Mann and Whitney 1947 (Annals of Mathematical Statistics 18, 50-60); Hanley and McNeil 1982 (Radiology 143, 29-36).
/// The pairs are counted in integers and divided once. `None` when a class is empty.
#[must_use]
pub fn roc_auc(groups: &[TieGroup]) -> Option<f64> {
    Pairs::of(groups).map(|pairs| pairs.area())
}

/// One point of a ROC curve: everything at or above `threshold` is called positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RocPoint {
    /// The score at and above which rows are called positive; `None` for the start, where none is.
    pub threshold: Option<f64>,
    /// Share of negatives called positive.
    pub false_positive_rate: f64,
    /// Share of positives called positive.
    pub true_positive_rate: f64,
}

/// The ROC curve from (0, 0) to (1, 1), thinned to at most `max_points` points (at least 2).
///
/// Points on a straight line between their neighbours are left out first, which changes nothing. If more remain, the
/// curve is cut into equal parts of its length |ΔFPR| + |ΔTPR| (fixed, because both only grow) and the first point of
/// each is kept; integers throughout, so the choice is the same everywhere. `None` when a class is empty.
#[must_use]
pub fn roc_curve(groups: &[TieGroup], max_points: usize) -> Option<Vec<RocPoint>> {
    let (positives, negatives) = class_totals(groups)?;
    let corners = corners(groups);
    let point = |&(threshold, fp, tp): &Corner| RocPoint {
        threshold,
        false_positive_rate: fp as f64 / negatives as f64,
        true_positive_rate: tp as f64 / positives as f64,
    };
    if corners.len() <= max_points.max(2) {
        return Some(corners.iter().map(point).collect());
    }
    let parts = max_points.max(2) as u128 - 1;
    let length = 2 * u128::from(positives) * u128::from(negatives);
    let mut next = 0;
    let mut kept = Vec::with_capacity(max_points);
    for corner in &corners {
        let &(_, fp, tp) = corner;
        let travelled = u128::from(fp) * u128::from(positives) + u128::from(tp) * u128::from(negatives);
        if travelled * parts >= next * length {
            kept.push(point(corner));
            next = travelled * parts / length + 1;
        }
    }
    Some(kept)
}

/// Threshold, false positives, true positives.
type Corner = (Option<f64>, u64, u64);

/// Points of the curve where its direction changes, with both ends.
fn corners(groups: &[TieGroup]) -> Vec<Corner> {
    let mut corners: Vec<Corner> = vec![(None, 0, 0)];
    let (mut fp, mut tp) = (0, 0);
    for group in groups.iter().rev().filter(|g| g.positives + g.negatives > 0) {
        fp += group.negatives;
        tp += group.positives;
        if let [.., (_, fp0, tp0), (_, fp1, tp1)] = corners[..] {
            let straight = u128::from(fp1 - fp0) * u128::from(tp - tp1) == u128::from(tp1 - tp0) * u128::from(fp - fp1);
            if straight {
                corners.pop();
            }
        }
        corners.push((Some(group.score), fp, tp));
    }
    corners
}
