//! Averages over the classes. The values of two classes err together where they rest on the same rows, so their errors
//! enter with their correlation.

use super::super::{Estimate, decided, linked};
use super::{BOTH, Whole};
use crate::findings::catalogue;
use crate::findings::v1::Reason;
use crate::judge::classes::ClassRow;
use crate::judge::linked::LinkedRows;
use crate::stats::class_shares::ClassShare;
use crate::stats::subjects::Influence;
use crate::stats::{Part, Uncertainty};

impl Whole<'_> {
    /// Recall by class, averaged.
    pub(super) fn mean_recall(&self, present_only: bool) -> Estimate {
        let is_present = |class: usize| {
            let labelled = self.counts.tally(|label, decision| label == class && self.is_class(decision));
            super::share_of(self.counts.weighted, labelled, labelled).is_some()
        };
        let counts: Vec<bool> = (0..self.counts.classes).map(|class| !present_only || is_present(class)).collect();
        let counted = counts.iter().filter(|counts| **counts).count();
        let rows = self.both().rows;
        if self.has_no_rows() || counted == 0 {
            return Estimate::undefined(Reason::NoRows, rows, BOTH);
        }
        let share = |counts: bool| if counts { 1.0 / counted as f64 } else { 0.0 };
        self.average("recall", counts.into_iter().map(share).collect(), false)
    }

    /// The share of each class among the labelled and decided rows, or equal shares.
    fn shares(&self, equal: bool) -> Option<Vec<f64>> {
        let k = self.counts.classes;
        if equal {
            return Some(vec![1.0 / k as f64; k]);
        }
        let both = self.both();
        let of_class = |class| {
            let tally = self.counts.tally(|label, decision| label == class && self.is_class(decision));
            Some(super::share_of(self.counts.weighted, tally, both)?.value)
        };
        (0..k).map(of_class).collect()
    }

    /// Precision, recall, F1 or Jaccard of the classes, averaged.
    pub(super) fn averaged(&self, name: &str, convention: &str) -> Estimate {
        match self.shares(convention.starts_with("macro")) {
            Some(shares) => self.average(name, shares, convention.ends_with("zero_division_0")),
            None => Estimate::undefined(Reason::NoRows, self.both().rows, BOTH),
        }
    }

    /// Where `filled`, a class without a value counts as 0, and there is no interval: some of its values are no estimates.
    fn average(&self, name: &str, shares: Vec<f64>, filled: bool) -> Estimate {
        let rows = self.both().rows;
        let Some(entry) = catalogue::find(name).filter(|_| !self.has_no_rows()) else {
            return Estimate::undefined(Reason::NoRows, rows, BOTH);
        };
        let (mut value, mut classes, mut parts) = (0.0, Vec::with_capacity(shares.len()), Some(Vec::new()));
        // What has no share of the average need not exist.
        for (class, (&factor, view)) in
            shares.iter().zip(self.views).enumerate().filter(|(_, (share, _))| **share > 0.0)
        {
            let Some(estimate) = decided(self.plan, entry, "standard", view) else { continue };
            match estimate.value {
                Ok(of_class) => {
                    value += factor * of_class;
                    classes.push(class);
                    let part = estimate.uncertainty.map(|of| Part { factor, value: of_class, of });
                    parts = parts.zip(part).map(|(mut parts, part)| {
                        parts.push(part);
                        parts
                    });
                }
                Err(_) if filled => {}
                Err(reason) => return Estimate::undefined(reason, rows, BOTH),
            }
        }
        let estimate = self.of_both(value);
        if filled {
            return estimate;
        }
        // The rows of a class may be of one subject.
        let Some(parts) = parts else { return estimate.without_interval(Reason::SingleSubject) };
        let of_class = match name {
            "recall" => ClassShare::Recall,
            "precision" => ClassShare::Precision,
            _ => ClassShare::Overlap,
        };
        let factors: Vec<f64> = parts.iter().map(|part: &Part| part.factor).collect();
        let correlations = self.correlations(of_class, &classes);
        self.under_all(estimate.with(Uncertainty::CorrelatedSum { parts, correlations }), of_class, &classes, &factors)
    }

    fn is_class(&self, class: usize) -> bool {
        class < self.counts.classes
    }

    /// Weights and squared weights by label and decision.
    fn weights(&self) -> [Vec<Vec<f64>>; 2] {
        let k = self.counts.classes;
        let of = |squared: bool| {
            let entry = |label, decision| {
                let tally = self.counts.matrix[[label, decision]];
                match (self.counts.weighted, squared) {
                    (false, _) => tally.rows as f64,
                    (true, false) => tally.weight,
                    (true, true) => tally.squared,
                }
            };
            (0..k).map(|label| (0..k).map(|decision| entry(label, decision)).collect()).collect()
        };
        [of(false), of(true)]
    }

    /// What each row adds to the error of each class, where the plan names subjects.
    fn influences(&self, of: ClassShare, classes: &[usize]) -> Option<(&LinkedRows<ClassRow>, Vec<Influence>)> {
        let rows = self.subjects()?;
        let [weights, _] = self.weights();
        let influence = |&class: &usize| {
            let addition = of.addition(&weights, class);
            rows.influence(|row| addition(row.label, row.decision))
        };
        Some((rows, classes.iter().map(influence).collect()))
    }

    /// How the errors of the classes go together.
    fn correlations(&self, of: ClassShare, classes: &[usize]) -> Vec<Vec<f64>> {
        let Some((rows, influences)) = self.influences(of, classes) else {
            let [weights, squared] = self.weights();
            return of.correlations(&weights, &squared, classes);
        };
        let correlation = |a: usize, b: usize| {
            if a == b { 1.0 } else { rows.correlation(&influences[a], &influences[b]) }
        };
        (0..classes.len()).map(|a| (0..classes.len()).map(|b| correlation(a, b)).collect()).collect()
    }

    /// With the subjects that an average rests on, where the plan names them: the parts know of them already.
    fn under_all(&self, estimate: Estimate, of: ClassShare, classes: &[usize], factors: &[f64]) -> Estimate {
        match self.influences(of, classes) {
            Some((rows, influences)) => {
                let parts: Vec<(f64, &Influence)> = factors.iter().copied().zip(&influences).collect();
                linked::counted(estimate, rows, linked::sum(&parts))
            }
            None => estimate,
        }
    }
}
