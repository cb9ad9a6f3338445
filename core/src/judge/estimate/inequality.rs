//! Inequality of benefits: 1 + decision - label, so 0 for a miss, 1 where both agree, 2 for a gift.

use super::super::facts::Confusion;
use super::super::linked::{Answers, LinkedRows};
use super::rates::{BOTH, FN, FP, TN, TP};
use super::{Estimate, linked};
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
    let (alpha, root) = match index {
        Index::Entropy(alpha) => (alpha, false),
        Index::CoefficientOfVariation => (2.0, true),
    };
    let value = if root {
        inequality::coefficient_of_variation(&cells)
    } else {
        inequality::generalized_entropy(&cells, alpha)
    };
    let Some(value) = value else {
        let reason = if all.rows == 0 { Reason::NoRows } else { Reason::ZeroDenominator };
        return Estimate::undefined(reason, all.rows, BOTH);
    };
    let weight: f64 = cells.iter().map(|(_, weight)| weight).sum();
    let effective = cells.iter().map(|(benefit, part)| (*benefit, part / weight * n)).collect();
    let estimate = Estimate::new(value, all.rows, BOTH).with(Uncertainty::Entropy { cells: effective, alpha, root });
    let estimate = if weighted { estimate.effective(n) } else { estimate };
    let influence = inequality::generalized_entropy_influence(&cells, alpha)
        .and_then(|influence| <[f64; 3]>::try_from(influence).ok());
    match confusion.clustered().map(LinkedRows::decisions).zip(influence) {
        Some((rows, [miss, fair, gift])) => {
            let of = |row: &Answers| {
                let entries = [(FN, miss), (TP | TN, fair), (FP, gift)];
                entries.into_iter().find(|(entry, _)| row.is_in(row.decision, *entry)).map(|(_, influence)| influence)
            };
            linked::under(estimate, rows, rows.influence(of))
        }
        None => estimate,
    }
}
