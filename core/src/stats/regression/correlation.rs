//! Limits of a correlation, on Fisher's scale z = artanh r (Fisher 1921, Metron 1, 3-32).
//!
//! For normal values the variance of z is 1 / (n - 3), whatever the correlation. Errors of models are rarely normal: where
//! their tails are heavy or their spread follows the prediction, that is too small. So the variance of z is the larger of it
//! and the variance of r by its influence function, divided by (1 - r²)². For Spearman's correlation Bonett and Wright 2000
//! ("Sample size requirements for estimating Pearson, Kendall and Spearman correlations", Psychometrika 65, 23-28):
//! (1 + r²/2) / (n - 3).
//!
//! Undefined (`None`) at r = ±1, where z is infinite, and for n of at most 3.

use libm::{atanh, tanh};

/// Variance of z for a correlation `r` of `n` rows (Kish-effective): `normal` is that for normal values times n - 3, `sampled`
/// the variance of r by other means.
#[must_use]
pub fn correlation_variance(r: f64, n: f64, normal: f64, sampled: Option<f64>) -> Option<f64> {
    let slope = 1.0 - r * r;
    if !(n > 3.0 && n.is_finite() && slope > 0.0) {
        return None;
    }
    let sampled = sampled.map_or(0.0, |variance| variance / (slope * slope));
    Some((normal / (n - 3.0)).max(sampled)).filter(|variance| variance.is_finite())
}

/// Limits of a correlation whose z has this variance, at critical value `z`; a negative `z` swaps them.
#[must_use]
pub fn correlation_limits(r: f64, variance: f64, z: f64) -> Option<(f64, f64)> {
    if !(r.abs() < 1.0 && variance > 0.0 && variance.is_finite()) {
        return None;
    }
    let (middle, reach) = (atanh(r), z * variance.sqrt());
    Some((tanh(middle - reach), tanh(middle + reach)))
}
