//! The critical value at which all pairwise comparisons of K rates hold at once: max-T over resampled counts.
//!
//! Bonferroni's adjustment for K(K-1)/2 pairs ignores that they share their groups. Here the largest of all studentised
//! pairwise errors is resampled instead (Westfall and Young 1993, "Resampling-Based Multiple Testing", ch. 2; Davison and
//! Hinkley 1997, "Bootstrap Methods and their Application", ch. 5 for the studentised bootstrap): in each replicate every
//! group draws x* from the binomial distribution of its n and p̃ = (x + ½)/(n + 1), and
//! T* = max over pairs of |(x*_i/n_i - p̃_i) - (x*_j/n_j - p̃_j)| / √(v*_i + v*_j). Nothing is read off the resampled
//! largest gaps themselves, which are biased upwards; T* only says how many standard errors all pairs need.
//!
//! Small counts: v* = p̌(1 - p̌)/(n + 2) with p̌ = (x* + 1)/(n + 2) (Agresti and Caffo 2000), which is never 0, and p̃ is never
//! 0 or 1, so that a group without successes varies as well. The critical value is used in the pairs' own score intervals
//! (`pairwise`: Newcombe for differences, Koopman for ratios), as Agresti, Bini, Bertaccini and Ryu 2008 ("Simultaneous
//! confidence intervals for comparing binomial parameters", Biometrics 64, 1270-1275) do with the studentised range. Both use
//! the same one: T* on the logarithmic scale was tried for ratios and is too small for Koopman's interval (it held all
//! pairs of ten groups of 30 rows in 83 % of samples instead of 95 %).
//!
//! Of estimates that are no rates nothing is resampled but their errors: T* is that of independent normal errors, each with
//! the standard error of its group, and the critical value is used in the estimates' own limits (`composite`).
//!
//! It is never larger than Bonferroni's, which holds under any dependence, and equals it where fewer than [`RESOLVED`]
//! replicates are more extreme. Real counts (Kish-effective) are resampled with n rounded.

use std::sync::Arc;

use super::binomial::Binomial;
use super::normal;
use super::random::Stream;

/// Replicates.
pub const REPLICATES: usize = 2_000;
/// Replicates that must be more extreme for their share to be trusted.
pub const RESOLVED: usize = 10;

/// The counts of one group, and its random numbers.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// A stream of its own.
    pub stream: Stream,
    /// Successes.
    pub x: f64,
    /// Trials.
    pub n: f64,
}

/// What one count of a group means in a replicate.
#[derive(Clone, Copy, Debug, Default)]
struct Deviation {
    error: f64,
    variance: f64,
    /// The error in standard errors of its own.
    own: f64,
}

/// T* of every replicate, in their order; `None` for fewer than two groups or where a group has no rate.
#[must_use]
pub fn resample(groups: &[Group]) -> Option<Vec<f64>> {
    let size = groups.len();
    if size < 2 || !groups.iter().all(|group| super::wilson::valid(group.x, group.n)) {
        return None;
    }
    let mut deviations = vec![Deviation::default(); REPLICATES * size];
    for (place, group) in groups.iter().enumerate() {
        let trials = group.n.round().max(1.0);
        let rate = (group.x + 0.5) / (group.n + 1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and at least 1")]
        let law = Binomial::new(trials as u64, rate)?;
        let first = law.support().start;
        let mut known: Vec<Option<Deviation>> = vec![None; law.support().count()];
        for (replicate, cell) in deviations.iter_mut().skip(place).step_by(size).enumerate() {
            let x = law.quantile(group.stream.uniform(replicate as u64));
            #[expect(clippy::cast_possible_truncation, reason = "an index of the support, which is in memory")]
            let known = &mut known[(x - first) as usize];
            *cell = *known.get_or_insert_with(|| Deviation::new(x as f64, trials, rate));
        }
    }
    Some(deviations.chunks_exact(size).map(largest).collect())
}

/// The errors of an estimate that is normal, in standard errors, by replicate.
#[must_use]
pub fn normal_errors(stream: Stream) -> Vec<f64> {
    (0..REPLICATES as u64).map(|replicate| normal::quantile(stream.uniform(replicate))).collect()
}

/// T* of every replicate of estimates, each with its standard error and its [`normal_errors`]; `None` for fewer than two
/// estimates or one without an error.
#[must_use]
pub fn of_estimates(estimates: &[(f64, &[f64])]) -> Option<Vec<f64>> {
    if estimates.len() < 2 || !estimates.iter().all(|(error, _)| *error > 0.0 && error.is_finite()) {
        return None;
    }
    let mut deviations = vec![Deviation::default(); estimates.len()];
    let replicate = |replicate: usize| {
        for (deviation, &(error, own)) in deviations.iter_mut().zip(estimates) {
            let own = own[replicate];
            *deviation = Deviation { error: error * own, variance: error * error, own };
        }
        largest(&deviations)
    };
    Some((0..REPLICATES).map(replicate).collect())
}

impl Deviation {
    fn new(x: f64, n: f64, rate: f64) -> Self {
        let smoothed = (x + 1.0) / (n + 2.0);
        let (error, variance) = (x / n - rate, smoothed * (1.0 - smoothed) / (n + 2.0));
        Self { error, variance, own: error / variance.sqrt() }
    }
}

/// The largest studentised difference of a replicate.
///
/// By Cauchy and Schwarz a pair is at most √(own_i² + own_j²), so only groups that could beat the best pair so far are
/// compared: a handful of sixty.
fn largest(groups: &[Deviation]) -> f64 {
    let squared = |a: &Deviation, b: &Deviation| {
        let difference = a.error - b.error;
        difference * difference / (a.variance + b.variance)
    };
    let (mut low, mut high) = (&groups[0], &groups[0]);
    for group in groups {
        if group.own < low.own {
            low = group;
        }
        if group.own > high.own {
            high = group;
        }
    }
    let furthest = (low.own * low.own).max(high.own * high.own);
    let mut best = squared(low, high);
    for (i, a) in groups.iter().enumerate() {
        let own = a.own * a.own;
        if own + furthest > best {
            for b in &groups[i + 1..] {
                if own + b.own * b.own > best {
                    best = best.max(squared(a, b));
                }
            }
        }
    }
    best.sqrt()
}

/// The distribution of the largest studentised error of a number of pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct MaxT {
    /// T* of the replicates, largest first.
    descending: Arc<[f64]>,
    pairs: f64,
}

impl MaxT {
    /// Of all pairs of K groups, from the replicates of [`resample`].
    #[must_use]
    pub fn new(mut replicates: Vec<f64>, groups: usize) -> Self {
        replicates.sort_by(|a, b| b.total_cmp(a));
        let k = groups as f64;
        Self { descending: replicates.into(), pairs: 0.5 * k * (k - 1.0) }
    }

    /// Of all pairs within each of two sets of rates: the larger T* of every replicate.
    #[must_use]
    pub fn of_both(first: (&[f64], usize), second: (&[f64], usize)) -> Self {
        let larger = first.0.iter().zip(second.0).map(|(a, b)| a.max(*b)).collect();
        let (one, other) = (Self::new(larger, first.1), second.1 as f64);
        Self { pairs: one.pairs + 0.5 * other * (other - 1.0), ..one }
    }

    /// The critical value of each pair when any of them may fail with probability `tail` on each side.
    pub(super) fn critical(&self, tail: f64) -> f64 {
        let bonferroni = -normal::quantile(tail / self.pairs);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the replicates")]
        let rank = (2.0 * tail * (self.descending.len() as f64 + 1.0)).floor() as usize;
        match self.descending.get(rank.min(self.descending.len()).wrapping_sub(1)) {
            Some(value) if rank >= RESOLVED => bonferroni.min(*value).max(0.0),
            _ => bonferroni,
        }
    }

    /// The smallest tail at which a pair is excluded that reaches `z`: the inverse of [`critical`](Self::critical).
    pub(super) fn tail(&self, z: f64) -> f64 {
        if z.is_nan() || z <= 0.0 {
            return 1.0;
        }
        let as_extreme = self.descending.partition_point(|value| *value >= z);
        let rank = (as_extreme + 1).max(RESOLVED);
        let resampled = rank as f64 / (2.0 * (self.descending.len() as f64 + 1.0));
        resampled.min(self.pairs * normal::sf(z))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(counts: &[(f64, f64)]) -> Vec<Group> {
        let stream = |place: usize| Stream::new(7).keyed(&place.to_le_bytes());
        counts.iter().enumerate().map(|(place, &(x, n))| Group { stream: stream(place), x, n }).collect()
    }

    #[test]
    fn equal_groups_have_the_critical_value_of_tukey() {
        // scipy.stats.studentized_range.ppf(0.95, k, 1e6) / sqrt(2); the quantile of 2,000 replicates errs by about 0.04.
        for (k, tukey) in [(3, 2.343_701), (10, 3.163_681), (60, 4.076_038)] {
            let replicates = resample(&groups(&vec![(40_000.0, 100_000.0); k])).unwrap();
            let critical = MaxT::new(replicates, k).critical(0.025);
            assert!((critical - tukey).abs() < 0.1, "{k}: {critical}");
        }
    }

    #[test]
    fn equal_estimates_have_the_critical_value_of_tukey() {
        let errors: Vec<Vec<f64>> =
            (0..10_u64).map(|group| normal_errors(Stream::new(3).keyed(&group.to_le_bytes()))).collect();
        let estimates: Vec<(f64, &[f64])> = errors.iter().map(|errors| (0.3, errors.as_slice())).collect();
        let critical = MaxT::new(of_estimates(&estimates).unwrap(), 10).critical(0.025);
        assert!((critical - 3.163_681).abs() < 0.1, "{critical}");
        assert_eq!(of_estimates(&estimates[..1]), None);
        assert_eq!(of_estimates(&[(0.0, errors[0].as_slice()), (1.0, errors[1].as_slice())]), None);
    }

    #[test]
    fn the_pruned_search_finds_the_largest_pair() {
        let counts: Vec<(f64, f64)> = (0..12).map(|i| (f64::from(i * i) + 0.5, 150.0 + f64::from(i) * 40.0)).collect();
        let deviations: Vec<Deviation> = counts.iter().map(|&(x, n)| Deviation::new(x, n, 0.2)).collect();
        for size in 2..=12 {
            let mut best = 0.0_f64;
            for a in &deviations[..size] {
                for b in &deviations[..size] {
                    best = best.max((a.error - b.error).abs() / (a.variance + b.variance).sqrt());
                }
            }
            assert!((largest(&deviations[..size]) - best).abs() <= 1e-15 * best);
        }
    }

    #[test]
    fn tails_invert_critical_values() {
        let max_t = MaxT::new(resample(&groups(&[(3.0, 40.0), (9.0, 60.0), (0.0, 25.0), (30.0, 90.0)])).unwrap(), 4);
        for tail in [1e-9, 1e-4, 0.003, 0.01, 0.025, 0.05, 0.2, 0.4] {
            let z = max_t.critical(tail);
            assert!(max_t.tail(z * (1.0 + 1e-12)) <= tail * (1.0 + 1e-6), "{tail}");
            assert!(max_t.tail(z * (1.0 - 1e-12)) > tail - 5.1e-4, "{tail}");
            assert!(z <= -normal::quantile(tail / 6.0));
        }
    }

    #[test]
    fn complements_and_order_change_nothing() {
        let plain = groups(&[(3.0, 40.0), (9.0, 60.0), (17.0, 25.0)]);
        let turned: Vec<Group> = plain.iter().rev().copied().collect();
        assert_eq!(resample(&plain), resample(&turned));
    }
}
