//! Fisher's exact test of a two-by-two table: all tables with the same margins, weighed by the hypergeometric distribution.
//!
//! Fisher 1935, "The logic of inductive inference", Journal of the Royal Statistical Society 98, 39-82. Two-sided p: the
//! tables no more probable than the observed one, as R's and SciPy's `fisher.test` and `fisher_exact` define it; "no more"
//! allows for R's relative rounding error of 1e-7. Mid-p counts tables as probable as the observed one half (Lancaster
//! 1961, "Significance tests in discrete distributions", JASA 56, 223-234).
//!
//! A margin of 0 leaves one possible table: p is 1 and mid-p ½. p below the smallest double is 0. The walk over the tables
//! takes some 110 standard deviations of the cell, at most 3·10^7 steps for [`MAX_ROWS`] rows; beyond that the answer is
//! `None`, and the z test serves as well.

use super::unimodal::{Hypergeometric, PEAK, Unimodal};
use super::{Margins, TwoByTwo};

/// More rows than this are not walked through.
pub const MAX_ROWS: u64 = 1_000_000_000_000;

/// Tables that differ by less than this part count as equally probable.
const TIE: f64 = 1e-7;
/// Terms below this part of the observed table's probability no longer matter, however many follow.
const NEGLIGIBLE: f64 = 1e-24;

/// p of Fisher's exact test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FisherExact {
    /// Tables no more probable than the observed one.
    pub two_sided: f64,
    /// The same with equally probable tables counted half.
    pub mid_p: f64,
    /// Tables with the first cell at most as large: small when the first group is selected less.
    pub less: f64,
    /// Tables with the first cell at least as large: small when the first group is selected more.
    pub greater: f64,
}

/// Sums of weights, in the order of the walk.
#[derive(Default)]
struct Sums {
    all: f64,
    rarer: f64,
    tied: f64,
    below: f64,
    above: f64,
}

/// Whether selection depends on the group.
#[must_use]
pub fn fisher_exact(table: TwoByTwo) -> Option<FisherExact> {
    let Margins { n1, n2, m1, n, .. } = table.margins()?;
    if n > MAX_ROWS {
        return None;
    }
    let cell = Hypergeometric { first: n1, second: n2, drawn: m1 };
    let observed = weight(&cell, table.a);
    let mut sums = Sums::default();
    let mut add = |k: u64, weight: f64| {
        sums.all += weight;
        if weight < observed * (1.0 - TIE) {
            sums.rarer += weight;
        } else if weight <= observed * (1.0 + TIE) {
            sums.tied += weight;
        }
        if k < table.a {
            sums.below += weight;
        } else if k > table.a {
            sums.above += weight;
        }
        weight > observed * NEGLIGIBLE
    };
    add(cell.mode(), PEAK);
    cell.upwards().take_while(|&(k, weight)| add(k, weight)).for_each(drop);
    cell.downwards().take_while(|&(k, weight)| add(k, weight)).for_each(drop);
    let p = |sum: f64| (sum / sums.all).min(1.0);
    Some(FisherExact {
        two_sided: p(sums.rarer + sums.tied),
        mid_p: p(sums.rarer + 0.5 * sums.tied),
        less: p(sums.below + observed),
        greater: p(sums.above + observed),
    })
}

/// Weight of the value `k`; 0 when it is too small for a double.
fn weight(cell: &Hypergeometric, k: u64) -> f64 {
    let reach = |(at, weight): &(u64, f64)| *at == k || *weight == 0.0;
    match k.cmp(&cell.mode()) {
        std::cmp::Ordering::Equal => PEAK,
        std::cmp::Ordering::Greater => cell.upwards().find(reach).map_or(0.0, |(_, weight)| weight),
        std::cmp::Ordering::Less => cell.downwards().find(reach).map_or(0.0, |(_, weight)| weight),
    }
}
