//! The only code that touches rows: takes batches, keeps mergeable state.

use std::borrow::Cow;
use std::sync::Arc;

use super::bins::{self, MAX_VALUES};
use super::cells::{Cells, Levels, RowCells};
use super::distribution::{Distribution, integer_key};
use super::features::FeatureIntake;
use super::keys::Keys;
use super::labels::{LabelIndex, MISSING_LABEL};
use super::measurements::Measurements;
use super::rows::{JoinedLabels, RoleData, Rows, is_valid_weight};
use super::task::TaskIntake;
use super::unknown::UnknownValues;
use crate::error::{Code, Error, Problem, Result};
use crate::plan::{Bins, Plan, PlanTable, Role, RoleColumn};
use crate::table::{Batch, Codes, Column, MISSING_CODE, MISSING_TIME, Numbers, Sink};

/// Mergeable measurements of one table under a plan, in any chunking and order.
#[derive(Clone, Debug)]
pub struct TableIntake {
    columns: Arc<[RoleColumn]>,
    labels: Option<Arc<LabelIndex>>,
    max_label_delay: Option<i64>,
    memberships: usize,
    similarities: usize,
    /// Of each attribute: its name, and the bins of its numbers.
    pub(super) attributes: Arc<[(String, Option<Bins>)]>,
    pub(super) state: State,
}

/// What is kept of the rows.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) rows: u64,
    /// Rows without a value, by column; `None` while the table is not known to have the column.
    pub(super) missing: Vec<Option<u64>>,
    pub(super) levels: Vec<Levels>,
    /// Of each attribute that is cut into bins: texts that are no numbers.
    unplaced: Vec<UnknownValues>,
    pub(super) cells: Cells,
    /// Rows of each cell.
    pub(super) cell_rows: Vec<u64>,
    /// What features tell, where the plan asks for it.
    pub(super) features: Vec<FeatureIntake>,
    /// What depends on what the model predicts.
    pub(super) task: TaskIntake,
    pub(super) unlabelled: u64,
    pub(super) ids: Keys,
    pub(super) first_time: i64,
    pub(super) last_time: i64,
    /// Delays of labels in microseconds.
    pub(super) delays: Distribution,
    /// Times of predictions that have no label.
    pub(super) unlabelled_times: Distribution,
    pub(super) late: u64,
    invalid_weights: u64,
    first_invalid_weight: u64,
}

impl TableIntake {
    /// An empty intake for the predictions or the reference table.
    pub fn new(plan: &Plan, table: PlanTable, labels: Option<Arc<LabelIndex>>) -> Self {
        let columns: Arc<[RoleColumn]> = plan.columns(table, labels.is_some()).into();
        let attributes: Arc<[_]> =
            plan.attributes().into_iter().map(|name| (name.to_owned(), plan.bins.get(name).cloned())).collect();
        let state = State {
            rows: 0,
            missing: vec![None; columns.len()],
            levels: vec![Levels::default(); attributes.len()],
            unplaced: vec![UnknownValues::default(); attributes.len()],
            cells: Cells::default(),
            cell_rows: Vec::new(),
            features: FeatureIntake::of_plan(plan),
            task: TaskIntake::new(plan),
            unlabelled: 0,
            ids: Keys::default(),
            first_time: i64::MAX,
            last_time: i64::MIN,
            delays: Distribution::new(plan.precision.max_keys),
            unlabelled_times: Distribution::new(plan.precision.max_keys),
            late: 0,
            invalid_weights: 0,
            first_invalid_weight: u64::MAX,
        };
        let memberships = plan.membership_columns().count();
        let similarities = plan.consistency.as_ref().map_or(0, |consistency| consistency.features.len());
        Self { labels, max_label_delay: plan.max_label_delay, memberships, similarities, attributes, columns, state }
    }

    /// The columns to read.
    pub fn columns(&self) -> &[RoleColumn] {
        &self.columns
    }

    /// Does what is better done by the thread that added rows than by the one that merges; it changes no result.
    pub fn settle(&mut self) {
        self.state.task.settle();
    }

    /// Adds all of another intake under the same plan; the order of merging never matters.
    pub fn merge(&mut self, other: Self) {
        let (mine, theirs) = (&mut self.state, other.state);
        let codes: Vec<Vec<u32>> = mine
            .levels
            .iter_mut()
            .zip(&theirs.levels)
            .map(|(mine, theirs)| theirs.texts().iter().map(|text| mine.code(text)).collect())
            .collect();
        let cells: Vec<u32> = theirs
            .cells
            .codes()
            .iter()
            .map(|cell| {
                let cell: Vec<u32> = cell
                    .iter()
                    .zip(&codes)
                    .map(|(&code, codes)| codes.get(code as usize).copied().unwrap_or(MISSING_CODE))
                    .collect();
                mine.cell(&cell)
            })
            .collect();
        for (&cell, rows) in cells.iter().zip(&theirs.cell_rows) {
            mine.cell_rows[cell as usize] += rows;
        }
        for (mine, theirs) in mine.features.iter_mut().zip(theirs.features) {
            mine.merge(theirs, &cells);
        }
        for (mine, theirs) in mine.unplaced.iter_mut().zip(theirs.unplaced) {
            mine.merge(theirs);
        }
        mine.task.merge(theirs.task, &cells, mine.cell_rows.len());
        mine.unlabelled += theirs.unlabelled;
        mine.ids.merge(theirs.ids);
        mine.delays.merge(theirs.delays, &[0]);
        mine.unlabelled_times.merge(theirs.unlabelled_times, &[0]);
        mine.rows += theirs.rows;
        for (mine, theirs) in mine.missing.iter_mut().zip(theirs.missing) {
            *mine = match (*mine, theirs) {
                (Some(a), Some(b)) => Some(a + b),
                (a, b) => a.or(b),
            };
        }
        mine.first_time = mine.first_time.min(theirs.first_time);
        mine.last_time = mine.last_time.max(theirs.last_time);
        mine.late += theirs.late;
        mine.invalid_weights += theirs.invalid_weights;
        mine.first_invalid_weight = mine.first_invalid_weight.min(theirs.first_invalid_weight);
    }

    /// Ends the table; reports what no single row could tell.
    pub fn finish(self, source: &str) -> Result<Measurements> {
        let mut problems = Vec::new();
        for (place, (name, bins)) in self.attributes.iter().enumerate() {
            problems.extend(self.state.unplaced[place].unplaced(source, name));
            let values = self.state.levels[place].texts().len();
            if matches!(bins, Some(Bins::Quantiles(_))) && values > MAX_VALUES {
                let message = format!("the column {name} has more than {MAX_VALUES} distinct values");
                let hint = "declare the edges of its bins: `bins: {<column>: [25, 45]}`";
                problems.push(Problem::new(Code::BudgetExceeded, message).source(source).field("bins").hint(hint));
            }
        }
        if let Err(error) = self.state.task.check(source) {
            problems.extend(error.problems);
        }
        if self.state.invalid_weights > 0 {
            problems.push(
                Problem::new(
                    Code::WeightInvalid,
                    format!("{} weights are missing, negative, infinite or above 2^48", self.state.invalid_weights),
                )
                .source(source)
                .row(self.state.first_invalid_weight)
                .field("weight")
                .hint("every row needs a weight from 0 to 2^48; leave a row out with weight 0"),
            );
        }
        if problems.is_empty() { Ok(Measurements::new(self)) } else { Err(Error { problems }) }
    }

    /// Whether labels come from another table.
    pub(super) fn labels(&self) -> Option<&LabelIndex> {
        self.labels.as_deref()
    }
}

impl State {
    fn cell(&mut self, codes: &[u32]) -> u32 {
        let id = self.cells.id(codes);
        if id as usize == self.cell_rows.len() {
            self.cell_rows.push(0);
        }
        id
    }

    /// The cell of every row: local numbers by dictionary code, then one look-up per cell instead of one per row.
    fn locate(
        &mut self,
        rows: usize,
        data: &RoleData<'_, '_>,
        attributes: &[(String, Option<Bins>)],
    ) -> (RowCells, Vec<Option<u32>>) {
        let missing_column = vec![MISSING_CODE; if data.protected.iter().any(Option::is_none) { rows } else { 0 }];
        let columns: Vec<&[u32]> =
            data.protected.iter().map(|codes| codes.map_or(missing_column.as_slice(), |codes| &codes.codes)).collect();
        let sizes: Vec<usize> =
            data.protected.iter().map(|codes| codes.map_or(0, |codes| codes.dictionary.len())).collect();
        let global: Vec<Vec<u32>> = data
            .protected
            .iter()
            .zip(&mut self.levels)
            .zip(&mut self.unplaced)
            .zip(attributes)
            .map(|(((codes, levels), unplaced), (_, bins))| {
                codes.map_or_else(Vec::new, |codes| used_levels(codes, levels, bins.as_ref(), unplaced))
            })
            .collect();
        let located = RowCells::new(rows, &columns, &sizes);
        let mut tallies = vec![0_u32; located.count];
        for &cell in &located.local {
            tallies[cell as usize] += 1;
        }
        let cells = tallies
            .iter()
            .enumerate()
            .map(|(local, &rows)| {
                if rows == 0 {
                    return None;
                }
                let codes: Vec<u32> = located
                    .codes(local)
                    .iter()
                    .zip(&global)
                    .map(|(&code, global)| global.get(code as usize).copied().unwrap_or(MISSING_CODE))
                    .collect();
                let cell = self.cell(&codes);
                self.cell_rows[cell as usize] += u64::from(rows);
                Some(cell)
            })
            .collect();
        (located, cells)
    }

    fn check_weights(&mut self, weights: &Numbers<'_>, rows: usize, first_row: u64) {
        for row in (0..rows).filter(|&row| !weights.get(row).as_ref().is_some_and(is_valid_weight)) {
            self.invalid_weights += 1;
            self.first_invalid_weight = self.first_invalid_weight.min(first_row + row as u64);
        }
    }
}

impl Sink for TableIntake {
    fn batch(&mut self, batch: &Batch<'_>, first_row: u64) -> Result<()> {
        let data = self.by_role(batch);
        let state = &mut self.state;
        state.rows += batch.rows as u64;
        let (joined_labels, label_times) = match (&self.labels, data.id) {
            (Some(index), Some(ids)) => {
                let (labels, times): (Vec<u64>, Vec<i64>) =
                    ids.iter().map(|&id| index.get(id).unwrap_or((MISSING_LABEL, MISSING_TIME))).unzip();
                (Some(JoinedLabels { codes: labels, classes: index.classes() }), Some(Cow::Owned(times)))
            }
            _ => (None, data.label_time.map(Cow::Borrowed)),
        };
        if let Some(weights) = data.weight {
            state.check_weights(weights, batch.rows, first_row);
        }
        let (located, global) = state.locate(batch.rows, &data, &self.attributes);
        let rows = Rows::new(located, global, state.cell_rows.len(), data.weight, joined_labels);
        for (feature, codes) in state.features.iter_mut().zip(&data.features) {
            if let Some(codes) = codes {
                feature.add(&rows, codes);
            }
        }
        let labelled = state.task.add(&rows, &data);
        state.unlabelled += labelled.iter().filter(|&&labelled| !labelled).count() as u64;
        if let Some(ids) = data.id {
            for &id in ids.iter().filter(|&&id| id != 0) {
                state.ids.add(id);
            }
        }
        if let Some(times) = data.time {
            for row in 0..batch.rows {
                let time = times[row];
                if time == MISSING_TIME {
                    continue;
                }
                state.first_time = state.first_time.min(time);
                state.last_time = state.last_time.max(time);
                let label_time = label_times.as_ref().map_or(MISSING_TIME, |times| times[row]);
                if !labelled[row] {
                    state.unlabelled_times.add(integer_key(time), 0, ());
                } else if label_time != MISSING_TIME {
                    let delay = label_time.saturating_sub(time);
                    state.delays.add(integer_key(delay), 0, ());
                    state.late += u64::from(self.max_label_delay.is_some_and(|limit| delay > limit));
                }
            }
        }
        Ok(())
    }
}

impl TableIntake {
    /// Sorts the columns by role and counts what is missing in each.
    fn by_role<'a, 'b>(&mut self, batch: &'b Batch<'a>) -> RoleData<'a, 'b> {
        let classes = self.columns.iter().filter(|column| matches!(column.role, Role::ClassScore(_))).count();
        let mut data = RoleData {
            protected: vec![None; self.state.levels.len()],
            memberships: vec![None; self.memberships],
            similarities: vec![None; self.similarities],
            features: vec![None; self.state.features.len()],
            class_scores: vec![None; classes],
            ..RoleData::default()
        };
        for ((column, values), missing) in self.columns.iter().zip(&batch.columns).zip(&mut self.state.missing) {
            let Some(values) = values else { continue };
            *missing.get_or_insert(0) += match values {
                Column::Category(codes) => missing_codes(codes),
                Column::Number(numbers) => (0..batch.rows).filter(|&row| numbers.get(row).is_none()).count() as u64,
                Column::Key(keys) => keys.iter().filter(|&&key| key == 0).count() as u64,
                Column::Time(times) => times.iter().filter(|&&time| time == MISSING_TIME).count() as u64,
                Column::Presence { missing } => *missing,
            };
            match (column.role, values) {
                (Role::Label, Column::Category(codes)) => data.label = Some(codes),
                (Role::Prediction, Column::Category(codes)) => data.prediction = Some(codes),
                (Role::Label, Column::Number(numbers)) => data.numeric_label = Some(numbers),
                (Role::Prediction, Column::Number(numbers)) => data.numeric_prediction = Some(numbers),
                // In the order of the roles, which is that of their levels.
                (Role::Quantile(_), Column::Number(numbers)) => data.quantiles.push(numbers),
                (Role::Score, Column::Number(numbers)) => data.score = Some(numbers),
                (Role::BaselinePrediction, Column::Category(codes)) => data.baseline_prediction = Some(codes),
                (Role::BaselinePrediction, Column::Number(numbers)) => data.baseline_number = Some(numbers),
                (Role::BaselineScore, Column::Number(numbers)) => data.baseline_score = Some(numbers),
                (Role::ClassScore(index), Column::Number(numbers)) => data.class_scores[index] = Some(numbers),
                (Role::Weight, Column::Number(numbers)) => data.weight = Some(numbers),
                (Role::Cluster, Column::Key(keys)) => data.cluster = Some(keys),
                (Role::Id, Column::Key(keys)) => data.id = Some(keys),
                (Role::Time, Column::Time(times)) => data.time = Some(times),
                (Role::LabelTime, Column::Time(times)) => data.label_time = Some(times),
                (Role::Protected(index) | Role::Stratum(index), Column::Category(codes)) => {
                    data.protected[index] = Some(codes);
                }
                (Role::Similarity(place), Column::Number(numbers)) => data.similarities[place] = Some(numbers),
                (Role::Feature(place), Column::Category(codes)) => data.features[place] = Some(codes),
                (Role::Membership(place), Column::Number(numbers)) => data.memberships[place] = Some(numbers),
                _ => {}
            }
        }
        data
    }
}

/// Rows without a value: no code, or the empty text.
fn missing_codes(codes: &Codes<'_>) -> u64 {
    let empty = codes.dictionary.iter().position(|text| text.is_empty()).map_or(MISSING_CODE, |code| code as u32);
    codes.codes.iter().filter(|&&code| code == MISSING_CODE || code == empty).count() as u64
}

/// Global codes of the dictionary entries that occur; entries without rows make no level. Where numbers are cut into
/// bins, a level is a bin, or until the quantiles are known a number; what is no number makes none.
fn used_levels(codes: &Codes<'_>, levels: &mut Levels, bins: Option<&Bins>, unplaced: &mut UnknownValues) -> Vec<u32> {
    let mut used = vec![false; codes.dictionary.len()];
    for &code in codes.codes.iter() {
        if let Some(used) = used.get_mut(code as usize) {
            *used = true;
        }
    }
    let binning = bins::declared(bins);
    let mut level = |code: usize, text: &str| match (bins, &binning) {
        _ if text.is_empty() => MISSING_CODE,
        (None, _) => levels.code(text),
        (_, Some(binning)) => match binning.name(text) {
            Some(name) => levels.code(name),
            None => {
                unplaced.note("protected", text, &codes.codes, code);
                MISSING_CODE
            }
        },
        // More values than quantiles are worked out from end the audit; there is no use in keeping them.
        _ if bins::number(text).is_some() && levels.texts().len() <= MAX_VALUES => levels.code(text),
        _ if bins::number(text).is_some() => MISSING_CODE,
        _ => {
            unplaced.note("protected", text, &codes.codes, code);
            MISSING_CODE
        }
    };
    let entries = codes.dictionary.iter().zip(used).enumerate();
    entries.map(|(code, (text, used))| if used { level(code, text) } else { MISSING_CODE }).collect()
}
