//! Empirical-Bayes estimates of the rates of several groups: each is drawn towards the rate of all, the more so the fewer
//! rows it has.
//!
//! **Model**: a group's rate comes from a beta distribution with mean μ and correlation ρ of two rows of a group, so
//! x of n successes are beta-binomial with variance of x/n of μ(1-μ)((1-ρ)/n + ρ). **Fit** by moments (Kleinman 1973,
//! "Proportions with extraneous variance: single and independent samples", JASA 68, 46-54), groups weighing n: μ = Σx / N,
//! and from the expectation of S = Σ n (x/n - μ)², which is μ(1-μ) ((1-ρ)(K-1) + ρ (N - Σn²/N)),
//! ρ̂ = (S / (μ(1-μ)) - (K-1)) / (N - Σn²/N - (K-1)), with a variance from S / (its mean) as χ²/(K-1) of K-1 degrees of freedom.
//! It is often below 0, the less so the more groups there are; that groups do not differ at all is then likely, and never
//! certain. So ρ is the mean of a normal with this mean and variance cut at 0: the posterior mean under a flat prior.
//!
//! **Posterior**: with n rows mean μ + w (x/n - μ), w = nρ / (1 + (n-1)ρ), and a beta's variance. Taken by themselves these are
//! too sure, because μ and ρ are estimates; their errors are added to first order (Kass and Steffey 1989, "Approximate
//! Bayesian inference in conditionally independent hierarchical models", JASA 84, 717-726): (1-w)² Var(μ), and the squared
//! slope of the mean in ρ times Var(ρ̂). The interval is that of the beta distribution with this mean and variance. How often
//! it holds the rate is in docs/statistics.md.
//!
//! Counts may be real numbers (Kish-effective). Undefined (`None`) for fewer than [`MIN_GROUPS`] groups, a group without
//! rows, groups of one row each, and where no row or every row is a success.

use core::f64::consts::TAU;

use libm::exp;

use super::uncertainty::Side;
use super::{beta, normal};

/// With fewer groups the spread between them is anybody's guess.
pub const MIN_GROUPS: usize = 3;

/// What groups have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Mean rate μ.
    pub mean: f64,
    /// Correlation ρ of two rows of a group: near 0 where groups do not differ.
    pub correlation: f64,
    /// Sampling variance of the mean.
    pub mean_variance: f64,
    /// Sampling variance of the correlation.
    pub correlation_variance: f64,
}

/// What is known of one group's rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Posterior {
    /// Its mean: the shrunken rate.
    pub mean: f64,
    /// Its variance, with the errors of the prior.
    pub variance: f64,
}

/// Fits the prior to (successes, trials) of the groups.
#[must_use]
pub fn fit(groups: &[(f64, f64)]) -> Option<Prior> {
    let valid = groups.iter().all(|&(x, n)| n > 0.0 && n.is_finite() && x >= 0.0 && x <= n);
    if groups.len() < MIN_GROUPS || !valid {
        return None;
    }
    let total: f64 = groups.iter().map(|(_, n)| n).sum();
    let mean = groups.iter().map(|(x, _)| x).sum::<f64>() / total;
    let unit = mean * (1.0 - mean);
    if unit <= 0.0 {
        return None;
    }
    let spread: f64 = groups.iter().map(|&(x, n)| n * (x / n - mean) * (x / n - mean)).sum();
    let sizes = groups.iter().map(|(_, n)| n * n).sum::<f64>() / total;
    let freedom = groups.len() as f64 - 1.0;
    // What one unit of ρ adds to the expectation of S / (μ(1-μ)); with one row a group it cannot be told.
    let slope = total - sizes - freedom;
    if slope <= 0.0 {
        return None;
    }
    let estimate = (spread / unit - freedom) / slope;
    let expected = freedom + estimate.clamp(0.0, 1.0) * slope;
    let correlation_variance = 2.0 / freedom * (expected / slope) * (expected / slope);
    let correlation = above_zero(estimate, correlation_variance.sqrt()).min(1.0);
    let mean_variance = unit * ((1.0 - correlation) + correlation * sizes) / total;
    Some(Prior { mean, correlation, mean_variance, correlation_variance })
}

/// Mean of a normal distribution cut at 0.
fn above_zero(mean: f64, deviation: f64) -> f64 {
    let cut = -mean / deviation;
    let density = exp(-0.5 * cut * cut) / TAU.sqrt();
    mean + deviation * density / normal::sf(cut)
}

impl Prior {
    /// What the prior and `x` of `n` successes say of a group.
    #[must_use]
    pub fn posterior(&self, x: f64, n: f64) -> Option<Posterior> {
        if !(n > 0.0 && n.is_finite() && x >= 0.0 && x <= n) {
            return None;
        }
        let Self { mean, correlation, mean_variance, correlation_variance } = *self;
        let growth = 1.0 + (n - 1.0) * correlation;
        let pull = n * correlation / growth;
        let off = x / n - mean;
        let shrunken = mean + pull * off;
        // A beta with α + β = (1-ρ)/ρ + n.
        let of_beta = shrunken * (1.0 - shrunken) * correlation / (1.0 + n * correlation);
        let slope = off * n / (growth * growth);
        let of_prior = (1.0 - pull) * (1.0 - pull) * mean_variance + slope * slope * correlation_variance;
        Some(Posterior { mean: shrunken, variance: of_beta + of_prior })
    }
}

impl Posterior {
    /// The beta distribution with this mean and variance; `None` where there is none.
    fn shape(self) -> Option<(f64, f64)> {
        let Self { mean, variance } = self;
        let size = mean * (1.0 - mean) / variance - 1.0;
        let defined = mean > 0.0 && mean < 1.0 && variance > 0.0 && size > 0.0 && size.is_finite();
        defined.then_some((mean * size, (1.0 - mean) * size))
    }

    /// Limits that the rate lies beyond with probability `tail` each.
    pub(super) fn limits(self, tail: f64) -> Option<(f64, f64)> {
        let (a, b) = self.shape()?;
        Some((beta::quantile(a, b, tail)?, 1.0 - beta::quantile(b, a, tail)?))
    }

    /// Probability that the rate is not on `side` of `threshold`.
    pub(super) fn p_value(self, threshold: f64, side: Side) -> Option<f64> {
        let (a, b) = self.shape()?;
        if threshold.is_nan() {
            return None;
        }
        let at = threshold.clamp(0.0, 1.0);
        Some(match side {
            Side::Below => beta::regularised(b, a, 1.0 - at, at),
            Side::Above => beta::regularised(a, b, at, 1.0 - at),
        })
    }
}
