use jiff::civil::Date;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::findings::v1::Reason;
use crate::judge::Context;
use crate::schedule::{Status, full_audit};

check! {
    /// # What it asks
    /// Was the deployed artefact audited in full within the interval of its tier?
    ///
    /// # Why it matters
    /// An audit speaks for the artefact it looked at, on the day it did. Both go by.
    ///
    /// # When it does not apply
    /// Without a tier in the dossier, or without an `as_of` day.
    ///
    /// # How to read it
    /// Defaults of policy, not of any law: 6 months for `critical_customer_facing`, 12 for `high`, 24 for `medium` and 36 for
    /// `low`; at most 12 where `regulated_by` names a supervisor. The interval runs from the end of the last full audit that
    /// concluded something and covered the deployed artefact, or one from which only changes lead here that are recorded as not
    /// significant. An audit that left more than a fifth of its questions open does not count.
    ///
    /// # What to do
    /// Plan the audit; `modelassay schedule` lists what is due for all models.
    ///
    /// # References
    /// MAS and HKMA expect at least yearly reviews of material models in practice; the intervals are this tool's defaults.
    id: "audit_programme/full-audit",
    title: "Fully audited in time",
    dimension: AuditProgramme,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["audits", "classification.tier"], asked: Asked::on_the_day(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let Some(due) = full_audit(dossier, day) else { return Review::not_assessed(Reason::NotStated) };
    let wrong = match due.status {
        Status::Ok | Status::DueSoon => None,
        Status::Overdue => Some(format!("due since {}", due.due)),
        Status::Never => Some(format!("never, and deployed since {}", due.due)),
    };
    let mut review = Review::of_one("The full audit of the deployed artefact", "is in time", "is late");
    review.look("audits", wrong);
    review
}
