use crate::checks::{Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::acceptance::AcceptanceCriterion;
use crate::findings::words;
use crate::judge::Context;
use crate::plan::{Comparator, Criterion, CriterionSubject};

check! {
    /// # What it asks
    /// Does this audit judge the criteria that were approved, with the bounds that were approved?
    ///
    /// # Why it matters
    /// The plan of an audit is a text like any other: a bound that was lowered there is a bound that nobody approved.
    ///
    /// # When it does not apply
    /// Without criteria in the dossier.
    ///
    /// # How to read it
    /// A criterion of the dossier and one of the plan belong together when they have the same measure and the same protected
    /// attribute. One that no criterion of the plan judges was not tested; one that the plan judges by another bound or in the
    /// other direction is contradicted.
    ///
    /// # What to do
    /// Put the plan right, or have the new bound approved and record that in the dossier.
    ///
    /// # References
    /// EU AI Act, Article 9 (8).
    id: "acceptance/agreement",
    title: "The plan judges what was approved",
    dimension: Acceptance,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier(judge),
}

fn judge(context: &Context<'_>, dossier: &Dossier) -> Review {
    if let Some(absent) = Review::absent(&dossier.acceptance.criteria) {
        return absent;
    }
    let mut review = Review::of("approved criteria", "are judged by the plan as approved");
    for (index, approved) in dossier.acceptance.criteria.iter().enumerate() {
        let path = format!("acceptance.criteria[{index}]");
        let name = approved.id.text().unwrap_or_default();
        let judged: Vec<&Criterion> =
            context.plan.criteria.iter().filter(|criterion| same_question(criterion, approved)).collect();
        if judged.is_empty() {
            review.look(path, Some(format!("`{name}` is not judged")));
            continue;
        }
        let agrees = judged.iter().any(|criterion| same_bound(criterion, approved));
        let bound = approved.threshold.get().map_or_else(|| "no bound".to_owned(), |bound| words::number(*bound));
        let said = format!("`{name}` was approved with {bound}, and the plan says {}", judged[0].sentence());
        review.look_for_contradiction(path, (!agrees).then_some(said));
    }
    review
}

fn same_question(criterion: &Criterion, approved: &AcceptanceCriterion) -> bool {
    let attribute = match &criterion.subject {
        CriterionSubject::Overall => None,
        CriterionSubject::EachGroup { attribute }
        | CriterionSubject::Group { attribute, .. }
        | CriterionSubject::Gap { attribute, .. } => Some(attribute.join(" x ")),
    };
    approved.measure.text() == Some(criterion.measure.as_str()) && approved.attribute.text() == attribute.as_deref()
}

fn same_bound(criterion: &Criterion, approved: &AcceptanceCriterion) -> bool {
    let word = match criterion.comparator {
        Comparator::AtLeast => ">=",
        Comparator::MoreThan => ">",
        Comparator::AtMost => "<=",
        Comparator::LessThan => "<",
        Comparator::Within => "within",
    };
    approved.comparator.get().is_none_or(|comparator| comparator.word() == word)
        && approved.threshold.get() == Some(&criterion.threshold)
}
