//! Association in tables of counts: is selection related to the group, and how strongly?
//!
//! Tables are whole counts of rows; where rows are weighted these tests say nothing, and callers leave them out. Products
//! of two counts are formed in integers, so a difference such as ad - bc has no rounding however large the table.
//! Undefined is `None`: mostly a margin of zero, which leaves nothing to compare.

mod boschloo;
mod breslow_day;
mod cramers_v;
mod fisher;
mod homogeneity;
mod mantel_haenszel;
mod mcnemar;
mod odds_ratio;
mod risk_difference;
mod two_proportion;
mod unimodal;

pub use boschloo::{MAX_ROWS as BOSCHLOO_MAX_ROWS, boschloo_exact};
pub use breslow_day::breslow_day;
pub(crate) use cramers_v::cramers_v_limits;
pub use cramers_v::{CramersV, cramers_v, goodman_kruskal_tau};
pub use fisher::{FisherExact, MAX_ROWS as FISHER_MAX_ROWS, fisher_exact};
pub use homogeneity::chi_squared_homogeneity;
pub use mantel_haenszel::{MantelHaenszel, mantel_haenszel};
pub use mcnemar::{McNemar, mcnemar};
pub use odds_ratio::{odds_ratio, odds_ratio_limits, odds_ratio_p_value};
pub use risk_difference::{RiskDifference, mantel_haenszel_difference};
pub use two_proportion::{ZTest, two_proportion_z};

/// Two groups in rows, selected and not selected in columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoByTwo {
    /// Selected in the first group.
    pub a: u64,
    /// Not selected in the first group.
    pub b: u64,
    /// Selected in the second group.
    pub c: u64,
    /// Not selected in the second group.
    pub d: u64,
}

/// A statistic that is chi-squared distributed when nothing is to be found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChiSquared {
    /// The statistic.
    pub statistic: f64,
    /// Its degrees of freedom.
    pub dof: u64,
    /// Probability of a statistic at least as large.
    pub p: f64,
}

impl ChiSquared {
    fn new(statistic: f64, dof: u64) -> Self {
        Self { statistic, dof, p: super::chi_squared::sf(statistic, dof as f64) }
    }
}

/// Row totals `n1`, `n2`, column totals `m1`, `m2` and their sum `n`.
#[derive(Clone, Copy)]
struct Margins {
    n1: u64,
    n2: u64,
    m1: u64,
    m2: u64,
    n: u64,
}

impl TwoByTwo {
    /// `None` when there are more rows than an integer holds.
    fn margins(self) -> Option<Margins> {
        let Self { a, b, c, d } = self;
        let (n1, n2) = (a.checked_add(b)?, c.checked_add(d)?);
        // With the grand total in range, so are the columns.
        Some(Margins { n: n1.checked_add(n2)?, n1, n2, m1: a + c, m2: b + d })
    }

    /// ad - bc
    fn determinant(self) -> f64 {
        difference(product(self.a, self.d), product(self.b, self.c))
    }
}

impl Margins {
    /// Whether a margin is zero, so that the other determines all cells.
    fn is_degenerate(self) -> bool {
        self.n1 == 0 || self.n2 == 0 || self.m1 == 0 || self.m2 == 0
    }
}

fn product(x: u64, y: u64) -> u128 {
    u128::from(x) * u128::from(y)
}

/// x - y, rounded once.
fn difference(x: u128, y: u128) -> f64 {
    if x >= y { (x - y) as f64 } else { -((y - x) as f64) }
}
