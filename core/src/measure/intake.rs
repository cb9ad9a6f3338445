//! The only code that touches rows: takes batches, keeps mergeable state.

use std::borrow::Cow;
use std::sync::Arc;

use super::cells::{Cells, Levels, RowCells};
use super::counts::{CellCounts, Decided, ENTRIES, LABELS, Label};
use super::distribution::{Distribution, float_key, integer_key};
use super::fixed_sum::MAX_WEIGHT;
use super::keys::Keys;
use super::labels::LabelIndex;
use super::measurements::Measurements;
use super::outcome::Outcomes;
use super::ranked::Ranked;
use super::scores::ScoreContract;
use super::sums::LossSums;
use super::unknown::UnknownValues;
use crate::error::{Code, Error, Problem, Result};
use crate::plan::{Plan, PlanTable, Role, RoleColumn};
use crate::table::{Batch, Codes, Column, MISSING_CODE, MISSING_TIME, Numbers, Sink};

/// Mergeable measurements of one table under a plan, in any chunking and order.
#[derive(Clone, Debug)]
pub struct TableIntake {
    columns: Arc<[RoleColumn]>,
    outcomes: Arc<Outcomes>,
    labels: Option<Arc<LabelIndex>>,
    max_label_delay: Option<i64>,
    weighted: bool,
    derived_decisions: bool,
    pub(super) state: State,
}

/// What is kept of the rows.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) rows: u64,
    /// Rows without a value, by column; `None` while the table is not known to have the column.
    pub(super) missing: Vec<Option<u64>>,
    pub(super) levels: Vec<Levels>,
    pub(super) cells: Cells,
    pub(super) counts: Vec<CellCounts>,
    pub(super) losses: Vec<LossSums>,
    /// Scores in slots `cell * LABELS + label`.
    pub(super) scores: Ranked,
    pub(super) contract: ScoreContract,
    pub(super) ids: Keys,
    pub(super) first_time: i64,
    pub(super) last_time: i64,
    /// Delays of labels in microseconds.
    pub(super) delays: Distribution,
    /// Times of predictions that have no label.
    pub(super) unlabelled_times: Distribution,
    pub(super) late: u64,
    pub(super) unknown: UnknownValues,
    invalid_weights: u64,
    first_invalid_weight: u64,
}

impl TableIntake {
    /// An empty intake for the predictions or the reference table.
    pub fn new(plan: &Plan, table: PlanTable, labels: Option<Arc<LabelIndex>>) -> Self {
        let columns: Arc<[RoleColumn]> = plan.columns(table, labels.is_some()).into();
        let state = State {
            rows: 0,
            missing: vec![None; columns.len()],
            levels: vec![Levels::default(); plan.attributes().len()],
            cells: Cells::default(),
            counts: Vec::new(),
            losses: Vec::new(),
            scores: Ranked::new(plan.precision.max_keys, plan.roles.weight.is_some()),
            contract: ScoreContract::default(),
            ids: Keys::default(),
            first_time: i64::MAX,
            last_time: i64::MIN,
            delays: Distribution::new(plan.precision.max_keys),
            unlabelled_times: Distribution::new(plan.precision.max_keys),
            late: 0,
            unknown: UnknownValues::default(),
            invalid_weights: 0,
            first_invalid_weight: u64::MAX,
        };
        Self {
            outcomes: Arc::new(Outcomes::new(plan)),
            labels,
            max_label_delay: plan.max_label_delay,
            weighted: plan.roles.weight.is_some(),
            derived_decisions: plan.roles.prediction.is_none() && plan.threshold.is_some(),
            columns,
            state,
        }
    }

    /// The columns to read.
    pub fn columns(&self) -> &[RoleColumn] {
        &self.columns
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
        for ((&cell, counts), losses) in cells.iter().zip(&theirs.counts).zip(&theirs.losses) {
            mine.counts[cell as usize].merge(counts);
            mine.losses[cell as usize].merge(losses);
        }
        let slots: Vec<u32> =
            cells.iter().flat_map(|&cell| (0..LABELS as u32).map(move |label| cell * LABELS as u32 + label)).collect();
        mine.scores.merge(theirs.scores, &slots);
        mine.contract.merge(&theirs.contract);
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
        mine.unknown.merge(theirs.unknown);
        mine.invalid_weights += theirs.invalid_weights;
        mine.first_invalid_weight = mine.first_invalid_weight.min(theirs.first_invalid_weight);
    }

    /// Ends the table; reports what no single row could tell.
    pub fn finish(self, source: &str) -> Result<Measurements> {
        let mut problems = Vec::new();
        if let Err(error) = self.state.unknown.check(source) {
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
        if id as usize == self.counts.len() {
            self.counts.push(CellCounts::default());
            self.losses.push(LossSums::default());
        }
        id
    }
}

/// The columns of a batch by role.
#[derive(Default)]
struct RoleData<'a, 'b> {
    label: Option<&'b Codes<'a>>,
    prediction: Option<&'b Codes<'a>>,
    score: Option<&'b Numbers<'a>>,
    weight: Option<&'b Numbers<'a>>,
    id: Option<&'b [u128]>,
    time: Option<&'b [i64]>,
    label_time: Option<&'b [i64]>,
    protected: Vec<Option<&'b Codes<'a>>>,
}

impl Sink for TableIntake {
    fn batch(&mut self, batch: &Batch<'_>, first_row: u64) -> Result<()> {
        let data = self.by_role(batch);
        let rows = batch.rows;
        let state = &mut self.state;
        state.rows += rows as u64;

        let (labels, label_times) = match (&self.labels, data.id) {
            (Some(index), Some(ids)) => {
                let (labels, times) =
                    ids.iter().map(|&id| index.get(id).unwrap_or((Label::Missing, MISSING_TIME))).unzip();
                (labels, Some(Cow::Owned(times)))
            }
            _ => (
                levels(
                    data.label,
                    rows,
                    Label::Missing,
                    |text| self.outcomes.label(text),
                    |text, codes, code| {
                        state.unknown.note("label", text, codes, code);
                    },
                ),
                data.label_time.map(Cow::Borrowed),
            ),
        };
        let decisions: Vec<Decided> = match (self.derived_decisions, data.score) {
            (true, Some(scores)) => (0..rows).map(|row| self.outcomes.implied_by(scores.get(row))).collect(),
            _ => levels(
                data.prediction,
                rows,
                Decided::Missing,
                |text| self.outcomes.decision(text),
                |text, codes, code| {
                    state.unknown.note("prediction", text, codes, code);
                },
            ),
        };

        // Cells: local numbers by dictionary code, then one look-up per cell instead of one per row.
        let missing_column = vec![MISSING_CODE; if data.protected.iter().any(Option::is_none) { rows } else { 0 }];
        let columns: Vec<&[u32]> =
            data.protected.iter().map(|codes| codes.map_or(missing_column.as_slice(), |codes| &codes.codes)).collect();
        let sizes: Vec<usize> =
            data.protected.iter().map(|codes| codes.map_or(0, |codes| codes.dictionary.len())).collect();
        let global: Vec<Vec<u32>> = data
            .protected
            .iter()
            .zip(&mut state.levels)
            .map(|(codes, levels)| codes.map_or_else(Vec::new, |codes| used_levels(codes, levels)))
            .collect();
        let row_cells = RowCells::new(rows, &columns, &sizes);
        let mut tallies = vec![0_u32; row_cells.count * ENTRIES];
        for ((&cell, &label), &decision) in row_cells.local.iter().zip(&labels).zip(&decisions) {
            tallies[cell as usize * ENTRIES + CellCounts::entry(label, decision)] += 1;
        }
        let cells: Vec<u32> = tallies
            .chunks_exact(ENTRIES)
            .enumerate()
            .map(|(local, tally)| {
                if tally.iter().all(|&rows| rows == 0) {
                    return 0;
                }
                let codes: Vec<u32> = row_cells
                    .codes(local)
                    .iter()
                    .zip(&global)
                    .map(|(&code, global)| global.get(code as usize).copied().unwrap_or(MISSING_CODE))
                    .collect();
                let cell = state.cell(&codes);
                for (total, &rows) in state.counts[cell as usize].rows.iter_mut().zip(tally) {
                    *total += u64::from(rows);
                }
                cell
            })
            .collect();

        let weights = data.weight.filter(|_| self.weighted);
        if let Some(weights) = weights {
            for row in 0..rows {
                match weights.get(row).filter(is_valid_weight) {
                    Some(weight) => state.counts[cells[row_cells.local[row] as usize] as usize]
                        .add_weight(CellCounts::entry(labels[row], decisions[row]), weight),
                    None => {
                        state.invalid_weights += 1;
                        state.first_invalid_weight = state.first_invalid_weight.min(first_row + row as u64);
                    }
                }
            }
        }
        if let Some(scores) = data.score {
            for row in 0..rows {
                let Some(score) = scores.get(row) else { continue };
                let cell = cells[row_cells.local[row] as usize];
                let label = labels[row];
                // An invalid weight ends the audit; until then it counts for nothing.
                let weight = weights.map(|weights| weights.get(row).filter(is_valid_weight).unwrap_or(0.0));
                state.contract.add(score, decisions[row], self.outcomes.threshold);
                state.scores.add(float_key(score), cell * LABELS as u32 + label as u32, weight.unwrap_or(1.0));
                if label != Label::Missing && (0.0..=1.0).contains(&score) {
                    state.losses[cell as usize].add(score, label == Label::Positive, weight);
                }
            }
        }
        if let Some(ids) = data.id {
            for &id in ids.iter().filter(|&&id| id != 0) {
                state.ids.add(id);
            }
        }
        if let Some(times) = data.time {
            for row in 0..rows {
                let time = times[row];
                if time == MISSING_TIME {
                    continue;
                }
                state.first_time = state.first_time.min(time);
                state.last_time = state.last_time.max(time);
                let label_time = label_times.as_ref().map_or(MISSING_TIME, |times| times[row]);
                if labels[row] == Label::Missing {
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
        let mut data = RoleData { protected: vec![None; self.state.levels.len()], ..RoleData::default() };
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
                (Role::Score, Column::Number(numbers)) => data.score = Some(numbers),
                (Role::Weight, Column::Number(numbers)) => data.weight = Some(numbers),
                (Role::Id, Column::Key(keys)) => data.id = Some(keys),
                (Role::Time, Column::Time(times)) => data.time = Some(times),
                (Role::LabelTime, Column::Time(times)) => data.label_time = Some(times),
                (Role::Protected(index), Column::Category(codes)) => data.protected[index] = Some(codes),
                _ => {}
            }
        }
        data
    }
}

fn is_valid_weight(weight: &f64) -> bool {
    (0.0..=MAX_WEIGHT).contains(weight)
}

/// Rows without a value: no code, or the empty text.
fn missing_codes(codes: &Codes<'_>) -> u64 {
    let empty = codes.dictionary.iter().position(|text| text.is_empty()).map_or(MISSING_CODE, |code| code as u32);
    codes.codes.iter().filter(|&&code| code == MISSING_CODE || code == empty).count() as u64
}

/// Global codes of the dictionary entries that occur; entries without rows make no level.
fn used_levels(codes: &Codes<'_>, levels: &mut Levels) -> Vec<u32> {
    let mut used = vec![false; codes.dictionary.len()];
    for &code in codes.codes.iter() {
        if let Some(used) = used.get_mut(code as usize) {
            *used = true;
        }
    }
    codes.dictionary.iter().zip(used).map(|(text, used)| if used { levels.code(text) } else { MISSING_CODE }).collect()
}

/// Reads the meaning of each dictionary entry once, then maps the rows.
fn levels<L: Copy>(
    codes: Option<&Codes<'_>>,
    rows: usize,
    missing: L,
    meaning: impl Fn(&str) -> Option<L>,
    mut unknown: impl FnMut(&str, &[u32], usize),
) -> Vec<L> {
    let Some(codes) = codes else { return vec![missing; rows] };
    let meanings: Vec<L> = codes
        .dictionary
        .iter()
        .enumerate()
        .map(|(code, text)| {
            meaning(text).unwrap_or_else(|| {
                unknown(text, &codes.codes, code);
                missing
            })
        })
        .collect();
    codes.codes.iter().map(|&code| meanings.get(code as usize).copied().unwrap_or(missing)).collect()
}
