//! The rows of a batch, sorted by role, each with its cell and its weight.

use super::cells::RowCells;
use super::fixed_sum::MAX_WEIGHT;
use crate::table::{Codes, Numbers};

/// The columns of a batch by role.
#[derive(Default)]
pub(super) struct RoleData<'a, 'b> {
    pub(super) label: Option<&'b Codes<'a>>,
    pub(super) prediction: Option<&'b Codes<'a>>,
    /// The label of a model that predicts a number.
    pub(super) numeric_label: Option<&'b Numbers<'a>>,
    /// The prediction of such a model.
    pub(super) numeric_prediction: Option<&'b Numbers<'a>>,
    /// Its quantiles, by rising level.
    pub(super) quantiles: Vec<&'b Numbers<'a>>,
    pub(super) score: Option<&'b Numbers<'a>>,
    /// Scores of the classes, in the order of the plan.
    pub(super) class_scores: Vec<Option<&'b Numbers<'a>>>,
    pub(super) weight: Option<&'b Numbers<'a>>,
    pub(super) baseline_prediction: Option<&'b Codes<'a>>,
    pub(super) baseline_score: Option<&'b Numbers<'a>>,
    /// The prediction of a baseline model that predicts a number.
    pub(super) baseline_number: Option<&'b Numbers<'a>>,
    pub(super) id: Option<&'b [u128]>,
    pub(super) cluster: Option<&'b [u128]>,
    pub(super) time: Option<&'b [i64]>,
    pub(super) label_time: Option<&'b [i64]>,
    pub(super) protected: Vec<Option<&'b Codes<'a>>>,
    /// Probabilities of membership, by their place in the plan.
    pub(super) memberships: Vec<Option<&'b Numbers<'a>>>,
    /// What makes people alike, by its place in the plan.
    pub(super) similarities: Vec<Option<&'b Numbers<'a>>>,
    /// Inputs of the model, where they are read as more than present or missing.
    pub(super) features: Vec<Option<&'b Codes<'a>>>,
}

/// Labels of the rows of a batch that came from another table.
pub(super) struct JoinedLabels<'b> {
    /// As the index codes them.
    pub(super) codes: Vec<u64>,
    /// Names of the numbered classes, where labels are such.
    pub(super) classes: &'b [String],
}

/// The rows of a batch and where they belong.
pub(super) struct Rows<'b> {
    /// Rows of the batch.
    pub(super) count: usize,
    /// Cells met in this table so far, those of this batch included.
    pub(super) cells_so_far: usize,
    /// Labels that came from another table.
    pub(super) joined_labels: Option<JoinedLabels<'b>>,
    located: RowCells,
    global: Vec<Option<u32>>,
    weights: Option<&'b Numbers<'b>>,
}

impl<'b> Rows<'b> {
    /// `global` is the cell of each local cell, `None` for one without rows.
    pub(super) fn new(
        located: RowCells,
        global: Vec<Option<u32>>,
        cells_so_far: usize,
        weights: Option<&'b Numbers<'b>>,
        joined_labels: Option<JoinedLabels<'b>>,
    ) -> Self {
        Self { count: located.local.len(), cells_so_far, joined_labels, located, global, weights }
    }

    /// The local cell of each row.
    pub(super) fn local(&self) -> &[u32] {
        &self.located.local
    }

    /// Number of local cells.
    pub(super) fn local_cells(&self) -> usize {
        self.located.count
    }

    /// The cell of each local cell, `None` for one without rows.
    pub(super) fn global(&self) -> &[Option<u32>] {
        &self.global
    }

    /// The cell of a row.
    #[inline]
    pub(super) fn cell(&self, row: usize) -> u32 {
        self.global[self.located.local[row] as usize].unwrap_or_default()
    }

    /// Whether rows are weighted.
    pub(super) fn is_weighted(&self) -> bool {
        self.weights.is_some()
    }

    /// The weight of a row, `None` where rows are not weighted. An invalid one ends the audit; until then it counts for nothing.
    #[inline]
    pub(super) fn weight(&self, row: usize) -> Option<f64> {
        self.weights.map(|weights| weights.get(row).filter(is_valid_weight).unwrap_or(0.0))
    }
}

/// Whether a weight can be summed exactly.
pub(super) fn is_valid_weight(weight: &f64) -> bool {
    (0.0..=MAX_WEIGHT).contains(weight)
}
