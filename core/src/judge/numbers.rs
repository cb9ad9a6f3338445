//! The numbers of a group: what its labels, predictions and errors add up to, and how they are distributed.

use std::sync::Arc;

use super::linked::{Grouped, LinkedRows};
use crate::measure::distribution::{key_float, key_pair};
use crate::measure::regression::{clipped_percentage, percentage, quantile_loss, symmetric_percentage};
use crate::measure::{NumberAnswers, RegressionCell, RegressionTable, RunWeight};
use crate::plan::Plan;
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
    /// The rows themselves, where the plan names subjects or a baseline model.
    pub(crate) linked: Option<Arc<LinkedRows<NumberRow>>>,
}

/// What is known of a row of a model that predicts a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberRow {
    pub(crate) labelled: bool,
    pub(crate) label: Option<f64>,
    pub(crate) prediction: Option<f64>,
    pub(crate) baseline: Option<f64>,
    /// Mean pinball loss of the quantiles.
    pub(crate) quantile_loss: Option<f64>,
    /// Lowest and highest quantile.
    pub(crate) ends: Option<[f64; 2]>,
}

impl NumberRow {
    fn new(row: &NumberAnswers, levels: &[f64]) -> Self {
        let (label, quantiles) = (row.label(), row.quantiles());
        let ends = if let [lowest, .., highest] = *quantiles { Some([lowest, highest]) } else { None };
        Self {
            labelled: row.labelled,
            label,
            prediction: row.prediction(),
            baseline: row.baseline(),
            quantile_loss: label
                .filter(|_| !quantiles.is_empty())
                .map(|label| quantile_loss(label, levels, &quantiles)),
            ends,
        }
    }

    /// The same row as the baseline model answered it, where both models did.
    pub(crate) fn of_baseline(&self) -> Option<Self> {
        self.prediction?;
        Some(Self { prediction: Some(self.baseline?), ..*self })
    }

    /// Prediction minus label.
    pub(crate) fn error(&self) -> Option<f64> {
        Some(self.prediction? - self.label?)
    }

    /// |error| / |label|; `None` for a label of 0.
    pub(crate) fn percentage(&self) -> Option<f64> {
        percentage(self.label?, self.prediction?)
    }

    /// The same with scikit-learn's smallest divisor.
    pub(crate) fn clipped_percentage(&self) -> Option<f64> {
        Some(clipped_percentage(self.label?, self.prediction?))
    }

    /// 2 |error| / (|label| + |prediction|).
    pub(crate) fn symmetric_percentage(&self) -> Option<f64> {
        Some(symmetric_percentage(self.label?, self.prediction?))
    }

    /// Its loss as a quantile of this level.
    pub(crate) fn pinball_loss(&self, level: f64) -> Option<f64> {
        Some(quantile_loss(self.label?, &[level], &[self.prediction?]))
    }

    /// Whether the label lies between the lowest and the highest quantile.
    pub(crate) fn is_covered(&self) -> Option<bool> {
        let ([lowest, highest], label) = (self.ends?, self.label?);
        Some((lowest..=highest).contains(&label))
    }
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
                linked: None,
            })
            .collect()
    }

    /// The rows themselves by group, where the plan names subjects or a baseline model.
    pub(super) fn linked(
        plan: &Plan,
        table: &RegressionTable,
        of_cell: &[usize],
        groups: usize,
    ) -> Option<Grouped<NumberRow>> {
        let levels: Vec<f64> = plan.roles.quantiles.iter().map(|quantile| quantile.level).collect();
        Grouped::new(plan, table.linked.as_deref(), of_cell, groups, |row| NumberRow::new(row, &levels))
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
