//! What is kept of the rows of a model that predicts a number: sums of its errors by cell, and how errors and pairs of
//! label and prediction are distributed.

use super::answers::NumberAnswers;
use super::counts::WeightSums;
use super::digest::DigestWriter;
use super::distribution::{Run, float_key, pair_key};
use super::labels::MISSING_LABEL;
use super::linked::{self, Linked, LinkedRow};
use super::numbers::{NumberContract, is_usable};
use super::ranked::{Ranked, RunWeight};
use super::rows::{RoleData, Rows};
use super::sums::{MeanSums, Moments, merge_weights};
use crate::plan::Plan;
use crate::stats::ExactSum;

/// Labels nearer to 0 than this have no percentage error.
const SMALLEST_LABEL: f64 = 1.0 / super::numbers::LARGEST;
/// scikit-learn's smallest divisor of a percentage error.
const EPSILON: f64 = f64::EPSILON;

/// Mergeable state of the rows of a model that predicts a number.
#[derive(Clone, Debug)]
pub(super) struct RegressionIntake {
    /// Levels of the plan's quantiles, rising.
    levels: Vec<f64>,
    cells: Vec<RegressionCell>,
    /// Sizes of errors; a slot is a cell.
    errors: Ranked,
    /// Labels and predictions; a slot is a cell.
    pairs: Ranked<u128>,
    contract: NumberContract,
    linked: Option<Linked<NumberAnswers>>,
}

/// What `judge` knows of the rows of a model that predicts a number.
#[derive(Clone, Debug)]
pub struct RegressionTable {
    /// In the order of the cells of the table.
    pub cells: Vec<RegressionCell>,
    /// Sizes of errors in ascending order; a slot is a cell.
    pub errors: Spread<u64>,
    /// Labels and predictions in the order of their [`pair_key`]; a slot is a cell.
    pub pairs: Spread<u128>,
    /// What the numbers promise.
    pub contract: NumberContract,
    /// The rows themselves, where the plan names subjects or a baseline model.
    pub linked: Option<Vec<(LinkedRow<NumberAnswers>, u64)>>,
}

/// How values of rows are distributed.
#[derive(Clone, Debug)]
pub struct Spread<K> {
    /// Values in ascending order of key, then slot.
    pub runs: Vec<Run<(), K>>,
    /// Sums of the weights of each of these; `None` where the plan has no weight column.
    pub weights: Option<Vec<RunWeight>>,
    /// Low bits of the keys that were dropped; 0 is exact.
    pub bits_dropped: u32,
}

/// The rows of one cell. Only numbers that can be computed with are in here, see [`NumberContract`].
#[derive(Clone, Debug, Default)]
pub struct RegressionCell {
    /// 1 for a row with a label, else 0.
    pub labelled: MeanSums,
    /// Labels, with or without a prediction.
    pub labels: MeanSums,
    /// Predictions, with or without a label.
    pub predictions: MeanSums,
    /// Rows with both.
    pub pairs: PairSums,
    /// |error| / |label| where the label is not 0.
    pub percentage: MeanSums,
    /// Mean pinball loss of the plan's quantiles, of rows with a label and all quantiles.
    pub quantile_loss: MeanSums,
    /// 1 where the label lies between the lowest and the highest quantile, else 0.
    pub covered: MeanSums,
    /// Distance from the lowest to the highest quantile.
    pub width: MeanSums,
    /// For each quantile by rising level: 1 where the label is not above it, else 0. Empty before the first row.
    pub at_or_below: Vec<MeanSums>,
}

/// Sums over rows with a label y and a prediction p; e = p - y is the error, w the weight of a row, 1 where rows are not
/// weighted.
#[derive(Clone, Debug, Default)]
pub struct PairSums {
    /// Rows.
    pub rows: u64,
    /// Sums of weights; `None` where the plan has no weight column.
    pub weights: Option<Box<WeightSums>>,
    /// e.
    pub error: Moments,
    /// |e|.
    pub absolute: Moments,
    /// e².
    pub squared: Moments,
    /// |e| / max(|y|, 2^-52).
    pub clipped_percentage: Moments,
    /// 2 |e| / (|y| + |p|), 0 where both are 0.
    pub symmetric: Moments,
    /// Sum of w² e |e|: what tells errors above from errors below.
    pub signed_squares: ExactSum,
    /// Sum of w y.
    pub label: ExactSum,
    /// Sum of w p.
    pub prediction: ExactSum,
    /// Sum of w y².
    pub label_squares: ExactSum,
    /// Sum of w p².
    pub prediction_squares: ExactSum,
    /// Sum of w y p.
    pub products: ExactSum,
    /// Sum of w e², not rounded as that of `squared` is.
    pub squares: ExactSum,
    /// Sum of e³; empty where rows are weighted.
    pub cubes: ExactSum,
    /// Sum of e⁴; empty where rows are weighted.
    pub fourths: ExactSum,
    /// Sum of e² p; empty where rows are weighted.
    pub squares_by_prediction: ExactSum,
    /// Smallest and largest e of a row that weighs something.
    pub errors: Range,
    /// Smallest and largest y of such a row.
    pub label_range: Range,
    /// Smallest and largest p of such a row.
    pub prediction_range: Range,
}

/// Smallest and largest of some numbers.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// +infinity when there is none.
    pub lowest: f64,
    /// -infinity when there is none.
    pub highest: f64,
}

impl Default for Range {
    fn default() -> Self {
        Self { lowest: f64::INFINITY, highest: f64::NEG_INFINITY }
    }
}

impl Range {
    fn add(&mut self, value: f64) {
        // -0 and 0 are the same number.
        self.merge(Self { lowest: value + 0.0, highest: value + 0.0 });
    }

    fn merge(&mut self, other: Self) {
        self.lowest = self.lowest.min(other.lowest);
        self.highest = self.highest.max(other.highest);
    }

    /// Whether there are two different numbers.
    pub fn varies(&self) -> bool {
        self.lowest < self.highest
    }
}

impl PairSums {
    fn add(&mut self, label: f64, prediction: f64, weight: Option<f64>) {
        let error = prediction - label;
        let (absolute, squared) = (error.abs(), error * error);
        self.rows += 1;
        self.error.add(error, weight);
        self.absolute.add(absolute, weight);
        self.squared.add(squared, weight);
        self.clipped_percentage.add(clipped_percentage(label, prediction), weight);
        self.symmetric.add(symmetric_percentage(label, prediction), weight);
        let by = weight.unwrap_or(1.0);
        self.signed_squares.add_product(by * error, by * absolute);
        self.label.add_product(by, label);
        self.prediction.add_product(by, prediction);
        self.label_squares.add_triple(by, label, label);
        self.prediction_squares.add_triple(by, prediction, prediction);
        self.products.add_triple(by, label, prediction);
        self.squares.add_triple(by, error, error);
        match weight {
            Some(weight) => self.weights.get_or_insert_default().add(weight),
            None => {
                self.cubes.add_triple(error, error, error);
                self.fourths.add_fourth_power(error);
                self.squares_by_prediction.add_product(squared, prediction);
            }
        }
        if by > 0.0 {
            self.errors.add(error);
            self.label_range.add(label);
            self.prediction_range.add(prediction);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        merge_weights(&mut self.weights, other.weights.as_deref());
        let Self { error, absolute, squared, clipped_percentage, symmetric, .. } = self;
        for (mine, theirs) in [
            (error, &other.error),
            (absolute, &other.absolute),
            (squared, &other.squared),
            (clipped_percentage, &other.clipped_percentage),
            (symmetric, &other.symmetric),
        ] {
            mine.merge(theirs);
        }
        for (mine, theirs) in self.sums_mut().into_iter().zip(other.sums()) {
            mine.merge(theirs);
        }
        for (mine, theirs) in [
            (&mut self.errors, other.errors),
            (&mut self.label_range, other.label_range),
            (&mut self.prediction_range, other.prediction_range),
        ] {
            mine.merge(theirs);
        }
    }

    fn sums(&self) -> [&ExactSum; 10] {
        [
            &self.signed_squares,
            &self.label,
            &self.prediction,
            &self.label_squares,
            &self.prediction_squares,
            &self.products,
            &self.squares,
            &self.cubes,
            &self.fourths,
            &self.squares_by_prediction,
        ]
    }

    fn sums_mut(&mut self) -> [&mut ExactSum; 10] {
        [
            &mut self.signed_squares,
            &mut self.label,
            &mut self.prediction,
            &mut self.label_squares,
            &mut self.prediction_squares,
            &mut self.products,
            &mut self.squares,
            &mut self.cubes,
            &mut self.fourths,
            &mut self.squares_by_prediction,
        ]
    }

    fn digest(&self, bytes: &mut DigestWriter) {
        bytes.number(self.rows);
        bytes.weights(self.weights.as_deref());
        for moments in [&self.error, &self.absolute, &self.squared, &self.clipped_percentage, &self.symmetric] {
            bytes.moments(moments);
        }
        for sum in self.sums() {
            bytes.sum(sum);
        }
        for range in [self.errors, self.label_range, self.prediction_range] {
            bytes.number(range.lowest.to_bits());
            bytes.number(range.highest.to_bits());
        }
    }
}

/// |error| / |label|; `None` for a label of 0.
pub(crate) fn percentage(label: f64, prediction: f64) -> Option<f64> {
    (label.abs() >= SMALLEST_LABEL).then(|| (prediction - label).abs() / label.abs())
}

/// |error| / max(|label|, 2^-52).
pub(crate) fn clipped_percentage(label: f64, prediction: f64) -> f64 {
    (prediction - label).abs() / label.abs().max(EPSILON)
}

/// 2 |error| / (|label| + |prediction|), 0 where both are 0.
pub(crate) fn symmetric_percentage(label: f64, prediction: f64) -> f64 {
    let size = label.abs() + prediction.abs();
    if size > 0.0 { 2.0 * (prediction - label).abs() / size } else { 0.0 }
}

/// Mean pinball loss of quantiles, each at its level.
pub(crate) fn quantile_loss(label: f64, levels: &[f64], quantiles: &[f64]) -> f64 {
    let losses = levels.iter().zip(quantiles).map(|(level, quantile)| {
        let above = label - quantile;
        if above >= 0.0 { level * above } else { (level - 1.0) * above }
    });
    losses.sum::<f64>() / levels.len() as f64
}

impl RegressionCell {
    fn add(&mut self, label: Option<f64>, prediction: Option<f64>, weight: Option<f64>) {
        if let Some(label) = label {
            self.labels.add(label, weight);
        }
        if let Some(prediction) = prediction {
            self.predictions.add(prediction, weight);
        }
        if let (Some(label), Some(prediction)) = (label, prediction) {
            self.pairs.add(label, prediction, weight);
            if let Some(percentage) = percentage(label, prediction) {
                self.percentage.add(percentage, weight);
            }
        }
    }

    /// Adds the quantiles of a labelled row, each at its level.
    fn add_quantiles(&mut self, label: f64, levels: &[f64], quantiles: &[f64], weight: Option<f64>) {
        self.quantile_loss.add(quantile_loss(label, levels, quantiles), weight);
        self.at_or_below.resize_with(levels.len(), MeanSums::default);
        for (sums, quantile) in self.at_or_below.iter_mut().zip(quantiles) {
            sums.add(if label <= *quantile { 1.0 } else { 0.0 }, weight);
        }
        if let [lowest, .., highest] = *quantiles {
            self.covered.add(if (lowest..=highest).contains(&label) { 1.0 } else { 0.0 }, weight);
        }
    }

    /// Adds the rows of another cell.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.means_mut().into_iter().zip(other.means()) {
            mine.merge(theirs);
        }
        self.pairs.merge(&other.pairs);
        self.at_or_below.resize_with(self.at_or_below.len().max(other.at_or_below.len()), MeanSums::default);
        for (mine, theirs) in self.at_or_below.iter_mut().zip(&other.at_or_below) {
            mine.merge(theirs);
        }
    }

    fn means(&self) -> [&MeanSums; 7] {
        [
            &self.labelled,
            &self.labels,
            &self.predictions,
            &self.percentage,
            &self.quantile_loss,
            &self.covered,
            &self.width,
        ]
    }

    fn means_mut(&mut self) -> [&mut MeanSums; 7] {
        let Self { labelled, labels, predictions, percentage, quantile_loss, covered, width, .. } = self;
        [labelled, labels, predictions, percentage, quantile_loss, covered, width]
    }
}

fn usable(value: Option<f64>) -> Option<f64> {
    value.filter(|value| is_usable(*value))
}

fn label_of(rows: &Rows<'_>, data: &RoleData<'_, '_>, row: usize) -> Option<f64> {
    match &rows.joined_labels {
        Some(joined) => (joined.codes[row] != MISSING_LABEL).then(|| f64::from_bits(joined.codes[row])),
        None => data.numeric_label?.get(row),
    }
}

impl RegressionIntake {
    pub(super) fn new(plan: &Plan) -> Self {
        let weighted = plan.roles.weight.is_some();
        Self {
            levels: plan.roles.quantiles.iter().map(|quantile| quantile.level).collect(),
            cells: Vec::new(),
            errors: Ranked::new(plan.precision.max_keys, weighted),
            pairs: Ranked::new(plan.precision.max_keys, weighted),
            contract: NumberContract::default(),
            linked: Linked::new(plan),
        }
    }

    /// Adds the rows of a batch; tells which of them have a label.
    pub(super) fn add(&mut self, rows: &Rows<'_>, data: &RoleData<'_, '_>) -> Vec<bool> {
        self.cells.resize_with(self.cells.len().max(rows.cells_so_far), RegressionCell::default);
        self.link(rows, data);
        let mut quantiles = Vec::with_capacity(self.levels.len());
        (0..rows.count)
            .map(|row| {
                let label = label_of(rows, data, row);
                let prediction = data.numeric_prediction.and_then(|predictions| predictions.get(row));
                self.contract.add(label, prediction);
                let (place, weight) = (rows.cell(row), rows.weight(row));
                let cell = &mut self.cells[place as usize];
                cell.labelled.add(if label.is_some() { 1.0 } else { 0.0 }, weight);
                let (usable_label, usable_prediction) = (usable(label), usable(prediction));
                cell.add(usable_label, usable_prediction, weight);
                if let (Some(label), Some(prediction)) = (usable_label, usable_prediction) {
                    let weight = weight.unwrap_or(1.0);
                    self.errors.add(float_key((prediction - label).abs()), place, weight);
                    self.pairs.add(pair_key(label, prediction), place, weight);
                }
                quantiles.clear();
                quantiles.extend(data.quantiles.iter().map_while(|numbers| numbers.get(row)));
                if !quantiles.is_empty() && quantiles.len() == self.levels.len() {
                    self.contract.add_quantiles(&quantiles);
                    if quantiles.iter().all(|quantile| is_usable(*quantile)) {
                        if let Some(label) = usable_label {
                            cell.add_quantiles(label, &self.levels, &quantiles, weight);
                        }
                        if let [lowest, .., highest] = *quantiles {
                            cell.width.add(highest - lowest, weight);
                        }
                    }
                }
                label.is_some()
            })
            .collect()
    }

    /// Puts what was added last in order.
    pub(super) fn settle(&mut self) {
        self.errors.settle();
        self.pairs.settle();
    }

    /// Keeps the rows themselves, where the plan names subjects or a baseline model.
    fn link(&mut self, rows: &Rows<'_>, data: &RoleData<'_, '_>) {
        let Some(linked) = &mut self.linked else { return };
        linked.add(rows, data, |row| {
            let label = label_of(rows, data, row);
            let [prediction, baseline] =
                [data.numeric_prediction, data.baseline_number].map(|numbers| usable(numbers?.get(row)));
            let quantiles: Vec<f64> = data.quantiles.iter().map_while(|numbers| usable(numbers.get(row))).collect();
            let all = if quantiles.len() == self.levels.len() { quantiles.as_slice() } else { &[] };
            NumberAnswers::new(label.is_some(), [usable(label), prediction, baseline], all)
        });
    }

    /// Adds all of another part, whose cell `c` is `cells[c]` here; there are `count` cells here.
    pub(super) fn merge(&mut self, other: Self, cells: &[u32], count: usize) {
        self.cells.resize_with(count, RegressionCell::default);
        for (&cell, theirs) in cells.iter().zip(&other.cells) {
            self.cells[cell as usize].merge(theirs);
        }
        self.errors.merge(other.errors, cells);
        self.pairs.merge(other.pairs, cells);
        self.contract.merge(&other.contract);
        if let (Some(mine), Some(theirs)) = (&mut self.linked, other.linked) {
            mine.merge(theirs, cells, |answers| answers);
        }
    }

    /// Ends the table: cell `c` becomes `place[c]` of `count` cells.
    pub(super) fn finish(self, place: &[u32], count: usize) -> RegressionTable {
        let mut cells = vec![RegressionCell::default(); count];
        for (&place, cell) in place.iter().zip(&self.cells) {
            cells[place as usize].merge(cell);
        }
        let slot = |slot: u32| place[slot as usize];
        let (runs, weights, bits_dropped) = self.errors.finish(slot);
        let errors = Spread { runs, weights, bits_dropped };
        let (runs, weights, bits_dropped) = self.pairs.finish(slot);
        let linked = self.linked.map(|linked| linked.finish(place, |answers| answers));
        RegressionTable {
            cells,
            errors,
            pairs: Spread { runs, weights, bits_dropped },
            contract: self.contract,
            linked,
        }
    }
}

impl RegressionTable {
    pub(super) fn digest(&self, bytes: &mut DigestWriter) {
        for cell in &self.cells {
            for mean in cell.means().into_iter().chain(&cell.at_or_below) {
                bytes.number(mean.rows);
                bytes.moments(&mean.moments);
                bytes.weights(mean.weights.as_deref());
            }
            cell.pairs.digest(bytes);
        }
        bytes.runs(&self.errors.runs, self.errors.weights.as_deref(), self.errors.bits_dropped);
        bytes.runs(&self.pairs.runs, self.pairs.weights.as_deref(), self.pairs.bits_dropped);
        for number in self.contract.numbers() {
            bytes.number(number);
        }
        linked::digest(self.linked.as_deref(), bytes);
    }
}
