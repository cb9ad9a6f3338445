use jiff::civil::Date;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::documents::Exception;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Is every exception reasoned, compensated, approved by somebody who is not an owner, and still running?
    ///
    /// # Why it matters
    /// An exception without an end is a rule that nobody decided on.
    ///
    /// # When it does not apply
    /// Without exceptions in the dossier, or without an `as_of` day.
    ///
    /// # How to read it
    /// `reason`, `compensating_control`, `approved_by` and `expires` are stated, the approver is not among `people.owners`, and
    /// `expires` is not before the `as_of` day. What such an exception is from (the id of a check or of a finding) stays not met,
    /// is marked with it, and alone makes the verdict `conditional`, not `fail`.
    ///
    /// # What to do
    /// End the exception, or have it approved anew with a day on which it ends.
    ///
    /// # References
    /// ISO/IEC 42001:2023, 6.1.3.
    id: "audit_programme/exceptions",
    title: "Exceptions are approved and end",
    dimension: AuditProgramme,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["exceptions"], asked: Asked::on_the_day(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let mut review = Review::of("exceptions", "are approved and running");
    for (index, exception) in dossier.exceptions.iter().enumerate() {
        let subject = exception.subject.text().unwrap_or_default();
        let wrong = unsound(dossier, exception, day).map(|wrong| format!("`{subject}` {wrong}"));
        review.look(format!("exceptions[{index}]"), wrong);
    }
    review
}

/// What is wrong with an exception on a day.
pub(crate) fn unsound(dossier: &Dossier, exception: &Exception, day: Date) -> Option<String> {
    let Some(approver) = exception.approved_by.get() else { return Some("is not approved".to_owned()) };
    let Some(expires) = exception.expires.get() else { return Some("has no end".to_owned()) };
    if *expires < day {
        return Some(format!("ended on {expires}"));
    }
    if dossier.people.owners.get().is_some_and(|owners| owners.contains(approver)) {
        return Some(format!("was approved by an owner, {}", approver.as_str()));
    }
    if exception.reason.get().is_none() {
        return Some("has no reason".to_owned());
    }
    exception.compensating_control.get().is_none().then(|| "has nothing in its place".to_owned())
}
