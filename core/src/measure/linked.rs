//! Rows that are not taken one by one: those of one subject, and those that two models answered.
//!
//! A state of the kind *keys*: the multiset of rows, each by its subject and by what both models said of it, so that
//! errors that rows or models share can be told from errors that they do not. Kept only where the plan names a `cluster`
//! or a `baseline`; it grows with the number of distinct rows.

use super::counts::{Decided, Label};
use super::digest::DigestWriter;
use super::distribution::{float_key, key_float};
use super::keys::{Key, Keys};
use super::rows::{RoleData, Rows};
use crate::plan::Plan;

/// The key of a score that is missing; no score has it.
const NO_SCORE: u64 = u64::MAX;

/// What is kept of a row, in the order in which rows are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkedRow {
    /// Whose row it is; 0 where that is not known: such a row is a subject of its own.
    pub subject: u128,
    /// Its cell.
    pub cell: u32,
    /// Its label.
    pub label: Label,
    /// What the model under audit decided.
    pub decision: Decided,
    /// What the baseline model decided.
    pub baseline: Decided,
    score: u64,
    baseline_score: u64,
    weight: u64,
}

impl LinkedRow {
    /// The score of the model under audit, without its lowest bits where scores are coarsened.
    pub fn score(&self, bits_dropped: u32) -> Option<f64> {
        (self.score != NO_SCORE).then(|| key_float(self.score >> bits_dropped << bits_dropped))
    }

    /// The score of the baseline model.
    pub fn baseline_score(&self) -> Option<f64> {
        (self.baseline_score != NO_SCORE).then(|| key_float(self.baseline_score))
    }

    /// The weight of the row, 1 where rows are not weighted.
    pub fn weight(&self) -> f64 {
        f64::from_bits(self.weight)
    }

    pub(super) fn digest(&self, bytes: &mut DigestWriter) {
        bytes.key(self.subject);
        bytes.number(u64::from(self.cell));
        bytes.number(self.label as u64);
        bytes.number(self.decision as u64);
        bytes.number(self.baseline as u64);
        for number in [self.score, self.baseline_score, self.weight] {
            bytes.number(number);
        }
    }
}

impl Key for LinkedRow {
    fn sort(keys: &mut [Self]) {
        keys.sort_unstable();
    }
}

/// The multiset of rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Linked(Keys<LinkedRow>);

impl Linked {
    /// `None` where the plan takes every row for itself.
    pub(super) fn new(plan: &Plan) -> Option<Self> {
        (plan.roles.cluster.is_some() || plan.baseline.is_some()).then(Self::default)
    }

    /// Adds the rows of a batch with what both models decided.
    pub(super) fn add(
        &mut self,
        rows: &Rows<'_>,
        data: &RoleData<'_, '_>,
        labels: &[Label],
        decisions: &[Decided],
        baseline: &[Decided],
    ) {
        let key = |score: Option<f64>| score.map_or(NO_SCORE, float_key);
        for row in 0..rows.count {
            self.0.add(LinkedRow {
                subject: data.cluster.map_or(0, |subjects| subjects[row]),
                cell: rows.cell(row),
                label: labels[row],
                decision: decisions[row],
                baseline: baseline[row],
                score: key(data.score.and_then(|scores| scores.get(row))),
                baseline_score: key(data.baseline_score.and_then(|scores| scores.get(row))),
                // -0 and 0 are the same weight.
                weight: (rows.weight(row).unwrap_or(1.0) + 0.0).to_bits(),
            });
        }
    }

    /// Adds all of another part, whose cell `c` is `cells[c]` here.
    pub(super) fn merge(&mut self, other: Self, cells: &[u32]) {
        self.0.merge(other.in_cells(cells).0);
    }

    /// The rows in order, each with how often it occurs; cell `c` becomes `place[c]`.
    pub(super) fn finish(self, place: &[u32]) -> Vec<(LinkedRow, u64)> {
        self.in_cells(place).0.finish()
    }

    fn in_cells(self, cells: &[u32]) -> Self {
        Self(self.0.mapped(|row| LinkedRow { cell: cells[row.cell as usize], ..row }))
    }
}
