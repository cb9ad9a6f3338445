use std::collections::{BTreeMap, BTreeSet};

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::data::{Dataset, DatasetRole};
use crate::judge::Context;

check! {
    /// # What it asks
    /// Can every data set be traced to raw data, through steps whose code is known and which never run in a circle?
    ///
    /// # Why it matters
    /// Without it nobody can tell what a model learnt from, or make it again.
    ///
    /// # When it does not apply
    /// Without data sets in the dossier.
    ///
    /// # How to read it
    /// A data set whose role is not `raw` or `production` needs a step that writes it. Every step on the way back states
    /// `code_hash`. A data set that is made from itself is a circle, which contradicts the lineage.
    ///
    /// # What to do
    /// Record the step that writes the data set, with the commit of its code.
    ///
    /// # References
    /// EU AI Act, Annex IV (2) (d); W3C PROV.
    id: "data_governance/lineage",
    title: "Data sets can be traced",
    dimension: DataGovernance,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["data.datasets", "data.lineage"], asked: Asked::anytime(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    let sources = sources(dossier);
    let mut review = Review::of("data sets", "can be traced to raw data");
    for (index, dataset) in dossier.data.datasets.iter().enumerate() {
        let path = format!("data.datasets[{index}]");
        let name = dataset.id.text().unwrap_or_default();
        if reached(&sources, name).contains(name) {
            review.look_for_contradiction(path, Some(format!("`{name}` is made from itself")));
            continue;
        }
        let orphan = !is_source(dataset) && !sources.contains_key(name);
        let unknown_code = dossier.data.lineage.iter().any(|step| {
            step.to.get().is_some_and(|to| to.iter().any(|id| id.as_str() == name)) && step.code_hash.get().is_none()
        });
        let wrong = match (orphan, unknown_code) {
            (true, _) => Some(format!("nothing says how `{name}` was made")),
            (_, true) => Some(format!("the code that made `{name}` is not named")),
            _ => None,
        };
        review.look(path, wrong);
    }
    review
}

/// Whether a data set comes from outside.
fn is_source(dataset: &Dataset) -> bool {
    matches!(dataset.role.get(), Some(DatasetRole::Raw | DatasetRole::Production))
}

/// For every data set that a step writes, those that the step reads.
fn sources(dossier: &Dossier) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut sources: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for step in dossier.data.lineage.iter() {
        let from = step.from.get().map(Vec::as_slice).unwrap_or_default();
        for to in step.to.get().map(Vec::as_slice).unwrap_or_default() {
            sources.entry(to.as_str()).or_default().extend(from.iter().map(|id| id.as_str()));
        }
    }
    sources
}

/// Every data set on the way back from one.
fn reached<'d>(sources: &BTreeMap<&'d str, BTreeSet<&'d str>>, from: &str) -> BTreeSet<&'d str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = sources.get(from).into_iter().flatten().copied().collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(sources.get(next).into_iter().flatten());
        }
    }
    reached
}
