//! Measures of labels and decisions that are no plain share of rows.

use super::super::facts::Confusion;
use super::rates::{BOTH, FN, FP, Share, TN, TP, share};
use super::{Estimate, inequality};
use crate::findings::v1::Reason;
use crate::stats::agreement::{self, Confusion as Agreement};
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

    fn is_weighted(&self) -> bool {
        self.confusion.weights.is_some()
    }

    fn share(&self, part: u16, whole: u16) -> Option<Share> {
        share(self.is_weighted(), self.confusion.tally(part), self.confusion.tally(whole))
    }

    /// Rows, or the sum of their weights.
    fn count(&self, entries: u16) -> Estimate {
        let tally = self.confusion.tally(entries);
        let estimate = Estimate::new(tally.rows as f64, self.rows, BOTH);
        if self.is_weighted() { Estimate { value: Ok(tally.weight), ..estimate } } else { estimate }
    }

    fn of_both(&self, value: f64, effective: f64) -> Estimate {
        let estimate = Estimate::new(value, self.rows, BOTH);
        if self.is_weighted() { estimate.effective(effective) } else { estimate }
    }

    /// Recall and specificity, or why one of them is missing.
    fn recalls(&self) -> Result<(Share, Share), Reason> {
        match (self.share(TP, TP | FN), self.share(TN, TN | FP)) {
            (None, None) => Err(Reason::NoRows),
            (None, _) => Err(Reason::NoPositives),
            (_, None) => Err(Reason::NoNegatives),
            (Some(recall), Some(specificity)) => Ok((recall, specificity)),
        }
    }

    fn balanced_accuracy(&self) -> Estimate {
        match self.recalls() {
            Err(reason) => Estimate::undefined(reason, self.rows, BOTH),
            Ok((a, b)) => self.of_both(0.5 * (a.value + b.value), a.trials + b.trials).with(mean_of(a, b)),
        }
    }

    fn informedness(&self) -> Estimate {
        match self.recalls() {
            Err(reason) => Estimate::undefined(reason, self.rows, BOTH),
            Ok((a, b)) => {
                let of = Box::new(mean_of(a, b));
                self.of_both(a.value + b.value - 1.0, a.trials + b.trials).with(Uncertainty::Linear {
                    of,
                    factor: 2.0,
                    offset: -1.0,
                })
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
        let uncertainty = estimate.value.is_ok().then_some(Uncertainty::Odds { x, n });
        let estimate = estimate.with(uncertainty);
        if self.is_weighted() { estimate.effective(n) } else { estimate }
    }

    /// F1 with `hits` as the true positives.
    fn f1_of(&self, hits: u16) -> Option<(f64, Share, Uncertainty)> {
        let jaccard = self.share(hits, hits | FP | FN)?;
        let misses = self.share(FP, hits | FP | FN).map_or(0.0, |share| share.successes);
        let fn_ = (jaccard.trials - jaccard.successes - misses).max(0.0);
        let uncertainty = Uncertainty::F1Wilson { tp: jaccard.successes, fp: misses, fn_ };
        Some((2.0 * jaccard.value / (1.0 + jaccard.value), jaccard, uncertainty))
    }

    fn f1(&self) -> Estimate {
        let Some((value, jaccard, uncertainty)) = self.f1_of(TP) else {
            return Estimate::undefined(Reason::ZeroDenominator, 0, EITHER_POSITIVE);
        };
        let estimate = Estimate::new(value, jaccard.rows, EITHER_POSITIVE).with(uncertainty);
        if self.is_weighted() { estimate.effective(jaccard.trials) } else { estimate }
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
            (Some(shares), Some(positive), Some(negative)) => {
                let parts = vec![
                    Part { factor: shares[0], value: positive.0, of: positive.2 },
                    Part { factor: shares[1], value: negative.0, of: negative.2 },
                ];
                self.of_both(shares[0] * positive.0 + shares[1] * negative.0, positive.1.trials.max(negative.1.trials))
                    .with(Uncertainty::BoundedSum { parts })
            }
            _ => Estimate::undefined(Reason::ZeroDenominator, self.rows, BOTH),
        }
    }

    /// Precision of both classes, averaged; they rest on different rows.
    fn average_precision(&self, convention: &str) -> Estimate {
        let precisions = (self.share(TP, TP | FP), self.share(TN, TN | FN));
        match (self.class_shares(convention), precisions) {
            (_, (None, _)) => Estimate::undefined(Reason::NoPositiveDecisions, self.rows, BOTH),
            (_, (_, None)) => Estimate::undefined(Reason::NoNegativeDecisions, self.rows, BOTH),
            (None, _) => Estimate::undefined(Reason::NoRows, self.rows, BOTH),
            (Some(shares), (Some(a), Some(b))) => {
                let parts = vec![
                    Part { factor: shares[0], value: a.value, of: a.wilson() },
                    Part { factor: shares[1], value: b.value, of: b.wilson() },
                ];
                self.of_both(shares[0] * a.value + shares[1] * b.value, a.trials + b.trials)
                    .with(Uncertainty::Sum { parts })
            }
        }
    }

    /// Counts of the table, effective where weighted.
    fn effective(&self) -> Option<(Agreement, f64)> {
        let part = |entry: u16| self.share(entry, TP | FP | TN | FN);
        let (tp, fp, fn_, tn) = (part(TP)?, part(FP)?, part(FN)?, part(TN)?);
        let counts = Agreement { tp: tp.successes, fp: fp.successes, fn_: fn_.successes, tn: tn.successes };
        Some((counts, tp.trials))
    }

    fn f_beta(&self, beta: f64) -> Estimate {
        let missing = || Estimate::undefined(Reason::ZeroDenominator, 0, EITHER_POSITIVE);
        let Some((confusion, effective)) = self.effective() else { return missing() };
        let Some(value) = agreement::f_beta(confusion, beta) else { return missing() };
        let rows = self.confusion.tally(TP | FP | FN).rows;
        let estimate = Estimate::new(value, rows, EITHER_POSITIVE).with(Uncertainty::FBeta { confusion, beta });
        if self.is_weighted() { estimate.effective(effective) } else { estimate }
    }

    fn agreement(
        &self,
        value: fn(Agreement) -> Option<f64>,
        uncertainty: impl FnOnce(Agreement) -> Uncertainty,
    ) -> Estimate {
        let Some((confusion, effective)) = self.effective() else {
            return Estimate::undefined(Reason::NoRows, 0, BOTH);
        };
        match value(confusion) {
            Some(value) => self.of_both(value, effective).with(uncertainty(confusion)),
            None => Estimate::undefined(Reason::ZeroDenominator, self.rows, BOTH),
        }
    }
}

fn mean_of(a: Share, b: Share) -> Uncertainty {
    Uncertainty::MoverMean { x1: a.successes, n1: a.trials, x2: b.successes, n2: b.trials }
}
