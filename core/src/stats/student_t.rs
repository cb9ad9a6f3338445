//! Student's t distribution with real degrees of freedom.
//!
//! cdf(t) = ½ I_y(df/2, ½) with y = df / (df + t²) for t <= 0 (Abramowitz and Stegun 26.7.1). From [`HILL`] degrees of
//! freedom, where the continued fraction is slow, the normalising transform of Hill 1970 ("Algorithm 395: Student's
//! t-distribution", CACM 13, 617-619), whose error there is below 10^-16.

use libm::{exp, log, log1p};

use super::{beta, normal, root};

/// Degrees of freedom from which Hill's transform is used.
const HILL: f64 = 1e4;

/// Probability of a value at or below `t`. NaN for NaN or df <= 0.
#[must_use]
pub fn cdf(t: f64, df: f64) -> f64 {
    if t.is_nan() || df.is_nan() || df <= 0.0 {
        f64::NAN
    } else if t > 0.0 {
        1.0 - lower_tail(t, df)
    } else {
        lower_tail(-t, df)
    }
}

/// The t with cdf(t, df) = `p`: -∞ at 0, +∞ at 1, NaN outside [0, 1] or for df <= 0.
#[must_use]
pub fn quantile(p: f64, df: f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if p > 0.5 {
        return -quantile(1.0 - p, df);
    }
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    if p == 0.5 {
        return 0.0;
    }
    // Solved for u = asinh(t/√df), in which heavy and light tails alike are of moderate length.
    let t = |u: f64| df.sqrt() * 0.5 * (exp(u) - exp(-u));
    let missing = |u: f64| log(lower_tail(t(u), df) / p);
    let mut end = 1.0;
    while missing(end) > 0.0 && end < 700.0 {
        end *= 2.0;
    }
    match root::bracketed(missing, 0.0, end) {
        Some(u) => -t(u),
        None => f64::NEG_INFINITY,
    }
}

/// P(T > t) for t >= 0.
fn lower_tail(t: f64, df: f64) -> f64 {
    if df >= HILL {
        return normal::sf(hill(t, df));
    }
    let square = t * t;
    let y = df / (df + square);
    0.5 * beta::regularised(0.5 * df, 0.5, y, if square.is_infinite() { 1.0 } else { square / (df + square) })
}

/// The normal deviate with the same tail probability as `t`.
fn hill(t: f64, df: f64) -> f64 {
    let a = df - 0.5;
    let b = 48.0 * a * a;
    let square = a * log1p(t / df * t);
    let w = square.sqrt();
    let first = (square + 3.0) * w / b;
    let second = (((4.0 * square + 33.0) * square + 240.0) * square + 855.0) * w;
    w + first - second / (10.0 * b * (b + 0.8 * square * square + 100.0))
}
