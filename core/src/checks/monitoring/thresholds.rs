use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::acceptance::{AcceptanceCriterion, Comparison};
use crate::dossier::sections::operations::Monitor;
use crate::findings::{catalogue, words};
use crate::judge::Context;

check! {
    /// # What it asks
    /// Does every monitor alert before the criterion it covers is violated, and not after?
    ///
    /// # Why it matters
    /// An alert at 0.70 says nothing while the criterion of 0.75 is already violated.
    ///
    /// # When it does not apply
    /// Where no monitor of a criterion watches the same measure and states a threshold.
    ///
    /// # How to read it
    /// Where larger is good, the monitor's threshold is at least the criterion's; where smaller is good, at most. A monitor that
    /// is looser contradicts the criterion.
    ///
    /// # What to do
    /// Set the alert at the criterion's bound, or on its safe side.
    ///
    /// # References
    /// NIST AI RMF 1.0, Measure 2.4.
    id: "monitoring/thresholds",
    title: "Alerts come before violations",
    dimension: Monitoring,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["monitoring.monitors"], asked: Asked::anytime(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    let mut review = Review::of("alerts on criteria", "come in time");
    for (index, monitor) in dossier.monitoring.monitors.iter().enumerate() {
        let covered = monitor.covers.get().map(Vec::as_slice).unwrap_or_default();
        let criteria = dossier.acceptance.criteria.iter();
        for criterion in criteria.filter(|one| covered.iter().any(|id| Some(id.as_str()) == one.id.text())) {
            if let Some(looser) = looser(monitor, criterion) {
                let path = format!("monitoring.monitors[{index}].threshold");
                let (id, bound) = (monitor.id.text().unwrap_or_default(), criterion.id.text().unwrap_or_default());
                let said = |(alert, bound_at): (f64, f64)| {
                    let (alert, at) = (words::number(alert), words::number(bound_at));
                    format!("`{id}` alerts at {alert}, and `{bound}` is {at}")
                };
                review.look_for_contradiction(path, looser.map(said));
            }
        }
    }
    review
}

/// Both thresholds where the monitor's is looser; the outer `None` where they cannot be compared.
fn looser(monitor: &Monitor, criterion: &AcceptanceCriterion) -> Option<Option<(f64, f64)>> {
    let (alert, bound) = (*monitor.threshold.get()?, *criterion.threshold.get()?);
    if monitor.measure.text().map(catalogue::known_as) != criterion.measure.text().map(catalogue::known_as) {
        return None;
    }
    let looser = match criterion.comparator.get()? {
        Comparison::AtLeast | Comparison::MoreThan => alert < bound,
        Comparison::AtMost | Comparison::LessThan => alert > bound,
    };
    Some(looser.then_some((alert, bound)))
}
