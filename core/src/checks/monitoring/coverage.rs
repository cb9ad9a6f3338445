use crate::checks::calendar::months_after;
use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::operations::Monitor;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Is every acceptance criterion and every risk watched by a monitor that alerts somebody and was tested?
    ///
    /// # Why it matters
    /// A model that passes today fails some day. What counts is whether anybody hears of it.
    ///
    /// # When it does not apply
    /// Without criteria and risks in the dossier.
    ///
    /// # How to read it
    /// A monitor covers a criterion or risk that it names under `covers` or `risks`. It counts when it names an `alert`, a
    /// `receiver` and an `owner`, watches a metric that is exported (where `exported_metrics` lists them), and was tested in the
    /// twelve months before the `as_of` day, where there is one.
    ///
    /// # What to do
    /// Add the monitor, or complete and test the one that is named.
    ///
    /// # References
    /// EU AI Act, Article 72; NIST AI RMF 1.0, Measure 2.4 and Manage 4.1.
    id: "monitoring/coverage",
    title: "What must hold is watched",
    dimension: Monitoring,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["monitoring.monitors"], asked: Asked::anytime(judge) },
}

/// Months after which a test of a monitor no longer counts.
const TESTED: u64 = 12;

fn judge(context: &Context<'_>, dossier: &Dossier) -> Review {
    let mut review = Review::of("criteria and risks", "are watched");
    for (index, criterion) in dossier.acceptance.criteria.iter().enumerate() {
        let id = criterion.id.text().unwrap_or_default();
        let monitors: Vec<&Monitor> =
            dossier.monitoring.monitors.iter().filter(|monitor| monitor.covers_criterion(id)).collect();
        review.look(format!("acceptance.criteria[{index}]"), uncovered(context, dossier, id, &monitors));
    }
    for (index, risk) in dossier.risks.iter().enumerate() {
        let id = risk.id.text().unwrap_or_default();
        let monitors: Vec<&Monitor> =
            dossier.monitoring.monitors.iter().filter(|monitor| monitor.covers_risk(id)).collect();
        review.look(format!("risks[{index}]"), uncovered(context, dossier, id, &monitors));
    }
    review
}

/// Why none of the monitors of something counts.
fn uncovered(context: &Context<'_>, dossier: &Dossier, id: &str, monitors: &[&Monitor]) -> Option<String> {
    let mut lacks = monitors.iter().map(|monitor| (monitor, lacking(context, dossier, monitor)));
    match monitors {
        [] => Some(format!("nothing watches `{id}`")),
        _ if lacks.clone().any(|(_, lacks)| lacks.is_none()) => None,
        _ => lacks.find_map(|(monitor, lacks)| {
            Some(format!("the monitor `{}` of `{id}` {}", monitor.id.text().unwrap_or_default(), lacks?))
        }),
    }
}

fn lacking(context: &Context<'_>, dossier: &Dossier, monitor: &Monitor) -> Option<&'static str> {
    let exported = dossier.monitoring.exported_metrics.get();
    let metric = monitor.metric.text();
    if monitor.alert.get().is_none() {
        Some("raises no alert")
    } else if monitor.receiver.get().is_none() {
        Some("alerts nobody")
    } else if monitor.owner.get().is_none() {
        Some("has no owner")
    } else if exported.is_some_and(|known| metric.is_none_or(|metric| !known.iter().any(|name| name == metric))) {
        Some("watches a metric that nobody exports")
    } else if monitor.last_tested.get().is_none() {
        Some("was never tested")
    } else {
        let until = monitor.last_tested.get().and_then(|tested| months_after(*tested, TESTED))?;
        (until < context.day?).then_some("was not tested for twelve months")
    }
}
