//! State kind *sums*: exact sums of the losses of scored and labelled rows, by cell.

use crate::stats::exact_sum::ExactSum;

/// Half a unit in the last place of 1, doubled: scores are clipped to `[EPSILON, 1 - EPSILON]` in the log loss,
/// as scikit-learn does for 64-bit floats.
pub const EPSILON: f64 = f64::EPSILON;

/// Sums over the scored and labelled rows of one cell.
#[derive(Clone, Debug, Default)]
pub struct LossSums {
    /// Rows.
    pub rows: u64,
    /// Log loss of each row, and its square.
    pub log_loss: Moments,
    /// Squared error of each row, and its square.
    pub brier: Moments,
}

/// First two power sums.
#[derive(Clone, Debug, Default)]
pub struct Moments {
    /// Sum.
    pub sum: ExactSum,
    /// Sum of squares.
    pub squares: ExactSum,
}

impl Moments {
    fn add(&mut self, value: f64) {
        self.sum.add(value);
        self.squares.add_product(value, value);
    }

    fn merge(&mut self, other: &Self) {
        self.sum.merge(&other.sum);
        self.squares.merge(&other.squares);
    }
}

impl LossSums {
    /// Adds a row whose score lies in [0, 1].
    pub(super) fn add(&mut self, score: f64, positive: bool) {
        self.rows += 1;
        let clipped = score.clamp(EPSILON, 1.0 - EPSILON);
        let (likelihood, error) = if positive { (clipped, 1.0 - score) } else { (1.0 - clipped, score) };
        self.log_loss.add(-libm::log(likelihood));
        self.brier.add(error * error);
    }

    /// Adds the rows of another part.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.log_loss.merge(&other.log_loss);
        self.brier.merge(&other.brier);
    }
}
