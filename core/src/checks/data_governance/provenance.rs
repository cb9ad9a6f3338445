use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::data::Dataset;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Is it recorded for every data set where it comes from, why it may be used, what it covers and who answers for it?
    ///
    /// # Why it matters
    /// What was learnt from data that nobody may use cannot be used either, and data that cover other people or other years
    /// explain a failure before any statistic does.
    ///
    /// # When it does not apply
    /// Without data sets in the dossier.
    ///
    /// # How to read it
    /// `origin`, `lawful_basis` or `licence`, `population`, `period_from` with `period_to`, and `owner` are stated; `unknown` does
    /// not count.
    ///
    /// # What to do
    /// Ask whoever collects the data, and write the answer down.
    ///
    /// # References
    /// EU AI Act, Article 10 (2); Gebru et al., "Datasheets for Datasets", 2021.
    id: "data_governance/provenance",
    title: "Data sets are accounted for",
    dimension: DataGovernance,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["data.datasets"], asked: Asked::anytime(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    let mut review = Review::of("data sets", "are accounted for");
    for (index, dataset) in dossier.data.datasets.iter().enumerate() {
        let missing = missing(dataset);
        let name = dataset.id.text().unwrap_or_default();
        let wrong = (!missing.is_empty()).then(|| format!("`{name}` lacks {}", missing.join(", ")));
        review.look(format!("data.datasets[{index}]"), wrong);
    }
    review
}

fn missing(dataset: &Dataset) -> Vec<&'static str> {
    [
        ("its origin", dataset.origin.get().is_none()),
        ("a lawful basis or licence", dataset.lawful_basis.get().is_none() && dataset.licence.get().is_none()),
        ("its population", dataset.population.get().is_none()),
        ("its period", dataset.period_from.get().is_none() || dataset.period_to.get().is_none()),
        ("an owner", dataset.owner.get().is_none()),
    ]
    .into_iter()
    .filter_map(|(what, missing)| missing.then_some(what))
    .collect()
}
