//! The canonical summary of a table: the same for every order, chunking, partition and file format of equal rows.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::counts::{CellCounts, LABELS};
use super::distribution::{Run, key_integer};
use super::intake::TableIntake;
use super::labels::LabelIndex;
use super::ranked::RunWeight;
use super::scores::ScoreContract;
use super::sums::LossSums;
use crate::plan::{RoleColumn, canonical_value, is_json_number};
use crate::stats::exact_sum::ExactSum;

/// A group: the value of each attribute as canonical text; `None` where it is missing.
pub type Group = Vec<Option<String>>;

/// What `judge` knows of a table.
#[derive(Clone, Debug)]
pub struct Measurements {
    /// Rows read.
    pub rows: u64,
    /// The columns with a role, each with its rows without a value; `None` where the table lacks the column.
    pub columns: Vec<(RoleColumn, Option<u64>)>,
    /// The occurring combinations of all protected attributes, ordered by group.
    pub cells: Vec<Cell>,
    /// Scores in ascending order; slot `cell * LABELS + label`.
    pub scores: Vec<Run>,
    /// Sums of the weights of each of these; `None` where the plan has no weight column.
    pub score_weights: Option<Vec<RunWeight>>,
    /// Low bits of the score keys that were dropped; 0 is exact.
    pub score_bits_dropped: u32,
    /// What the scores promise.
    pub contract: ScoreContract,
    /// Distinct identifiers that occur more than once.
    pub repeated_ids: u64,
    /// Rows beyond the first of each identifier.
    pub duplicate_rows: u64,
    /// First and last time of a prediction, in microseconds since 1970.
    pub period: Option<(i64, i64)>,
    /// Delays of labels in microseconds, ascending, with counts.
    pub delays: Vec<(i64, u64)>,
    /// Times of predictions without a label, ascending, with counts.
    pub unlabelled_times: Vec<(i64, u64)>,
    /// Labels later than the plan allows.
    pub late: u64,
    /// How a separate labels table fits the predictions.
    pub labels: Option<LabelJoin>,
    /// SHA-256 over all of the above, in hexadecimal.
    pub digest: String,
}

/// One combination of protected groups.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The value of each attribute.
    pub group: Group,
    /// Rows by label and decision.
    pub counts: CellCounts,
    /// Losses of its scored and labelled rows.
    pub losses: LossSums,
}

/// How a separate labels table fits the predictions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelJoin {
    /// Rows of the labels table.
    pub rows: u64,
    /// Identifiers that repeat with the same label.
    pub duplicates: u64,
    /// Identifiers that repeat with different labels.
    pub conflicting: u64,
    /// Rows without an identifier.
    pub without_id: u64,
    /// Labels without a prediction.
    pub unmatched: u64,
}

impl Measurements {
    pub(super) fn new(intake: TableIntake) -> Self {
        let columns: Vec<_> = intake.columns().iter().cloned().zip(intake.state.missing.iter().copied()).collect();
        let join = |index: &LabelIndex, ids: &[(u128, u64)]| LabelJoin {
            rows: index.rows,
            duplicates: index.duplicates,
            conflicting: index.conflicting,
            without_id: index.without_id,
            unmatched: index.unmatched(ids),
        };
        let ids = intake.state.ids.clone().finish();
        let labels = intake.labels().map(|index| join(index, &ids));
        let state = intake.state;

        let texts: Vec<Vec<String>> = state.levels.iter().map(|levels| canonical_levels(levels.texts())).collect();
        let mut order: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
        for (cell, codes) in state.cells.codes().iter().enumerate() {
            let group = codes.iter().zip(&texts).map(|(&code, texts)| texts.get(code as usize).cloned()).collect();
            order.entry(group).or_default().push(cell);
        }
        let mut place = vec![0_u32; state.counts.len()];
        let cells: Vec<Cell> = order
            .into_iter()
            .enumerate()
            .map(|(index, (group, members))| {
                let mut cell = Cell { group, counts: CellCounts::default(), losses: LossSums::default() };
                for member in members {
                    place[member] = index as u32;
                    cell.counts.merge(&state.counts[member]);
                    cell.losses.merge(&state.losses[member]);
                }
                cell
            })
            .collect();
        let (scores, score_weights, score_bits_dropped) = state.scores.finish(|slot| {
            let (cell, label) = (slot as usize / LABELS, slot % LABELS as u32);
            place[cell] * LABELS as u32 + label
        });

        let mut measurements = Self {
            rows: state.rows,
            columns,
            cells,
            scores,
            score_weights,
            score_bits_dropped,
            contract: state.contract,
            repeated_ids: ids.iter().filter(|(_, count)| *count > 1).count() as u64,
            duplicate_rows: ids.iter().map(|(_, count)| count - 1).sum(),
            period: (state.first_time <= state.last_time).then_some((state.first_time, state.last_time)),
            delays: integers(state.delays.finish()),
            unlabelled_times: integers(state.unlabelled_times.finish()),
            late: state.late,
            labels,
            digest: String::new(),
        };
        measurements.digest = measurements.compute_digest(&ids);
        measurements
    }

    fn compute_digest(&self, ids: &[(u128, u64)]) -> String {
        let mut bytes = DigestWriter::default();
        bytes.number(self.rows);
        for (_, missing) in &self.columns {
            bytes.number(missing.map_or(u64::MAX, |missing| missing));
        }
        bytes.number(self.cells.len() as u64);
        for cell in &self.cells {
            for value in &cell.group {
                bytes.text(value.as_deref());
            }
            for rows in cell.counts.rows {
                bytes.number(rows);
            }
            for sums in cell.counts.weights.iter().flat_map(|sums| sums.iter()) {
                bytes.sum(&sums.weight);
                bytes.sum(&sums.squared);
            }
            bytes.number(cell.losses.rows);
            for moments in [&cell.losses.log_loss, &cell.losses.brier] {
                bytes.sum(&moments.sum);
                bytes.sum(&moments.squares);
                if let Some(cross) = &moments.cross {
                    bytes.sum(cross);
                }
            }
            if let Some(sums) = &cell.losses.weights {
                bytes.sum(&sums.weight);
                bytes.sum(&sums.squared);
            }
        }
        bytes.number(u64::from(self.score_bits_dropped));
        bytes.number(self.scores.len() as u64);
        for run in &self.scores {
            bytes.number(run.key);
            bytes.number(u64::from(run.slot));
            bytes.number(run.count);
        }
        for weights in self.score_weights.iter().flatten() {
            bytes.0.update(weights.weight.to_bytes());
            bytes.0.update(weights.squared.to_bytes());
        }
        for (key, count) in ids {
            bytes.0.update(key.to_le_bytes());
            bytes.number(*count);
        }
        for number in [
            self.contract.scored,
            self.contract.infinite,
            self.contract.outside_unit,
            self.contract.inconsistent,
            self.contract.decided,
            self.contract.lowest.to_bits(),
            self.contract.highest.to_bits(),
            self.contract.lowest_positive.to_bits(),
            self.contract.highest_negative.to_bits(),
            self.late,
        ] {
            bytes.number(number);
        }
        for (value, count) in self.delays.iter().chain(&self.unlabelled_times) {
            bytes.number(value.cast_unsigned());
            bytes.number(*count);
        }
        if let Some((first, last)) = self.period {
            bytes.number(first.cast_unsigned());
            bytes.number(last.cast_unsigned());
        }
        if let Some(join) = self.labels {
            for number in [join.rows, join.duplicates, join.conflicting, join.without_id, join.unmatched] {
                bytes.number(number);
            }
        }
        bytes.finish()
    }
}

/// Canonical texts of the levels of one attribute: numbers and booleans lose their spelling only if all values are such.
fn canonical_levels(texts: &[String]) -> Vec<String> {
    let boolean = |text: &String| matches!(canonical_value(text).as_ref(), "true" | "false");
    if texts.iter().all(|text| is_json_number(text)) || texts.iter().all(boolean) {
        texts.iter().map(|text| canonical_value(text).into_owned()).collect()
    } else {
        texts.to_vec()
    }
}

fn integers((runs, bits_dropped): (Vec<Run>, u32)) -> Vec<(i64, u64)> {
    runs.into_iter().map(|run| (key_integer(run.key << bits_dropped), run.count)).collect()
}

/// Feeds self-delimiting fields to SHA-256.
#[derive(Default)]
struct DigestWriter(Sha256);

impl DigestWriter {
    fn number(&mut self, value: u64) {
        self.0.update(value.to_le_bytes());
    }

    fn text(&mut self, value: Option<&str>) {
        self.number(value.map_or(u64::MAX, |text| text.len() as u64));
        self.0.update(value.unwrap_or_default());
    }

    fn sum(&mut self, sum: &ExactSum) {
        let bytes = sum.to_canonical_bytes();
        self.number(bytes.len() as u64);
        self.0.update(bytes);
    }

    fn finish(self) -> String {
        crate::record::hex(&self.0.finalize())
    }
}
