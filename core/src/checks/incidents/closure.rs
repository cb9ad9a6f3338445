use jiff::civil::Date;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::operations::Incident;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Was every incident closed in time, with its cause found and something changed so that it shows next time?
    ///
    /// # Why it matters
    /// An incident whose cause nobody found is not over. It waits.
    ///
    /// # When it does not apply
    /// Where `incidents.log` is empty or stated as not applicable, or without an `as_of` day.
    ///
    /// # How to read it
    /// An open incident has a `due` day that has not gone by. A closed one was closed until its `due` day, states its
    /// `root_cause`, and names under `risks` or `monitors` what it belongs to now. One that was closed before it happened is
    /// a contradiction.
    ///
    /// # What to do
    /// Find the cause, add the risk or the monitor that was missing, and close the incident.
    ///
    /// # References
    /// ISO/IEC 27001:2022, A.5.27; NIST AI RMF 1.0, Manage 4.3.
    id: "incidents/closure",
    title: "Incidents are closed in time, with their cause",
    dimension: Incidents,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["incidents.log"], asked: Asked::on_the_day(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let mut review = Review::of("incidents", "are closed, or open and in time");
    for (index, incident) in dossier.incidents.log.iter().enumerate() {
        let first = incident.occurred_at.get().or(incident.aware_at.get()).map(|moment| moment.day());
        if first.is_some_and(|first| first > day) {
            continue;
        }
        let id = incident.id.text().unwrap_or_default();
        let path = format!("incidents.log[{index}]");
        let closed = incident.closed_at.get().filter(|closed| **closed <= day);
        if closed.is_some_and(|closed| first.is_some_and(|first| *closed < first)) {
            review.look_for_contradiction(path, Some(format!("`{id}` was closed before it happened")));
        } else {
            review.look(path, unsettled(incident, closed, day).map(|wrong| format!("`{id}` {wrong}")));
        }
    }
    review
}

fn unsettled(incident: &Incident, closed: Option<&Date>, day: Date) -> Option<String> {
    let due = incident.due.get();
    let Some(closed) = closed else {
        let Some(due) = due else { return Some("is open and has no due day".to_owned()) };
        return (*due < day).then(|| format!("is open, due since {due}"));
    };
    if let Some(due) = due.filter(|due| closed > *due) {
        return Some(format!("was closed on {closed}, due {due}"));
    }
    if incident.root_cause.get().is_none() {
        return Some("was closed without a cause".to_owned());
    }
    let linked = !incident.risks.items().is_empty() || !incident.monitors.items().is_empty();
    (!linked).then(|| "was closed without a risk or a monitor".to_owned())
}
