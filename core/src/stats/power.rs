//! How many rows a decision would need, and what the rows at hand could have shown.
//!
//! All of it is the usual normal approximation for a one-sided decision at (1 - level) / 2, as criteria are decided
//! (Fleiss, Levin and Paik 2003, "Statistical Methods for Rates and Proportions", ch. 2 and 4). Planning figures, not
//! guarantees: rounded up, and meant to be read to one or two digits.

use super::{normal, root};

/// Critical values of the decision and of the power; `None` unless 0 < level < 1 and 0.5 <= power < 1.
fn critical_values(level: f64, power: f64) -> Option<(f64, f64)> {
    (level > 0.0 && level < 1.0 && (0.5..1.0).contains(&power))
        .then(|| (-normal::quantile(0.5 * (1.0 - level)), normal::quantile(power)))
}

/// Rows needed to show with probability `power` that a rate lies on its side of `threshold`, if it truly is `p`:
/// ((z_a √(t(1-t)) + z_b √(p(1-p))) / (p - t))².
///
/// `None` when `p` equals the threshold, either is outside [0, 1] or NaN.
#[must_use]
pub fn n_for_proportion(p: f64, threshold: f64, level: f64, power: f64) -> Option<f64> {
    let (za, zb) = critical_values(level, power)?;
    let defined = (0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&threshold) && p != threshold;
    defined.then(|| {
        let spread = za * (threshold * (1.0 - threshold)).sqrt() + zb * (p * (1.0 - p)).sqrt();
        let root = spread / (p - threshold);
        (root * root).ceil().max(1.0)
    })
}

/// Rows needed to show with probability `power` that any measure lies on its side of `threshold` if `estimate` is true,
/// given that `n` rows gave an interval that reaches `half_width` from the estimate towards the threshold:
/// n ((z_a + z_b) se / |estimate - threshold|)² with se = half_width / z_a.
///
/// Supposes that the error shrinks as 1/√n at an unchanged mix of groups and classes. `None` when the estimate is at the
/// threshold, `half_width` or `n` is not positive and finite, or anything is NaN.
#[must_use]
pub fn n_for_estimate(estimate: f64, threshold: f64, half_width: f64, n: f64, level: f64, power: f64) -> Option<f64> {
    let (za, zb) = critical_values(level, power)?;
    let distance = (estimate - threshold).abs();
    let defined = distance > 0.0
        && distance.is_finite()
        && half_width > 0.0
        && half_width.is_finite()
        && n > 0.0
        && n.is_finite();
    defined.then(|| {
        let root = (za + zb) / za * half_width / distance;
        (n * root * root).ceil().max(1.0)
    })
}

/// The smallest difference |p2 - p1| that a comparison of `n1` rows at rate `p1` with `n2` rows would have shown with
/// probability `power`: d = z_a √(p̄(1-p̄)(1/n1+1/n2)) + z_b √(p1(1-p1)/n1 + p2(1-p2)/n2), the nearer of the two directions.
///
/// `None` when no rate between 0 and 1 is far enough away, a sample is empty, or anything is NaN.
#[must_use]
pub fn smallest_detectable_difference(n1: f64, p1: f64, n2: f64, level: f64, power: f64) -> Option<f64> {
    let (za, zb) = critical_values(level, power)?;
    let usable = |n: f64| n > 0.0 && n.is_finite();
    if !(usable(n1) && usable(n2) && (0.0..=1.0).contains(&p1)) {
        return None;
    }
    let missing = |p2: f64| {
        let pooled = (n1 * p1 + n2 * p2) / (n1 + n2);
        let decided = (pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2)).max(0.0).sqrt();
        let sampled = (p1 * (1.0 - p1) / n1 + p2 * (1.0 - p2) / n2).max(0.0).sqrt();
        za * decided + zb * sampled - (p2 - p1).abs()
    };
    let towards = |end: f64| {
        let near = p1 + (end - p1) * 1e-12;
        let found = if missing(near) > 0.0 { root::bracketed(missing, near, end) } else { Some(near) };
        found.map(|p2| (p2 - p1).abs())
    };
    let reach = [0.0, 1.0].into_iter().filter(|&end| end != p1).filter_map(towards);
    reach.reduce(f64::min)
}
