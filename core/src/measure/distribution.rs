//! State kind *distribution*: how often each value occurs in each slot, exact up to a number of distinct values.
//!
//! A value is an order-preserving key of 64 bits, a pair of values one of 128 ([`pair_key`]). Above `max_keys` distinct keys the lowest bits of all keys are dropped,
//! to the finest level at which the *whole* multiset has at most `max_keys`. That level can only rise as rows
//! are added, and coarsening commutes with merging, so the result is the same for every partition of the rows.

use std::ops::{BitXor, Shr};

/// Unsorted entries kept before they are folded into the runs.
const TAIL: usize = 1 << 20;

/// A multiset of (key, slot), with a load for every row.
#[derive(Clone, Debug)]
pub struct Distribution<L: Load = (), K: Key = u64> {
    max_keys: u64,
    level: u32,
    runs: Vec<Run<L, K>>,
    tail: Vec<(K, u32, L::Row)>,
}

/// A key, where it occurs, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<L = (), K = u64> {
    /// Key without its dropped bits.
    pub key: K,
    /// Slot: which cell and label.
    pub slot: u32,
    /// Rows.
    pub count: u64,
    /// What its rows carry together.
    pub load: L,
}

/// A key: unsigned, so that dropping its low bits keeps the order.
pub trait Key: Copy + Ord + Shr<u32, Output = Self> + BitXor<Output = Self> + radsort::Key {
    /// Bits of a key.
    const BITS: u32;
    /// Zeros above its highest bit.
    fn leading_zeros(self) -> u32;
    /// The key as bytes, little-endian.
    fn to_bytes(self) -> impl AsRef<[u8]>;
}

macro_rules! keys {
    ($($unsigned:ty),*) => {$(
        impl Key for $unsigned {
            const BITS: u32 = <$unsigned>::BITS;

            fn leading_zeros(self) -> u32 {
                <$unsigned>::leading_zeros(self)
            }

            fn to_bytes(self) -> impl AsRef<[u8]> {
                self.to_le_bytes()
            }
        }
    )*};
}
keys!(u64, u128);

/// What rows carry beside their key: nothing, or a weight. Adding up must not depend on the order.
pub trait Load: Copy {
    /// What one row carries.
    type Row: Copy;
    /// The load of one row.
    fn of(row: Self::Row) -> Self;
    /// Adds the load of other rows.
    fn add(&mut self, other: &Self);
}

impl Load for () {
    type Row = ();

    fn of((): ()) {}

    fn add(&mut self, (): &()) {}
}

impl<L, K: Copy> Run<L, K> {
    fn place(&self) -> (K, u32) {
        (self.key, self.slot)
    }
}

/// The order-preserving key of a float: `a < b` exactly when `float_key(a) < float_key(b)`; -0 equals 0.
pub fn float_key(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// The float of a key.
pub fn key_float(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 { key & !(1 << 63) } else { !key })
}

/// The key of a pair of floats: their keys' bits in turn, the first float's first, so that dropping low bits takes from
/// both alike.
pub fn pair_key(first: f64, second: f64) -> u128 {
    spread(float_key(first)) << 1 | spread(float_key(second))
}

/// The keys of the two floats of a pair, each without its dropped bits, and how many of those each has.
pub fn key_pair(key: u128, bits_dropped: u32) -> [(u64, u32); 2] {
    let whole = key << bits_dropped;
    let (first, second) = (bits_dropped / 2, bits_dropped.div_ceil(2));
    [(gather(whole >> 1) >> first, first), (gather(whole).checked_shr(second).unwrap_or(0), second)]
}

/// Bits and gaps in turn: a mask for every step of [`spread`] and [`gather`].
const EVERY: [(u32, u128); 6] = [
    (32, 0x0000_0000_ffff_ffff_0000_0000_ffff_ffff),
    (16, 0x0000_ffff_0000_ffff_0000_ffff_0000_ffff),
    (8, 0x00ff_00ff_00ff_00ff_00ff_00ff_00ff_00ff),
    (4, 0x0f0f_0f0f_0f0f_0f0f_0f0f_0f0f_0f0f_0f0f),
    (2, 0x3333_3333_3333_3333_3333_3333_3333_3333),
    (1, 0x5555_5555_5555_5555_5555_5555_5555_5555),
];

/// Puts a zero before every bit (Morton 1966).
fn spread(bits: u64) -> u128 {
    EVERY.iter().fold(u128::from(bits), |bits, &(shift, mask)| (bits | bits << shift) & mask)
}

/// The even bits.
fn gather(bits: u128) -> u64 {
    let mut bits = bits & EVERY[5].1;
    for index in (0..6).rev() {
        let mask = if index == 0 { u128::from(u64::MAX) } else { EVERY[index - 1].1 };
        bits = (bits | bits >> EVERY[index].0) & mask;
    }
    bits as u64
}

/// The order-preserving key of an integer.
pub fn integer_key(value: i64) -> u64 {
    value.cast_unsigned() ^ 1 << 63
}

/// The integer of a key.
pub fn key_integer(key: u64) -> i64 {
    (key ^ 1 << 63).cast_signed()
}

impl<L: Load, K: Key> Distribution<L, K> {
    /// An empty distribution that is exact up to `max_keys` distinct keys.
    pub fn new(max_keys: u64) -> Self {
        Self { max_keys: max_keys.max(2), level: 0, runs: Vec::new(), tail: Vec::new() }
    }

    /// Adds one occurrence.
    #[inline]
    pub fn add(&mut self, key: K, slot: u32, row: L::Row) {
        self.tail.push((key >> self.level, slot, row));
        if self.tail.len() >= TAIL {
            self.settle();
        }
    }

    /// Adds all of another distribution, whose slot `s` is `slots[s]` here.
    pub fn merge(&mut self, mut other: Self, slots: &[u32]) {
        other.settle();
        self.settle();
        let level = self.level.max(other.level);
        self.raise(level);
        other.raise(level);
        for run in &mut other.runs {
            run.slot = slots[run.slot as usize];
        }
        let theirs = in_order(other.runs);
        self.runs = if self.runs.is_empty() { theirs } else { merge_runs(&self.runs, &theirs) };
        self.coarsen();
    }

    /// The runs in ascending order of key, then slot, and the number of bits dropped.
    pub fn finish(mut self) -> (Vec<Run<L, K>>, u32) {
        self.settle();
        (self.runs, self.level)
    }

    /// Puts what was added last among the runs: work that the thread that added it may do, rather than the one that merges.
    pub fn settle(&mut self) {
        if self.tail.is_empty() {
            return;
        }
        radsort::sort_by_key(&mut self.tail, |&(key, slot, _)| (key, slot));
        let mut fresh: Vec<Run<L, K>> = Vec::new();
        for &(key, slot, row) in &self.tail {
            push_run(&mut fresh, Run { key, slot, count: 1, load: L::of(row) });
        }
        self.tail.clear();
        self.runs = if self.runs.is_empty() { fresh } else { merge_runs(&self.runs, &fresh) };
        self.coarsen();
    }

    /// Raises the level to the finest at which the multiset fits.
    ///
    /// Neighbouring distinct keys fall together at the level just above the highest bit in which they differ, so one
    /// pass that counts those bits tells how many keys every level has.
    fn coarsen(&mut self) {
        let mut parting = vec![0_u64; K::BITS as usize + 1];
        for pair in self.runs.windows(2) {
            parting[(K::BITS - (pair[0].key ^ pair[1].key).leading_zeros()) as usize] += 1;
        }
        let mut distinct = 1 + parting[1..].iter().sum::<u64>();
        let mut rise = 0;
        while distinct > self.max_keys {
            rise += 1;
            distinct -= parting[rise as usize];
        }
        self.raise(self.level + rise);
    }

    fn raise(&mut self, level: u32) {
        if level == self.level {
            return;
        }
        let shift = level - self.level;
        self.level = level;
        for run in &mut self.runs {
            run.key = run.key >> shift;
        }
        // Keys stay ascending, but slots of keys that fell together have to be ordered anew.
        self.runs = in_order(std::mem::take(&mut self.runs));
    }
}

/// Orders runs whose keys ascend by slot too; runs that share both become one.
pub(super) fn in_order<L: Load, K: Key>(mut runs: Vec<Run<L, K>>) -> Vec<Run<L, K>> {
    for together in runs.chunk_by_mut(|a, b| a.key == b.key) {
        together.sort_unstable_by_key(|run| run.slot);
    }
    runs.dedup_by(|run, last| join(last, run));
    runs
}

fn push_run<L: Load, K: Key>(runs: &mut Vec<Run<L, K>>, run: Run<L, K>) {
    if !runs.last_mut().is_some_and(|last| join(last, &run)) {
        runs.push(run);
    }
}

/// Adds a run to the last one if they share key and slot; tells whether they do.
fn join<L: Load, K: Key>(last: &mut Run<L, K>, run: &Run<L, K>) -> bool {
    let same = last.place() == run.place();
    if same {
        last.count += run.count;
        last.load.add(&run.load);
    }
    same
}

fn merge_runs<L: Load, K: Key>(a: &[Run<L, K>], b: &[Run<L, K>]) -> Vec<Run<L, K>> {
    let mut merged = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i].place() <= b[j].place() {
            push_run(&mut merged, a[i]);
            i += 1;
        } else {
            push_run(&mut merged, b[j]);
            j += 1;
        }
    }
    for &run in a[i..].iter().chain(&b[j..]) {
        push_run(&mut merged, run);
    }
    merged
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn float_keys_keep_order(a: f64, b: f64) {
            prop_assume!(!a.is_nan() && !b.is_nan());
            prop_assert_eq!(a.partial_cmp(&b), Some(float_key(a).cmp(&float_key(b))));
            prop_assert_eq!(key_float(float_key(a)), a);
        }

        /// Dropping bits of a pair's key drops bits of both keys.
        #[test]
        fn pair_keys_hold_both(a: f64, b: f64, dropped in 0_u32..128) {
            prop_assume!(!a.is_nan() && !b.is_nan());
            let [(first, of_first), (second, of_second)] = key_pair(pair_key(a, b) >> dropped, dropped);
            prop_assert_eq!(of_first + of_second, dropped);
            prop_assert_eq!(first, float_key(a) >> of_first);
            prop_assert_eq!(second, float_key(b).checked_shr(of_second).unwrap_or(0));
        }

        #[test]
        fn integer_keys_keep_order(a: i64, b: i64) {
            prop_assert_eq!(a.cmp(&b), integer_key(a).cmp(&integer_key(b)));
            prop_assert_eq!(key_integer(integer_key(a)), a);
        }

        /// Any split, merged in any order, equals the whole, coarsened or not.
        #[test]
        fn merging_is_exact(
            entries in prop::collection::vec((0_u64..5000, 0_u32..4), 0..400),
            max_keys in 2_u64..200,
            parts in 1_usize..6,
            shuffle: u64,
        ) {
            let mut whole: Distribution = Distribution::new(max_keys);
            let mut pieces: Vec<Distribution> = vec![Distribution::new(max_keys); parts];
            for (index, &(key, slot)) in entries.iter().enumerate() {
                whole.add(key, slot, ());
                pieces[(index as u64 ^ shuffle) as usize % parts].add(key, slot, ());
            }
            let mut merged: Distribution = Distribution::new(max_keys);
            for piece in pieces.into_iter().rev() {
                merged.merge(piece, &[0, 1, 2, 3]);
            }
            prop_assert_eq!(merged.finish(), whole.clone().finish());
            let (runs, level) = whole.finish();
            prop_assert_eq!(runs.iter().map(|run| run.count).sum::<u64>(), entries.len() as u64);
            if level > 0 {
                let mut finer: Vec<_> = entries.iter().map(|&(key, _)| key >> (level - 1)).collect();
                finer.sort_unstable();
                finer.dedup();
                prop_assert!(finer.len() as u64 > max_keys, "the level is the finest that fits");
            }
        }
    }
}
