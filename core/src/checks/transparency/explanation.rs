use std::collections::BTreeSet;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::data::Sensitivity;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Is it declared how decisions are explained and to whom, and is there a reason in words for every feature?
    ///
    /// # Why it matters
    /// Any feature may be the one that decides. A feature without words ends as "other reasons".
    ///
    /// # When it does not apply
    /// Where `explainability` is stated as not applicable.
    ///
    /// # How to read it
    /// `method` and `audience` are stated. Where the model affects people, or `classification.affects_persons` is not stated,
    /// every feature under `design.features` has an entry under `reason_codes`, except protected attributes. A reason code
    /// for a feature that the model does not have is a contradiction.
    ///
    /// # What to do
    /// Write a reason that applicants understand for each feature, and take away those of features that are gone.
    ///
    /// # References
    /// EU AI Act, Articles 13 and 86; Regulation B, 12 CFR 1002.9 (b) (2).
    id: "transparency/explanation",
    title: "Decisions are explained by features the model has",
    dimension: Transparency,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["explainability"], asked: Asked::anytime(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    let of = &dossier.explainability;
    let features = &dossier.design.features;
    let mut review = Review::of("parts of the explanation", "are in place");
    review.expect("explainability.method", &of.method, of.method.get().is_some(), "no method is stated");
    let audience = !of.audience.items().is_empty();
    review.expect("explainability.audience", &of.audience, audience, "nothing says for whom");
    for (index, code) in of.reason_codes.iter().enumerate() {
        let name = code.feature.text().unwrap_or_default();
        let gone = !features.is_empty() && !features.iter().any(|feature| feature.name.text() == Some(name));
        let path = format!("explainability.reason_codes[{index}].feature");
        review.look_for_contradiction(path, gone.then(|| format!("`{name}` has a reason and is not a feature")));
    }
    if dossier.classification.affects_persons.get() == Some(&false) {
        return review;
    }
    if of.reason_codes.is_empty() {
        review.expect("explainability.reason_codes", &of.reason_codes, false, "no reasons are laid down");
        return review;
    }
    let explained: BTreeSet<&str> = of.reason_codes.iter().filter_map(|code| code.feature.text()).collect();
    for (index, feature) in features.iter().enumerate() {
        if feature.sensitive.get() != Some(&Sensitivity::Protected) {
            let name = feature.name.text().unwrap_or_default();
            let wrong = (!explained.contains(name)).then(|| format!("`{name}` has no reason in words"));
            review.look(format!("design.features[{index}]"), wrong);
        }
    }
    review
}
