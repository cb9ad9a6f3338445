//! Placements: what the area under the ROC curve is a mean of.

use crate::stats::Scored;

/// How a row with some score stands among the rows of the other class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placement {
    /// The score.
    pub score: f64,
    /// For a positive: the share of negatives that it outranks, ties one half.
    pub of_positive: f64,
    /// For a negative: the share of positives that outrank it, ties one half.
    pub of_negative: f64,
}

/// What a row with some score adds to the error of an estimate, times the weight that it is a mean over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The score.
    pub score: f64,
    /// Of a positive.
    pub of_positive: f64,
    /// Of a negative.
    pub of_negative: f64,
}

/// The placement of each score, ascending; shares of weight. Empty when a class has no weight.
///
/// DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44, 837-845: V10 and V01, whose means over the positives and over
/// the negatives are both the area.
#[must_use]
pub fn placements(groups: impl Iterator<Item = Scored> + Clone) -> Vec<Placement> {
    let (positives, negatives) = crate::stats::scored::class_masses(groups.clone());
    if !(positives.weight > 0.0 && negatives.weight > 0.0) {
        return Vec::new();
    }
    let (mut positives_below, mut negatives_below) = (0.0, 0.0);
    groups
        .map(|group| {
            let placement = Placement {
                score: group.score,
                of_positive: (negatives_below + 0.5 * group.negatives.weight) / negatives.weight,
                of_negative: 1.0 - (positives_below + 0.5 * group.positives.weight) / positives.weight,
            };
            positives_below += group.positives.weight;
            negatives_below += group.negatives.weight;
            placement
        })
        .collect()
}
