//! How often the positive class occurs where the score says how often it should.

use super::About;
use crate::findings::v1::{Curve, CurvePoint};
use crate::stats::{Mass, Uncertainty};

/// Bins at most; each has about as many rows as the others.
const BINS: u64 = 10;
/// Rows a bin has at least.
const MIN_BIN: u64 = 20;

/// Observed share of positives against the mean score, in bins of equal count; equal scores stay in one bin. Weighted rows
/// count by their weight in both, and in Wilson's interval by Kish's effective number.
pub(super) fn curve(about: &About<'_>, y_label: &str) -> Option<Curve> {
    let total = about.group.scores.rows();
    if total < MIN_BIN || about.group.losses.rows != total {
        return None;
    }
    let size = total.div_ceil(BINS).max(MIN_BIN);
    let mut points = Vec::new();
    let (mut all, mut positives, mut scores) = (Mass::default(), Mass::default(), 0.0_f64);
    let mut left = total;
    for tie in about.group.scores.scored() {
        let rows = tie.positives + tie.negatives;
        left -= rows.rows;
        all += rows;
        positives += tie.positives;
        scores += tie.score * rows.weight;
        // The last bin takes what would be too few rows for one of their own.
        if left == 0 || (all.rows >= size && left >= MIN_BIN) {
            points.extend(point(all, positives, scores, about.plan.level));
            (all, positives, scores) = (Mass::default(), Mass::default(), 0.0);
        }
    }
    let mut curve = about.blank("calibration", "Mean score", y_label);
    curve.points = points;
    Some(curve)
}

/// The point of a bin; none where all its rows weigh nothing.
fn point(all: Mass, positives: Mass, scores: f64, level: f64) -> Option<CurvePoint> {
    let n = all.effective();
    if n <= 0.0 {
        return None;
    }
    let x = positives.weight * (n / all.weight);
    let interval = Uncertainty::Wilson { x, n }.interval(level);
    Some(CurvePoint {
        x: scores / all.weight,
        y: positives.weight / all.weight,
        lower: interval.map(|limits| limits.0),
        upper: interval.map(|limits| limits.1),
        n: Some(all.rows),
    })
}
