use jiff::civil::Date;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::documents::PastAudit;
use crate::findings::v1::Reason;
use crate::judge::Context;
use crate::schedule::full_audits;

/// Full audits of one model that one person may lead in a row.
const IN_A_ROW: usize = 3;

check! {
    /// # What it asks
    /// Does the lead of the full audits change?
    ///
    /// # Why it matters
    /// Who audits the same model for the fourth time audits their own earlier answers.
    ///
    /// # When it does not apply
    /// Without a full audit in the dossier.
    ///
    /// # How to read it
    /// The lead is the first of `auditors`. No one leads more than three full audits in a row; a default of policy.
    ///
    /// # What to do
    /// Give the next audit to somebody else.
    ///
    /// # References
    /// None: the number is this tool's default.
    id: "audit_programme/rotation",
    title: "The lead auditor changes",
    dimension: AuditProgramme,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["audits"], asked: Asked::on_the_day(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let full = full_audits(dossier, day);
    let lead = |(_, audit): &(usize, &PastAudit)| audit.auditors.get().and_then(|auditors| auditors.first()).cloned();
    let Some(last) = full.last().and_then(lead) else { return Review::not_assessed(Reason::NotStated) };
    let row = full.iter().rev().take_while(|audit| lead(audit).as_ref() == Some(&last)).count();
    let mut review = Review::of_one("The lead auditor", "changes often enough", "does not change often enough");
    review.look("audits", (row > IN_A_ROW).then(|| format!("`{}` led {row} in a row", last.as_str())));
    review
}
