//! Intervals for measures made of others: a linear map, a size, a part over its whole, a sum, a quotient, the largest of
//! several.
//!
//! Sums and quotients of independent parts recover the variances from the parts' own limits (MOVER: Zou and Donner 2008,
//! Statistics in Medicine 27, 1693-1702), so that each part keeps the method that suits it. For a sum Σ c θ with limits
//! l and u of each θ: [Σ c θ - √Σ (c (θ - l))², Σ c θ + √Σ (c (u - θ))²], l and u changing places where c < 0. A quotient
//! of two positive measures is a difference of logarithms. Several measures at once, the largest of them or a gap over all
//! pairs of groups, are bounded at a tail divided by their number (Bonferroni), as in `pairwise`.
//!
//! Undefined (`None`) where a part has no limits. Limits change places at a tail above one half.

use super::max_t::MaxT;
use super::normal;
use super::uncertainty::{Part, Uncertainty};

type Limits = Option<(f64, f64)>;

/// Limits at a tail of at most one half, and whether the limits asked for are those in exchange.
pub(super) fn sided(tail: f64) -> (f64, bool) {
    if tail > 0.5 { (1.0 - tail, true) } else { (tail, false) }
}

pub(super) fn placed((lower, upper): (f64, f64), swapped: bool) -> (f64, f64) {
    if swapped { (upper, lower) } else { (lower, upper) }
}

/// Limits of `factor x + offset`.
pub(super) fn linear(of: &Uncertainty, factor: f64, offset: f64, tail: f64) -> Limits {
    let (lower, upper) = of.limits(tail)?;
    let (a, b) = (factor * lower + offset, factor * upper + offset);
    Some(if factor < 0.0 { (b, a) } else { (a, b) })
}

/// Limits of a measure that lies within [least, most].
pub(super) fn clamped(of: &Uncertainty, least: f64, most: f64, tail: f64) -> Limits {
    let (lower, upper) = of.limits(tail)?;
    let clamp = |limit: f64| limit.max(least).min(most);
    Some((clamp(lower), clamp(upper)))
}

/// Limits of a part over the whole, from those of its ratio to the rest.
pub(super) fn over_whole(of: &Uncertainty, part: f64, tail: f64) -> Limits {
    let (lower, upper) = of.limits(tail)?;
    // 1 / (π + (1 - π) / R) is right for R = 0 and R = ∞ too.
    let whole = |ratio: f64| 1.0 / (part + (1.0 - part) / ratio);
    Some((whole(lower), whole(upper)))
}

/// The ratio to the rest of a part that is `ratio` times the whole; `None` where no part is.
pub(super) fn over_rest(ratio: f64, part: f64) -> Option<f64> {
    let rest = 1.0 - part * ratio;
    (rest > 0.0).then(|| ratio * (1.0 - part) / rest)
}

/// Limits of |x|.
pub(super) fn absolute(of: &Uncertainty, tail: f64) -> Limits {
    let (tail, swapped) = sided(tail);
    let (lower, upper) = of.limits(tail)?;
    let nearest = if lower > 0.0 || upper < 0.0 { lower.abs().min(upper.abs()) } else { 0.0 };
    Some(placed((nearest, lower.abs().max(upper.abs())), swapped))
}

/// How far the limits of a part reach below and above its value, in units of the whole.
pub(super) fn reach(part: &Part, tail: f64) -> Limits {
    let (lower, upper) = part.of.limits(tail)?;
    let (below, above) = ((part.value - lower).max(0.0), (upper - part.value).max(0.0));
    let factor = part.factor.abs();
    Some(if part.factor < 0.0 { (factor * above, factor * below) } else { (factor * below, factor * above) })
}

/// Limits of Σ factor x over independent parts.
pub(super) fn sum(parts: &[Part], tail: f64) -> Limits {
    let (tail, swapped) = sided(tail);
    let (mut value, mut below, mut above) = (0.0, 0.0, 0.0);
    for part in parts {
        let (down, up) = reach(part, tail)?;
        value += part.factor * part.value;
        below += down * down;
        above += up * up;
    }
    Some(placed((value - below.sqrt(), value + above.sqrt()), swapped))
}

/// Limits of Σ factor x over parts whose errors are correlated (Zou and Donner 2008, for dependent estimates): the distances
/// of the parts add up as standard errors do, √Σ Σ ρ d d.
pub(super) fn correlated_sum(parts: &[Part], correlations: &[Vec<f64>], tail: f64) -> Limits {
    let (tail, swapped) = sided(tail);
    let value: f64 = parts.iter().map(|part| part.factor * part.value).sum();
    let reaches = parts.iter().map(|part| reach(part, tail)).collect::<Option<Vec<_>>>()?;
    let (mut below, mut above) = (0.0, 0.0);
    for (a, row) in reaches.iter().zip(correlations) {
        for (b, correlation) in reaches.iter().zip(row) {
            below += correlation * a.0 * b.0;
            above += correlation * a.1 * b.1;
        }
    }
    Some(placed((value - below.max(0.0).sqrt(), value + above.max(0.0).sqrt()), swapped))
}

/// Limits of Σ factor x whatever the dependence of the parts: every part at its share of the tail.
pub(super) fn bounded_sum(parts: &[Part], tail: f64) -> Limits {
    let (tail, swapped) = sided(tail);
    let each = tail / parts.len() as f64;
    let (mut lower, mut upper) = (0.0, 0.0);
    for part in parts {
        let (below, above) = reach(part, each)?;
        lower += part.factor * part.value - below;
        upper += part.factor * part.value + above;
    }
    Some(placed((lower, upper), swapped))
}

/// Limits of a / b for measures that are not negative; the upper one is infinite where b may be 0.
pub(super) fn quotient(a: &Part, b: &Part, tail: f64) -> Limits {
    let (tail, swapped) = sided(tail);
    let (a, b) = (Logged::new(a, tail)?, Logged::new(b, tail)?);
    Some(placed((a.lower_quotient(b), 1.0 / b.lower_quotient(a)), swapped))
}

/// A measure of at least 0 on the logarithmic scale.
#[derive(Clone, Copy)]
struct Logged {
    value: f64,
    lower: f64,
    upper: f64,
}

impl Logged {
    fn new(part: &Part, tail: f64) -> Option<Self> {
        let (lower, upper) = part.of.limits(tail)?;
        (lower <= upper && part.value >= 0.0).then_some(Self { value: part.value, lower: lower.max(0.0), upper })
    }

    /// Lower limit of `self / other`. Where a value of 0 has no logarithm, the two limits themselves are divided.
    fn lower_quotient(self, other: Self) -> f64 {
        if self.lower == 0.0 {
            return 0.0;
        }
        if other.value == 0.0 || other.upper.is_infinite() {
            return self.lower / other.upper;
        }
        let below = libm::log(self.value / self.lower).max(0.0);
        let above = libm::log(other.upper / other.value).max(0.0);
        self.value / other.value * libm::exp(-(below * below + above * above).sqrt())
    }
}

/// Limits of the largest of several measures.
pub(super) fn largest(of: &[Uncertainty], tail: f64) -> Limits {
    extreme(of, tail, f64::max)
}

/// Limits of the smallest of several measures.
pub(super) fn smallest(of: &[Uncertainty], tail: f64) -> Limits {
    extreme(of, tail, f64::min)
}

fn extreme(of: &[Uncertainty], tail: f64, choose: fn(f64, f64) -> f64) -> Limits {
    let each = tail / of.len() as f64;
    of.iter()
        .map(|one| one.limits(each))
        .reduce(|a, b| a.zip(b).map(|(a, b)| (choose(a.0, b.0), choose(a.1, b.1))))
        .flatten()
}

/// Limits of the largest value minus the smallest, over all pairs.
pub(super) fn max_difference(parts: &[Part], max_t: Option<&MaxT>, tail: f64) -> Limits {
    let (tail, swapped) = sided(tail_of_pair(parts, max_t, tail)?);
    let reaches = parts.iter().map(|part| reach(part, tail)).collect::<Option<Vec<_>>>()?;
    let (mut lower, mut upper) = (0.0_f64, 0.0_f64);
    for (a, (below, _)) in parts.iter().zip(&reaches) {
        for (b, (_, above)) in parts.iter().zip(&reaches).filter(|(b, _)| !std::ptr::eq(*b, a)) {
            let limit = (a.factor * a.value - b.factor * b.value) - (below * below + above * above).sqrt();
            lower = lower.max(limit);
            // Minus the lower limit of a - b is the upper limit of b - a.
            upper = upper.max(-limit);
        }
    }
    Some(placed((lower, upper), swapped))
}

/// Limits of the smallest value divided by the largest, over all pairs.
pub(super) fn min_ratio(parts: &[Part], max_t: Option<&MaxT>, tail: f64) -> Limits {
    let (tail, swapped) = sided(tail_of_pair(parts, max_t, tail)?);
    let logged = parts.iter().map(|part| Logged::new(part, tail)).collect::<Option<Vec<_>>>()?;
    let (mut lower, mut upper) = (1.0_f64, 1.0_f64);
    for (i, &a) in logged.iter().enumerate() {
        for (_, &b) in logged.iter().enumerate().filter(|(j, _)| *j != i) {
            let limit = a.lower_quotient(b);
            lower = lower.min(limit);
            // One over the lower limit of a / b is the upper limit of b / a.
            upper = upper.min(1.0 / limit);
        }
    }
    Some(placed((lower, upper), swapped))
}

/// The tail of every pair when any of them may fail with probability `tail` on each side.
fn tail_of_pair(parts: &[Part], max_t: Option<&MaxT>, tail: f64) -> Option<f64> {
    let k = parts.len() as f64;
    (parts.len() >= 2).then(|| match max_t {
        Some(max_t) => normal::sf(max_t.critical(tail)),
        None => tail / (k * (k - 1.0) / 2.0),
    })
}

impl Part {
    /// Half of how far the limits of one standard error lie apart: the standard error of an estimate that is normal.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        let (below, above) = reach(self, normal::sf(1.0))?;
        Some(0.5 * (below + above))
    }

    /// The same of its logarithm; `None` where a limit has none.
    #[must_use]
    pub fn log_standard_error(&self) -> Option<f64> {
        let Logged { lower, upper, .. } = Logged::new(self, normal::sf(1.0))?;
        (lower > 0.0).then(|| 0.5 * libm::log(upper / lower))
    }
}
