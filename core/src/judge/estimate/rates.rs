//! Shares of rows: which entries of the confusion matrix count, of which.

use super::super::facts::{Confusion, SCORED_ABOVE, SCORED_AT, SCORED_BELOW, Tally};
use super::Estimate;
use crate::findings::v1::Reason;
use crate::measure::counts::{CellCounts, Decided, ENTRIES, Label};
use crate::plan::Side;
use crate::stats::Uncertainty;

/// A share of rows: which entries of the confusion matrix count, of which.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rate {
    numerator: u16,
    denominator: u16,
    population: &'static str,
    /// Why it is undefined when the denominator is empty.
    empty: Reason,
}

const fn bit(label: Label, decision: Decided) -> u16 {
    1 << CellCounts::entry(label, decision)
}

pub(super) const TP: u16 = bit(Label::Positive, Decided::Positive);
pub(super) const FP: u16 = bit(Label::Negative, Decided::Positive);
pub(super) const TN: u16 = bit(Label::Negative, Decided::Negative);
pub(super) const FN: u16 = bit(Label::Positive, Decided::Negative);
const UNLABELLED_POSITIVE: u16 = bit(Label::Missing, Decided::Positive);
const UNLABELLED_NEGATIVE: u16 = bit(Label::Missing, Decided::Negative);
const DECIDED_POSITIVE: u16 = TP | FP | UNLABELLED_POSITIVE;
const DECIDED_NEGATIVE: u16 = TN | FN | UNLABELLED_NEGATIVE;
const POSITIVE_LABEL: u16 = TP | FN | bit(Label::Positive, Decided::Missing) | bit(Label::Positive, Decided::Excluded);
const NEGATIVE_LABEL: u16 = FP | TN | bit(Label::Negative, Decided::Missing) | bit(Label::Negative, Decided::Excluded);

pub(super) const BOTH: &str = "labelled and decided";

/// The definition of a rate, or `None` when the measure is not a plain share of rows.
pub(crate) fn rate(name: &str, favourable: Side) -> Option<Rate> {
    let (numerator, denominator, population, empty) = match name {
        "prevalence" => (POSITIVE_LABEL, POSITIVE_LABEL | NEGATIVE_LABEL, "labelled", Reason::NoRows),
        "selection_rate" => (
            match favourable {
                Side::Positive => DECIDED_POSITIVE,
                Side::Negative => DECIDED_NEGATIVE,
            },
            DECIDED_POSITIVE | DECIDED_NEGATIVE,
            "decided",
            Reason::NoRows,
        ),
        "accuracy" => (TP | TN, TP | FP | TN | FN, BOTH, Reason::NoRows),
        "precision" => (TP, TP | FP, "labelled, decided positive", Reason::NoPositiveDecisions),
        "false_discovery_rate" => (FP, TP | FP, "labelled, decided positive", Reason::NoPositiveDecisions),
        "negative_predictive_value" => (TN, TN | FN, "labelled, decided negative", Reason::NoNegativeDecisions),
        "false_omission_rate" => (FN, TN | FN, "labelled, decided negative", Reason::NoNegativeDecisions),
        "recall" => (TP, TP | FN, "decided, labelled positive", Reason::NoPositives),
        "false_negative_rate" => (FN, TP | FN, "decided, labelled positive", Reason::NoPositives),
        "specificity" => (TN, TN | FP, "decided, labelled negative", Reason::NoNegatives),
        "false_positive_rate" => (FP, TN | FP, "decided, labelled negative", Reason::NoNegatives),
        "label_coverage" => (POSITIVE_LABEL | NEGATIVE_LABEL, (1 << ENTRIES) - 1, "rows", Reason::NoRows),
        "scoring_rate" => (
            match favourable {
                Side::Positive => SCORED_ABOVE,
                Side::Negative => SCORED_BELOW,
            },
            SCORED_BELOW | SCORED_AT | SCORED_ABOVE,
            "scored",
            Reason::NoRows,
        ),
        "jaccard" => (TP, TP | FP | FN, "labelled and decided, either positive", Reason::ZeroDenominator),
        _ => return None,
    };
    Some(Rate { numerator, denominator, population, empty })
}

/// A rate of some rows as successes and trials, effective where weighted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    /// Successes; `value * trials`.
    pub(crate) successes: f64,
    /// Trials: rows, or Kish's effective n.
    pub(crate) trials: f64,
    /// The rate.
    pub(crate) value: f64,
    /// Weight of the denominator; rows where they are not weighted.
    pub(crate) weight: f64,
    /// Rows in the denominator.
    pub(crate) rows: u64,
}

impl Share {
    /// The sampling model of a rate.
    pub(crate) fn wilson(&self) -> Uncertainty {
        Uncertainty::Wilson { x: self.successes, n: self.trials }
    }
}

impl Rate {
    /// The share among some rows; `None` when the denominator is empty.
    pub(crate) fn share(&self, confusion: &Confusion) -> Option<Share> {
        let part = confusion.tally(self.numerator);
        let whole = confusion.tally(self.denominator);
        share(confusion.weights.is_some(), part, whole)
    }

    /// Whether some row has every column that the rate reads, in its denominator or not.
    pub(crate) fn reads_any(&self, confusion: &Confusion) -> bool {
        const COMPLETE: u16 = TP | FP | TN | FN;
        let of_both = self.denominator & !COMPLETE == 0;
        confusion.tally(if of_both { COMPLETE } else { self.denominator }).rows > 0
    }

    /// The share as an estimate.
    pub(super) fn estimate(&self, confusion: &Confusion) -> Estimate {
        let Some(share) = self.share(confusion) else { return Estimate::undefined(self.empty, 0, self.population) };
        let estimate = Estimate::new(share.value, share.rows, self.population).with(share.wilson());
        if confusion.weights.is_some() { estimate.effective(share.trials) } else { estimate }
    }

    /// Where a scoring rate lies when rows that seem to be at the median may lie beyond it.
    pub(super) fn with_ties(&self, confusion: &Confusion) -> Option<(f64, f64)> {
        let beyond = Self { numerator: self.numerator | SCORED_AT, ..*self };
        Some((self.share(confusion)?.value, beyond.share(confusion)?.value))
    }

    /// Why it is undefined when the denominator is empty.
    pub(crate) fn empty(&self) -> Reason {
        self.empty
    }

    /// Which rows count.
    pub(crate) fn population(&self) -> &'static str {
        self.population
    }
}

pub(super) fn share(weighted: bool, part: Tally, whole: Tally) -> Option<Share> {
    if !weighted {
        let (successes, trials) = (part.rows as f64, whole.rows as f64);
        return (whole.rows > 0).then(|| Share {
            successes,
            trials,
            value: successes / trials,
            weight: trials,
            rows: whole.rows,
        });
    }
    (whole.weight > 0.0).then(|| {
        let trials = whole.weight * whole.weight / whole.squared;
        let value = part.weight / whole.weight;
        Share { successes: value * trials, trials, value, weight: whole.weight, rows: whole.rows }
    })
}
