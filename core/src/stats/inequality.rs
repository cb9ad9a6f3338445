//! Inequality of benefit between rows: generalised entropy indices.
//!
//! Shorrocks 1980, "The class of additively decomposable inequality measures", Econometrica 48, 613-625; as a measure of
//! fairness Speicher et al. 2018, "A unified approach to quantifying algorithmic unfairness", KDD, 2239-2248, where the
//! benefit of a row is 1 + decision - label. With r = b/μ, a benefit relative to the mean, GE(α) = E[r^α - 1] / (α(α-1)),
//! GE(1) = E[r ln r] (Theil, 0 ln 0 = 0) and GE(0) = -E[ln r] (mean log deviation). As E[r] = 1, these are the means of
//! (r^α - 1 - α(r-1)) / (α(α-1)), r ln r - r + 1 and r - 1 - ln r, none of them negative: so they are evaluated. The
//! coefficient of variation is √(2 GE(2)).
//!
//! Between groups, every row has its group's mean benefit; the rest of the index is within them, Σ π_g R_g^α GE_g(α) with the
//! groups' shares π_g and relative means R_g.
//!
//! **Standard errors** √(E[ψ²] / n) are asymptotic, from the influence function ψ (the delta method on E[b^α] and E[b]): with
//! φ(r) for the function whose mean the index is, ψ = φ(r) - GE - α GE (r - 1). Between groups, whose shares vary with the
//! sample too, ψ = φ(R) - GE - α GE (r - 1) + φ'(R) (r - R) with φ'(R) = (R^(α-1) - 1) / (α-1), or ln R for α = 1. Where all
//! (groups') benefits are equal ψ vanishes: the index is at its minimum, not normal at all, and the standard error is
//! `None`. Not far from there it is too small.
//!
//! **Limits** on the root scale, √GE' ± z e'/(2√GE'), squared, where index and error are those of the rows to which half a row
//! of every benefit was added. The interval of the index itself shrinks with its value and is too sure of a sample that
//! holds few of the rows that differ; added rows also give it a width where all benefits are equal. It always holds the
//! index, and a limit below 0 is 0.
//!
//! Cells are (benefit, weight); those of weight 0 do not count. Undefined (`None`) without weight, when the mean is 0, for
//! α <= 0 and a benefit (between groups: a group's mean) of 0, and for a negative, infinite or NaN benefit, weight or α.
//! An α closer than 1e-6 to 0 or 1, but not equal, leaves fewer than ten digits.

use libm::{expm1, log, pow};

use super::gamma::excess;

/// A standard deviation of ψ below this is rounding error.
const FLAT: f64 = 1e-13;

/// Benefits with their weights.
type Cells = [(f64, f64)];

/// Total weight and mean benefit.
fn moments(cells: &Cells) -> Option<(f64, f64)> {
    let valid = |x: f64| x >= 0.0 && x.is_finite();
    if !cells.iter().all(|&(benefit, weight)| valid(benefit) && valid(weight)) {
        return None;
    }
    let total: f64 = cells.iter().map(|(_, weight)| weight).sum();
    let &(origin, _) = cells.iter().find(|(_, weight)| *weight > 0.0)?;
    // From one of the benefits, so that the mean of equal benefits is exact.
    let offset: f64 = cells.iter().map(|(benefit, weight)| weight * (benefit - origin)).sum();
    let mean = origin + offset / total;
    (total.is_finite() && mean.is_finite()).then_some((total, mean))
}

/// φ(r), one row's part of the index.
fn part(r: f64, alpha: f64) -> f64 {
    if alpha == 0.0 {
        excess(r - 1.0, r)
    } else if r == 0.0 {
        1.0 / alpha
    } else if alpha == 1.0 {
        r * excess((1.0 - r) / r, 1.0 / r)
    } else if alpha == 2.0 {
        0.5 * (r - 1.0) * (r - 1.0)
    } else if (r - 1.0).abs() * alpha.abs().max(1.0) < 0.1 {
        near_equality(r - 1.0, alpha)
    } else {
        (expm1(alpha * log(r)) - alpha * (r - 1.0)) / (alpha * (alpha - 1.0))
    }
}

/// φ(1 + x) by its binomial series x²/2 + (α-2) x³/6 + (α-2)(α-3) x⁴/24 + …, where the closed form cancels.
fn near_equality(x: f64, alpha: f64) -> f64 {
    let (mut term, mut sum, mut k) = (0.5 * x * x, 0.5 * x * x, 2.0);
    while term.abs() > 0.25 * f64::EPSILON * sum {
        term *= (alpha - k) * x / (k + 1.0);
        sum += term;
        k += 1.0;
    }
    sum
}

/// GE(α) of benefits relative to `mean`.
fn index(cells: &Cells, (total, mean): (f64, f64), alpha: f64) -> Option<f64> {
    let weighted = || cells.iter().filter(|(_, weight)| *weight > 0.0);
    if alpha.is_nan() || alpha.is_infinite() || mean == 0.0 || (alpha <= 0.0 && weighted().any(|&(b, _)| b == 0.0)) {
        return None;
    }
    let sum: f64 = weighted().map(|&(benefit, weight)| weight / total * part(benefit / mean, alpha)).sum();
    sum.is_finite().then_some(sum)
}

/// √(Σ w ψ² / Σ w / n)
fn standard_error(influence: impl Iterator<Item = (f64, f64)>, total: f64, n: f64) -> Option<f64> {
    let variance: f64 = influence.map(|(psi, weight)| weight / total * psi * psi).sum();
    let defined = n > 0.0 && n.is_finite() && variance.is_finite() && variance.sqrt() > FLAT;
    defined.then(|| (variance / n).sqrt())
}

/// Groups as one cell each, their mean benefit and weight, and the cells of each.
type Grouped<'a> = (Vec<(f64, f64)>, Vec<&'a Cells>);

/// Takes groups apart; those without weight are left out.
fn grouped<'a>(groups: &[&'a Cells]) -> Option<Grouped<'a>> {
    let (mut means, mut kept) = (Vec::new(), Vec::new());
    for &group in groups {
        if group.iter().any(|&(_, weight)| weight != 0.0) {
            let (total, mean) = moments(group)?;
            means.push((mean, total));
            kept.push(group);
        }
    }
    Some((means, kept))
}

/// GE(α): 0 when all benefits are equal; the larger `alpha`, the more it weighs the largest benefits.
#[must_use]
pub fn generalized_entropy(cells: &[(f64, f64)], alpha: f64) -> Option<f64> {
    index(cells, moments(cells)?, alpha)
}

/// Standard error of [`generalized_entropy`] for `n` independent rows (Kish-effective where they are weighted).
#[must_use]
pub fn generalized_entropy_standard_error(cells: &[(f64, f64)], alpha: f64, n: f64) -> Option<f64> {
    let (total, mean) = moments(cells)?;
    let value = index(cells, (total, mean), alpha)?;
    let weighted = cells.iter().filter(|(_, weight)| *weight > 0.0);
    standard_error(weighted.map(|&(benefit, weight)| (influence(benefit / mean, alpha, value), weight)), total, n)
}

/// Limits of [`generalized_entropy`] at critical value `z`, a negative one swapping them, or where `root` those of
/// [`coefficient_of_variation`]; the weight of a cell is its number of rows (Kish-effective where they are weighted).
pub(super) fn limits(cells: &Cells, alpha: f64, root: bool, z: f64) -> Option<(f64, f64)> {
    let value = generalized_entropy(cells, alpha)?;
    let adjusted: Vec<(f64, f64)> = cells.iter().map(|(benefit, rows)| (*benefit, rows + 0.5)).collect();
    let rows = adjusted.iter().map(|(_, rows)| rows).sum();
    let middle = generalized_entropy(&adjusted, alpha)?.sqrt();
    let reach = z.abs() * 0.5 * generalized_entropy_standard_error(&adjusted, alpha, rows)? / middle;
    if reach.is_nan() {
        return None;
    }
    let scale = |limit: f64| if root { 2.0_f64.sqrt() * limit } else { limit * limit };
    let lower = scale((middle - reach).max(0.0).min(value.sqrt()));
    let upper = scale((middle + reach).max(value.sqrt()));
    Some(if z < 0.0 { (upper, lower) } else { (lower, upper) })
}

/// What a row of each benefit adds to the error of [`generalized_entropy`], times the number of rows.
#[must_use]
pub fn generalized_entropy_influence(cells: &[(f64, f64)], alpha: f64) -> Option<Vec<f64>> {
    let (total, mean) = moments(cells)?;
    let value = index(cells, (total, mean), alpha)?;
    Some(cells.iter().map(|(benefit, _)| influence(benefit / mean, alpha, value)).collect())
}

/// ψ of a row with the relative benefit `r`.
fn influence(r: f64, alpha: f64, value: f64) -> f64 {
    part(r, alpha) - value - alpha * value * (r - 1.0)
}

/// Standard deviation of benefit as a part of its mean.
#[must_use]
pub fn coefficient_of_variation(cells: &[(f64, f64)]) -> Option<f64> {
    Some((2.0 * generalized_entropy(cells, 2.0)?).sqrt())
}

/// GE(α) that is left when every row has the mean benefit of its group.
#[must_use]
pub fn between_group(groups: &[&[(f64, f64)]], alpha: f64) -> Option<f64> {
    generalized_entropy(&grouped(groups)?.0, alpha)
}

/// GE(α) that comes from differences within groups: the whole index less [`between_group`].
#[must_use]
pub fn within_group(groups: &[&[(f64, f64)]], alpha: f64) -> Option<f64> {
    let (means, kept) = grouped(groups)?;
    let (total, mean) = moments(&means)?;
    index(&means, (total, mean), alpha)?;
    let mut sum = 0.0;
    for (&(group_mean, weight), group) in means.iter().zip(kept) {
        // In a group without any benefit all rows are alike.
        if group_mean > 0.0 {
            sum += weight / total * pow(group_mean / mean, alpha) * index(group, (weight, group_mean), alpha)?;
        }
    }
    Some(sum)
}

/// Standard error of [`between_group`] for `n` independent rows, whose groups are random like their benefits.
#[must_use]
pub fn between_group_standard_error(groups: &[&[(f64, f64)]], alpha: f64, n: f64) -> Option<f64> {
    let (means, kept) = grouped(groups)?;
    let (total, mean) = moments(&means)?;
    let value = index(&means, (total, mean), alpha)?;
    let mut influence = Vec::new();
    for (&(group_mean, _), group) in means.iter().zip(kept) {
        let relative = group_mean / mean;
        for &(benefit, weight) in group.iter().filter(|(_, weight)| *weight > 0.0) {
            influence.push((between_influence(benefit / mean, relative, value, alpha), weight));
        }
    }
    standard_error(influence.into_iter(), total, n)
}

/// ψ of a row with relative benefit `r` in a group of relative mean `relative`.
fn between_influence(r: f64, relative: f64, value: f64, alpha: f64) -> f64 {
    // Also in a group without any benefit, where the slope may be infinite.
    let slope = if r == relative {
        0.0
    } else if alpha == 1.0 {
        log(relative)
    } else {
        expm1((alpha - 1.0) * log(relative)) / (alpha - 1.0)
    };
    part(relative, alpha) - value - alpha * value * (r - 1.0) + slope * (r - relative)
}
