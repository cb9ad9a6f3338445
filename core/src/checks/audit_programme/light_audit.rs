use jiff::civil::Date;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::findings::v1::Reason;
use crate::judge::Context;
use crate::schedule::{Status, light_audit};

check! {
    /// # What it asks
    /// Was the model looked at within the last month?
    ///
    /// # Why it matters
    /// Between full audits only a regular short look finds what went wrong while it is small.
    ///
    /// # When it does not apply
    /// Without an `as_of` day, or where neither an audit nor the day of deployment is recorded.
    ///
    /// # How to read it
    /// A light audit counts when its `scope` includes `performance`, `documentation` and `monitoring`; a full one counts too. A
    /// month is a calendar month. A default of policy.
    ///
    /// # What to do
    /// Run the audit monthly from a pipeline, and record it.
    ///
    /// # References
    /// None: the interval is this tool's default.
    id: "audit_programme/light-audit",
    title: "Looked at within the month",
    dimension: AuditProgramme,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["audits"], asked: Asked::on_the_day(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let Some(due) = light_audit(dossier, day) else { return Review::not_assessed(Reason::NotStated) };
    let wrong = match due.status {
        Status::Ok | Status::DueSoon => None,
        Status::Overdue => Some(format!("due since {}", due.due)),
        Status::Never => Some("no light audit of performance, documentation and monitoring".to_owned()),
    };
    let mut review = Review::of_one("The light audit", "is in time", "is late");
    review.look("audits", wrong);
    review
}
