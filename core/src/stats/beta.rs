//! The regularised incomplete beta function I_x(a, b).
//!
//! Continued fraction of DiDonato and Morris 1992 ("Significant digit computation of the incomplete beta function ratios",
//! ACM TOMS 18, 360-373; modified Lentz as in "Numerical Recipes", sec. 6.4), with the factor x^a (1-x)^b / B(a, b) in
//! forms that do not cancel for large a or b.

use core::f64::consts::TAU;

use libm::{exp, log, log1p, tgamma};

use super::gamma::{STIRLING, excess, nonzero, stirling};
use super::root;

/// I_x(a, b) given `x` and its complement `y` = 1 - x (both, so that either may be tiny), for a, b > 0; NaN elsewhere.
#[must_use]
pub fn regularised(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let defined = a > 0.0 && b > 0.0 && (a + b).is_finite() && (0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y);
    if !defined {
        f64::NAN
    } else if x == 0.0 {
        0.0
    } else if y == 0.0 {
        1.0
    } else if x <= (a + 1.0) / (a + b + 2.0) {
        density(a, b, x, y) * fraction(a, b, x) / a
    } else {
        1.0 - density(b, a, y, x) * fraction(b, a, y) / b
    }
}

/// The x with I_x(a, b) = `p`, to the last few bits; `None` where there is none.
#[must_use]
pub fn quantile(a: f64, b: f64, p: f64) -> Option<f64> {
    root::bracketed(|x| regularised(a, b, x, 1.0 - x) - p, 0.0, 1.0)
}

/// x^a y^b / B(a, b)
fn density(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if a < b {
        return density(b, a, y, x);
    }
    // Now a >= b.
    if a < STIRLING {
        exp(a * log_of(x, y) + b * log_of(y, x)) * (tgamma(a + b) / tgamma(a) / tgamma(b))
    } else if b < STIRLING {
        // ln Γ(a+b)/Γ(a) = (a-½) ln(1+b/a) - b + b ln(a+b) + δ(a+b) - δ(a)
        let gammas = (a - 0.5) * log1p(b / a) - b + stirling(a + b) - stirling(a);
        exp(a * log_of(x, y) + b * log(y * (a + b)) + gammas) / tgamma(b)
    } else {
        // Both powers relative to their largest value, at x = a / (a+b).
        let off = if x <= 0.5 { (a + b) * x - a } else { b - (a + b) * y };
        let corrections = stirling(a + b) - stirling(a) - stirling(b);
        let scale = (a / (a + b) * b / TAU).sqrt();
        let powers = a * excess(off / a, x * (a + b) / a) + b * excess(-off / b, y * (a + b) / b);
        scale * exp(corrections - powers)
    }
}

/// ln x, given y = 1 - x
fn log_of(x: f64, y: f64) -> f64 {
    if x < 0.5 { log(x) } else { log1p(-y) }
}

fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / nonzero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    let mut m = 0.0;
    loop {
        m += 1.0;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for numerator in [even, odd] {
            d = 1.0 / nonzero(1.0 + numerator * d);
            c = nonzero(1.0 + numerator / c);
            change = c * d;
            value *= change;
        }
        if (change - 1.0).abs() <= f64::EPSILON {
            return value;
        }
    }
}
