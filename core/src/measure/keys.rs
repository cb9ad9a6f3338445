//! State kind *keys*: the multiset of row identifiers.

/// Unsorted keys kept before they are folded into the runs.
const TAIL: usize = 1 << 20;

/// How often each key occurs.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    runs: Vec<(u128, u64)>,
    tail: Vec<u128>,
}

impl Keys {
    /// Adds one occurrence.
    #[inline]
    pub fn add(&mut self, key: u128) {
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

    /// Keys in ascending order, each with its count.
    pub fn finish(mut self) -> Vec<(u128, u64)> {
        self.compact();
        self.runs
    }

    fn compact(&mut self) {
        if self.tail.is_empty() {
            return;
        }
        radsort::sort(&mut self.tail);
        let mut fresh: Vec<(u128, u64)> = Vec::with_capacity(self.tail.len());
        for &key in &self.tail {
            match fresh.last_mut() {
                Some(last) if last.0 == key => last.1 += 1,
                _ => fresh.push((key, 1)),
            }
        }
        self.tail.clear();
        self.fold(fresh);
    }

    fn fold(&mut self, other: Vec<(u128, u64)>) {
        if self.runs.is_empty() {
            self.runs = other;
            return;
        }
        let mine = std::mem::take(&mut self.runs);
        self.runs.reserve(mine.len() + other.len());
        let mut mine = mine.into_iter().peekable();
        let mut theirs = other.into_iter().peekable();
        while let (Some(&a), Some(&b)) = (mine.peek(), theirs.peek()) {
            if a.0 <= b.0 {
                mine.next();
            }
            if b.0 <= a.0 {
                theirs.next();
            }
            self.runs.push(match a.0.cmp(&b.0) {
                std::cmp::Ordering::Less => a,
                std::cmp::Ordering::Greater => b,
                std::cmp::Ordering::Equal => (a.0, a.1 + b.1),
            });
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
            let mut whole = Keys::default();
            let mut pieces = vec![Keys::default(); parts];
            for (index, &key) in keys.iter().enumerate() {
                whole.add(key);
                pieces[index % parts].add(key);
            }
            let mut merged = Keys::default();
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
