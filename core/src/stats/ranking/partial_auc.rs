//! Area under the first part of the ROC curve.
//!
//! McClish 1989, "Analyzing a portion of the ROC curve", Medical Decision Making 9, 190-195: where only false positive
//! rates up to f are tolerable, only the curve left of f counts. Its area A lies between f²/2 (scores without
//! information) and f (perfect); ½ (1 + (A - f²/2) / (f - f²/2)) puts these at ½ and 1. Within a tie group, and so at
//! f, the curve is a straight line. At f = 1 both are the whole area.
//!
//! Undefined (`None`) when a class has no weight and for f outside (0, 1] or NaN.

use crate::stats::Scored;
use crate::stats::scored::class_masses;

/// Area under a ROC curve up to a false positive rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartialAuc {
    /// The area itself.
    pub area: f64,
    /// The area rescaled so that ½ is chance and 1 perfect; below ½ when worse than chance.
    pub standardised: f64,
}

/// The area under the ROC curve of weighted rows up to the false positive rate `limit`.
#[must_use]
pub fn partial_auc(groups: impl DoubleEndedIterator<Item = Scored> + Clone, limit: f64) -> Option<PartialAuc> {
    let (positives, negatives) = class_masses(groups.clone());
    if !(positives.weight > 0.0 && negatives.weight > 0.0 && limit > 0.0 && limit <= 1.0) {
        return None;
    }
    let allowed = limit * negatives.weight;
    let (mut found, mut alarms, mut area) = (0.0, 0.0, 0.0);
    for group in groups.rev() {
        let (p, n) = (group.positives.weight, group.negatives.weight);
        if alarms + n >= allowed {
            let rest = allowed - alarms;
            // n is 0 only where nothing is left to add.
            let risen = if rest > 0.0 { p * (rest / n) } else { 0.0 };
            area += rest * (found + 0.5 * risen);
            break;
        }
        area += n * (found + 0.5 * p);
        found += p;
        alarms += n;
    }
    let area = area / positives.weight / negatives.weight;
    let chance = 0.5 * limit * limit;
    Some(PartialAuc { area, standardised: 0.5 * (1.0 + (area - chance) / (limit - chance)) })
}
