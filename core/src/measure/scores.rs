//! What the scores promise: a range, and agreement with the decisions.

use super::counts::Decided;

/// Counts of scored rows that break the contract of predictions.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreContract {
    /// Rows with a score.
    pub scored: u64,
    /// Scores that are infinite.
    pub infinite: u64,
    /// Finite scores below 0 or above 1.
    pub outside_unit: u64,
    /// Decisions that contradict score and threshold.
    pub inconsistent: u64,
    /// Rows with a score and a decision.
    pub decided: u64,
    /// Smallest score; +infinity when there is none.
    pub lowest: f64,
    /// Largest score; -infinity when there is none.
    pub highest: f64,
    /// Smallest score with a positive decision.
    pub lowest_positive: f64,
    /// Largest score with a negative decision.
    pub highest_negative: f64,
}

impl Default for ScoreContract {
    fn default() -> Self {
        Self {
            scored: 0,
            infinite: 0,
            outside_unit: 0,
            inconsistent: 0,
            decided: 0,
            lowest: f64::INFINITY,
            highest: f64::NEG_INFINITY,
            lowest_positive: f64::INFINITY,
            highest_negative: f64::NEG_INFINITY,
        }
    }
}

impl ScoreContract {
    pub(super) fn add(&mut self, score: f64, decision: Decided, threshold: Option<f64>) {
        // -0 and 0 are the same score.
        let score = score + 0.0;
        self.scored += 1;
        if score.is_infinite() {
            self.infinite += 1;
        } else if !(0.0..=1.0).contains(&score) {
            self.outside_unit += 1;
        }
        self.lowest = self.lowest.min(score);
        self.highest = self.highest.max(score);
        let positive = match decision {
            Decided::Positive => {
                self.lowest_positive = self.lowest_positive.min(score);
                true
            }
            Decided::Negative => {
                self.highest_negative = self.highest_negative.max(score);
                false
            }
            Decided::Missing | Decided::Excluded => return,
        };
        self.decided += 1;
        self.inconsistent += u64::from(threshold.is_some_and(|threshold| (score >= threshold) != positive));
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.scored += other.scored;
        self.infinite += other.infinite;
        self.outside_unit += other.outside_unit;
        self.inconsistent += other.inconsistent;
        self.decided += other.decided;
        self.lowest = self.lowest.min(other.lowest);
        self.highest = self.highest.max(other.highest);
        self.lowest_positive = self.lowest_positive.min(other.lowest_positive);
        self.highest_negative = self.highest_negative.max(other.highest_negative);
    }
}
