//! Selection and group, adjusted for strata: one two-by-two table per stratum.
//!
//! Mantel and Haenszel 1959, "Statistical aspects of the analysis of data from retrospective studies of disease", Journal of
//! the National Cancer Institute 22, 719-748. With R = Σ ad/n and S = Σ bc/n the common odds ratio is R / S, and the test
//! of conditional independence (Σ (a - E))² / Σ V with E = n1 m1/n and V = n1 n2 m1 m2 / (n² (n-1)), one degree of freedom,
//! without continuity correction. Variance of the ratio's logarithm: Robins, Breslow and Greenland 1986, "Estimators of the
//! Mantel-Haenszel variance consistent in both sparse data and large-strata limiting models", Biometrics 42, 311-323:
//! Σ PR / 2R² + Σ (PS + QR) / 2RS + Σ QS / 2S² with P = (a+d)/n and Q = (b+c)/n per stratum.
//!
//! Strata in which a margin is 0 add nothing. Undefined (`None`) when no other is left, or for a stratum of more than 2^64
//! rows. The ratio may be 0 or ∞; it then has no limits.

use libm::{exp, log};

use super::{ChiSquared, Margins, TwoByTwo};

/// The common odds ratio and whether it is 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MantelHaenszel {
    /// Odds of selection in the first group as a multiple of the second's, common to all strata.
    pub odds_ratio: f64,
    /// Standard error of its logarithm; `None` when the ratio is 0 or ∞.
    pub log_error: Option<f64>,
    /// The Cochran-Mantel-Haenszel test that group and selection are independent in every stratum.
    pub test: ChiSquared,
}

impl MantelHaenszel {
    /// Limits of the common odds ratio at critical value `z`; a negative `z` swaps them.
    #[must_use]
    pub fn limits(&self, z: f64) -> Option<(f64, f64)> {
        let (centre, reach) = (log(self.odds_ratio), z * self.log_error?);
        (!z.is_nan()).then(|| (exp(centre - reach), exp(centre + reach)))
    }
}

/// Selection and group over all strata.
#[must_use]
pub fn mantel_haenszel(strata: &[TwoByTwo]) -> Option<MantelHaenszel> {
    let (mut agreeing, mut opposed) = (0.0, 0.0);
    let (mut excess, mut variance) = (0.0, 0.0);
    let (mut pr, mut ps_qr, mut qs) = (0.0, 0.0, 0.0);
    for stratum in strata {
        let margins = stratum.margins()?;
        if margins.is_degenerate() {
            continue;
        }
        let TwoByTwo { a, b, c, d } = *stratum;
        let n = margins.n as f64;
        let (r, s) = (super::product(a, d) as f64 / n, super::product(b, c) as f64 / n);
        let (p, q) = ((a + d) as f64 / n, (b + c) as f64 / n);
        agreeing += r;
        opposed += s;
        pr += p * r;
        ps_qr += p * s + q * r;
        qs += q * s;
        excess += stratum.determinant() / n;
        variance += cell_variance(margins);
    }
    // Not all margins are zero, so at least one of R and S is positive.
    if variance == 0.0 {
        return None;
    }
    let log_error = (agreeing > 0.0 && opposed > 0.0).then(|| {
        let (by_r, by_s) = (pr / agreeing / agreeing, qs / opposed / opposed);
        (0.5 * (by_r + ps_qr / agreeing / opposed + by_s)).sqrt()
    });
    let test = ChiSquared::new(excess / variance * excess, 1);
    Some(MantelHaenszel { odds_ratio: agreeing / opposed, log_error, test })
}

/// Variance of the first cell given the margins.
fn cell_variance(Margins { n1, n2, m1, m2, n }: Margins) -> f64 {
    let whole = n as f64;
    super::product(n1, n2) as f64 / whole * (super::product(m1, m2) as f64 / whole) / (n - 1) as f64
}
