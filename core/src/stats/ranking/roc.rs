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
    let point = |(threshold, fp, tp): Corner| RocPoint {
        threshold,
        false_positive_rate: fp as f64 / negatives as f64,
        true_positive_rate: tp as f64 / positives as f64,
    };
    // There are no more corners than scores, and one.
    let most = max_points.clamp(2, groups.len() + 2);
    let parts = most as u128 - 1;
    let length = 2 * u128::from(positives) * u128::from(negatives);
    let (mut corners, mut needed) = (0, 0);
    // As long as there is room for all of them, and those kept of too many.
    let (mut all, mut kept) = (Vec::with_capacity(most), Vec::with_capacity(most));
    each_corner(groups, |corner| {
        let (_, fp, tp) = corner;
        if corners < most {
            all.push(point(corner));
        }
        corners += 1;
        let travelled = u128::from(fp) * u128::from(positives) + u128::from(tp) * u128::from(negatives);
        if travelled >= needed {
            kept.push(point(corner));
            let next = travelled * parts / length + 1;
            needed = (next * length).div_ceil(parts);
        }
    });
    Some(if corners <= most { all } else { kept })
}

/// Threshold, false positives, true positives.
type Corner = (Option<f64>, u64, u64);

/// Visits the points of the curve where its direction changes, with both ends.
fn each_corner(groups: &[TieGroup], mut visit: impl FnMut(Corner)) {
    let (mut before, mut last): (Option<Corner>, Corner) = (None, (None, 0, 0));
    for group in groups.iter().rev().filter(|g| g.positives + g.negatives > 0) {
        let next = (Some(group.score), last.1 + group.negatives, last.2 + group.positives);
        let straight = before.is_some_and(|before| {
            let rise = |from: Corner, to: Corner| (u128::from(to.1 - from.1), u128::from(to.2 - from.2));
            let ((fp, tp), (next_fp, next_tp)) = (rise(before, last), rise(last, next));
            fp * next_tp == tp * next_fp
        });
        if !straight {
            visit(last);
            before = Some(last);
        }
        last = next;
    }
    visit(last);
}
