//! Newcombe's hybrid score interval for the difference p1 - p2 of two independent proportions.
//!
//! Newcombe 1998, "Interval estimation for the difference between independent proportions", Statistics in Medicine
//! 17, 873-890, method 10 (no continuity correction). With Wilson limits l, u of each rate and d = p1 - p2:
//! [d - √((p1-l1)² + (u2-p2)²), d + √((u1-p1)² + (p2-l2)²)], which never leaves [-1, 1].
//!
//! Undefined (`None`) where a Wilson interval is: n <= 0, x outside [0, n], NaN. The width is never zero.

use super::wilson;

/// A rate with its Wilson limits, computed once for all the pairs it is part of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    value: f64,
    below: f64,
    above: f64,
}

impl Rate {
    pub(super) fn new(x: f64, n: f64, z: f64) -> Option<Self> {
        let (lower, upper) = wilson::limits(x, n, z.abs())?;
        let value = x / n;
        Some(Self { value, below: (value - lower).max(0.0), above: (upper - value).max(0.0) })
    }

    /// Lower limit of `self - other`; the upper limit is minus the lower limit of `other - self`.
    pub(super) fn lower_difference(self, other: Self) -> f64 {
        (self.value - other.value) - (self.below * self.below + other.above * other.above).sqrt()
    }
}

/// Limits of p1 - p2 at critical value `z`; a negative `z` swaps them.
pub(super) fn limits((x1, n1): (f64, f64), (x2, n2): (f64, f64), z: f64) -> Option<(f64, f64)> {
    let (a, b) = (Rate::new(x1, n1, z)?, Rate::new(x2, n2, z)?);
    let (lower, upper) = (a.lower_difference(b), -b.lower_difference(a));
    Some(if z < 0.0 { (upper, lower) } else { (lower, upper) })
}
