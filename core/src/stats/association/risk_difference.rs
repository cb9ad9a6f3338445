//! Difference in selection rate, adjusted for strata: one two-by-two table per stratum.
//!
//! Greenland and Robins 1985, "Estimation of a common effect parameter from sparse follow-up data", Biometrics 41, 55-68:
//! Σ (a n2 - c n1)/n over Σ n1 n2/n, the strata's differences with Mantel and Haenszel's weights. Variance: Sato, Greenland
//! and Robins 1989, "On the variance estimator for the Mantel-Haenszel risk difference", Biometrics 45, 1323-1324,
//! (RD P + Q) / (Σ n1 n2/n)² with P = Σ (n1² c - n2² a + n1 n2 (n2 - n1)/2)/n² and Q = Σ (a (n2 - c) + c (n1 - a))/2n,
//! consistent for few large strata and for many small ones.
//!
//! Strata without a row of either group add nothing. Undefined (`None`) when no other is left, or for a stratum of more than
//! 2^64 rows.

use super::TwoByTwo;

/// The common difference and its variance; a variance of 0 says nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskDifference {
    /// Selection rate of the first group minus that of the second, within strata.
    pub difference: f64,
    /// Variance of the difference.
    pub variance: f64,
}

/// Difference in selection rate over all strata.
#[must_use]
pub fn mantel_haenszel_difference(strata: &[TwoByTwo]) -> Option<RiskDifference> {
    let (mut excess, mut weight, mut p, mut q) = (0.0, 0.0, 0.0, 0.0);
    for stratum in strata {
        let margins = stratum.margins()?;
        if margins.n1 == 0 || margins.n2 == 0 {
            continue;
        }
        let [a, c, n1, n2, n] = [stratum.a, stratum.c, margins.n1, margins.n2, margins.n].map(|count| count as f64);
        excess += (a * n2 - c * n1) / n;
        weight += n1 * n2 / n;
        p += (n1 / n) * (n1 / n) * c - (n2 / n) * (n2 / n) * a + (n1 / n) * (n2 / n) * (n2 - n1) / 2.0;
        q += (a * (n2 - c) + c * (n1 - a)) / (2.0 * n);
    }
    if weight == 0.0 {
        return None;
    }
    let difference = excess / weight;
    Some(RiskDifference { difference, variance: ((difference * p + q) / weight / weight).max(0.0) })
}
