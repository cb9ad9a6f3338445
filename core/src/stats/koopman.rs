//! Koopman's score interval for the ratio φ = p1/p2 of two independent proportions.
//!
//! Koopman 1984, "Confidence intervals for the ratio of two binomial proportions", Biometrics 40, 513-517: the φ whose
//! score statistic z(φ) = (p̂1 - φ p̂2) / √(p̃1(1-p̃1)/n1 + φ² p̃2(1-p̃2)/n2) lies within ±z, where p̃1 = φ p̃2 are
//! the maximum-likelihood rates under that ratio (in the form of Farrington and Manning 1990, the same statistic).
//!
//! Nam 1995 ("Confidence limits for the ratio of two binomial proportions based on likelihood scores: non-iterative
//! method", Biometrical Journal 37, 375-379) gives the limits as roots of a cubic. They draw together as n grows (12 digits
//! are left at n = 10^6) and x = n needs other formulas, while comparing many pairs needs the score statistic itself: so the
//! score equation is solved in a bracket, to the last bits. The tests compare it with Nam's cubic at 50 digits.
//!
//! Edges: x1 = 0 has lower limit 0; x2 = 0 has upper limit +∞; x1 = x2 = 0 gives (0, ∞).
//! Undefined (`None`) for n <= 0, x outside [0, n], NaN.

use libm::{exp, log};

use super::uncertainty::Side;
use super::{normal, root, wilson};

/// Two independent samples whose rates are compared as rate 1 / rate 2.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    x1: f64,
    n1: f64,
    x2: f64,
    n2: f64,
}

impl Pair {
    pub(super) fn new((x1, n1): (f64, f64), (x2, n2): (f64, f64)) -> Option<Self> {
        (wilson::valid(x1, n1) && wilson::valid(x2, n2)).then_some(Self { x1, n1, x2, n2 })
    }

    /// No successes at all: every ratio fits.
    pub(super) fn is_empty(self) -> bool {
        self.x1 + self.x2 == 0.0
    }

    /// The score statistic at `phi` > 0, falling in `phi`; zero when there are no successes.
    pub(super) fn score(self, phi: f64) -> f64 {
        let Self { x1, n1, x2, n2 } = self;
        let numerator = x1 / n1 - phi * (x2 / n2);
        if numerator == 0.0 {
            return 0.0;
        }
        let (y1, y2, n) = (n1 - x1, n2 - x2, n1 + n2);
        // p̃2 is the smaller root of n φ p² - (φ(n1+x2) + n2+x1) p + (x1+x2) = 0. The discriminant is written as a sum
        // of non-negative terms, and each complement 1 - p̃ as the root of its own quadratic, so that nothing cancels.
        let (b1, b2) = (phi * (n1 + x2), n2 + x1);
        let root = ((b1 - b2) * (b1 - b2) + 4.0 * phi * y1 * y2).sqrt();
        let p2 = 2.0 * (x1 + x2) / (b1 + b2 + root);
        let s1 = y1 + y2 + (1.0 - phi) * (n1 + x2);
        let s2 = phi * (y1 + y2) - (1.0 - phi) * b2;
        let q1 = if s1 >= 0.0 { (s1 + root) / (2.0 * n) } else { 2.0 * y1 * (1.0 - phi) / (s1 - root) };
        let q2 = if s2 >= 0.0 { (s2 + root) / (2.0 * n * phi) } else { 2.0 * y2 * (phi - 1.0) / (s2 - root) };
        numerator / (phi * p2 * (q1 / n1 + phi * q2 / n2)).sqrt()
    }

    /// Whether `score(phi) < z` is possible, for 0 < `phi` <= 1, by bounds that need no root.
    ///
    /// With d = p̂1 - φ p̂2 the statistic is d / √V, V = p̃1 ((1 - p̃1) / n1 + (φ - p̃1) / n2), and p̃1 lies between p̂1 and
    /// φ p̂2. For d > 0 V is at most p̂1 (1 / n1 + φ / n2), and at most what rates of one half give; for d < 0 it is at
    /// least its value at one of the two ends, as it is concave. The margin is far beyond rounding.
    pub(super) fn score_may_be_below(self, phi: f64, z: f64) -> bool {
        const MARGIN: f64 = 1e-6;
        let Self { x1, n1, x2, n2 } = self;
        let (p1, scaled) = (x1 / n1, phi * (x2 / n2));
        let d = p1 - scaled;
        if z >= 0.0 {
            let most = (p1 * (1.0 / n1 + phi / n2)).min(0.25 * (1.0 / n1 + phi * phi / n2));
            d <= 0.0 || d * d < z * z * most * (1.0 + MARGIN)
        } else {
            let variance = |p: f64| p * ((1.0 - p) / n1 + (phi - p) / n2);
            let least = variance(p1).min(variance(scaled));
            d < 0.0 && d * d > z * z * least * (1.0 - MARGIN)
        }
    }

    /// Lower limit of the ratio at critical value `z` (negative: the upper limit at |z|).
    pub(super) fn lower(self, z: f64) -> Option<f64> {
        if self.x1 == 0.0 && z >= 0.0 {
            return Some(0.0);
        }
        if self.x2 == 0.0 && z <= 0.0 {
            return Some(f64::INFINITY);
        }
        self.solve(z)
    }

    /// Upper limit of the ratio at critical value `z` (negative: the lower limit at |z|).
    pub(super) fn upper(self, z: f64) -> Option<f64> {
        self.lower(-z)
    }

    /// The φ with score(φ) = `target`.
    fn solve(self, target: f64) -> Option<f64> {
        let Self { x1, n1, x2, n2 } = self;
        let above = |t: f64| self.score(exp(t)) - target;
        // Walter's logit-like guess, then wider and wider steps until the root is enclosed.
        let (a, b, c, d) = (x1 + 0.5, n1 + 1.0, x2 + 0.5, n2 + 1.0);
        let spread = (1.0 / a - 1.0 / b + 1.0 / c - 1.0 / d).sqrt();
        let mut near = log((a / b) / (c / d)) - target * spread;
        let rising = above(near) > 0.0;
        let mut step = 0.1 * spread + 1e-9;
        for _ in 0..64 {
            let far = if rising { near + step } else { near - step };
            if (above(far) > 0.0) != rising {
                return root::bracketed(above, near, far).map(exp);
            }
            near = far;
            step *= 2.0;
        }
        None
    }

    /// One-sided p of the score test against the ratio `threshold`.
    pub(super) fn p_value(self, threshold: f64, side: Side) -> Option<f64> {
        if !threshold.is_finite() {
            return None;
        }
        if threshold <= 0.0 {
            // Every lower limit is at or above 0, and above it as soon as there is one success.
            let excluded = side == Side::Above && (threshold < 0.0 || self.x1 > 0.0);
            return Some(if excluded { 0.0 } else { 1.0 });
        }
        if self.is_empty() {
            return Some(1.0);
        }
        Some(match side {
            Side::Below => normal::cdf(self.score(threshold)),
            Side::Above => normal::sf(self.score(threshold)),
        })
    }
}

/// Limits of p1 / p2 at critical value `z`; a negative `z` swaps them.
pub(super) fn limits(first: (f64, f64), second: (f64, f64), z: f64) -> Option<(f64, f64)> {
    let pair = Pair::new(first, second)?;
    Some((pair.lower(z)?, pair.upper(z)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Pair;

    proptest! {
        /// What the bounds rule out is never so.
        #[test]
        fn bounds_of_the_variance_hold(
            (n1, n2) in (1_u32..3000, 1_u32..3000),
            (share1, share2) in (0.0..=1.0_f64, 0.0..=1.0_f64),
            (phi, z) in (1e-6..=1.0_f64, -8.0..8.0_f64),
        ) {
            let count = |n: u32, share: f64| (share * f64::from(n)).round();
            let pair = Pair::new((count(n1, share1), n1.into()), (count(n2, share2), n2.into())).expect("rates");
            if !pair.is_empty() && !pair.score_may_be_below(phi, z) {
                prop_assert!(pair.score(phi) >= z, "{pair:?} {} {z}", pair.score(phi));
            }
        }
    }
}
