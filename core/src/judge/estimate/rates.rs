//! Shares of rows: which entries of the confusion matrix count, of which.

use super::super::facts::{Confusion, GroupFacts, SCORED_ABOVE, SCORED_AT, SCORED_BELOW, Tally};
use super::super::linked::LinkedRows;
use super::Estimate;
use crate::findings::catalogue;
use crate::findings::v1::Reason;
use crate::measure::counts::{CellCounts, Decided, ENTRIES, Label};
use crate::plan::Side;
use crate::stats::Uncertainty;
use crate::stats::subjects::{DesignEffect, Influence};

/// A share of rows: which entries of the confusion matrix count, of which.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rate {
    /// Its name in the catalogue.
    name: &'static str,
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
    let entry = catalogue::find(name)?;
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
    Some(Rate { name: entry.name, numerator, denominator, population, empty })
}

/// A rate of some rows as successes and trials, effective where rows are weighted or subjects have several of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    /// Successes; `value * trials`.
    pub(crate) successes: f64,
    /// Trials: rows, or an effective number of them.
    pub(crate) trials: f64,
    /// The rate.
    pub(crate) value: f64,
    /// Weight of the denominator; rows where they are not weighted.
    pub(crate) weight: f64,
    /// Rows in the denominator.
    pub(crate) rows: u64,
    /// Subjects that these are of, where the plan names them.
    pub(crate) subjects: Option<Subjects>,
}

/// What the error of an estimate rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Subjects {
    /// Subjects.
    pub(crate) count: u64,
    /// Their rows.
    pub(crate) rows: u64,
}

impl Share {
    /// The sampling model of a rate of independent rows; [`by_subject`] makes it one of subjects.
    pub(crate) fn wilson(&self) -> Uncertainty {
        Uncertainty::Wilson { x: self.successes, n: self.trials }
    }

    /// With the effective number of rows that subjects leave.
    pub(super) fn under(self, design: Option<DesignEffect>) -> Self {
        let trials = design.map_or(self.trials, |design| design.effective(self.trials));
        let subjects = design.map_or(Subjects { count: 1, rows: self.rows }, |design| Subjects {
            count: design.subjects,
            rows: design.rows,
        });
        Self { successes: self.value * trials, trials, subjects: Some(subjects), ..self }
    }
}

/// What is known of a measure of some rates: as it is for independent rows, or read with as few degrees of freedom as the
/// rate with the fewest subjects has.
pub(crate) fn by_subject(of: Uncertainty, shares: &[Share]) -> Option<Uncertainty> {
    let Some(fewest) = shares.iter().filter_map(|share| share.subjects).min() else { return Some(of) };
    let pairs = match &of {
        Uncertainty::PairwiseMaxDifference { groups } | Uncertainty::PairwiseMinRatio { groups } => {
            (groups.len() * groups.len().saturating_sub(1) / 2).max(1) as u64
        }
        _ => 1,
    };
    let Subjects { count: subjects, rows } = fewest;
    (subjects > 1).then(|| Uncertainty::Clustered { of: Box::new(of), rows, subjects, looks: pairs })
}

impl Rate {
    /// The share among some rows; `None` when the denominator is empty.
    pub(crate) fn share(&self, confusion: &Confusion) -> Option<Share> {
        share(confusion, self.numerator, self.denominator)
    }

    /// The entries that count, and of which.
    pub(super) fn entries(&self) -> (u16, u16) {
        (self.numerator, self.denominator)
    }

    /// Whether some row has every column that the rate reads, in its denominator or not.
    pub(crate) fn reads_any(&self, confusion: &Confusion) -> bool {
        const COMPLETE: u16 = TP | FP | TN | FN;
        let of_both = self.denominator & !COMPLETE == 0;
        confusion.tally(if of_both { COMPLETE } else { self.denominator }).rows > 0
    }

    /// The share as an estimate, with the interval of a convention.
    pub(super) fn estimate(&self, confusion: &Confusion, convention: &str) -> Estimate {
        let Some(share) = self.share(confusion) else { return Estimate::undefined(self.empty, 0, self.population) };
        let uncertainty = match convention {
            "clopper_pearson" => Uncertainty::ClopperPearson { x: share.successes, n: share.trials },
            _ => share.wilson(),
        };
        let estimate = Estimate::new(share.value, share.rows, self.population).with(by_subject(uncertainty, &[share]));
        let estimate = estimate.of_subjects(share.subjects.map(|subjects| subjects.count));
        if confusion.has_effective_rows() { estimate.effective(share.trials) } else { estimate }
    }

    /// Where a scoring rate lies when rows that seem to be at the median may lie beyond it.
    pub(super) fn with_ties(&self, confusion: &Confusion) -> Option<(f64, f64)> {
        let beyond = Self { numerator: self.numerator | SCORED_AT, ..*self };
        Some((self.share(confusion)?.value, beyond.share(confusion)?.value))
    }

    /// A name of the rate that its complement shares, and whether the rate is the one of the two that is not meant by it:
    /// what holds of recall holds of the false negative rate, with successes and failures exchanged.
    pub(crate) fn unsigned(&self) -> ((u16, u16), bool) {
        let complement = self.denominator & !self.numerator;
        ((self.numerator.min(complement), self.denominator), complement < self.numerator)
    }

    /// Whether the rate of a group may be shown.
    pub(crate) fn is_shown(&self, group: &GroupFacts) -> bool {
        let hidden = |estimate: &Estimate| estimate.value == Err(Reason::Suppressed);
        !group.suppressed && !group.estimates.find((self.name, "standard")).is_some_and(hidden)
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

/// The share of some entries among others, with the effective number of rows that weights and subjects leave.
pub(super) fn share(confusion: &Confusion, part: u16, whole: u16) -> Option<Share> {
    let share = plain_share(confusion, part, whole)?;
    let Some(linked) = confusion.clustered() else { return Some(share) };
    // Rows around the median are none of the matrix, and of those taken together no scores are left.
    if (part | whole) >> ENTRIES != 0 {
        if linked.answers.iter().all(|row| row.ranked.is_none()) {
            return Some(share);
        }
        let influence = || scoring_influence(confusion, linked, part, share.value);
        return Some(share.under(linked.design_of_share((part, whole), influence)));
    }
    let linked = linked.decisions();
    Some(share.under(linked.design_of_share((part, whole), || influence(confusion, part, whole))))
}

/// What each scored row adds to the error of a scoring rate.
fn scoring_influence(confusion: &Confusion, linked: &LinkedRows, part: u16, rate: f64) -> Option<Influence> {
    let median = confusion.median?;
    Some(linked.influence(|row| {
        let score = row.ranked?;
        let side = if score < median {
            SCORED_BELOW
        } else if score > median {
            SCORED_ABOVE
        } else {
            SCORED_AT
        };
        Some(f64::from(part & side != 0) - rate)
    }))
}

/// The same as if every row were of a subject of its own.
pub(super) fn plain_share(confusion: &Confusion, part: u16, whole: u16) -> Option<Share> {
    let (part, whole) = (confusion.tally(part), confusion.tally(whole));
    share_of(confusion.weights.is_some(), part, whole)
}

/// What each row adds to the error of a share.
pub(super) fn influence(confusion: &Confusion, part: u16, whole: u16) -> Option<Influence> {
    let linked = confusion.linked.as_deref()?.decisions();
    let share = plain_share(confusion, part, whole)?;
    let total = if confusion.weights.is_some() { confusion.tally(whole).weight } else { share.rows as f64 };
    Some(linked.influence(|row| {
        row.is_in(row.decision, whole).then(|| (f64::from(row.is_in(row.decision, part)) - share.value) / total)
    }))
}

pub(super) fn share_of(weighted: bool, part: Tally, whole: Tally) -> Option<Share> {
    if !weighted {
        let (successes, trials) = (part.rows as f64, whole.rows as f64);
        return (whole.rows > 0).then(|| Share {
            successes,
            trials,
            value: successes / trials,
            weight: trials,
            rows: whole.rows,
            subjects: None,
        });
    }
    (whole.weight > 0.0).then(|| {
        let trials = whole.weight * whole.weight / whole.squared;
        let value = part.weight / whole.weight;
        Share { successes: value * trials, trials, value, weight: whole.weight, rows: whole.rows, subjects: None }
    })
}
