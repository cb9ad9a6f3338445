//! What labels, predictions and quantiles that are numbers promise: to be finite, and quantiles to rise with their level.

/// Largest number that is computed with, 2^200: fourth powers of an error and their weighted sums stay finite.
pub(super) const LARGEST: f64 = 1_606_938_044_258_990_275_541_962_092_341_162_602_522_202_993_782_792_835_301_376.0;

/// Whether a number can be computed with.
pub(super) fn is_usable(value: f64) -> bool {
    value.abs() <= LARGEST
}

/// Counts of rows that break the contract of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberContract {
    /// Rows with a prediction.
    pub predicted: u64,
    /// Predictions that are infinite or beyond 2^200: in no measure.
    pub unusable_predictions: u64,
    /// Rows with a label.
    pub labelled: u64,
    /// Labels that are infinite or beyond 2^200: in no measure.
    pub unusable_labels: u64,
    /// Smallest prediction; +infinity when there is none.
    pub lowest: f64,
    /// Largest prediction; -infinity when there is none.
    pub highest: f64,
    /// Smallest label that can be computed with; +infinity when there is none.
    pub lowest_label: f64,
    /// Largest label that can be computed with; -infinity when there is none.
    pub highest_label: f64,
    /// Rows with every quantile of the plan.
    pub with_quantiles: u64,
    /// Of these: rows with a quantile that is infinite or beyond 2^200.
    pub unusable_quantiles: u64,
    /// Of these: rows in which a quantile lies below one of a lower level.
    pub crossing: u64,
}

impl Default for NumberContract {
    fn default() -> Self {
        Self {
            predicted: 0,
            unusable_predictions: 0,
            labelled: 0,
            unusable_labels: 0,
            lowest: f64::INFINITY,
            highest: f64::NEG_INFINITY,
            lowest_label: f64::INFINITY,
            highest_label: f64::NEG_INFINITY,
            with_quantiles: 0,
            unusable_quantiles: 0,
            crossing: 0,
        }
    }
}

impl NumberContract {
    pub(super) fn add(&mut self, label: Option<f64>, prediction: Option<f64>) {
        // -0 and 0 are the same number.
        if let Some(prediction) = prediction.map(|value| value + 0.0) {
            self.predicted += 1;
            self.unusable_predictions += u64::from(!is_usable(prediction));
            self.lowest = self.lowest.min(prediction);
            self.highest = self.highest.max(prediction);
        }
        if let Some(label) = label.map(|value| value + 0.0) {
            self.labelled += 1;
            if is_usable(label) {
                self.lowest_label = self.lowest_label.min(label);
                self.highest_label = self.highest_label.max(label);
            } else {
                self.unusable_labels += 1;
            }
        }
    }

    /// Adds the quantiles of a row, by rising level.
    pub(super) fn add_quantiles(&mut self, quantiles: &[f64]) {
        self.with_quantiles += 1;
        self.unusable_quantiles += u64::from(!quantiles.iter().all(|quantile| is_usable(*quantile)));
        self.crossing += u64::from(!quantiles.is_sorted());
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.predicted += other.predicted;
        self.unusable_predictions += other.unusable_predictions;
        self.labelled += other.labelled;
        self.unusable_labels += other.unusable_labels;
        self.lowest = self.lowest.min(other.lowest);
        self.highest = self.highest.max(other.highest);
        self.lowest_label = self.lowest_label.min(other.lowest_label);
        self.highest_label = self.highest_label.max(other.highest_label);
        self.with_quantiles += other.with_quantiles;
        self.unusable_quantiles += other.unusable_quantiles;
        self.crossing += other.crossing;
    }

    /// All of it, for the digest.
    pub(super) fn numbers(&self) -> [u64; 11] {
        [
            self.predicted,
            self.unusable_predictions,
            self.labelled,
            self.unusable_labels,
            self.lowest.to_bits(),
            self.highest.to_bits(),
            self.lowest_label.to_bits(),
            self.highest_label.to_bits(),
            self.with_quantiles,
            self.unusable_quantiles,
            self.crossing,
        ]
    }
}
