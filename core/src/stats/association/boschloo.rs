//! Boschloo's exact unconditional test of two independent proportions, for small tables.
//!
//! Boschloo 1970, "Raised conditional level of significance for the 2×2-table when testing the equality of two
//! probabilities", Statistica Neerlandica 24, 1-9: Fisher's one-sided p is the statistic, and the p of the test the largest
//! probability, over the unknown common rate, of a table whose statistic is no larger than the observed one. Two-sided:
//! twice the smaller one-sided p, at most 1 (SciPy's `boschloo_exact`; R's `Exact` package orders the tables by Fisher's
//! two-sided p instead, which differs a little).
//!
//! The rate is scanned over a fixed grid that is even in arcsin √rate, on which the probability is equally smooth
//! everywhere; the highest points are then refined by golden section.
//!
//! Undefined (`None`) when a group is empty; not computed (`None`) for more than [`MAX_ROWS`] rows, where Fisher's mid-p
//! comes close.

use core::f64::consts::FRAC_PI_2;

use libm::tan;

use super::unimodal::{Binomial, Hypergeometric, Unimodal};
use super::{Margins, TwoByTwo};

/// More rows than this are left to other tests.
pub const MAX_ROWS: u64 = 200;

/// Statistics that differ by less than this part are the same one up to rounding.
const TIE: f64 = 1e-10;
/// Points of the grid; over 200 rows the probability is smooth over some ten of them.
const GRID: usize = 512;
/// A grid point this close to the highest may belong to a higher peak.
const NEAR: f64 = 0.98;
/// Each step shortens the bracket by 0.618; after 40 the probability no longer changes.
const REFINEMENTS: usize = 40;

/// Two-sided p that the two groups have different rates of selection.
#[must_use]
pub fn boschloo_exact(table: TwoByTwo) -> Option<f64> {
    let TwoByTwo { a, b, c, d } = table;
    let Margins { n1, n2, n, .. } = table.margins()?;
    if n1 == 0 || n2 == 0 || n > MAX_ROWS {
        return None;
    }
    let less = one_sided(table);
    let greater = one_sided(TwoByTwo { a: c, b: d, c: a, d: b });
    Some((2.0 * less.min(greater)).min(1.0))
}

/// p that the first group has the lower rate.
fn one_sided(TwoByTwo { a, b, c, d }: TwoByTwo) -> f64 {
    let (n1, n2) = (a + b, c + d);
    let lower_tails = |drawn: u64| {
        let mut tail = 0.0;
        Hypergeometric { first: n1, second: n2, drawn }.probabilities().into_iter().map(move |p| {
            tail += p;
            tail
        })
    };
    let lowest = |drawn: u64| drawn.saturating_sub(n2);
    let observed = lower_tails(a + c).nth((a - lowest(a + c)) as usize).unwrap_or(1.0);
    // The statistic falls as the second group's successes grow: for each count of the first, those from here on are as
    // extreme as what was observed.
    let mut extreme_from = vec![n2 as usize + 1; n1 as usize + 1];
    for drawn in 0..=n1 + n2 {
        for (x1, tail) in (lowest(drawn)..).zip(lower_tails(drawn)) {
            if tail <= observed * (1.0 + TIE) {
                let from = &mut extreme_from[x1 as usize];
                *from = (*from).min((drawn - x1) as usize);
            }
        }
    }
    let probability = |angle: f64| {
        let odds = tan(angle) * tan(angle);
        let first = Binomial { n: n1, odds }.probabilities();
        let mut upper_tails = Binomial { n: n2, odds }.probabilities();
        upper_tails.push(0.0);
        for x in (0..n2 as usize).rev() {
            upper_tails[x] += upper_tails[x + 1];
        }
        first.iter().zip(&extreme_from).map(|(p, &from)| p * upper_tails[from]).sum::<f64>()
    };
    let angle = |i: usize| FRAC_PI_2 * (i as f64 + 0.5) / GRID as f64;
    let heights: Vec<f64> = (0..GRID).map(|i| probability(angle(i))).collect();
    let mut highest = heights.iter().copied().fold(0.0, f64::max);
    let worthwhile = NEAR * highest;
    for (i, near) in (1..).zip(heights.windows(3)) {
        if near[1] >= worthwhile && near[1] >= near[0] && near[1] >= near[2] {
            highest = highest.max(peak(probability, angle(i - 1), angle(i + 1)));
        }
    }
    highest.min(1.0)
}

/// The height of the one peak between `low` and `high`.
fn peak(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
    let (mut left, mut right) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_left, mut at_right) = (f(left), f(right));
    for _ in 0..REFINEMENTS {
        if at_left > at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - golden * (high - low);
            at_left = f(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + golden * (high - low);
            at_right = f(right);
        }
    }
    at_left.max(at_right)
}
