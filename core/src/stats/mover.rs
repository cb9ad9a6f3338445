//! Interval for the mean of two independent rates (balanced accuracy = mean of sensitivity and specificity).
//!
//! MOVER, the method of variance estimates recovery (Zou and Donner 2008, "Construction of confidence limits about effect
//! measures: a general approach", Statistics in Medicine 27, 1693-1702) on Wilson limits (l, u): with m = (p1+p2)/2,
//! [m - ½√((p1-l1)² + (p2-l2)²), m + ½√((u1-p1)² + (u2-p2)²)]. It never leaves [0, 1] and is never of zero width.
//!
//! Undefined (`None`) where a Wilson interval is: n <= 0, x outside [0, n], NaN.

use super::wilson;

/// Limits of (p1 + p2) / 2 at critical value `z`; a negative `z` swaps them.
pub(super) fn limits((x1, n1): (f64, f64), (x2, n2): (f64, f64), z: f64) -> Option<(f64, f64)> {
    let (l1, u1) = wilson::limits(x1, n1, z.abs())?;
    let (l2, u2) = wilson::limits(x2, n2, z.abs())?;
    let (p1, p2) = (x1 / n1, x2 / n2);
    let mean = 0.5 * (p1 + p2);
    let reach = |a: f64, b: f64| 0.5 * (a * a + b * b).sqrt();
    let lower = (mean - reach(p1 - l1, p2 - l2)).max(0.0);
    let upper = (mean + reach(u1 - p1, u2 - p2)).min(1.0);
    Some(if z < 0.0 { (upper, lower) } else { (lower, upper) })
}
