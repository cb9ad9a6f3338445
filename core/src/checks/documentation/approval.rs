use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::documents::Document;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Has every document an author and, for its present text, the approval of somebody else?
    ///
    /// # Why it matters
    /// Nobody sees their own mistakes. A text that changed after it was approved was not approved.
    ///
    /// # When it does not apply
    /// Without documents.
    ///
    /// # How to read it
    /// `author` and `approved_by` are named and differ, and `approved_at` is not before `updated_at`.
    ///
    /// # What to do
    /// Have the present text approved by somebody who did not write it, and record who and when.
    ///
    /// # References
    /// ISO/IEC 42001:2023, 7.5.2; MAS FEAT principles, accountability.
    id: "documentation/approval",
    title: "Documents are approved by somebody else",
    dimension: Documentation,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["documents"], asked: Asked::anytime(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    let mut review = Review::of("documents", "are approved by somebody other than the author");
    for (index, document) in dossier.documents.iter().enumerate() {
        let name = document.id.text().unwrap_or_default();
        let wrong = unapproved(document).map(|wrong| format!("`{name}` {wrong}"));
        review.look(format!("documents[{index}].approved_by"), wrong);
    }
    review
}

fn unapproved(document: &Document) -> Option<String> {
    let (author, approver) = (document.author.get(), document.approved_by.get());
    let Some(author) = author else { return Some("names no author".to_owned()) };
    let Some(approver) = approver else { return Some("is not approved".to_owned()) };
    if author == approver {
        return Some(format!("was approved by its author, {}", author.as_str()));
    }
    let Some(approved) = document.approved_at.get() else { return Some("has no day of approval".to_owned()) };
    let changed = document.updated_at.get().filter(|updated| *updated > approved)?;
    Some(format!("was changed on {changed}, after its approval of {approved}"))
}
