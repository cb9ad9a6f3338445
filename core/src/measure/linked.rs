//! Rows that are not taken one by one: those of one subject, and those that two models answered.
//!
//! A state of the kind *keys*: the multiset of rows, each by its subject and by what both models said of it, so that
//! errors that rows or models share can be told from errors that they do not. Kept only where the plan names a `cluster`
//! or a `baseline`; it grows with the number of distinct rows.

use super::digest::DigestWriter;
use super::keys::{Key, Keys};
use super::rows::{RoleData, Rows};
use crate::plan::Plan;

/// What is kept of a row, in the order in which rows are sorted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkedRow<A> {
    /// Whose row it is; 0 where that is not known: such a row is a subject of its own.
    pub subject: u128,
    /// Its cell.
    pub cell: u32,
    /// What is known of it.
    pub answers: A,
    weight: u64,
}

/// What is known of a row: its label, and what both models said.
pub trait Answered: Clone + Ord {
    /// All of it, for the digest.
    fn numbers(&self) -> Vec<u64>;
}

impl<A: Answered> LinkedRow<A> {
    /// The weight of the row, 1 where rows are not weighted.
    pub fn weight(&self) -> f64 {
        f64::from_bits(self.weight)
    }

    /// The same row with other answers.
    pub(super) fn with<B>(&self, answers: B) -> LinkedRow<B> {
        LinkedRow { subject: self.subject, cell: self.cell, answers, weight: self.weight }
    }
}

/// Feeds rows in order, each with how often it occurs, to the digest of measurements.
pub(super) fn digest<A: Answered>(rows: Option<&[(LinkedRow<A>, u64)]>, bytes: &mut DigestWriter) {
    for (row, count) in rows.into_iter().flatten() {
        bytes.key(row.subject);
        bytes.number(u64::from(row.cell));
        row.answers.numbers().into_iter().for_each(|number| bytes.number(number));
        bytes.number(row.weight);
        bytes.number(*count);
    }
}

impl<A: Answered> Key for LinkedRow<A> {
    fn sort(keys: &mut [Self]) {
        keys.sort_unstable();
    }
}

/// The multiset of rows.
#[derive(Clone, Debug)]
pub(super) struct Linked<A: Answered>(Keys<LinkedRow<A>>);

impl<A: Answered> Linked<A> {
    /// `None` where the plan takes every row for itself.
    pub(super) fn new(plan: &Plan) -> Option<Self> {
        (plan.roles.cluster.is_some() || plan.baseline.is_some()).then(|| Self(Keys::default()))
    }

    /// Adds the rows of a batch.
    pub(super) fn add(&mut self, rows: &Rows<'_>, data: &RoleData<'_, '_>, answers: impl Fn(usize) -> A) {
        for row in 0..rows.count {
            self.0.add(LinkedRow {
                subject: data.cluster.map_or(0, |subjects| subjects[row]),
                cell: rows.cell(row),
                answers: answers(row),
                // -0 and 0 are the same weight.
                weight: (rows.weight(row).unwrap_or(1.0) + 0.0).to_bits(),
            });
        }
    }

    /// Adds all of another part, whose cell `c` is `cells[c]` here and whose answers have these names here.
    pub(super) fn merge(&mut self, other: Self, cells: &[u32], renamed: impl Fn(A) -> A) {
        self.0.merge(other.renamed(cells, renamed));
    }

    /// The rows in order, each with how often it occurs; cell `c` becomes `place[c]`.
    pub(super) fn finish(self, place: &[u32], renamed: impl Fn(A) -> A) -> Vec<(LinkedRow<A>, u64)> {
        self.renamed(place, renamed).finish()
    }

    fn renamed(self, cells: &[u32], answers: impl Fn(A) -> A) -> Keys<LinkedRow<A>> {
        self.0.mapped(|row| LinkedRow { cell: cells[row.cell as usize], answers: answers(row.answers), ..row })
    }
}
