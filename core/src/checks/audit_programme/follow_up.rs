use jiff::civil::Date;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::documents::PastFinding;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Is every finding of a past audit closed in time, and verified by somebody who did not put it right?
    ///
    /// # Why it matters
    /// A finding that nobody follows up is worse than none: it proves that the organisation knew.
    ///
    /// # When it does not apply
    /// Where the audits of the dossier record no findings, or without an `as_of` day.
    ///
    /// # How to read it
    /// An open finding is in time until its `due` day; one without a due day is not. A closed one needs `verified_by` that
    /// differs from `fixed_by`. One that was reopened after it was closed is open again.
    ///
    /// # What to do
    /// Put it right, have that verified, and record both; or have an exception approved until a day.
    ///
    /// # References
    /// ISO/IEC 42001:2023, 10.2.
    id: "audit_programme/follow-up",
    title: "Findings are followed up",
    dimension: AuditProgramme,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["audits"], asked: Asked::on_the_day(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let mut review = Review::of("findings of past audits", "are in time and verified");
    for (audit, one) in dossier.audits.iter().enumerate() {
        for (index, finding) in one.findings.iter().enumerate() {
            let id = finding.id.text().unwrap_or_default();
            let wrong = open(finding, day).map(|wrong| format!("`{id}` {wrong}"));
            review.look(format!("audits[{audit}].findings[{index}]"), wrong);
        }
    }
    review
}

fn open(finding: &PastFinding, day: Date) -> Option<String> {
    let closed = finding.closed.get().filter(|closed| **closed <= day);
    let reopened = finding.reopened.get().filter(|reopened| **reopened <= day && Some(*reopened) > closed);
    if closed.is_none() || reopened.is_some() {
        let Some(due) = finding.due.get() else { return Some("is open and has no due day".to_owned()) };
        let again = if reopened.is_some() { " again" } else { "" };
        return (*due < day).then(|| format!("is open{again}, due since {due}"));
    }
    match (finding.verified_by.get(), finding.fixed_by.get()) {
        (None, _) => Some("was closed and not verified".to_owned()),
        (Some(verifier), Some(fixer)) if verifier == fixer => {
            Some(format!("was verified by who put it right, {}", fixer.as_str()))
        }
        _ => None,
    }
}
