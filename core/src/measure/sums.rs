//! State kind *sums*: exact sums over rows, by cell.

use super::counts::WeightSums;
use super::digest::DigestWriter;
use crate::stats::elementary::ln;
use crate::stats::exact_sum::ExactSum;

/// Half a unit in the last place of 1, doubled: scores are clipped to `[EPSILON, 1 - EPSILON]` in the log loss,
/// as scikit-learn does for 64-bit floats.
pub const EPSILON: f64 = f64::EPSILON;

/// Sums over the scored and labelled rows of one cell; w is the weight of a row, 1 where rows are not weighted.
#[derive(Clone, Debug, Default)]
pub struct LossSums {
    /// Rows.
    pub rows: u64,
    /// Log loss of each row.
    pub log_loss: Moments,
    /// Squared error of each row.
    pub brier: Moments,
    /// Sums of weights; `None` where the plan has no weight column.
    pub weights: Option<Box<WeightSums>>,
}

/// Sums of a loss x over rows.
#[derive(Clone, Debug, Default)]
pub struct Moments {
    /// Sum of w x.
    pub sum: ExactSum,
    /// Sum of (w x)².
    pub squares: ExactSum,
    /// Sum of w² x; `None` where rows are not weighted, as it is then the first sum.
    pub cross: Option<Box<ExactSum>>,
}

/// Sums from which the mean of a number over some rows follows, and its error.
#[derive(Clone, Debug, Default)]
pub struct MeanSums {
    /// Rows that have the number.
    pub rows: u64,
    /// The number.
    pub moments: Moments,
    /// Sums of weights; `None` where the plan has no weight column.
    pub weights: Option<Box<WeightSums>>,
}

impl MeanSums {
    pub(super) fn add(&mut self, value: f64, weight: Option<f64>) {
        self.rows += 1;
        self.moments.add(value, weight);
        if let Some(weight) = weight {
            self.weights.get_or_insert_default().add(weight);
        }
    }

    /// Adds the rows of another part.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.moments.merge(&other.moments);
        merge_weights(&mut self.weights, other.weights.as_deref());
    }
}

pub(super) fn merge_weights(mine: &mut Option<Box<WeightSums>>, theirs: Option<&WeightSums>) {
    if let Some(theirs) = theirs {
        mine.get_or_insert_default().merge(theirs);
    }
}

impl Moments {
    pub(super) fn add(&mut self, value: f64, weight: Option<f64>) {
        let by = weight.unwrap_or(1.0);
        let weighted = by * value;
        // Not rounded: far from 0, a variance is what little is left of large sums.
        self.sum.add_product(by, value);
        self.squares.add_product(weighted, weighted);
        if let Some(weight) = weight {
            self.cross.get_or_insert_default().add_product(weight, weighted);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.sum.merge(&other.sum);
        self.squares.merge(&other.squares);
        if let Some(theirs) = &other.cross {
            self.cross.get_or_insert_default().merge(theirs);
        }
    }
}

/// Log loss and squared error of a row whose score lies in [0, 1].
pub(crate) fn losses(score: f64, positive: bool) -> (f64, f64) {
    let clipped = score.clamp(EPSILON, 1.0 - EPSILON);
    let (likelihood, error) = if positive { (clipped, 1.0 - score) } else { (1.0 - clipped, score) };
    (-ln(likelihood), error * error)
}

impl LossSums {
    /// Adds a row whose score lies in [0, 1].
    pub(super) fn add(&mut self, score: f64, positive: bool, weight: Option<f64>) {
        let (log_loss, brier) = losses(score, positive);
        self.add_losses(log_loss, brier, weight);
    }

    /// Adds a row by its losses.
    pub(super) fn add_losses(&mut self, log_loss: f64, brier: f64, weight: Option<f64>) {
        self.rows += 1;
        self.log_loss.add(log_loss, weight);
        self.brier.add(brier, weight);
        if let Some(weight) = weight {
            self.weights.get_or_insert_default().add(weight);
        }
    }

    pub(super) fn digest(&self, bytes: &mut DigestWriter) {
        bytes.number(self.rows);
        for moments in [&self.log_loss, &self.brier] {
            bytes.sum(&moments.sum);
            bytes.sum(&moments.squares);
            if let Some(cross) = &moments.cross {
                bytes.sum(cross);
            }
        }
        if let Some(sums) = &self.weights {
            bytes.sum(&sums.weight);
            bytes.sum(&sums.squared);
        }
    }

    /// Adds the rows of another part.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.log_loss.merge(&other.log_loss);
        self.brier.merge(&other.brier);
        merge_weights(&mut self.weights, other.weights.as_deref());
    }
}
