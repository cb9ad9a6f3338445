//! Values of rows by slot, weighted or not.

use super::distribution::{Distribution, Key, Load, Run, in_order};
use super::fixed_sum::FixedSum;

/// The multiset of scores or other numbers; a slot is a cell, or a cell and a label.
#[derive(Clone, Debug)]
pub(super) enum Ranked<K: Key = u64> {
    Rows(Distribution<(), K>),
    Weighted(Distribution<RunWeight, K>),
}

/// Exact sums of the weights of the rows of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunWeight {
    /// Sum of weights.
    pub weight: FixedSum,
    /// Sum of squared weights.
    pub squared: FixedSum,
}

impl Load for RunWeight {
    type Row = f64;

    fn of(weight: f64) -> Self {
        let mut load = Self::default();
        load.weight.add(weight);
        load.squared.add_square(weight);
        load
    }

    fn add(&mut self, other: &Self) {
        self.weight.merge(&other.weight);
        self.squared.merge(&other.squared);
    }
}

impl<K: Key> Ranked<K> {
    pub(super) fn new(max_keys: u64, weighted: bool) -> Self {
        if weighted { Self::Weighted(Distribution::new(max_keys)) } else { Self::Rows(Distribution::new(max_keys)) }
    }

    #[inline]
    pub(super) fn add(&mut self, key: K, slot: u32, weight: f64) {
        match self {
            Self::Rows(scores) => scores.add(key, slot, ()),
            Self::Weighted(scores) => scores.add(key, slot, weight),
        }
    }

    /// Puts what was added last in order.
    pub(super) fn settle(&mut self) {
        match self {
            Self::Rows(scores) => scores.settle(),
            Self::Weighted(scores) => scores.settle(),
        }
    }

    /// Adds all of another one under the same plan, whose slot `s` is `slots[s]` here.
    pub(super) fn merge(&mut self, other: Self, slots: &[u32]) {
        match (self, other) {
            (Self::Rows(mine), Self::Rows(theirs)) => mine.merge(theirs, slots),
            (Self::Weighted(mine), Self::Weighted(theirs)) => mine.merge(theirs, slots),
            _ => unreachable!("parts of one plan are all weighted or none is"),
        }
    }

    /// The runs in order under new slots, their weights if they have any, and the number of bits dropped.
    pub(super) fn finish(self, slot: impl Fn(u32) -> u32) -> (Vec<Run<(), K>>, Option<Vec<RunWeight>>, u32) {
        match self {
            Self::Rows(scores) => {
                let (runs, bits_dropped) = scores.finish();
                (relabelled(runs, slot), None, bits_dropped)
            }
            Self::Weighted(scores) => {
                let (runs, bits_dropped) = scores.finish();
                let (runs, weights) = apart(relabelled(runs, slot));
                (runs, Some(weights), bits_dropped)
            }
        }
    }
}

/// Finished runs under new slots, with their weights.
pub(super) fn moved(
    runs: &[Run],
    weights: Option<&[RunWeight]>,
    slot: impl Fn(u32) -> u32,
) -> (Vec<Run>, Option<Vec<RunWeight>>) {
    let Some(weights) = weights else { return (relabelled(runs.to_vec(), slot), None) };
    let loaded =
        runs.iter().zip(weights).map(|(run, &load)| Run { key: run.key, slot: run.slot, count: run.count, load });
    let (runs, weights) = apart(relabelled(loaded.collect(), slot));
    (runs, Some(weights))
}

fn apart<K: Key>(runs: Vec<Run<RunWeight, K>>) -> (Vec<Run<(), K>>, Vec<RunWeight>) {
    let plain = |run: &Run<RunWeight, K>| Run { key: run.key, slot: run.slot, count: run.count, load: () };
    (runs.iter().map(plain).collect(), runs.iter().map(|run| run.load).collect())
}

fn relabelled<L: Load, K: Key>(mut runs: Vec<Run<L, K>>, slot: impl Fn(u32) -> u32) -> Vec<Run<L, K>> {
    for run in &mut runs {
        run.slot = slot(run.slot);
    }
    in_order(runs)
}
