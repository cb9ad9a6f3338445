//! The digest of measurements.

use sha2::{Digest, Sha256};

use super::counts::{CellCounts, WeightSums};
use super::distribution::{Key, Run};
use super::ranked::RunWeight;
use super::sums::Moments;
use crate::stats::ExactSum;

/// Feeds self-delimiting fields to SHA-256.
#[derive(Default)]
pub(super) struct DigestWriter(Sha256);

impl DigestWriter {
    pub(super) fn number(&mut self, value: u64) {
        self.0.update(value.to_le_bytes());
    }

    pub(super) fn key(&mut self, key: u128) {
        self.0.update(key.to_le_bytes());
    }

    pub(super) fn text(&mut self, value: Option<&str>) {
        self.number(value.map_or(u64::MAX, |text| text.len() as u64));
        self.0.update(value.unwrap_or_default());
    }

    pub(super) fn sum(&mut self, sum: &ExactSum) {
        let bytes = sum.to_canonical_bytes();
        self.number(bytes.len() as u64);
        self.0.update(bytes);
    }

    /// Rows by label and decision.
    pub(super) fn counts(&mut self, counts: &CellCounts) {
        for rows in counts.rows {
            self.number(rows);
        }
        for sums in counts.weights.iter().flat_map(|sums| sums.iter()) {
            self.sum(&sums.weight);
            self.sum(&sums.squared);
        }
    }

    /// Sums of a number.
    pub(super) fn moments(&mut self, moments: &Moments) {
        self.sum(&moments.sum);
        self.sum(&moments.squares);
        if let Some(cross) = &moments.cross {
            self.sum(cross);
        }
    }

    /// Sums of weights, where there are any.
    pub(super) fn weights(&mut self, weights: Option<&WeightSums>) {
        if let Some(sums) = weights {
            self.sum(&sums.weight);
            self.sum(&sums.squared);
        }
    }

    /// A distribution.
    pub(super) fn runs<K: Key>(&mut self, runs: &[Run<(), K>], weights: Option<&[RunWeight]>, bits_dropped: u32) {
        self.number(u64::from(bits_dropped));
        self.number(runs.len() as u64);
        // SHA-256 takes many bytes at a time better than a few.
        let mut bytes = Vec::new();
        for some in runs.chunks(1024) {
            bytes.clear();
            for run in some {
                bytes.extend_from_slice(run.key.to_bytes().as_ref());
                bytes.extend_from_slice(&u64::from(run.slot).to_le_bytes());
                bytes.extend_from_slice(&run.count.to_le_bytes());
            }
            self.0.update(&bytes);
        }
        for weights in weights.into_iter().flatten() {
            self.0.update(weights.weight.to_bytes());
            self.0.update(weights.squared.to_bytes());
        }
    }

    pub(super) fn finish(self) -> String {
        crate::record::hex(&self.0.finalize())
    }
}
