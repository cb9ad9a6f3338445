//! Discrete distributions on consecutive integers that rise to one mode and fall, known up to a constant.
//!
//! Weights are built by the ratio of neighbours, from the mode outwards, and divided by their sum: no factorials, so no
//! cancellation between large logarithms. After k steps the relative error is about √k units of the last place.

/// Weight of the mode: so large that even p near the smallest double has all its digits.
pub(super) const PEAK: f64 = 1e300;

/// A distribution by its ratios.
pub(super) trait Unimodal {
    /// Lowest and highest value.
    fn support(&self) -> (u64, u64);
    /// A value no less probable than its neighbours.
    fn mode(&self) -> u64;
    /// P(k+1) / P(k).
    fn ratio(&self, k: u64) -> f64;

    /// Weights of mode + 1, mode + 2, …
    fn upwards(&self) -> impl Iterator<Item = (u64, f64)> {
        let mut weight = PEAK;
        (self.mode()..self.support().1).map(move |k| {
            weight *= self.ratio(k);
            (k + 1, weight)
        })
    }

    /// Weights of mode - 1, mode - 2, …
    fn downwards(&self) -> impl Iterator<Item = (u64, f64)> {
        let mut weight = PEAK;
        (self.support().0..self.mode()).rev().map(move |k| {
            weight /= self.ratio(k);
            (k, weight)
        })
    }

    /// All probabilities, from the lowest value on. For short supports.
    fn probabilities(&self) -> Vec<f64> {
        let low = self.support().0;
        let mut weights: Vec<f64> = self.downwards().map(|(_, weight)| weight).collect();
        weights.reverse();
        weights.push(PEAK);
        weights.extend(self.upwards().map(|(_, weight)| weight));
        debug_assert_eq!(weights.len() as u64, self.support().1 - low + 1, "one weight for each value");
        let total: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / total).collect()
    }
}

/// Selected in the first group when `drawn` of `first + second` rows are selected at random.
#[derive(Clone, Copy)]
pub(super) struct Hypergeometric {
    pub(super) first: u64,
    pub(super) second: u64,
    pub(super) drawn: u64,
}

impl Unimodal for Hypergeometric {
    fn support(&self) -> (u64, u64) {
        (self.drawn.saturating_sub(self.second), self.first.min(self.drawn))
    }

    fn mode(&self) -> u64 {
        let Self { first, second, drawn } = *self;
        (super::product(first + 1, drawn + 1) / u128::from(first + second + 2)) as u64
    }

    fn ratio(&self, k: u64) -> f64 {
        let Self { first, second, drawn } = *self;
        let (more, fewer) = ((first - k) as f64 * (drawn - k) as f64, (k + 1) as f64 * (second + k + 1 - drawn) as f64);
        more / fewer
    }
}

/// Successes in `n` trials with odds `odds` of success each.
#[derive(Clone, Copy)]
pub(super) struct Binomial {
    pub(super) n: u64,
    pub(super) odds: f64,
}

impl Unimodal for Binomial {
    fn support(&self) -> (u64, u64) {
        (0, self.n)
    }

    fn mode(&self) -> u64 {
        (((self.n + 1) as f64 * (self.odds / (1.0 + self.odds))) as u64).min(self.n)
    }

    fn ratio(&self, k: u64) -> f64 {
        (self.n - k) as f64 / (k + 1) as f64 * self.odds
    }
}
