use std::collections::BTreeSet;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::{Dossier, Kind, Shape, Target};
use crate::judge::Context;

check! {
    /// # What it asks
    /// Does every id that the dossier refers to exist in it?
    ///
    /// # Why it matters
    /// A monitor that covers a criterion nobody defined covers nothing, and an owner who is not on the list of people cannot
    /// be called.
    ///
    /// # When it does not apply
    /// Where nothing refers to anything.
    ///
    /// # How to read it
    /// People are defined under `people.persons`, data sets under `data.datasets`, criteria under `acceptance.criteria`, monitors
    /// under `monitoring.monitors` and risks under `risks`.
    ///
    /// # What to do
    /// Define the record that is missing, or correct the id.
    ///
    /// # References
    /// None: a dossier has to agree with itself.
    id: "documentation/references",
    title: "References lead somewhere",
    dimension: Documentation,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &[], asked: Asked::anytime(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    let mut review = Review::of("references", "lead to a record");
    dossier.walk(&mut |path, spec, slot| {
        let (Shape::Leaf(Kind::Reference(target)) | Shape::Leaves(Kind::Reference(target))) = spec.shape else {
            return;
        };
        let known = defined(dossier, target);
        for id in slot.references() {
            let dead = !known.contains(id);
            review.look_for_contradiction(path, dead.then(|| format!("{path} names `{id}`, which is not defined")));
        }
    });
    review
}

/// The ids of a kind.
fn defined(dossier: &Dossier, target: Target) -> BTreeSet<&str> {
    match target {
        Target::PersonId => dossier.people.persons.iter().filter_map(|person| person.id.text()).collect(),
        Target::DatasetId => dossier.data.datasets.iter().filter_map(|dataset| dataset.id.text()).collect(),
        Target::CriterionId => dossier.acceptance.criteria.iter().filter_map(|criterion| criterion.id.text()).collect(),
        Target::MonitorId => dossier.monitoring.monitors.iter().filter_map(|monitor| monitor.id.text()).collect(),
        Target::RiskId => dossier.risks.iter().filter_map(|risk| risk.id.text()).collect(),
    }
}
