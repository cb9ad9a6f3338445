use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::judge::Context;

/// What must be written down, with what each is.
const SLOTS: [(&str, &str); 7] = [
    ("purpose", "what the model is for and what it must not be used for"),
    ("data", "the data behind it"),
    ("performance", "how well it works, and for whom"),
    ("limits", "where it does not work"),
    ("oversight", "how people watch over it"),
    ("instructions", "how to use it"),
    ("change_log", "what changed and when"),
];

check! {
    /// # What it asks
    /// Is there a document for everything that must be written down?
    ///
    /// # Why it matters
    /// Whoever uses, oversees or audits the model has nothing else to go by.
    ///
    /// # When it does not apply
    /// Without documents.
    ///
    /// # How to read it
    /// Seven slots: `purpose`, `data`, `performance`, `limits`, `oversight`, `instructions` and `change_log`. A slot is filled
    /// when a document lists it under `slots` and says where it lies.
    ///
    /// # What to do
    /// Write what is missing, and list the slot under the document that covers it.
    ///
    /// # References
    /// EU AI Act, Articles 11 and 13, Annex IV; Mitchell et al., "Model Cards for Model Reporting", 2019.
    id: "documentation/completeness",
    title: "Everything that must be written down is",
    dimension: Documentation,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["documents"], asked: Asked::anytime(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    let mut review = Review::of("slots", "are filled");
    for (slot, about) in SLOTS {
        let filled = dossier.documents.iter().any(|document| {
            document.uri.get().is_some()
                && document.slots.get().is_some_and(|slots| slots.iter().any(|name| name == slot))
        });
        review.look("documents", (!filled).then(|| format!("`{slot}`, {about}")));
    }
    review
}
