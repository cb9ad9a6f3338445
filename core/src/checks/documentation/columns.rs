use std::collections::BTreeSet;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Are the inputs of the model and the groups that are compared those that the dossier documents?
    ///
    /// # Why it matters
    /// A model that reads a column nobody documented was approved without it, and fairness that is promised for a group
    /// has to be measured for that group.
    ///
    /// # When it does not apply
    /// Where the dossier lists no protected attributes. Inputs are compared where the plan lists them under `features` and the
    /// dossier under `design.features`.
    ///
    /// # How to read it
    /// An attribute counts as compared on its own or within an intersection. What the plan compares beyond what is
    /// promised is no fault.
    ///
    /// # What to do
    /// Correct the record or the plan, whichever is wrong, and have the change approved.
    ///
    /// # References
    /// EU AI Act, Annex IV (2); NIST AI RMF 1.0, Map 2.1 and Measure 2.11.
    id: "documentation/columns",
    title: "Documented inputs and groups are those of the audit",
    dimension: Documentation,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["fairness.protected_attributes"], asked: Asked::anytime(judge) },
}

fn judge(context: &Context<'_>, dossier: &Dossier) -> Review {
    let mut review = Review::of("documented columns", "are those of the audit");
    let compared: BTreeSet<&str> = context.plan.protected.iter().flatten().map(String::as_str).collect();
    for attribute in dossier.fairness.protected_attributes.get().into_iter().flatten() {
        let wrong = (!compared.contains(attribute.as_str())).then(|| format!("`{attribute}` is not compared"));
        review.look_for_contradiction("fairness.protected_attributes", wrong);
    }
    let read: BTreeSet<&str> = context.plan.roles.features.iter().map(String::as_str).collect();
    let documented: Vec<&str> = dossier.design.features.iter().filter_map(|feature| feature.name.text()).collect();
    if read.is_empty() || documented.is_empty() {
        return review;
    }
    for (index, name) in documented.iter().enumerate() {
        let wrong = (!read.contains(name)).then(|| format!("`{name}` is no input of the model by the plan"));
        review.look_for_contradiction(format!("design.features[{index}]"), wrong);
    }
    for name in read.iter().filter(|name| !documented.contains(name)) {
        review.look_for_contradiction("design.features", Some(format!("`{name}` is an input and not documented")));
    }
    review
}
