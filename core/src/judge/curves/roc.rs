//! How the score ranks.

use super::{About, POINTS};
use crate::findings::v1::{Curve, CurvePoint};
use crate::stats::ranking::{self, weighted};

/// The ROC curve; none where a class has too few rows for its rate to be shown.
pub(super) fn curve(about: &About<'_>) -> Option<Curve> {
    let scores = &about.group.scores;
    let (positives, negatives) = scores.classes();
    if !about.shows(positives.rows) || !about.shows(negatives.rows) {
        return None;
    }
    let points = if scores.is_weighted() {
        weighted::roc_curve(scores.scored(), POINTS)?
    } else {
        ranking::roc_curve(&scores.ties, POINTS)?
    };
    let mut curve = about.blank("roc", "False positive rate", "True positive rate");
    curve.points = points
        .into_iter()
        .map(|point| CurvePoint {
            x: point.false_positive_rate,
            y: point.true_positive_rate,
            lower: None,
            upper: None,
            n: None,
        })
        .collect();
    Some(curve)
}
