use jiff::civil::Date;

use crate::checks::calendar::days_after;
use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::operations::{Incident, Serious};
use crate::judge::Context;

check! {
    /// # What it asks
    /// Was every serious incident reported to an authority before its clock ran out?
    ///
    /// # Why it matters
    /// The clock starts when somebody knows, not when the cause is found. A late report cannot be made up for.
    ///
    /// # When it does not apply
    /// Where `incidents.log` is empty or stated as not applicable, or without an `as_of` day.
    ///
    /// # How to read it
    /// Every incident that was known on the `as_of` day says in `serious` what it was. One that was serious is reported
    /// within 15 days after the day of `aware_at`, within 10 after a death, and within 2 where critical infrastructure was
    /// disrupted or an infringement is widespread. One that is not reported yet is in time until then. Days are days in UTC.
    /// A report before anybody knew, or knowledge before it happened, is a contradiction.
    ///
    /// # What to do
    /// Report it now, and say why it is late; then find out why nobody saw the clock.
    ///
    /// # References
    /// EU AI Act, Articles 3 (49) and 73 (2) to (4).
    id: "incidents/reporting",
    title: "Serious incidents are reported in time",
    dimension: Incidents,
    severity: Critical,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["incidents.log"], asked: Asked::on_the_day(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let mut review = Review::of("incidents", "were reported in time or need no report");
    for (index, incident) in dossier.incidents.log.iter().enumerate() {
        if incident.aware_at.get().is_some_and(|aware| aware.day() > day) {
            continue;
        }
        let id = incident.id.text().unwrap_or_default();
        let path = format!("incidents.log[{index}].reported_at");
        match impossible(incident) {
            Some(wrong) => review.look_for_contradiction(path, Some(format!("`{id}` {wrong}"))),
            None => review.look(path, late(incident, day).map(|wrong| format!("`{id}` {wrong}"))),
        }
    }
    review
}

fn impossible(incident: &Incident) -> Option<&'static str> {
    let aware = incident.aware_at.get()?.day();
    if incident.occurred_at.get().is_some_and(|occurred| occurred.day() > aware) {
        return Some("was known before it happened");
    }
    incident
        .reported_at
        .get()
        .is_some_and(|reported| reported.day() < aware)
        .then_some("was reported before anybody knew")
}

fn late(incident: &Incident, day: Date) -> Option<String> {
    let days = match incident.serious.get() {
        None => return Some("does not say whether it was serious".to_owned()),
        Some(Serious::None) => return None,
        Some(Serious::Infrastructure) => 2,
        Some(Serious::Death) => 10,
        Some(Serious::Harm | Serious::FundamentalRights) => 15,
    };
    let Some(aware) = incident.aware_at.get() else { return Some("does not say when somebody knew".to_owned()) };
    let due = days_after(aware.day(), days)?;
    match incident.reported_at.get().map(|reported| reported.day()).filter(|reported| *reported <= day) {
        Some(reported) => (reported > due).then(|| format!("was reported on {reported}, due {due}")),
        None => (due < day).then(|| format!("was to be reported by {due}")),
    }
}
