//! Test that the odds ratio is the same in all strata.
//!
//! Breslow and Day 1980, "Statistical Methods in Cancer Research I", sec. 4.4: Σ (a - A)² / V with A the first cell that has
//! the stratum's margins and the common odds ratio ψ, and 1/V = 1/A + 1/(n1-A) + 1/(m1-A) + 1/(n2-m1+A). Tarone 1985, "On
//! heterogeneity tests based on efficient scores", Biometrika 72, 91-95, subtracts (Σ (a - A))² / Σ V, without which the
//! Mantel-Haenszel ψ used here would make the statistic too large.
//!
//! Strata in which a margin is 0 add nothing and do not count. Undefined (`None`) when fewer than two are left, or ψ is 0
//! or ∞. Degrees of freedom: strata - 1.

use super::{ChiSquared, Margins, TwoByTwo, mantel_haenszel};

/// Whether the odds ratios of the strata differ.
#[must_use]
pub fn breslow_day(strata: &[TwoByTwo]) -> Option<ChiSquared> {
    let common = mantel_haenszel(strata)?;
    common.log_error?;
    let mut informative = 0;
    let (mut statistic, mut excess, mut total_variance) = (0.0, 0.0, 0.0);
    for stratum in strata {
        let margins = stratum.margins()?;
        if margins.is_degenerate() {
            continue;
        }
        informative += 1;
        let expected = expected_cells(margins, common.odds_ratio);
        let variance = 1.0 / expected.iter().map(|cell| 1.0 / cell).sum::<f64>();
        let off = first_cell_excess(*stratum, expected);
        statistic += off / variance * off;
        excess += off;
        total_variance += variance;
    }
    let dof = (informative > 1).then(|| informative - 1)?;
    Some(ChiSquared::new((statistic - excess / total_variance * excess).max(0.0), dof))
}

/// The cells with these margins and odds ratio `ratio`.
fn expected_cells(Margins { n1, n2, m1, m2, .. }: Margins, ratio: f64) -> [f64; 4] {
    let [n1, n2, m1, m2] = [n1, n2, m1, m2].map(|total| total as f64);
    // A solves (1-ψ) A² + B A - ψ n1 m1 = 0, and each other cell the equation with its own two margins: so each has all
    // its digits, however small.
    let cell = |row: f64, column: f64, rest: f64, ratio: f64| {
        let linear = rest + ratio * (row + column);
        // The discriminant as a sum of non-negative terms.
        let mixed = n1 * n2 + m1 * m2;
        let (offset, slope) = (rest, ratio * (row - column));
        let root = (offset * offset + slope * slope + 2.0 * ratio * mixed).sqrt();
        if linear >= 0.0 {
            2.0 * ratio * row * column / (linear + root)
        } else {
            (root - linear) / (2.0 * (1.0 - ratio))
        }
    };
    [
        cell(n1, m1, n2 - m1, ratio),
        cell(n1, m2, n2 - m2, 1.0 / ratio),
        cell(n2, m1, n1 - m1, 1.0 / ratio),
        cell(n2, m2, n1 - m2, ratio),
    ]
}

/// a - A. All four cells are off by the same amount; the smallest has the most digits of it.
fn first_cell_excess(TwoByTwo { a, b, c, d }: TwoByTwo, expected: [f64; 4]) -> f64 {
    let [aa, bb, cc, dd] = expected;
    let smallest = aa.min(bb).min(cc).min(dd);
    if smallest == aa {
        a as f64 - aa
    } else if smallest == bb {
        bb - b as f64
    } else if smallest == cc {
        cc - c as f64
    } else {
        d as f64 - dd
    }
}
