//! Labels that arrived in another table: read first, looked up while predictions stream.

use super::counts::Label;
use super::outcome::Outcomes;
use super::unknown::UnknownValues;
use crate::error::Result;
use crate::plan::{Plan, PlanTable, Role, RoleColumn};
use crate::table::{Batch, Column, MISSING_TIME, Sink};

/// Reads a labels table, in any chunking and order.
#[derive(Clone, Debug)]
pub struct LabelIntake {
    columns: Vec<RoleColumn>,
    outcomes: Outcomes,
    entries: Vec<Entry>,
    rows: u64,
    without_id: u64,
    unknown: UnknownValues,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: u128,
    label: Label,
    time: i64,
}

/// Labels by row identifier.
#[derive(Clone, Debug)]
pub struct LabelIndex {
    entries: Vec<Entry>,
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
            outcomes: Outcomes::new(plan),
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
        self.entries.extend(other.entries);
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
                entry.label = Label::Missing;
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
        Ok(LabelIndex { entries, starts, shift, rows: self.rows, duplicates, conflicting, without_id: self.without_id })
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
                (Role::Label, Some(Column::Category(values))) => labels = Some(values),
                _ => {}
            }
        }
        let Some(labels) = labels else { return Ok(()) };
        let meanings: Vec<Label> = labels
            .dictionary
            .iter()
            .enumerate()
            .map(|(code, text)| {
                self.outcomes.label(text).unwrap_or_else(|| {
                    self.unknown.note("label", text, &labels.codes, code);
                    Label::Missing
                })
            })
            .collect();
        self.rows += batch.rows as u64;
        for row in 0..batch.rows {
            let key = keys[row];
            if key == 0 {
                self.without_id += 1;
                continue;
            }
            let label = meanings.get(labels.codes[row] as usize).copied().unwrap_or(Label::Missing);
            let time = times.map_or(MISSING_TIME, |times| times[row]);
            self.entries.push(Entry { key, label, time });
        }
        Ok(())
    }
}

impl LabelIndex {
    /// The label of a row and when it became known ([`MISSING_TIME`] where that is not known).
    #[inline]
    pub fn get(&self, key: u128) -> Option<(Label, i64)> {
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
