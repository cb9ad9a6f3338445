//! State kind *distribution*: how often each value occurs in each slot, exact up to a number of distinct values.
//!
//! A value is an order-preserving 64-bit key. Above `max_keys` distinct keys the lowest bits of all keys are dropped,
//! to the finest level at which the *whole* multiset has at most `max_keys`. That level can only rise as rows
//! are added, and coarsening commutes with merging, so the result is the same for every partition of the rows.

/// Unsorted entries kept before they are folded into the runs.
const TAIL: usize = 1 << 20;

/// A multiset of (key, slot), with a load for every row.
#[derive(Clone, Debug)]
pub struct Distribution<L: Load = ()> {
    max_keys: u64,
    level: u32,
    runs: Vec<Run<L>>,
    tail: Vec<(u64, u32, L::Row)>,
}

/// A key, where it occurs, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<L = ()> {
    /// Key without its dropped bits.
    pub key: u64,
    /// Slot: which cell and label.
    pub slot: u32,
    /// Rows.
    pub count: u64,
    /// What its rows carry together.
    pub load: L,
}

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

impl<L> Run<L> {
    fn place(&self) -> (u64, u32) {
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

/// The order-preserving key of an integer.
pub fn integer_key(value: i64) -> u64 {
    value.cast_unsigned() ^ 1 << 63
}

/// The integer of a key.
pub fn key_integer(key: u64) -> i64 {
    (key ^ 1 << 63).cast_signed()
}

impl<L: Load> Distribution<L> {
    /// An empty distribution that is exact up to `max_keys` distinct keys.
    pub fn new(max_keys: u64) -> Self {
        Self { max_keys: max_keys.max(2), level: 0, runs: Vec::new(), tail: Vec::new() }
    }

    /// Adds one occurrence.
    #[inline]
    pub fn add(&mut self, key: u64, slot: u32, row: L::Row) {
        self.tail.push((key >> self.level, slot, row));
        if self.tail.len() >= TAIL {
            self.compact();
        }
    }

    /// Adds all of another distribution, whose slot `s` is `slots[s]` here.
    pub fn merge(&mut self, mut other: Self, slots: &[u32]) {
        other.compact();
        self.compact();
        let level = self.level.max(other.level);
        self.raise(level);
        other.raise(level);
        for run in &mut other.runs {
            run.slot = slots[run.slot as usize];
        }
        self.runs = merge_runs(&self.runs, &in_order(other.runs));
        self.coarsen();
    }

    /// The runs in ascending order of key, then slot, and the number of bits dropped.
    pub fn finish(mut self) -> (Vec<Run<L>>, u32) {
        self.compact();
        (self.runs, self.level)
    }

    fn compact(&mut self) {
        if self.tail.is_empty() {
            return;
        }
        radsort::sort_by_key(&mut self.tail, |&(key, slot, _)| (key, slot));
        let mut fresh: Vec<Run<L>> = Vec::new();
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
        let mut parting = [0_u64; 65];
        for pair in self.runs.windows(2) {
            parting[(64 - (pair[0].key ^ pair[1].key).leading_zeros()) as usize] += 1;
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
            run.key >>= shift;
        }
        // Keys stay ascending, but slots of keys that fell together have to be ordered anew.
        for together in self.runs.chunk_by_mut(|a, b| a.key == b.key) {
            together.sort_unstable_by_key(Run::place);
        }
        let mut runs = Vec::with_capacity(self.runs.len() / 2);
        for &run in &self.runs {
            push_run(&mut runs, run);
        }
        self.runs = runs;
    }
}

/// Orders runs by key, then slot; runs that share both become one.
pub(super) fn in_order<L: Load>(mut runs: Vec<Run<L>>) -> Vec<Run<L>> {
    runs.sort_unstable_by_key(Run::place);
    let mut ordered = Vec::with_capacity(runs.len());
    for run in runs {
        push_run(&mut ordered, run);
    }
    ordered
}

fn push_run<L: Load>(runs: &mut Vec<Run<L>>, run: Run<L>) {
    match runs.last_mut() {
        Some(last) if last.place() == run.place() => {
            last.count += run.count;
            last.load.add(&run.load);
        }
        _ => runs.push(run),
    }
}

fn merge_runs<L: Load>(a: &[Run<L>], b: &[Run<L>]) -> Vec<Run<L>> {
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
