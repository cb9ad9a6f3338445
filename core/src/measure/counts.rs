//! State kind *counts*: rows by cell, label and decision, with the exact sums of their weights.

use super::multiclass::Counted;
use crate::stats::exact_sum::ExactSum;

/// Levels of the label axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Label {
    /// The negative class.
    Negative = 0,
    /// The positive class.
    Positive = 1,
    /// No label.
    Missing = 2,
}

/// Levels of the decision axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Decided {
    /// A negative decision.
    Negative = 0,
    /// A positive decision.
    Positive = 1,
    /// No decision.
    Missing = 2,
    /// A value that the plan excludes (referred, abstained, overridden).
    Excluded = 3,
}

/// Number of label levels.
pub const LABELS: usize = 3;
/// Number of decision levels.
pub const DECISIONS: usize = 4;
/// Entries of one cell.
pub const ENTRIES: usize = LABELS * DECISIONS;

/// The counts of one cell: entry `label * DECISIONS + decision`.
#[derive(Clone, Debug, Default)]
pub struct CellCounts {
    /// Rows.
    pub rows: [u64; ENTRIES],
    /// Sums of weights; `None` where the plan has no weight column.
    pub weights: Option<Box<[WeightSums; ENTRIES]>>,
}

/// Exact sums of the weights of some rows.
#[derive(Clone, Debug, Default)]
pub struct WeightSums {
    /// Sum of weights.
    pub weight: ExactSum,
    /// Sum of squared weights.
    pub squared: ExactSum,
}

impl WeightSums {
    pub(super) fn add(&mut self, weight: f64) {
        self.weight.add(weight);
        self.squared.add_product(weight, weight);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.weight.merge(&other.weight);
        self.squared.merge(&other.squared);
    }
}

impl CellCounts {
    /// Index of an entry.
    pub const fn entry(label: Label, decision: Decided) -> usize {
        label as usize * DECISIONS + decision as usize
    }

    /// Adds one weighted row to the sums of an entry.
    pub(super) fn add_weight(&mut self, entry: usize, weight: f64) {
        self.weights.get_or_insert_default()[entry].add(weight);
    }

    /// Adds rows to an entry.
    pub(super) fn add(&mut self, entry: usize, counted: &Counted) {
        self.rows[entry] += counted.rows;
        if let Some(sums) = &counted.weights {
            self.weights.get_or_insert_default()[entry].merge(sums);
        }
    }

    /// Adds the rows of another part.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.rows.iter_mut().zip(&other.rows) {
            *mine += theirs;
        }
        if let Some(theirs) = &other.weights {
            let mine = self.weights.get_or_insert_default();
            for (mine, theirs) in mine.iter_mut().zip(theirs.iter()) {
                mine.merge(theirs);
            }
        }
    }
}
