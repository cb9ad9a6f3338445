//! McNemar's test on paired binary outcomes: do `b` and `c`, the pairs that differ one way and the other, balance?
//!
//! McNemar 1947, "Note on the sampling error of the difference between correlated proportions or percentages",
//! Psychometrika 12, 153-157: chi-squared = (b - c)² / (b + c), without continuity correction. Exact: twice the smaller
//! tail of the binomial distribution with b + c trials and rate ½, at most 1; mid-p counts the observed outcome half on
//! each side (Fagerland, Lydersen and Laake 2013, "The McNemar test for binary matched-pairs data: mid-p and asymptotic are
//! better than exact conditional", BMC Medical Research Methodology 13, 91).
//!
//! Undefined (`None`) when no pair differs, or for more than 2^53 pairs.

use super::super::beta;
use super::ChiSquared;

/// The test three ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct McNemar {
    /// Exact two-sided p.
    pub exact: f64,
    /// Two-sided mid-p.
    pub mid_p: f64,
    /// Asymptotic.
    pub chi_squared: ChiSquared,
}

/// Whether pairs that differ do so as often one way as the other.
#[must_use]
pub fn mcnemar(b: u64, c: u64) -> Option<McNemar> {
    let n = b.checked_add(c).filter(|n| (1..=1 << 53).contains(n))? as f64;
    let (fewer, more) = (b.min(c) as f64, b.max(c) as f64);
    // P(X <= k) = I_½(n - k, k + 1)
    let at_most = beta::regularised(more, fewer + 1.0, 0.5, 0.5);
    let below = if fewer == 0.0 { 0.0 } else { beta::regularised(more + 1.0, fewer, 0.5, 0.5) };
    let off = more - fewer;
    Some(McNemar {
        exact: (2.0 * at_most).min(1.0),
        mid_p: (at_most + below).min(1.0),
        chi_squared: ChiSquared::new(off / n * off, 1),
    })
}
