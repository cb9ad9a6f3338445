//! Measures of labels and decisions that are no plain share of rows.

use super::super::facts::Confusion;
use super::super::linked::LinkedRows;
use super::rates::{BOTH, FN, FP, Share, TN, TP, by_subject, influence, plain_share, share};
use super::{Estimate, inequality};
use crate::findings::v1::Reason;
use crate::stats::agreement::{self, Confusion as Agreement};
use crate::stats::subjects::{DesignEffect, Influence};
use crate::stats::{Part, Uncertainty};

const EITHER_POSITIVE: &str = "labelled and decided, either positive";

/// The estimate of a measure; `None` where it is not one of labels and decisions.
pub(super) fn estimate(name: &str, convention: &str, confusion: &Confusion) -> Option<Estimate> {
    let table = Table::new(confusion);
    if let Some(entries) = counted(name) {
        return Some(table.count(entries));
    }
    Some(match (name, convention) {
        ("balanced_accuracy", _) => table.balanced_accuracy(),
        ("informedness", _) => table.informedness(),
        ("treatment_equality", _) => table.treatment_equality(),
        ("f1", "standard") => table.f1(),
        ("f1", _) => table.average_f1(convention),
        ("precision", _) => table.average_precision(convention),
        ("f2", _) => table.f_beta(2.0),
        ("f0_5", _) => table.f_beta(0.5),
        ("matthews_correlation", _) => {
            table.agreement(agreement::matthews_correlation, |confusion| Uncertainty::MatthewsCorrelation { confusion })
        }
        ("cohen_kappa", _) => {
            table.agreement(agreement::cohen_kappa, |confusion| Uncertainty::CohenKappa { confusion })
        }
        _ => inequality::estimate(inequality::Index::of(name)?, confusion),
    })
}

/// The entries that a count counts.
fn counted(name: &str) -> Option<u16> {
    Some(match name {
        "true_positives" => TP,
        "false_positives" => FP,
        "true_negatives" => TN,
        "false_negatives" => FN,
        "sum_of_weights" => TP | FP | TN | FN,
        _ => return None,
    })
}

/// Rows behind a count, whatever they weigh.
pub(super) fn rows_counted(name: &str, confusion: &Confusion) -> Option<u64> {
    Some(confusion.tally(counted(name)?).rows)
}

/// The table of a group: labels by decisions.
struct Table<'c> {
    confusion: &'c Confusion,
    /// Rows with a label and a decision.
    rows: u64,
}

impl<'c> Table<'c> {
    fn new(confusion: &'c Confusion) -> Self {
        Self { confusion, rows: confusion.tally(TP | FP | TN | FN).rows }
    }

    fn share(&self, part: u16, whole: u16) -> Option<Share> {
        share(self.confusion, part, whole)
    }

    /// Shares with the design effect of a measure that rests on all of them.
    fn under<const N: usize>(&self, shares: [Share; N], parts: &[Influence]) -> [Share; N] {
        let Some(linked) = self.confusion.clustered().map(LinkedRows::decisions) else { return shares };
        let design: Option<DesignEffect> = linked.design(parts);
        shares.map(|share| share.under(design))
    }

    /// Rows, or the sum of their weights.
    fn count(&self, entries: u16) -> Estimate {
        let tally = self.confusion.tally(entries);
        let estimate = Estimate::new(tally.rows as f64, self.rows, BOTH);
        if self.confusion.weights.is_some() { Estimate { value: Ok(tally.weight), ..estimate } } else { estimate }
    }

    /// A value of all labelled and decided rows, and what is known of its error from those shares of them.
    fn of_both(&self, value: f64, shares: &[Share], of: Uncertainty) -> Estimate {
        self.measured(value, self.rows, BOTH, shares.iter().map(|share| share.trials).sum(), shares, of)
    }

    fn measured(
        &self,
        value: f64,
        rows: u64,
        population: &'static str,
        effective: f64,
        shares: &[Share],
        of: Uncertainty,
    ) -> Estimate {
        let estimate = Estimate::new(value, rows, population).with(by_subject(of, shares));
        let estimate =
            estimate.of_subjects(shares.iter().filter_map(|share| share.subjects).max().map(|most| most.count));
        if self.confusion.has_effective_rows() { estimate.effective(effective) } else { estimate }
    }

    /// Recall and specificity, or why one of them is missing; with the design effect of their mean.
    fn recalls(&self) -> Result<[Share; 2], Reason> {
        let of = |part, whole| plain_share(self.confusion, part, whole);
        let shares = match (of(TP, TP | FN), of(TN, TN | FP)) {
            (None, None) => return Err(Reason::NoRows),
            (None, _) => return Err(Reason::NoPositives),
            (_, None) => return Err(Reason::NoNegatives),
            (Some(recall), Some(specificity)) => [recall, specificity],
        };
        let parts = [influence(self.confusion, TP, TP | FN), influence(self.confusion, TN, TN | FP)];
        Ok(self.under(shares, &parts.into_iter().flatten().collect::<Vec<_>>()))
    }

    fn balanced_accuracy(&self) -> Estimate {
        match self.recalls() {
            Err(reason) => Estimate::undefined(reason, self.rows, BOTH),
            Ok(shares) => {
                let value = 0.5 * (shares[0].value + shares[1].value);
                self.of_both(value, &shares, mean_of(shares))
            }
        }
    }

    fn informedness(&self) -> Estimate {
        match self.recalls() {
            Err(reason) => Estimate::undefined(reason, self.rows, BOTH),
            Ok(shares) => {
                let of = Uncertainty::Linear { of: Box::new(mean_of(shares)), factor: 2.0, offset: -1.0 };
                self.of_both(shares[0].value + shares[1].value - 1.0, &shares, of)
            }
        }
    }

    /// Misses per false alarm. Among the wrong decisions the misses are binomial, so these are the odds of one rate.
    fn treatment_equality(&self) -> Estimate {
        const WRONG: &str = "labelled and decided, wrongly";
        let Some(misses) = self.share(FN, FN | FP) else {
            return Estimate::undefined(Reason::ZeroDenominator, 0, WRONG);
        };
        let [fn_, fp] = [FN, FP].map(|entry| self.count(entry).value.unwrap_or(0.0));
        let (x, n) = (misses.successes, misses.trials);
        let estimate = Estimate::new(fn_ / fp, misses.rows, WRONG);
        let of = estimate.value.is_ok().then_some(Uncertainty::Odds { x, n });
        let estimate = estimate.with(of.and_then(|of| by_subject(of, &[misses])));
        let estimate = estimate.of_subjects(misses.subjects.map(|subjects| subjects.count));
        if self.confusion.has_effective_rows() { estimate.effective(n) } else { estimate }
    }

    /// F1 with `hits` as the true positives.
    fn f1_of(&self, hits: u16) -> Option<(f64, Share, Uncertainty)> {
        let jaccard = self.share(hits, hits | FP | FN)?;
        let misses = plain_share(self.confusion, FP, hits | FP | FN).map_or(0.0, |share| share.value * jaccard.trials);
        let fn_ = (jaccard.trials - jaccard.successes - misses).max(0.0);
        let uncertainty = Uncertainty::F1Wilson { tp: jaccard.successes, fp: misses, fn_ };
        Some((2.0 * jaccard.value / (1.0 + jaccard.value), jaccard, uncertainty))
    }

    fn f1(&self) -> Estimate {
        let Some((value, jaccard, uncertainty)) = self.f1_of(TP) else {
            return Estimate::undefined(Reason::ZeroDenominator, 0, EITHER_POSITIVE);
        };
        self.measured(value, jaccard.rows, EITHER_POSITIVE, jaccard.trials, &[jaccard], uncertainty)
    }

    /// Shares of the positive and the negative class, or one half of each: what an average over the classes weighs.
    fn class_shares(&self, convention: &str) -> Option<[f64; 2]> {
        if convention == "macro_average" {
            return Some([0.5, 0.5]);
        }
        let positive = self.share(TP | FN, TP | FP | TN | FN)?.value;
        Some([positive, 1.0 - positive])
    }

    /// F1 of both classes, averaged. Both rest on the same mistakes, so nothing is assumed of their dependence.
    fn average_f1(&self, convention: &str) -> Estimate {
        match (self.class_shares(convention), self.f1_of(TP), self.f1_of(TN)) {
            (Some(weights), Some(positive), Some(negative)) => {
                let value = weights[0] * positive.0 + weights[1] * negative.0;
                let shares = [positive.1, negative.1];
                let values = [positive.0, negative.0];
                let of = bounded(weights, values, [positive.2, negative.2], shares);
                let effective = shares[0].trials.max(shares[1].trials);
                self.averaged(value, effective, shares, of)
            }
            _ => Estimate::undefined(Reason::ZeroDenominator, self.rows, BOTH),
        }
    }

    /// Precision of both classes, averaged; they rest on different rows, though perhaps of the same subjects.
    fn average_precision(&self, convention: &str) -> Estimate {
        let precisions = (self.share(TP, TP | FP), self.share(TN, TN | FN));
        match (self.class_shares(convention), precisions) {
            (_, (None, _)) => Estimate::undefined(Reason::NoPositiveDecisions, self.rows, BOTH),
            (_, (_, None)) => Estimate::undefined(Reason::NoNegativeDecisions, self.rows, BOTH),
            (None, _) => Estimate::undefined(Reason::NoRows, self.rows, BOTH),
            (Some(weights), (Some(a), Some(b))) => {
                let value = weights[0] * a.value + weights[1] * b.value;
                let wilson = [a, b].map(|share| share.wilson());
                let of = bounded(weights, [a.value, b.value], wilson, [a, b]).map(|of| match of {
                    Uncertainty::BoundedSum { parts } if self.confusion.clustered().is_none() => {
                        Uncertainty::Sum { parts }
                    }
                    of => of,
                });
                self.averaged(value, a.trials + b.trials, [a, b], of)
            }
        }
    }

    fn averaged(&self, value: f64, effective: f64, shares: [Share; 2], of: Option<Uncertainty>) -> Estimate {
        let subjects = shares.iter().filter_map(|share| share.subjects).min().map(|fewest| fewest.count);
        let estimate = Estimate::new(value, self.rows, BOTH).with(of).of_subjects(subjects);
        if self.confusion.has_effective_rows() { estimate.effective(effective) } else { estimate }
    }

    /// Counts of the table, effective where rows are weighted.
    fn effective(&self) -> Option<(Agreement, Share)> {
        let part = |entry: u16| plain_share(self.confusion, entry, TP | FP | TN | FN);
        let (tp, fp, fn_, tn) = (part(TP)?, part(FP)?, part(FN)?, part(TN)?);
        let counts = Agreement { tp: tp.successes, fp: fp.successes, fn_: fn_.successes, tn: tn.successes };
        Some((counts, tp))
    }

    /// The counts and their share of all, with the design effect of a function of them.
    fn of_function(&self, value: impl Fn(Agreement) -> Option<f64>) -> Option<(f64, Agreement, Share)> {
        let (counts, all) = self.effective()?;
        let at = value(counts)?;
        let Some(linked) = self.confusion.clustered().map(LinkedRows::decisions) else {
            return Some((at, counts, all));
        };
        let slopes = [TP, FP, FN, TN].map(|entry| (entry, slope(&value, counts, entry)));
        let influence = linked.influence(|row| {
            let found = slopes.iter().find(|(entry, _)| row.is_in(row.decision, *entry))?;
            found.1
        });
        let all = all.under(linked.design(&[influence]));
        let scale = all.trials / (counts.tp + counts.fp + counts.fn_ + counts.tn);
        let scaled =
            Agreement { tp: counts.tp * scale, fp: counts.fp * scale, fn_: counts.fn_ * scale, tn: counts.tn * scale };
        Some((at, scaled, all))
    }

    fn f_beta(&self, beta: f64) -> Estimate {
        let Some((value, confusion, all)) = self.of_function(|confusion| agreement::f_beta(confusion, beta)) else {
            return Estimate::undefined(Reason::ZeroDenominator, 0, EITHER_POSITIVE);
        };
        let rows = self.confusion.tally(TP | FP | FN).rows;
        self.measured(value, rows, EITHER_POSITIVE, all.trials, &[all], Uncertainty::FBeta { confusion, beta })
    }

    fn agreement(
        &self,
        value: fn(Agreement) -> Option<f64>,
        uncertainty: impl FnOnce(Agreement) -> Uncertainty,
    ) -> Estimate {
        match self.of_function(value) {
            Some((value, confusion, all)) => self.of_both(value, &[all], uncertainty(confusion)),
            None if self.rows == 0 || self.effective().is_none() => Estimate::undefined(Reason::NoRows, 0, BOTH),
            None => Estimate::undefined(Reason::ZeroDenominator, self.rows, BOTH),
        }
    }
}

fn mean_of([a, b]: [Share; 2]) -> Uncertainty {
    Uncertainty::MoverMean { x1: a.successes, n1: a.trials, x2: b.successes, n2: b.trials }
}

/// A sum of two values whatever their dependence; `None` where one of them has no error.
fn bounded(factors: [f64; 2], values: [f64; 2], of: [Uncertainty; 2], shares: [Share; 2]) -> Option<Uncertainty> {
    let parts = factors
        .into_iter()
        .zip(values)
        .zip(of)
        .zip(shares)
        .map(|(((factor, value), of), share)| Some(Part { factor, value, of: by_subject(of, &[share])? }))
        .collect::<Option<Vec<Part>>>()?;
    Some(Uncertainty::BoundedSum { parts })
}

/// How fast a function of the counts grows with one of them: central differences, as only its size relative to the others
/// matters. `None` for a count that is 0, which no row has.
fn slope(value: &impl Fn(Agreement) -> Option<f64>, counts: Agreement, entry: u16) -> Option<f64> {
    let at = |factor: f64| {
        let mut counts = counts;
        let count = match entry {
            TP => &mut counts.tp,
            FP => &mut counts.fp,
            FN => &mut counts.fn_,
            _ => &mut counts.tn,
        };
        *count *= factor;
        let scaled = *count;
        (value(counts), scaled)
    };
    let step = 1.0 / 65536.0;
    let ((above, more), (below, less)) = (at(1.0 + step), at(1.0 - step));
    (more > less).then_some((above? - below?) / (more - less))
}
