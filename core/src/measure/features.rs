//! What the inputs of a model say about the groups: rows by value and cell, for features that may tell the group.

use std::collections::BTreeMap;

use super::bins;
use super::cells::Levels;
use super::digest::DigestWriter;
use super::distribution::{Distribution, Run, float_key};
use super::rows::Rows;
use crate::plan::{Plan, canonical_value};
use crate::table::{Codes, MISSING_CODE};

/// Distinct texts of a feature up to which it is a category; one with more, if no number, tells nothing but rows apart.
pub const MAX_CATEGORIES: usize = 1_000;

/// Mergeable state of one feature.
#[derive(Clone, Debug)]
pub(super) struct FeatureIntake {
    name: String,
    levels: Levels,
    /// Rows by level and cell.
    counts: BTreeMap<(u32, u32), u64>,
    /// Whether there are more texts than categories may have.
    too_many: bool,
    /// Numbers by cell; `None` once some text was no number.
    numbers: Option<Distribution>,
}

/// What `judge` knows of a feature.
#[derive(Clone, Debug)]
pub struct Feature {
    /// The column.
    pub name: String,
    /// Its values.
    pub values: FeatureValues,
}

/// The values of a feature by cell.
#[derive(Clone, Debug)]
pub enum FeatureValues {
    /// Rows by value and cell, in the order of the values.
    Categories(BTreeMap<String, BTreeMap<u32, u64>>),
    /// Numbers in ascending order; the slot is the cell.
    Numbers {
        /// Runs of equal numbers.
        runs: Vec<Run>,
        /// Low bits of their keys that were dropped; 0 is exact.
        bits_dropped: u32,
    },
    /// Texts that are no numbers, and more of them than [`MAX_CATEGORIES`].
    TooMany,
}

impl FeatureIntake {
    /// One for each feature, where the plan asks what features tell.
    pub(super) fn of_plan(plan: &Plan) -> Vec<Self> {
        let intake = |name: &String| Self {
            name: name.clone(),
            levels: Levels::default(),
            counts: BTreeMap::new(),
            too_many: false,
            numbers: Some(Distribution::new(plan.precision.max_keys)),
        };
        if plan.proxies { plan.roles.features.iter().map(intake).collect() } else { Vec::new() }
    }

    /// Adds the rows of a batch.
    pub(super) fn add(&mut self, rows: &Rows<'_>, codes: &Codes<'_>) {
        let mut pairs: Vec<u64> = codes
            .codes
            .iter()
            .enumerate()
            .filter(|(_, code)| **code != MISSING_CODE)
            .map(|(row, &code)| u64::from(code) << 32 | u64::from(rows.cell(row)))
            .collect();
        radsort::sort(&mut pairs);
        for of_value in pairs.chunk_by(|a, b| a >> 32 == b >> 32) {
            let Some(text) = codes.dictionary.get((of_value[0] >> 32) as usize).filter(|text| !text.is_empty()) else {
                continue;
            };
            let text = canonical_value(text);
            match (bins::number(&text), &mut self.numbers) {
                (Some(number), Some(numbers)) => {
                    of_value.iter().for_each(|pair| numbers.add(float_key(number), *pair as u32, ()));
                }
                _ => self.numbers = None,
            }
            if let Some(level) = self.level(&text) {
                for of_cell in of_value.chunk_by(|a, b| a == b) {
                    *self.counts.entry((level, of_cell[0] as u32)).or_default() += of_cell.len() as u64;
                }
            }
        }
    }

    /// The level of a value; `None` once there are too many.
    fn level(&mut self, text: &str) -> Option<u32> {
        if self.too_many {
            return None;
        }
        let level = self.levels.code(text);
        if self.levels.texts().len() > MAX_CATEGORIES {
            self.too_many = true;
            self.levels = Levels::default();
            self.counts = BTreeMap::new();
            return None;
        }
        Some(level)
    }

    /// Adds all of another part, whose cell `c` is `cells[c]` here.
    pub(super) fn merge(&mut self, other: Self, cells: &[u32]) {
        self.numbers = match (self.numbers.take(), other.numbers) {
            (Some(mut mine), Some(theirs)) => {
                mine.merge(theirs, cells);
                Some(mine)
            }
            _ => None,
        };
        if other.too_many {
            self.too_many = true;
            self.levels = Levels::default();
            self.counts = BTreeMap::new();
        }
        let levels: Vec<Option<u32>> = other.levels.texts().iter().map(|text| self.level(text)).collect();
        for ((level, cell), rows) in other.counts {
            if let Some(level) = levels[level as usize].filter(|_| !self.too_many) {
                *self.counts.entry((level, cells[cell as usize])).or_default() += rows;
            }
        }
    }

    /// Ends the table: cell `c` becomes `place[c]`.
    pub(super) fn finish(self, place: &[u32]) -> Feature {
        let values = match self.numbers.map(Distribution::finish) {
            Some((mut runs, bits_dropped)) if !runs.is_empty() => {
                runs.iter_mut().for_each(|run| run.slot = place[run.slot as usize]);
                FeatureValues::Numbers { runs: super::distribution::in_order(runs), bits_dropped }
            }
            _ if self.too_many => FeatureValues::TooMany,
            _ => {
                let mut categories: BTreeMap<String, BTreeMap<u32, u64>> = BTreeMap::new();
                for ((level, cell), rows) in self.counts {
                    let text = self.levels.texts()[level as usize].clone();
                    *categories.entry(text).or_default().entry(place[cell as usize]).or_default() += rows;
                }
                FeatureValues::Categories(categories)
            }
        };
        Feature { name: self.name, values }
    }
}

impl Feature {
    pub(super) fn digest(&self, bytes: &mut DigestWriter) {
        bytes.text(Some(&self.name));
        match &self.values {
            FeatureValues::Categories(categories) => {
                bytes.number(categories.len() as u64);
                for (text, cells) in categories {
                    bytes.text(Some(text));
                    bytes.number(cells.len() as u64);
                    for (&cell, &rows) in cells {
                        bytes.number(u64::from(cell));
                        bytes.number(rows);
                    }
                }
            }
            FeatureValues::Numbers { runs, bits_dropped } => bytes.runs(runs, None, *bits_dropped),
            FeatureValues::TooMany => bytes.number(u64::MAX),
        }
    }
}
