//! The binomial distribution, drawn from by inversion.
//!
//! The probabilities follow from the mode by their ratios, p_{k+1}/p_k = (n-k)/(k+1) · p/(1-p), so that nothing underflows
//! where it matters; what is left out on both sides together is rarer than one draw in 2^53. A number u of [0, 1] becomes
//! the smallest k whose cumulative probability is at least u (Devroye 1986, "Non-Uniform Random Variate Generation", ch.
//! III.2), found through an index of as many entries as there are values (Chen and Asau 1974, "On generating random
//! variates from an empirical distribution", AIIE Transactions 6, 163-166). Time and space to build it grow with the standard
//! deviation, the time of a draw does not.

/// Probabilities below this part of the mode's are left out.
const NEGLIGIBLE: f64 = 1e-20;

/// A binomial distribution.
#[derive(Clone, Debug)]
pub struct Binomial {
    first: u64,
    cumulative: Vec<f64>,
    /// For u in [j/m, (j+1)/m): where the search for it begins.
    index: Vec<usize>,
}

impl Binomial {
    /// Of `n` trials with probability `p`; `None` unless 0 <= p <= 1.
    #[must_use]
    pub fn new(n: u64, p: f64) -> Option<Self> {
        if !(0.0..=1.0).contains(&p) {
            return None;
        }
        let trials = n as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and n")]
        let mode = (((trials + 1.0) * p).floor() as u64).min(n);
        let odds = p / (1.0 - p);
        let up = std::iter::successors(Some((mode, 1.0)), |&(k, weight)| {
            let next = weight * odds * ((n - k) as f64 / (k as f64 + 1.0));
            (k < n && next > NEGLIGIBLE).then_some((k + 1, next))
        });
        let down = std::iter::successors(Some((mode, 1.0)), |&(k, weight)| {
            let next = if k == 0 { 0.0 } else { weight / odds * (k as f64 / ((n - k) as f64 + 1.0)) };
            (next > NEGLIGIBLE).then(|| (k - 1, next))
        });
        let mut weights: Vec<f64> = down.skip(1).map(|(_, weight)| weight).collect();
        weights.reverse();
        let first = mode - weights.len() as u64;
        weights.extend(up.map(|(_, weight)| weight));
        let total: f64 = weights.iter().sum();
        let mut sum = 0.0;
        for weight in &mut weights {
            sum += *weight;
            *weight = sum / total;
        }
        let size = weights.len();
        let mut at = 0;
        let index = (0..size)
            .map(|j| {
                while at + 1 < size && weights[at] < j as f64 / size as f64 {
                    at += 1;
                }
                at
            })
            .collect();
        Some(Self { first, cumulative: weights, index })
    }

    /// The values it takes, but for those that never occur.
    #[must_use]
    pub fn support(&self) -> std::ops::Range<u64> {
        self.first..self.first + self.cumulative.len() as u64
    }

    /// The value at the quantile `u`.
    #[must_use]
    pub fn quantile(&self, u: f64) -> u64 {
        let size = self.cumulative.len();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index, cut off at both ends")]
        let place = (u * size as f64) as usize;
        let mut at = self.index[place.min(size - 1)];
        while at + 1 < size && self.cumulative[at] < u {
            at += 1;
        }
        self.first + at as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::beta;

    /// P(X <= k) by the incomplete beta function.
    fn at_most(k: u64, n: u64, p: f64) -> f64 {
        if k >= n { 1.0 } else { beta::regularised((n - k) as f64, k as f64 + 1.0, 1.0 - p, p) }
    }

    #[test]
    fn quantiles_invert_the_distribution_function() {
        for (n, p) in [(0, 0.3), (1, 0.5), (30, 0.01), (100, 0.3), (1000, 0.999), (16_667, 0.42), (1 << 40, 1e-9)] {
            let law = Binomial::new(n, p).unwrap();
            for step in 1..200 {
                let u = f64::from(step) / 200.0;
                let k = law.quantile(u);
                assert!(at_most(k, n, p) >= u - 1e-9, "{n} {p} {u}");
                assert!(k == 0 || at_most(k - 1, n, p) < u + 1e-9, "{n} {p} {u}");
            }
        }
    }

    #[test]
    fn certain_outcomes_are_certain() {
        for u in [0.0, 0.5, 1.0] {
            assert_eq!(Binomial::new(7, 0.0).unwrap().quantile(u), 0);
            assert_eq!(Binomial::new(7, 1.0).unwrap().quantile(u), 7);
        }
        assert!(Binomial::new(7, f64::NAN).is_none() && Binomial::new(7, 1.1).is_none());
    }
}
