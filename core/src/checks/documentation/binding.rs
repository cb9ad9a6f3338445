use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Does every document describe the artefact that is deployed?
    ///
    /// # Why it matters
    /// A document speaks for the file it was written about. After a retraining the old card still reads well, and none of
    /// its numbers belongs to the model that decides.
    ///
    /// # When it does not apply
    /// Without documents, or where the dossier does not state the SHA-256 of the deployed artefact.
    ///
    /// # How to read it
    /// A document is bound when its `describes_model_hash` equals `identity.artifact.sha256`. One that names another artefact
    /// contradicts the deployment; one that names none is not bound.
    ///
    /// # What to do
    /// Review the document against the deployed artefact, then state that artefact's SHA-256 in `describes_model_hash`.
    ///
    /// # References
    /// EU AI Act, Article 11 and Annex IV (1); OpenSSF model signing.
    id: "documentation/binding",
    title: "Documents describe the deployed artefact",
    dimension: Documentation,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["documents", "identity.artifact.sha256"], asked: Asked::anytime(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    let deployed = dossier.identity.artifact.sha256.get();
    let mut review = Review::of("documents", "describe the deployed artefact");
    for (index, document) in dossier.documents.iter().enumerate() {
        let path = format!("documents[{index}].describes_model_hash");
        let name = document.id.text().unwrap_or_default();
        match document.describes_model_hash.get() {
            hash @ Some(_) => {
                let other = (hash != deployed).then(|| format!("`{name}` describes another artefact"));
                review.look_for_contradiction(path, other);
            }
            None => review.look(path, Some(format!("`{name}` names no artefact"))),
        }
    }
    review
}
