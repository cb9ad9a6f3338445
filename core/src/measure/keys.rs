//! State kind *keys*: a multiset of what identifies rows, such as row identifiers.

/// Unsorted keys kept before they are folded into the runs.
const TAIL: usize = 1 << 20;

/// What identifies a row.
pub trait Key: Clone + Ord {
    /// Puts keys in ascending order.
    fn sort(keys: &mut [Self]);
}

impl Key for u128 {
    fn sort(keys: &mut [Self]) {
        radsort::sort(keys);
    }
}

/// How often each key occurs.
#[derive(Clone, Debug)]
pub struct Keys<K: Key = u128> {
    runs: Vec<(K, u64)>,
    tail: Vec<K>,
}

impl<K: Key> Default for Keys<K> {
    fn default() -> Self {
        Self { runs: Vec::new(), tail: Vec::new() }
    }
}

impl<K: Key> Keys<K> {
    /// Adds one occurrence.
    #[inline]
    pub fn add(&mut self, key: K) {
        self.tail.push(key);
        if self.tail.len() >= TAIL {
            self.compact();
        }
    }

    /// Adds all of another multiset.
    pub fn merge(&mut self, mut other: Self) {
        other.compact();
        self.compact();
        self.fold(other.runs);
    }

    /// The same multiset under other keys.
    pub fn mapped(mut self, other: impl Fn(K) -> K) -> Self {
        self.compact();
        let mut runs: Vec<(K, u64)> = self.runs.drain(..).map(|(key, count)| (other(key), count)).collect();
        runs.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let mut mapped: Vec<(K, u64)> = Vec::with_capacity(runs.len());
        for (key, count) in runs {
            match mapped.last_mut() {
                Some(last) if last.0 == key => last.1 += count,
                _ => mapped.push((key, count)),
            }
        }
        Self { runs: mapped, tail: Vec::new() }
    }

    /// Keys in ascending order, each with its count.
    pub fn finish(mut self) -> Vec<(K, u64)> {
        self.compact();
        self.runs
    }

    fn compact(&mut self) {
        if self.tail.is_empty() {
            return;
        }
        K::sort(&mut self.tail);
        let mut fresh: Vec<(K, u64)> = Vec::with_capacity(self.tail.len());
        for key in self.tail.drain(..) {
            match fresh.last_mut() {
                Some(last) if last.0 == key => last.1 += 1,
                _ => fresh.push((key, 1)),
            }
        }
        self.fold(fresh);
    }

    fn fold(&mut self, other: Vec<(K, u64)>) {
        if self.runs.is_empty() {
            self.runs = other;
            return;
        }
        let mine = std::mem::take(&mut self.runs);
        self.runs.reserve(mine.len() + other.len());
        let mut mine = mine.into_iter().peekable();
        let mut theirs = other.into_iter().peekable();
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            let order = a.0.cmp(&b.0);
            let first = if order.is_le() { mine.next() } else { theirs.next() };
            let same = if order.is_eq() { theirs.next() } else { None };
            self.runs.extend(first.map(|(key, count)| (key, count + same.map_or(0, |(_, count)| count))));
        }
        self.runs.extend(mine.chain(theirs));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn merging_is_exact(keys in prop::collection::vec(1_u128..50, 0..200), parts in 1_usize..5) {
            let mut whole: Keys = Keys::default();
            let mut pieces: Vec<Keys> = vec![Keys::default(); parts];
            for (index, &key) in keys.iter().enumerate() {
                whole.add(key);
                pieces[index % parts].add(key);
            }
            let mut merged: Keys = Keys::default();
            for piece in pieces.into_iter().rev() {
                merged.merge(piece);
            }
            let runs = merged.finish();
            prop_assert_eq!(&runs, &whole.finish());
            prop_assert_eq!(runs.iter().map(|run| run.1).sum::<u64>(), keys.len() as u64);
            prop_assert!(runs.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }
}
