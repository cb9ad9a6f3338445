use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::acceptance::AcceptanceCriterion;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Has every acceptance criterion a reason and the approval of somebody who neither set it nor built the model alone?
    ///
    /// # Why it matters
    /// Who builds a model should not alone decide when it is good enough.
    ///
    /// # When it does not apply
    /// Without criteria in the dossier.
    ///
    /// # How to read it
    /// `rationale` is stated, and `approved_by` names somebody other than `defined_by` who is not the only one under
    /// `people.developers`.
    ///
    /// # What to do
    /// Have the criterion approved by the business or by risk management, and write down why this measure and this bound.
    ///
    /// # References
    /// NIST AI RMF 1.0, Map 1.5 and Measure 1.1.
    id: "acceptance/approval",
    title: "Criteria are reasoned, and approved by somebody else",
    dimension: Acceptance,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["acceptance.criteria"], asked: Asked::anytime(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    let mut review = Review::of("criteria", "are reasoned and approved by somebody else");
    for (index, criterion) in dossier.acceptance.criteria.iter().enumerate() {
        let name = criterion.id.text().unwrap_or_default();
        let wrong = unapproved(dossier, criterion).map(|wrong| format!("`{name}` {wrong}"));
        review.look(format!("acceptance.criteria[{index}].approved_by"), wrong);
    }
    review
}

fn unapproved(dossier: &Dossier, criterion: &AcceptanceCriterion) -> Option<&'static str> {
    let approvers = criterion.approved_by.get().map(Vec::as_slice).unwrap_or_default();
    if approvers.is_empty() {
        return Some("is not approved");
    }
    let author = criterion.defined_by.get();
    let sole = match dossier.people.developers.get().map(Vec::as_slice) {
        Some([developer]) => Some(developer),
        _ => None,
    };
    if approvers.iter().all(|approver| Some(approver) == author) {
        return Some("was approved by who set it");
    }
    if approvers.iter().all(|approver| Some(approver) == author || Some(approver) == sole) {
        return Some("was approved by the only developer");
    }
    criterion.rationale.get().is_none().then_some("has no rationale")
}
