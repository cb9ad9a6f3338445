//! What weighted and unweighted statistics of scores are computed from: rows counted and weighed by score and class.
//!
//! Weights are taken as relative importances of rows that were drawn independently (survey, propensity), not as counts
//! of identical rows: what they do to a sampling error goes through the sum of squares. Kish 1965, "Survey Sampling",
//! sec. 11.7: rows of unequal weight know as much about a mean as (Σ w)² / Σ w² rows of equal weight.

use core::ops::{Add, AddAssign};

/// Kish-effective counts this close above 1 are one row and rounding.
const ONE_ROW: f64 = 1.0 + 1e-9;

/// Rows and their weights: count, sum of weights, sum of squared weights. Unweighted rows weigh 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mass {
    /// Rows.
    pub rows: u64,
    /// Sum of their weights.
    pub weight: f64,
    /// Sum of their squared weights.
    pub squared: f64,
}

impl Mass {
    /// Unweighted rows.
    #[must_use]
    pub fn of_rows(rows: u64) -> Self {
        Self { rows, weight: rows as f64, squared: rows as f64 }
    }

    /// Kish's effective number of rows, (Σ w)² / Σ w²; 0 when nothing weighs anything. Exact for unweighted rows.
    #[must_use]
    pub fn effective(&self) -> f64 {
        if self.squared > 0.0 { self.weight * (self.weight / self.squared) } else { 0.0 }
    }

    /// Whether every row weighs 1.
    pub(super) fn is_unweighted(&self) -> bool {
        let rows = self.rows as f64;
        self.weight == rows && self.squared == rows
    }

    /// n / (n - 1) with the effective n: what makes a mean squared deviation from the sample's own mean unbiased for
    /// equal weights. `None` when no more than one row counts.
    #[must_use]
    pub fn deviation_correction(&self) -> Option<f64> {
        let n = self.effective();
        (self.rows >= 2 && n > ONE_ROW).then(|| n / (n - 1.0))
    }
}

impl Add for Mass {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { rows: self.rows + other.rows, weight: self.weight + other.weight, squared: self.squared + other.squared }
    }
}

impl AddAssign for Mass {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// All rows that share one score, by class. Sequences of these ascend by score, each score once, never NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// The score they share.
    pub score: f64,
    /// Rows of the positive class.
    pub positives: Mass,
    /// Rows of the negative class.
    pub negatives: Mass,
}

impl Scored {
    /// Both classes together.
    pub(super) fn mass(&self) -> Mass {
        self.positives + self.negatives
    }
}

/// Positives and negatives of all groups.
pub(super) fn class_masses(groups: impl Iterator<Item = Scored>) -> (Mass, Mass) {
    groups.fold((Mass::default(), Mass::default()), |(positives, negatives), group| {
        (positives + group.positives, negatives + group.negatives)
    })
}
