//! What the scores promise: a range, and agreement with the decisions.

use super::classes::MISSING;
use super::counts::Decided;
use super::digest::DigestWriter;

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

    pub(super) fn digest(&self, bytes: &mut DigestWriter) {
        for number in [
            self.scored,
            self.infinite,
            self.outside_unit,
            self.inconsistent,
            self.decided,
            self.lowest.to_bits(),
            self.highest.to_bits(),
            self.lowest_positive.to_bits(),
            self.highest_negative.to_bits(),
        ] {
            bytes.number(number);
        }
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

/// How far the scores of a row may add up to something else than 1: what rounding each to two digits may leave.
const SUM_TOLERANCE: f64 = 0.01;

/// What the scores of all classes promise together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassContract {
    /// Rows with a score of every class.
    pub scored: u64,
    /// Of these, rows with a score that is infinite.
    pub infinite: u64,
    /// Rows with a finite score below 0 or above 1.
    pub outside_unit: u64,
    /// Rows whose finite scores do not add up to 1, within 0.01.
    pub not_one: u64,
    /// Rows with finite scores of which either is true.
    pub not_probabilities: u64,
    /// Scored rows with a decision.
    pub decided: u64,
    /// Of these, rows whose decision is not the class with the highest score; of equal scores the first counts.
    pub inconsistent: u64,
}

impl ClassContract {
    /// Adds a row, whose class with the highest score is `best`.
    pub(super) fn add(&mut self, scores: &[f64], best: usize, decision: u32) {
        self.scored += 1;
        if scores.iter().any(|score| score.is_infinite()) {
            self.infinite += 1;
        } else {
            let outside = scores.iter().any(|score| !(0.0..=1.0).contains(score));
            let not_one = (scores.iter().sum::<f64>() - 1.0).abs() > SUM_TOLERANCE;
            self.outside_unit += u64::from(outside);
            self.not_one += u64::from(not_one);
            self.not_probabilities += u64::from(outside || not_one);
        }
        if decision != MISSING {
            self.decided += 1;
            self.inconsistent += u64::from(decision as usize != best);
        }
    }

    fn numbers(&mut self) -> [&mut u64; 7] {
        let Self { scored, infinite, outside_unit, not_one, not_probabilities, decided, inconsistent } = self;
        [scored, infinite, outside_unit, not_one, not_probabilities, decided, inconsistent]
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.numbers().into_iter().zip(other.clone().numbers()) {
            *mine += *theirs;
        }
    }

    pub(super) fn digest(&self, bytes: &mut DigestWriter) {
        for number in self.clone().numbers() {
            bytes.number(*number);
        }
    }
}
