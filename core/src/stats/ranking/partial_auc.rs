//! Area under the first part of the ROC curve.
//!
//! McClish 1989, "Analyzing a portion of the ROC curve", Medical Decision Making 9, 190-195: where only false positive
//! rates up to f are tolerable, only the curve left of f counts. Its area A lies between f²/2 (scores without
//! information) and f (perfect); ½ (1 + (A - f²/2) / (f - f²/2)) puts these at ½ and 1. Within a tie group, and so at
//! f, the curve is a straight line. At f = 1 both are the whole area.
//!
//! The sampling variance is DeLong's, cut at f. With S the false positive rate at a score, A is the mean of (f - S)₊ over
//! positives, and by a negative it moves as the share of positives that it outranks and that lie left of f (compare the
//! placement values of DeLong, DeLong and Clarke-Pearson 1988, which these are at f = 1). Rows of a tie group have the mean
//! over its piece of the curve.
//!
//! Undefined (`None`) when a class has no weight and for f outside (0, 1] or NaN.

use std::iter;

use super::Effect;
use crate::stats::scored::class_masses;
use crate::stats::{Mass, Scored};

/// Area under a ROC curve up to a false positive rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartialAuc {
    /// The area itself.
    pub area: f64,
    /// The area rescaled so that ½ is chance and 1 perfect; below ½ when worse than chance.
    pub standardised: f64,
    /// Sampling variance of the area itself. `None` when no more than one row of a class counts; 0 (no basis for an interval)
    /// when the classes do not overlap left of the limit.
    pub variance: Option<f64>,
}

impl PartialAuc {
    /// The rescaled area as `factor * area / limit + offset`.
    #[must_use]
    pub fn standardisation(limit: f64) -> (f64, f64) {
        (1.0 / (2.0 - limit), 0.5 * (1.0 - limit / (2.0 - limit)))
    }
}

/// The area under the ROC curve of weighted rows up to the false positive rate `limit`.
#[must_use]
pub fn partial_auc(groups: impl DoubleEndedIterator<Item = Scored> + Clone, limit: f64) -> Option<PartialAuc> {
    let part = Part::new(groups.clone(), limit)?;
    let chance = 0.5 * limit * limit;
    Some(PartialAuc {
        area: part.area,
        standardised: 0.5 * (1.0 + (part.area - chance) / (limit - chance)),
        variance: part.variance(groups),
    })
}

/// What a row of each score adds to the error of the area, times the weight of its class; ascending.
#[must_use]
pub fn partial_auc_effects(groups: impl DoubleEndedIterator<Item = Scored> + Clone, limit: f64) -> Option<Vec<Effect>> {
    let part = Part::new(groups.clone(), limit)?;
    let mut effects: Vec<Effect> = part.effects(groups).map(|(_, effect)| effect).collect();
    effects.reverse();
    Some(effects)
}

/// The first part of a curve.
struct Part {
    limit: f64,
    positives: Mass,
    negatives: Mass,
    area: f64,
}

impl Part {
    fn new(groups: impl DoubleEndedIterator<Item = Scored> + Clone, limit: f64) -> Option<Self> {
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
        Some(Self { limit, positives, negatives, area: area / positives.weight / negatives.weight })
    }

    fn variance(&self, groups: impl DoubleEndedIterator<Item = Scored> + Clone) -> Option<f64> {
        let Self { positives, negatives, .. } = self;
        let (of_positive, of_negative) = (positives.deviation_correction()?, negatives.deviation_correction()?);
        let mut sums = (0.0, 0.0);
        for (group, effect) in self.effects(groups) {
            sums.0 += group.positives.squared * effect.of_positive * effect.of_positive;
            sums.1 += group.negatives.squared * effect.of_negative * effect.of_negative;
        }
        let share = |sum: f64, correction: f64, class: f64| correction * sum / (class * class);
        Some(share(sums.0, of_positive, positives.weight) + share(sums.1, of_negative, negatives.weight))
    }

    /// What a row of each score adds to the error of the area, times the weight of its class; descending.
    fn effects(
        &self,
        groups: impl DoubleEndedIterator<Item = Scored> + Clone,
    ) -> impl Iterator<Item = (Scored, Effect)> {
        let &Self { limit, positives, negatives, area } = self;
        let pieces = move |groups: iter::Rev<_>| {
            groups.scan(0.0, move |alarms, group: Scored| {
                let before = *alarms;
                // Beyond the limit it does not matter how far.
                if before < limit {
                    *alarms += group.negatives.weight / negatives.weight;
                }
                Some(Piece { group, before, width: *alarms - before, limit })
            })
        };
        let inside = pieces(groups.clone().rev()).take_while(|piece| piece.before < limit);
        let found: f64 = inside.map(|piece| piece.group.positives.weight * piece.inside()).sum();
        let mut left = found;
        pieces(groups.rev()).map(move |piece| {
            let inside = piece.inside();
            // Positives that a negative of this piece outranks, left of the limit.
            left -= piece.group.positives.weight * inside;
            let outranked = left.max(0.0) + 0.5 * piece.group.positives.weight * inside * inside;
            let mean = limit * found / positives.weight - area;
            let of_negative = outranked / positives.weight - mean;
            (piece.group, Effect { score: piece.group.score, of_positive: piece.rest() - area, of_negative })
        })
    }
}

/// The piece of the curve that a tie group is.
struct Piece {
    group: Scored,
    /// False positive rate where it begins.
    before: f64,
    /// How much the false positive rate grows along it.
    width: f64,
    limit: f64,
}

impl Piece {
    /// Share of it that lies left of the limit.
    fn inside(&self) -> f64 {
        let room = self.limit - self.before;
        if room <= 0.0 {
            0.0
        } else if room >= self.width {
            1.0
        } else {
            room / self.width
        }
    }

    /// Mean distance from it to the limit, 0 to the right of it.
    fn rest(&self) -> f64 {
        let inside = self.inside();
        inside * (self.limit - self.before - 0.5 * inside * self.width)
    }
}
