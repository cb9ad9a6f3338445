//! Measures of several classes where subjects have several rows: what each row adds to the error of an estimate.

use super::super::{Estimate, linked};
use super::Whole;
use crate::judge::classes::ClassRow;
use crate::judge::linked::LinkedRows;
use crate::stats::agreement;
use crate::stats::subjects::Influence;

impl Whole<'_> {
    /// The rows by subject, where the plan names subjects.
    pub(super) fn subjects(&self) -> Option<&LinkedRows<ClassRow>> {
        self.counts.linked.as_deref().filter(|linked| linked.clustered)
    }

    /// An estimate of independent rows as one of subjects; unchanged where the plan names none, and where its parts know of
    /// them already.
    pub(super) fn under_subjects(&self, name: &str, convention: &str, estimate: Estimate) -> Estimate {
        let Some(rows) = self.subjects() else { return estimate };
        match self.influence(rows, name, convention) {
            Some(influence) => linked::under(estimate, rows, influence),
            None => estimate,
        }
    }

    /// What each row adds, up to a factor: a design effect needs no more.
    fn influence(&self, rows: &LinkedRows<ClassRow>, name: &str, convention: &str) -> Option<Influence> {
        let k = self.counts.classes;
        let both = |row: &ClassRow| row.label < k && row.decision < k;
        let mean = |of: &dyn Fn(&ClassRow) -> Option<f64>| Some(linked::mean(rows, of)?.1);
        let share = |of: &dyn Fn(&ClassRow) -> Option<bool>| mean(&|row| of(row).map(f64::from));
        let right = || share(&|row| both(row).then_some(row.label == row.decision));
        match (name, convention) {
            ("label_coverage", _) => share(&|row| Some(row.label < k)),
            ("accuracy", _) | ("precision" | "recall" | "f1", "micro_average") => right(),
            ("recall", "weighted_average" | "weighted_zero_division_0") => right(),
            ("top_k_accuracy", _) => share(&|row| row.rank.map(|rank| rank < super::top(convention))),
            ("log_loss", _) => mean(&|row| row.losses.map(|[log_loss, _]| log_loss)),
            ("brier", _) => mean(&|row| row.losses.map(|[_, squared]| squared)),
            ("matthews_correlation" | "cohen_kappa", _) => {
                let matrix = self.effective()?;
                let gradient = match name {
                    "cohen_kappa" => agreement::cohen_kappa_gradient(&matrix, super::weighting(convention)),
                    _ => agreement::matthews_correlation_gradient(&matrix),
                }?;
                Some(rows.influence(|row| both(row).then(|| gradient[row.label * k + row.decision])))
            }
            _ => None,
        }
    }
}
