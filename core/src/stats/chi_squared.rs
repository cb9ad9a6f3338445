//! The chi-squared distribution: sf(x, df) = Q(df/2, x/2) (Abramowitz and Stegun 26.4.19).

use super::gamma;

/// Probability of a value above `x` with `df` > 0 degrees of freedom. 1 for x <= 0; NaN for NaN or df <= 0.
#[must_use]
pub fn sf(x: f64, df: f64) -> f64 {
    gamma::regularised_upper(0.5 * df, 0.5 * if x < 0.0 { 0.0 } else { x })
}
