//! The interval of a change of a largest gap: max - min over groups under one model less that under another, on the same rows.
//!
//! Such a change is not smooth where groups change places, and a bootstrap of it fails there: the largest gap of a resample is
//! larger on average than that of the sample. So nothing is resampled. Were the pair known that lies furthest apart under the
//! first model, its gap less any one gap under the second model would be an upper limit of the change of the largest, because
//! no gap is larger than that; and likewise the pair that lies furthest apart under the second gives a lower limit. These
//! are single pairs, so their limits need no adjustment for the number of pairs: the gap of the same pair is taken and, where
//! the other model is certain to have it the other way round, that too, of which the nearer limit counts. Which pair it is the
//! sample says only in part: with a tenth of the tail, a group is left out where it lies below another for certain (or above, of
//! the lowest), each comparison at that share of the tail by the number of comparisons, as in Hsu's comparisons with the best
//! (1981, "Simultaneous confidence intervals for all distances from the best", Annals of Statistics 9, 1026-1034). The limit is
//! the furthest of those of the pairs that remain (Berger and Boos 1994, Journal of the American Statistical Association 89,
//! 1012-1016, for a nuisance parameter). Limits of a pair are MOVER, from those of each group under either model and the
//! correlation of the two.
//!
//! Undefined (`None`) for fewer than two groups and where a part has no limits. Limits change places at a tail above one half.

use super::composite::{placed, reach, sided};
use super::uncertainty::Part;

/// Share of the tail that goes to finding the pairs that may lie furthest apart.
const SELECTION: f64 = 0.1;

/// A group under two models.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its estimate under the first.
    pub first: Part,
    /// Its estimate under the second.
    pub second: Part,
    /// Correlation of the errors of the two.
    pub correlation: f64,
}

/// Limits of max - min under the first model less max - min under the second.
pub(super) fn limits(groups: &[Change], tail: f64) -> Option<(f64, f64)> {
    if groups.len() < 2 {
        return None;
    }
    let (tail, swapped) = sided(tail);
    let selection = SELECTION * tail;
    let ranges = |combine: fn(&Change, f64) -> Option<Range>| {
        groups.iter().map(|group| combine(group, tail - selection)).collect::<Option<Vec<_>>>()
    };
    let (differences, sums) = (ranges(Range::of_difference)?, ranges(Range::of_sum)?);
    let model = |of: fn(&Change) -> &Part| Model::new(groups.iter().map(of), selection);
    let (first, second) = (model(|group| &group.first)?, model(|group| &group.second)?);
    let upper = first.furthest().into_iter().map(|(i, j)| {
        let same = -differences[j].least_above(&differences[i]);
        // The other way round, the gap under the second model is added.
        if second.is_above(j, i) { same.min(-sums[j].least_above(&sums[i])) } else { same }
    });
    let lower = second.furthest().into_iter().map(|(i, j)| {
        let same = differences[i].least_above(&differences[j]);
        if first.is_above(j, i) { same.max(sums[j].least_above(&sums[i])) } else { same }
    });
    Some(placed((lower.fold(f64::INFINITY, f64::min), upper.fold(f64::NEG_INFINITY, f64::max)), swapped))
}

/// The groups under one model, as far as comparisons of one group with all others are certain.
struct Model(Vec<Range>);

impl Model {
    fn new<'p>(groups: impl ExactSizeIterator<Item = &'p Part>, tail: f64) -> Option<Self> {
        let comparisons = 2.0 * (groups.len() as f64 - 1.0);
        groups.map(|group| Range::new(group, tail / comparisons)).collect::<Option<_>>().map(Self)
    }

    fn is_above(&self, i: usize, j: usize) -> bool {
        self.0[i].least_above(&self.0[j]) > 0.0
    }

    /// The pairs of different groups of which the first may be the highest and the second the lowest of all.
    fn furthest(&self) -> Vec<(usize, usize)> {
        let places = || 0..self.0.len();
        let lowest: Vec<usize> = places().filter(|&j| !places().any(|other| self.is_above(j, other))).collect();
        let highest = places().filter(|&i| !places().any(|other| self.is_above(other, i)));
        highest.flat_map(|i| lowest.iter().map(move |&j| (i, j))).filter(|(i, j)| i != j).collect()
    }
}

/// A value, and how far its limits reach.
struct Range {
    value: f64,
    below: f64,
    above: f64,
}

impl Range {
    fn new(part: &Part, tail: f64) -> Option<Self> {
        let (below, above) = reach(part, tail)?;
        Some(Self { value: part.factor * part.value, below, above })
    }

    fn of_difference(change: &Change, tail: f64) -> Option<Self> {
        let second = Part { factor: -change.second.factor, ..change.second.clone() };
        Self::combined(&change.first, &second, -change.correlation, tail)
    }

    fn of_sum(change: &Change, tail: f64) -> Option<Self> {
        Self::combined(&change.first, &change.second, change.correlation, tail)
    }

    fn combined(first: &Part, second: &Part, correlation: f64, tail: f64) -> Option<Self> {
        let (a, b) = (Self::new(first, tail)?, Self::new(second, tail)?);
        let reach = |a: f64, b: f64| (a * a + 2.0 * correlation * a * b + b * b).max(0.0).sqrt();
        Some(Self { value: a.value + b.value, below: reach(a.below, b.below), above: reach(a.above, b.above) })
    }

    /// The lower limit of how far this lies above another.
    fn least_above(&self, other: &Self) -> f64 {
        self.value - other.value - self.below.hypot(other.above)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::Uncertainty;

    fn part(value: f64, variance: f64) -> Part {
        Part { factor: 1.0, value, of: Uncertainty::Wald { value, variance } }
    }

    fn change((first, second, variance): (f64, f64, f64)) -> Change {
        Change { first: part(first, variance), second: part(second, variance), correlation: 0.5 }
    }

    #[test]
    fn a_pair_that_was_alike_before_may_have_lain_the_other_way_round() {
        let groups = [(0.9, 0.5, 1e-6), (0.1, 0.5, 1e-6)].map(change);
        let (lower, upper) = limits(&groups, 0.025).unwrap();
        assert!((lower - 0.8).abs() < 0.01 && (upper - 0.8).abs() < 0.01, "{lower} {upper}");
    }

    #[test]
    fn groups_far_apart_leave_the_interval_of_their_pair() {
        let groups = [(0.9, 0.7, 1e-6), (0.1, 0.2, 1e-6), (0.5, 0.4, 1e-6)].map(change);
        let (lower, upper) = limits(&groups, 0.025).unwrap();
        // The first two are furthest apart under both models.
        let reach = -crate::stats::normal::quantile(0.9 * 0.025) * 2e-6_f64.sqrt();
        assert!((lower - (0.3 - reach)).abs() < 1e-12 && (upper - (0.3 + reach)).abs() < 1e-12, "{lower} {upper}");
        assert_eq!(limits(&groups[..1], 0.025), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// The limits hold the estimate, and are wider at a smaller tail.
        #[test]
        fn limits_hold_the_estimate(groups in prop::collection::vec((0.0..1.0_f64, 0.0..1.0_f64, 1e-6..0.1_f64), 2..6)) {
            let gap = |of: fn(&(f64, f64, f64)) -> f64| {
                let values = || groups.iter().map(of);
                values().fold(0.0, f64::max) - values().fold(1.0, f64::min)
            };
            let change_of_gap = gap(|group| group.0) - gap(|group| group.1);
            let groups: Vec<Change> = groups.iter().copied().map(change).collect();
            let mut last = (f64::NEG_INFINITY, f64::INFINITY);
            for tail in [1e-6, 0.005, 0.025, 0.1, 0.3, 0.49] {
                let (lower, upper) = limits(&groups, tail).unwrap();
                prop_assert!(lower <= change_of_gap + 1e-12 && change_of_gap <= upper + 1e-12);
                prop_assert!(last.0 <= lower && upper <= last.1);
                last = (lower, upper);
            }
        }
    }
}
