//! The numbers of a group: what its labels, predictions and errors add up to, and how they are distributed.

use std::sync::Arc;

use crate::measure::distribution::{key_float, key_pair};
use crate::measure::{RegressionCell, RegressionTable, RunWeight};
use crate::stats::Mass;
use crate::stats::regression::{Pair, Weighed};

/// Rows of one group of a model that predicts a number.
#[derive(Clone, Debug)]
pub(crate) struct GroupNumbers {
    /// What its rows add up to.
    pub(crate) sums: RegressionCell,
    /// Sizes of errors, ascending.
    pub(crate) errors: Arc<[Weighed]>,
    /// How far each of these may lie above what is stated, where they were coarsened.
    pub(crate) errors_dropped: u32,
    /// Labels and predictions, ascending by the key of the pair.
    pub(crate) pairs: Vec<Pair>,
    /// Whether labels and predictions were coarsened, so that ties hide an order.
    pub(crate) coarse: bool,
    /// Whether rows are weighted.
    pub(crate) weighted: bool,
}

impl GroupNumbers {
    /// Shares the cells and values of a table out among its groups; `of_cell` says to which one each cell belongs.
    pub(super) fn by_group(table: &RegressionTable, of_cell: &[usize], groups: usize) -> Vec<Self> {
        let mut sums = vec![RegressionCell::default(); groups];
        for (cell, &group) in table.cells.iter().zip(of_cell) {
            sums[group].merge(cell);
        }
        let mut errors = vec![Vec::new(); groups];
        for (place, run) in table.errors.runs.iter().enumerate() {
            let errors: &mut Vec<Weighed> = &mut errors[of_cell[run.slot as usize]];
            let value = key_float(run.key << table.errors.bits_dropped);
            let weight = mass(run.count, table.errors.weights.as_ref().map(|weights| &weights[place])).weight;
            match errors.last_mut() {
                Some(last) if last.value == value => last.up_to += weight,
                last => {
                    let up_to = last.map_or(0.0, |last| last.up_to) + weight;
                    errors.push(Weighed { value, up_to });
                }
            }
        }
        let mut pairs = vec![Vec::new(); groups];
        for (place, run) in table.pairs.runs.iter().enumerate() {
            let pairs: &mut Vec<Pair> = &mut pairs[of_cell[run.slot as usize]];
            let mass = mass(run.count, table.pairs.weights.as_ref().map(|weights| &weights[place]));
            let [label, prediction] = key_pair(run.key, table.pairs.bits_dropped).map(middle);
            match pairs.last_mut() {
                Some(last) if last.label == label && last.prediction == prediction => last.mass += mass,
                _ => pairs.push(Pair { label, prediction, mass }),
            }
        }
        let coarse = table.pairs.bits_dropped > 0;
        let weighted = table.pairs.weights.is_some();
        sums.into_iter()
            .zip(errors)
            .zip(pairs)
            .map(|((sums, errors), pairs)| Self {
                sums,
                errors: errors.into(),
                errors_dropped: table.errors.bits_dropped,
                pairs,
                coarse,
                weighted,
            })
            .collect()
    }

    /// Rows and weights of the pairs.
    pub(crate) fn mass(&self) -> Mass {
        let pairs = &self.sums.pairs;
        match &pairs.weights {
            Some(weights) => {
                Mass { rows: pairs.rows, weight: weights.weight.value(), squared: weights.squared.value() }
            }
            None => Mass::of_rows(pairs.rows),
        }
    }

    /// Labels in ascending order, and the rows up to each of them.
    pub(crate) fn labels(&self) -> Vec<Weighed> {
        let mut labels: Vec<(f64, f64)> = self.pairs.iter().map(|pair| (pair.label, pair.mass.weight)).collect();
        // Stable: rows of one label keep the order of their predictions, so that sums have one order.
        labels.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut up_to = 0.0;
        labels
            .chunk_by(|a, b| a.0 == b.0)
            .map(|equal| {
                up_to += equal.iter().map(|(_, weight)| weight).sum::<f64>();
                Weighed { value: equal[0].0, up_to }
            })
            .collect()
    }
}

fn mass(rows: u64, weight: Option<&RunWeight>) -> Mass {
    weight.map_or_else(
        || Mass::of_rows(rows),
        |weight| Mass { rows, weight: weight.weight.value(), squared: weight.squared.value() },
    )
}

/// A float whose key has lost some low bits: the middle of what it may have been.
fn middle((key, bits_dropped): (u64, u32)) -> f64 {
    let lowest = key.checked_shl(bits_dropped).unwrap_or(0);
    key_float(if bits_dropped == 0 { lowest } else { lowest | 1 << (bits_dropped - 1) })
}
