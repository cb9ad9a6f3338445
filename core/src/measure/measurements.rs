//! The canonical summary of a table: the same for every order, chunking, partition and file format of equal rows.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::bins::{self, Binning};
use super::digest::DigestWriter;
use super::distribution::{Run, key_integer};
use super::features::Feature;
use super::intake::{State, TableIntake};
use super::labels::LabelIndex;
use super::task::TaskTable;
use crate::plan::{Bins, RoleColumn, canonical_value, is_json_number};

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
    /// Rows without a label.
    pub unlabelled: u64,
    /// What features tell, where the plan asks for it; in the plan's order.
    pub features: Vec<Feature>,
    /// What depends on what the model predicts.
    pub task: TaskTable,
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
    /// Hashed identifiers of the rows, with how often each occurs.
    ids: Vec<(u128, u64)>,
    digest: OnceLock<String>,
}

/// One combination of protected groups.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The value of each attribute.
    pub group: Group,
    /// Rows.
    pub rows: u64,
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
        let intake_attributes = intake.attributes;
        let state = intake.state;

        let texts: Vec<Vec<String>> = (0..state.levels.len())
            .map(|place| match intake_attributes[place].1 {
                Some(Bins::Quantiles(groups)) => quantile_levels(&state, place, groups),
                Some(Bins::Edges(_)) => state.levels[place].texts().to_vec(),
                None => canonical_levels(state.levels[place].texts()),
            })
            .collect();
        let mut order: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
        for (cell, codes) in state.cells.codes().iter().enumerate() {
            let group = codes.iter().zip(&texts).map(|(&code, texts)| texts.get(code as usize).cloned()).collect();
            order.entry(group).or_default().push(cell);
        }
        let mut place = vec![0_u32; state.cell_rows.len()];
        let cells: Vec<Cell> = order
            .into_iter()
            .enumerate()
            .map(|(index, (group, members))| {
                let mut cell = Cell { group, rows: 0 };
                for member in members {
                    place[member] = index as u32;
                    cell.rows += state.cell_rows[member];
                }
                cell
            })
            .collect();
        let task = state.task.finish(&place, cells.len());
        let features = state.features.into_iter().map(|feature| feature.finish(&place)).collect();

        Self {
            rows: state.rows,
            columns,
            cells,
            unlabelled: state.unlabelled,
            features,
            task,
            repeated_ids: ids.iter().filter(|(_, count)| *count > 1).count() as u64,
            duplicate_rows: ids.iter().map(|(_, count)| count - 1).sum(),
            period: (state.first_time <= state.last_time).then_some((state.first_time, state.last_time)),
            delays: integers(state.delays.finish()),
            unlabelled_times: integers(state.unlabelled_times.finish()),
            late: state.late,
            labels,
            ids,
            digest: OnceLock::new(),
        }
    }

    /// SHA-256 over all that was measured, in hexadecimal: worked out when first asked for, as it costs much.
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| self.compute_digest())
    }

    fn compute_digest(&self) -> String {
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
            bytes.number(cell.rows);
        }
        self.features.iter().for_each(|feature| feature.digest(&mut bytes));
        self.task.digest(&mut bytes);
        for (key, count) in &self.ids {
            bytes.key(*key);
            bytes.number(*count);
        }
        bytes.number(self.unlabelled);
        bytes.number(self.late);
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

/// For each level of an attribute, which is a number, the name of its quantile bin.
fn quantile_levels(state: &State, place: usize, groups: u32) -> Vec<String> {
    let texts = state.levels[place].texts();
    let mut rows = vec![0_u64; texts.len()];
    for (codes, count) in state.cells.codes().iter().zip(&state.cell_rows) {
        if let Some(rows) = rows.get_mut(codes[place] as usize) {
            *rows += count;
        }
    }
    let mut values: Vec<(f64, u64)> =
        texts.iter().zip(rows).filter_map(|(text, rows)| Some((bins::number(text)?, rows))).collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut distinct: Vec<(f64, u64)> = Vec::with_capacity(values.len());
    for (value, rows) in values {
        match distinct.last_mut() {
            Some(last) if last.0 == value => last.1 += rows,
            _ => distinct.push((value, rows)),
        }
    }
    let binning = Binning::of_quantiles(&distinct, groups);
    texts.iter().map(|text| binning.name(text).unwrap_or(text).to_owned()).collect()
}

fn integers((runs, bits_dropped): (Vec<Run>, u32)) -> Vec<(i64, u64)> {
    runs.into_iter().map(|run| (key_integer(run.key << bits_dropped), run.count)).collect()
}
