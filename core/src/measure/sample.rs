//! State kind *sample*: the rows with the smallest f(seed, row), for what needs rows themselves.
//!
//! Which rows these are depends on the rows and the seed alone, never on their order or place; equal rows are kept with their
//! number. The smallest of a union are among the smallest of its parts, so merging is exact. Up to the limit
//! the sample is the whole table.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::digest::DigestWriter;

/// Rows that a sample holds.
pub(super) const MAX_ROWS: u64 = 10_000;

/// A row: the bits of its values.
type Row = Box<[u64]>;

/// The smallest rows so far.
#[derive(Clone, Debug)]
pub(super) struct SampleIntake {
    seed: u64,
    rows: BTreeMap<(u64, Row), u64>,
    kept: u64,
    offered: u64,
}

/// A sample of rows.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// Distinct rows in ascending order of their values, each with its number.
    pub rows: Vec<(Box<[u64]>, u64)>,
    /// Rows of which it is a sample.
    pub of: u64,
}

impl SampleIntake {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, rows: BTreeMap::new(), kept: 0, offered: 0 }
    }

    /// Offers a row.
    pub(super) fn add(&mut self, row: &[u64]) {
        self.offered += 1;
        let bytes: Vec<u8> = row.iter().flat_map(|value| value.to_le_bytes()).collect();
        let rank = xxh3_64_with_seed(&bytes, self.seed);
        let full = self.kept == MAX_ROWS;
        if full && self.rows.last_key_value().is_some_and(|((last, _), _)| rank > *last) {
            return;
        }
        *self.rows.entry((rank, row.into())).or_default() += 1;
        self.kept += 1;
        self.trim();
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.offered += other.offered;
        self.kept += other.kept;
        for (row, count) in other.rows {
            *self.rows.entry(row).or_default() += count;
        }
        self.trim();
    }

    fn trim(&mut self) {
        while self.kept > MAX_ROWS {
            let Some(mut last) = self.rows.last_entry() else { return };
            let excess = self.kept - MAX_ROWS;
            if *last.get() > excess {
                *last.get_mut() -= excess;
                self.kept = MAX_ROWS;
            } else {
                self.kept -= last.remove();
            }
        }
    }

    pub(super) fn finish(self) -> Sample {
        let mut rows: Vec<(Row, u64)> = self.rows.into_iter().map(|((_, row), count)| (row, count)).collect();
        rows.sort_unstable();
        Sample { rows, of: self.offered }
    }
}

impl Sample {
    /// Rows in the sample.
    pub fn count(&self) -> u64 {
        self.rows.iter().map(|(_, count)| count).sum()
    }

    pub(super) fn digest(&self, bytes: &mut DigestWriter) {
        bytes.number(self.of);
        for (row, count) in &self.rows {
            row.iter().for_each(|&value| bytes.number(value));
            bytes.number(*count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_in_any_order_sample_like_the_whole() {
        let rows: Vec<u64> = (0..30_000).map(|row| row % 17_000).collect();
        let sample = |parts: &[&[u64]]| {
            let mut whole = SampleIntake::new(7);
            for part in parts {
                let mut intake = SampleIntake::new(7);
                part.iter().for_each(|&row| intake.add(&[row]));
                whole.merge(intake);
            }
            whole.finish()
        };
        let (first, rest) = rows.split_at(11_000);
        let (whole, split) = (sample(&[&rows]), sample(&[rest, first]));
        assert_eq!(whole.rows, split.rows);
        assert_eq!((whole.count(), whole.of, split.of), (MAX_ROWS, 30_000, 30_000));
        assert!(whole.rows.iter().any(|(_, count)| *count == 2));
    }

    #[test]
    fn a_small_table_is_kept_whole() {
        let mut intake = SampleIntake::new(0);
        [3, 1, 3].iter().for_each(|&row| intake.add(&[row]));
        assert_eq!(intake.finish().rows, [(Box::from([1]), 1), (Box::from([3]), 2)]);
    }
}
