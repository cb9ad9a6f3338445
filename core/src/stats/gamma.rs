//! The regularised incomplete gamma functions, and what they share with the beta function.
//!
//! P by its power series for x < a + 1, Q by its continued fraction (modified Lentz) elsewhere; the factor x^a e^-x / Γ(a)
//! in the form that does not cancel for large a (DiDonato and Morris 1986, "Computation of the incomplete gamma function
//! ratios", ACM TOMS 12, 377-393; Press et al., "Numerical Recipes", sec. 6.2).

use core::f64::consts::TAU;

use libm::{exp, log, tgamma};

/// Shapes from which Stirling's series is exact to double precision.
pub(super) const STIRLING: f64 = 10.0;

/// Q(a, x) = Γ(a, x) / Γ(a), for a > 0 and x >= 0; NaN elsewhere.
#[must_use]
pub fn regularised_upper(a: f64, x: f64) -> f64 {
    if !(a > 0.0 && a.is_finite() && x >= 0.0) {
        return f64::NAN;
    }
    if x == 0.0 {
        1.0
    } else if x.is_infinite() {
        0.0
    } else if x < a + 1.0 {
        1.0 - density(a, x) * series(a, x)
    } else {
        density(a, x) * fraction(a, x)
    }
}

/// P(a, x) = 1 - Q(a, x), for a > 0 and x >= 0; NaN elsewhere.
#[must_use]
pub fn regularised_lower(a: f64, x: f64) -> f64 {
    if a > 0.0 && a.is_finite() && x > 0.0 && x < a + 1.0 {
        density(a, x) * series(a, x)
    } else {
        1.0 - regularised_upper(a, x)
    }
}

/// x^a e^-x / Γ(a)
fn density(a: f64, x: f64) -> f64 {
    if a < STIRLING {
        exp(a * log(x) - x) / tgamma(a)
    } else {
        (a / TAU).sqrt() * exp(-a * excess((x - a) / a, x / a) - stirling(a))
    }
}

/// Σ x^k / (a (a+1) … (a+k))
fn series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut k) = (1.0 / a, 1.0 / a, a);
    while term > sum * 0.25 * f64::EPSILON {
        k += 1.0;
        term *= x / k;
        sum += term;
    }
    sum
}

/// 1 / (x+1-a - 1(1-a) / (x+3-a - 2(2-a) / (x+5-a - …)))
fn fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (f64::INFINITY, 1.0 / b);
    let mut value = d;
    let mut i = 0.0;
    loop {
        i += 1.0;
        let numerator = -i * (i - a);
        b += 2.0;
        d = 1.0 / nonzero(numerator * d + b);
        c = nonzero(b + numerator / c);
        value *= c * d;
        if (c * d - 1.0).abs() <= f64::EPSILON {
            return value;
        }
    }
}

/// Lentz: a denominator that happens to be zero becomes tiny instead.
pub(super) fn nonzero(x: f64) -> f64 {
    if x == 0.0 { f64::MIN_POSITIVE } else { x }
}

/// e - ln r for r = 1 + e (both given, so that r may be tiny), without cancellation near e = 0.
pub(super) fn excess(e: f64, r: f64) -> f64 {
    if e.abs() > 0.4 {
        return e - log(r);
    }
    // ln(1+e) = 2 artanh(s) with s = e / (2 + e), and e - 2s = e s
    let s = e / (2.0 + e);
    let square = s * s;
    let tail = (1..=16).rev().fold(0.0, |sum, k| square * (sum + 1.0 / f64::from(2 * k + 1)));
    s * (e - 2.0 * tail)
}

/// ln Γ(z) - [(z - ½) ln z - z + ½ ln 2π] for z >= [`STIRLING`].
pub(super) fn stirling(z: f64) -> f64 {
    let w = 1.0 / (z * z);
    let series = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    series.iter().rev().fold(0.0, |sum, c| sum * w + c) / z
}
