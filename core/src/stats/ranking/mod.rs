//! How well a score ranks positives above negatives, from tie groups instead of rows.
//!
//! Sorting and counting happen elsewhere, once; everything here is linear in the number of distinct scores. Counts and
//! rank sums are integers, other sums are exact, so a result depends on nothing but the counts.

pub mod weighted;

mod abroca;
mod at_k;
mod average_precision;
mod delong;
mod ks;
mod partial_auc;
mod placement;
mod roc;
mod sweep;

pub use abroca::{abroca, abroca_limits};
pub use at_k::{TopShare, top_share};
pub use average_precision::{average_precision, average_precision_effects, pr_auc_trapezoid};
pub use delong::{area_and_variance, delong_variance};
pub use ks::{ks_limits, ks_statistic};
pub use partial_auc::{PartialAuc, partial_auc, partial_auc_effects};
pub use placement::{Effect, Placement, placements};
pub use roc::{RocPoint, roc_auc, roc_curve};
pub use sweep::{at_or_above, thresholds};

/// All rows that share one score.
///
/// Slices of tie groups are ascending by score, each score once, and never NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TieGroup {
    /// The score they share.
    pub score: f64,
    /// Rows of the positive class.
    pub positives: u64,
    /// Rows of the negative class.
    pub negatives: u64,
}

/// Positives and negatives in all groups; `None` when either class is empty.
fn class_totals(groups: &[TieGroup]) -> Option<(u64, u64)> {
    debug_assert!(groups.windows(2).all(|w| w[0].score < w[1].score), "tie groups ascend by score");
    let positives = groups.iter().map(|g| g.positives).sum();
    let negatives = groups.iter().map(|g| g.negatives).sum();
    (positives > 0 && negatives > 0).then_some((positives, negatives))
}

/// How the pairs of a positive and a negative are ranked.
#[derive(Clone, Copy, Debug)]
struct Pairs {
    positives: u64,
    negatives: u64,
    /// Twice the number of pairs ranked rightly, ties counting one half.
    twice_concordant: u128,
}

impl Pairs {
    /// `None` when either class is empty.
    fn of(groups: &[TieGroup]) -> Option<Self> {
        let (positives, negatives) = class_totals(groups)?;
        let mut below = 0;
        let mut twice_concordant = 0;
        for group in groups {
            twice_concordant += u128::from(group.positives) * u128::from(2 * below + group.negatives);
            below += group.negatives;
        }
        Some(Self { positives, negatives, twice_concordant })
    }

    /// The area under the ROC curve.
    fn area(&self) -> f64 {
        let pairs = u128::from(self.positives) * u128::from(self.negatives);
        self.twice_concordant as f64 / (2 * pairs) as f64
    }
}
