//! The noncentral chi-squared distribution.
//!
//! Johnson, Kotz and Balakrishnan 1995, "Continuous Univariate Distributions" 2, ch. 29: a mixture of central distributions,
//! Σ Poisson(j; λ/2) P(df/2 + j, x/2). The terms are added from the last one that matters to the first, where
//! P(a, x) = P(a+1, x) + x^a e^(-x) / Γ(a+1) only ever adds.

use libm::{exp, lgamma, log};

use super::gamma;

/// Standard deviations of the Poisson weights beyond which they are less than the last bit.
const REACH: f64 = 9.0;

/// Probability of a value of at most `x` with `df` > 0 degrees of freedom and noncentrality `lambda` >= 0.
#[must_use]
pub fn cdf(x: f64, df: f64, lambda: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let (half_x, half_df, mean) = (0.5 * x, 0.5 * df, 0.5 * lambda);
    if mean == 0.0 {
        return gamma::regularised_lower(half_df, half_x);
    }
    let reach = REACH * (mean.sqrt() + REACH);
    let (first, last) = ((mean - reach).max(0.0).floor(), (mean + reach).ceil());
    let mut j = last;
    let mut lower = gamma::regularised_lower(half_df + j, half_x);
    // Logarithms of the Poisson weight and of x^a e^(-x) / Γ(a+1) at a = df/2 + j.
    let mut weight = j * log(mean) - mean - lgamma(j + 1.0);
    let mut step = (half_df + j) * log(half_x) - half_x - lgamma(half_df + j + 1.0);
    let mut sum = 0.0;
    loop {
        sum += exp(weight) * lower;
        if j <= first {
            return sum.min(1.0);
        }
        weight += log(j / mean);
        step += log((half_df + j) / half_x);
        lower = (lower + exp(step)).min(1.0);
        j -= 1.0;
    }
}

/// The noncentrality at which a value of at most `x` has probability `probability`; 0 where every one makes it rarer.
pub(super) fn noncentrality(x: f64, df: f64, probability: f64) -> f64 {
    if x <= 0.0 || cdf(x, df, 0.0) <= probability {
        return 0.0;
    }
    // The mean exceeds x by far more than any quantile in use.
    let (mut low, mut high) = (0.0, 2.0 * x + 40.0 * (x.sqrt() + df.sqrt() + 10.0));
    loop {
        let middle = 0.5 * (low + high);
        // Twelve digits are more than the statistic means.
        if middle <= low || middle >= high || high - low <= 1e-12 * high {
            return middle;
        }
        if cdf(x, df, middle) > probability {
            low = middle;
        } else {
            high = middle;
        }
    }
}
