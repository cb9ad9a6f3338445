//! Labels that arrived in another table: read first, looked up while predictions stream.

use super::cells::Levels;
use super::counts::Label;
use super::outcome::Outcomes;
use super::unknown::UnknownValues;
use crate::error::Result;
use crate::plan::{Plan, PlanTable, Role, RoleColumn, Task, canonical_value};
use crate::table::{Batch, Column, MISSING_TIME, Sink};

/// The code of a label that is not known.
pub(super) const MISSING_LABEL: u64 = u64::MAX;

/// Reads a labels table, in any chunking and order.
#[derive(Clone, Debug)]
pub struct LabelIntake {
    columns: Vec<RoleColumn>,
    reading: Reading,
    entries: Vec<Entry>,
    rows: u64,
    without_id: u64,
    unknown: UnknownValues,
}

/// What a label stands for.
#[derive(Clone, Debug)]
enum Reading {
    /// One of two classes.
    Outcome(Outcomes),
    /// A class, numbered as it is met.
    Class(Levels),
    /// A number.
    Number,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: u128,
    /// 0 or 1 for the class of a binary model, the number of a class, or the bits of a number; [`MISSING_LABEL`].
    label: u64,
    time: i64,
}

/// Labels by row identifier.
#[derive(Clone, Debug)]
pub struct LabelIndex {
    entries: Vec<Entry>,
    /// Names of the numbered classes, where labels are such.
    classes: Vec<String>,
    /// `starts[b]` is the first entry whose key has top bits `b`: keys are hashes, so buckets are even.
    starts: Vec<u32>,
    shift: u32,
    /// Rows read.
    pub rows: u64,
    /// Identifiers that repeat with the same label.
    pub duplicates: u64,
    /// Identifiers that repeat with different labels.
    pub conflicting: u64,
    /// Rows without an identifier.
    pub without_id: u64,
}

impl LabelIntake {
    /// An empty intake under a plan.
    pub fn new(plan: &Plan) -> Self {
        Self {
            columns: plan.columns(PlanTable::Labels, true),
            reading: match plan.task {
                Task::Binary => Reading::Outcome(Outcomes::new(plan)),
                Task::Multiclass => Reading::Class(Levels::default()),
                Task::Regression => Reading::Number,
            },
            entries: Vec::new(),
            rows: 0,
            without_id: 0,
            unknown: UnknownValues::default(),
        }
    }

    /// The columns to read.
    pub fn columns(&self) -> &[RoleColumn] {
        &self.columns
    }

    /// Adds all of another intake under the same plan.
    pub fn merge(&mut self, other: Self) {
        if let (Reading::Class(mine), Reading::Class(theirs)) = (&mut self.reading, &other.reading) {
            let codes: Vec<u64> = theirs.texts().iter().map(|text| u64::from(mine.code(text))).collect();
            let here = |label: u64| codes.get(label as usize).copied().unwrap_or(MISSING_LABEL);
            self.entries.extend(other.entries.iter().map(|entry| Entry { label: here(entry.label), ..*entry }));
        } else {
            self.entries.extend(other.entries);
        }
        self.rows += other.rows;
        self.without_id += other.without_id;
        self.unknown.merge(other.unknown);
    }

    /// Sorts, resolves repeats and builds the index.
    pub fn finish(mut self) -> Result<LabelIndex> {
        self.unknown.check("labels")?;
        self.entries.sort_unstable();
        let (mut duplicates, mut conflicting) = (0, 0);
        let mut entries: Vec<Entry> = Vec::with_capacity(self.entries.len());
        for repeats in self.entries.chunk_by(|a, b| a.key == b.key) {
            // The earliest arrival of a repeated label counts; contradicting labels count as none.
            let mut entry = repeats[0];
            if repeats.iter().any(|other| other.label != entry.label) {
                conflicting += 1;
                entry.label = MISSING_LABEL;
            } else if repeats.len() > 1 {
                duplicates += 1;
            }
            entries.push(entry);
        }
        let bits = (entries.len().max(1) as u64).ilog2().min(28);
        let shift = 128 - bits;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for entry in &entries {
            starts[bucket(entry.key, shift) + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let classes = match self.reading {
            Reading::Class(levels) => levels.texts().to_vec(),
            Reading::Outcome(_) | Reading::Number => Vec::new(),
        };
        let (rows, without_id) = (self.rows, self.without_id);
        Ok(LabelIndex { entries, classes, starts, shift, rows, duplicates, conflicting, without_id })
    }
}

impl Sink for LabelIntake {
    fn batch(&mut self, batch: &Batch<'_>, _first_row: u64) -> Result<()> {
        let mut keys: &[u128] = &[];
        let mut times: Option<&[i64]> = None;
        let mut labels = None;
        for (column, data) in self.columns.iter().zip(&batch.columns) {
            match (column.role, data) {
                (Role::Id, Some(Column::Key(values))) => keys = values,
                (Role::LabelTime, Some(Column::Time(values))) => times = Some(values),
                (Role::Label, Some(column)) => labels = Some(self.reading.codes(column, &mut self.unknown)),
                _ => {}
            }
        }
        let Some(labels) = labels else { return Ok(()) };
        self.rows += batch.rows as u64;
        for (row, label) in labels.into_iter().enumerate() {
            let key = keys[row];
            if key == 0 {
                self.without_id += 1;
                continue;
            }
            let time = times.map_or(MISSING_TIME, |times| times[row]);
            self.entries.push(Entry { key, label, time });
        }
        Ok(())
    }
}

impl Reading {
    /// The code of every label of a column.
    fn codes(&mut self, column: &Column<'_>, unknown: &mut UnknownValues) -> Vec<u64> {
        match (self, column) {
            (Self::Number, Column::Number(numbers)) => {
                // -0 and 0 are the same label.
                let code = |row| numbers.get(row).map_or(MISSING_LABEL, |value| (value + 0.0).to_bits());
                (0..numbers.values.len()).map(code).collect()
            }
            (reading, Column::Category(labels)) => {
                let meanings: Vec<u64> = labels
                    .dictionary
                    .iter()
                    .enumerate()
                    .map(|(code, text)| match reading {
                        Self::Outcome(outcomes) => match outcomes.label(text) {
                            Some(Label::Missing) => MISSING_LABEL,
                            Some(label) => label as u64,
                            None => {
                                unknown.note("label", text, &labels.codes, code);
                                MISSING_LABEL
                            }
                        },
                        Self::Class(levels) if !text.is_empty() => u64::from(levels.code(&canonical_value(text))),
                        Self::Class(_) | Self::Number => MISSING_LABEL,
                    })
                    .collect();
                let code = |code: &u32| meanings.get(*code as usize).copied().unwrap_or(MISSING_LABEL);
                labels.codes.iter().map(code).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl LabelIndex {
    /// Names of the numbered classes, where labels are such.
    pub(super) fn classes(&self) -> &[String] {
        &self.classes
    }

    /// The code of a row's label and when it became known ([`MISSING_TIME`] where that is not known).
    #[inline]
    pub(super) fn get(&self, key: u128) -> Option<(u64, i64)> {
        let bucket = bucket(key, self.shift);
        let entries = &self.entries[self.starts[bucket] as usize..self.starts[bucket + 1] as usize];
        let found = entries.binary_search_by(|entry| entry.key.cmp(&key)).ok()?;
        Some((entries[found].label, entries[found].time))
    }

    /// Labels whose identifier is not among the given ones (ascending).
    pub fn unmatched(&self, keys: &[(u128, u64)]) -> u64 {
        let matched = self.entries.iter().filter(|entry| keys.binary_search_by(|key| key.0.cmp(&entry.key)).is_ok());
        self.entries.len() as u64 - matched.count() as u64
    }
}

/// The top bits of a key.
#[inline]
fn bucket(key: u128, shift: u32) -> usize {
    key.checked_shr(shift).unwrap_or(0) as usize
}
