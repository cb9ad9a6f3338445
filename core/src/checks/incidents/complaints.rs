use jiff::civil::Date;

use crate::checks::calendar::months_after;
use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::operations::Complaint;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Was every complaint answered within two months, and is it said whether the decision was changed?
    ///
    /// # Why it matters
    /// Complaints are the only test that the people concerned carry out themselves.
    ///
    /// # When it does not apply
    /// Where `incidents.complaints` is empty or stated as not applicable, or without an `as_of` day.
    ///
    /// # How to read it
    /// A complaint has a day on which it was `opened`, and is `closed` within two calendar months, or open for less. A closed
    /// one says in `overturned` whether the decision was changed. The two months are a default of policy. One that was closed
    /// before it was opened is a contradiction.
    ///
    /// # What to do
    /// Answer it, and record the day and what came of it.
    ///
    /// # References
    /// ISO 10002:2018; EU AI Act, Article 86.
    id: "incidents/complaints",
    title: "Complaints are answered",
    dimension: Incidents,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["incidents.complaints"], asked: Asked::on_the_day(judge) },
}

/// Months within which a complaint is answered.
const MONTHS: u64 = 2;

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let mut review = Review::of("complaints", "are answered, or open and in time");
    for (index, complaint) in dossier.incidents.complaints.iter().enumerate() {
        let (opened, closed) = (complaint.opened.get(), complaint.closed.get());
        if opened.is_some_and(|opened| *opened > day) {
            continue;
        }
        let id = complaint.id.text().unwrap_or_default();
        let path = format!("incidents.complaints[{index}]");
        if closed.is_some() && closed < opened {
            review.look_for_contradiction(path, Some(format!("`{id}` was answered before it came in")));
        } else {
            review.look(path, unanswered(complaint, day).map(|wrong| format!("`{id}` {wrong}")));
        }
    }
    review
}

fn unanswered(complaint: &Complaint, day: Date) -> Option<String> {
    let Some(opened) = complaint.opened.get() else { return Some("has no day".to_owned()) };
    let due = months_after(*opened, MONTHS)?;
    match complaint.closed.get().filter(|closed| **closed <= day) {
        None => (due < day).then(|| format!("is open, due since {due}")),
        Some(closed) if *closed > due => Some(format!("was answered on {closed}, due {due}")),
        Some(_) if complaint.overturned.get().is_none() => {
            Some("does not say whether the decision was changed".to_owned())
        }
        Some(_) => None,
    }
}
