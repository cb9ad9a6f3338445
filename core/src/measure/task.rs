//! What is kept of rows beyond what every table has, by what the model predicts.

use super::binary::{BinaryIntake, BinaryTable};
use super::digest::DigestWriter;
use super::multiclass::{MulticlassIntake, MulticlassTable};
use super::regression::{RegressionIntake, RegressionTable};
use super::rows::{RoleData, Rows};
use crate::error::Result;
use crate::plan::{Plan, Task};

/// Mergeable state of the rows of a model.
#[derive(Clone, Debug)]
pub(super) enum TaskIntake {
    Binary(Box<BinaryIntake>),
    Multiclass(Box<MulticlassIntake>),
    Regression(Box<RegressionIntake>),
}

/// What `judge` knows of the rows of a model.
#[derive(Clone, Debug)]
pub enum TaskTable {
    /// One of two classes.
    Binary(BinaryTable),
    /// One of several classes.
    Multiclass(MulticlassTable),
    /// A number.
    Regression(RegressionTable),
}

impl TaskIntake {
    pub(super) fn new(plan: &Plan) -> Self {
        match plan.task {
            Task::Binary => Self::Binary(Box::new(BinaryIntake::new(plan))),
            Task::Multiclass => Self::Multiclass(Box::new(MulticlassIntake::new(plan))),
            Task::Regression => Self::Regression(Box::new(RegressionIntake::new(plan))),
        }
    }

    /// Adds the rows of a batch; tells which of them have a label.
    pub(super) fn add(&mut self, rows: &Rows<'_>, data: &RoleData<'_, '_>) -> Vec<bool> {
        match self {
            Self::Binary(state) => state.add(rows, data),
            Self::Multiclass(state) => state.add(rows, data),
            Self::Regression(state) => state.add(rows, data),
        }
    }

    /// Puts what was added last in order.
    pub(super) fn settle(&mut self) {
        match self {
            Self::Binary(state) => state.settle(),
            Self::Multiclass(state) => state.settle(),
            Self::Regression(state) => state.settle(),
        }
    }

    /// Adds all of another part under the same plan, whose cell `c` is `cells[c]` here; there are `count` cells here.
    pub(super) fn merge(&mut self, other: Self, cells: &[u32], count: usize) {
        match (self, other) {
            (Self::Binary(mine), Self::Binary(theirs)) => mine.merge(*theirs, cells, count),
            (Self::Multiclass(mine), Self::Multiclass(theirs)) => mine.merge(*theirs, cells, count),
            (Self::Regression(mine), Self::Regression(theirs)) => mine.merge(*theirs, cells, count),
            _ => unreachable!("parts of one plan have one task"),
        }
    }

    /// Reports what no single row could tell.
    pub(super) fn check(&self, source: &str) -> Result<()> {
        match self {
            Self::Binary(state) => state.check(source),
            Self::Multiclass(state) => state.check(source),
            Self::Regression(_) => Ok(()),
        }
    }

    /// Ends the table: cell `c` becomes `place[c]` of `count` cells.
    pub(super) fn finish(self, place: &[u32], count: usize) -> TaskTable {
        match self {
            Self::Binary(state) => TaskTable::Binary(state.finish(place, count)),
            Self::Multiclass(state) => TaskTable::Multiclass(state.finish(place, count)),
            Self::Regression(state) => TaskTable::Regression(state.finish(place, count)),
        }
    }
}

impl TaskTable {
    pub(super) fn digest(&self, bytes: &mut DigestWriter) {
        match self {
            Self::Binary(table) => table.digest(bytes),
            Self::Multiclass(table) => table.digest(bytes),
            Self::Regression(table) => table.digest(bytes),
        }
    }

    /// Low bits of values that were dropped to stay within the plan's precision; 0 is exact.
    pub fn bits_dropped(&self) -> u32 {
        match self {
            Self::Binary(table) => table.score_bits_dropped,
            Self::Multiclass(table) => table.bits_dropped(),
            Self::Regression(table) => table.pairs.bits_dropped,
        }
    }
}
