//! Differences of two estimates from the same rows.
//!
//! Rates: Newcombe 1998, "Improved confidence intervals for the difference between binomial proportions based on paired
//! data", Statistics in Medicine 17, 2635-2650, method 10: as for independent rates, less twice the product of the two
//! errors times their correlation, that is the phi coefficient of the pairs, of which a positive covariance is first made
//! smaller by half a pair. Any two estimates with limits of their own: the same formula, the method of variance estimates
//! recovery for dependent estimates (Zou 2007, Psychological Methods 12, 399-413), with whatever correlation they have.
//!
//! Undefined (`None`) where a part has no limits or the correlation is no number between -1 and 1.

use super::uncertainty::Part;

type Limits = Option<(f64, f64)>;

/// Limits of `first - second`, each exceeded with probability `tail`; above one half they change places.
pub(super) fn difference(first: &Part, second: &Part, correlation: f64, tail: f64) -> Limits {
    let swapped = tail > 0.5;
    let tail = if swapped { 1.0 - tail } else { tail };
    let (lower, upper) = first.of.limits(tail)?;
    let (least, most) = second.of.limits(tail)?;
    if !(-1.0..=1.0).contains(&correlation) {
        return None;
    }
    let reach = |a: f64, b: f64| (a * a - 2.0 * correlation * a * b + b * b).max(0.0).sqrt();
    let value = first.value - second.value;
    let limits = (
        value - reach(first.value - lower, most - second.value),
        value + reach(upper - first.value, second.value - least),
    );
    Some(if swapped { (limits.1, limits.0) } else { limits })
}

/// The correlation of two rates of the same `n` rows for Newcombe's method 10, from their phi coefficient.
#[must_use]
pub fn cautious_correlation(phi: f64, first: f64, second: f64, n: f64) -> f64 {
    let spread = (first * (1.0 - first) * second * (1.0 - second)).sqrt();
    if phi > 0.0 && spread > 0.0 { (phi - 0.5 / (n * spread)).max(0.0) } else { phi }
}
