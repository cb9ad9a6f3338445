//! What is found among the rows with the highest scores: precision, recall, lift and gain at a share k.
//!
//! The top share k is the rows of highest score that together hold the share k of all weight. A tie group that the cut
//! goes through is counted in proportion, both its positives and its negatives, which is the mean over all ways to
//! break the tie: a result that depends on the order of rows in a file is none.
//!
//! precision = positives in the top / weight of the top; recall = positives in the top / all positives, the height of
//! the cumulative gains chart at k; lift = precision / share of positives among all rows = recall / k.
//!
//! Undefined (`None`) without weight and for k outside (0, 1] or NaN; recall and lift without positives.

use crate::stats::{Mass, Scored};

/// What the top share of rows contains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TopShare {
    /// Weighted share of positives in the top.
    pub precision: f64,
    /// Weighted share of all positives that lie in the top: the cumulative gain as a share.
    pub recall: Option<f64>,
    /// Precision relative to the share of positives among all rows.
    pub lift: Option<f64>,
    /// Weight of the positives in the top: the cumulative gain as an amount.
    pub gain: f64,
    /// Kish's effective number of rows in the top.
    pub effective: f64,
    /// The score that the cut goes through.
    pub cut: f64,
    /// The share of its rows that lie in the top.
    pub of_cut: f64,
}

impl TopShare {
    /// How much of a row with this score lies in the top.
    #[must_use]
    pub fn holds(&self, score: f64) -> f64 {
        if score == self.cut { self.of_cut } else { f64::from(score > self.cut) }
    }
}

/// Looks at the top share `k` of the rows by score, given all positives and all negatives.
#[must_use]
pub fn top_share(
    groups: impl DoubleEndedIterator<Item = Scored>,
    (positives, negatives): (Mass, Mass),
    k: f64,
) -> Option<TopShare> {
    let total = (positives + negatives).weight;
    if !(total > 0.0 && k > 0.0 && k <= 1.0) {
        return None;
    }
    let size = k * total;
    let (mut taken, mut squared, mut gain) = (0.0, 0.0, 0.0);
    let (mut cut, mut of_cut) = (f64::NEG_INFINITY, 1.0);
    for group in groups.rev() {
        let weight = group.mass().weight;
        if taken + weight >= size {
            let rest = size - taken;
            (cut, of_cut) = (group.score, if rest > 0.0 { rest / weight } else { 0.0 });
            gain += group.positives.weight * of_cut;
            squared += group.mass().squared * of_cut;
            break;
        }
        gain += group.positives.weight;
        taken += weight;
        squared += group.mass().squared;
    }
    let recall = (positives.weight > 0.0).then(|| gain / positives.weight);
    Some(TopShare {
        precision: gain / size,
        recall,
        lift: recall.map(|recall| recall / k),
        gain,
        effective: size * (size / squared),
        cut,
        of_cut,
    })
}
