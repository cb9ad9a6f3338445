//! Inequality of benefits: 1 + decision - label, so 0 for a miss, 1 where both agree, 2 for a gift.

use super::super::facts::Confusion;
use super::Estimate;
use super::rates::{BOTH, FN, FP, TN, TP};
use crate::findings::v1::Reason;
use crate::stats::Uncertainty;
use crate::stats::inequality;

/// An index of inequality.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Index {
    /// Generalized entropy with this α.
    Entropy(f64),
    /// √(2 GE(2)).
    CoefficientOfVariation,
}

impl Index {
    /// The index that a measure is, or is the part between groups of.
    pub(crate) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "generalized_entropy_index" | "between_group_generalized_entropy" => Self::Entropy(2.0),
            "theil_index" | "between_group_theil" => Self::Entropy(1.0),
            "coefficient_of_variation" => Self::CoefficientOfVariation,
            _ => return None,
        })
    }
}

/// The benefits of the labelled and decided rows, each with its weight.
pub(crate) fn benefits(confusion: &Confusion) -> [(f64, f64); 3] {
    [(0.0, FN), (1.0, TP | TN), (2.0, FP)].map(|(benefit, entries)| {
        let tally = confusion.tally(entries);
        (benefit, if confusion.weights.is_some() { tally.weight } else { tally.rows as f64 })
    })
}

/// The index over all labelled and decided rows of a group.
pub(crate) fn estimate(index: Index, confusion: &Confusion) -> Estimate {
    let all = confusion.tally(TP | FP | TN | FN);
    let weighted = confusion.weights.is_some();
    let n = if weighted { all.weight * all.weight / all.squared } else { all.rows as f64 };
    let cells = benefits(confusion);
    let (value, error) = match index {
        Index::Entropy(alpha) => (
            inequality::generalized_entropy(&cells, alpha),
            inequality::generalized_entropy_standard_error(&cells, alpha, n),
        ),
        Index::CoefficientOfVariation => (
            inequality::coefficient_of_variation(&cells),
            inequality::coefficient_of_variation_standard_error(&cells, n),
        ),
    };
    let Some(value) = value else {
        let reason = if all.rows == 0 { Reason::NoRows } else { Reason::ZeroDenominator };
        return Estimate::undefined(reason, all.rows, BOTH);
    };
    let estimate = Estimate::new(value, all.rows, BOTH)
        .with(error.map(|error| Uncertainty::Wald { value, variance: error * error }));
    if weighted { estimate.effective(n) } else { estimate }
}
