//! The z test of two proportions with pooled variance.
//!
//! z = (p1 - p2) / √(p (1-p) (1/n1 + 1/n2)) with the pooled rate p = m1/n, which is (ad - bc) √(n / (n1 n2 m1 m2)) (Pearson
//! 1900, whose chi-squared without continuity correction is z²; in this form Fleiss, Levin and Paik 2003, "Statistical
//! Methods for Rates and Proportions", 3rd ed., sec. 3.1). Two-sided p from the normal distribution.
//!
//! Undefined (`None`) when a group is empty or the pooled variance is 0: nobody or everybody selected.

use super::super::normal;
use super::{Margins, TwoByTwo};

/// A standard normal statistic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ZTest {
    /// The statistic, positive when the first group has the higher rate.
    pub z: f64,
    /// Probability of a statistic at least as far from 0 on either side.
    pub p: f64,
}

/// Whether the rates of selection differ.
#[must_use]
pub fn two_proportion_z(table: TwoByTwo) -> Option<ZTest> {
    let margins = table.margins()?;
    if margins.is_degenerate() {
        return None;
    }
    let Margins { n1, n2, m1, m2, n } = margins;
    let groups = super::product(n1, n2) as f64;
    let outcomes = super::product(m1, m2) as f64;
    let z = table.determinant() / groups.sqrt() / outcomes.sqrt() * (n as f64).sqrt();
    Some(ZTest { z, p: 2.0 * normal::sf(z.abs()) })
}
