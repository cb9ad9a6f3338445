use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::acceptance::{AcceptanceCriterion, Comparison};
use crate::findings::{catalogue, words};
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
    /// attribute, and the plan asks of all its groups. One that no criterion of the plan judges was not tested; one that the
    /// plan judges by another bound or in the other direction is contradicted.
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
    judge: Judge::Dossier { rests_on: &["acceptance.criteria"], asked: Asked::anytime(judge) },
}

fn judge(context: &Context<'_>, dossier: &Dossier) -> Review {
    let mut review = Review::of("approved criteria", "are judged by the plan as approved");
    for (index, approved) in dossier.acceptance.criteria.iter().enumerate() {
        let path = format!("acceptance.criteria[{index}]");
        let name = approved.id.text().unwrap_or_default();
        let (Some(comparator), Some(bound)) = (approved.comparator.get(), approved.threshold.get()) else {
            review.look(path, Some(format!("`{name}` was approved without a bound")));
            continue;
        };
        let mut judged = context.plan.criteria.iter().filter(|criterion| same_question(criterion, approved)).peekable();
        let Some(first) = judged.peek().copied() else {
            review.look(path, Some(format!("`{name}` is not judged")));
            continue;
        };
        let agrees = judged.any(|criterion| meaning(criterion) == Some(*comparator) && criterion.threshold == *bound);
        let said = || {
            let (comparator, bound) = (comparator.word(), words::number(*bound));
            format!("`{name}` was approved with {comparator} {bound}, and the plan says {}", first.sentence())
        };
        review.look_for_contradiction(path, (!agrees).then(said));
    }
    review
}

/// Whether a criterion asks the same of the whole table, or of every group of the attribute.
fn same_question(criterion: &Criterion, approved: &AcceptanceCriterion) -> bool {
    let attribute = match &criterion.subject {
        CriterionSubject::Overall => None,
        CriterionSubject::EachGroup { attribute } => Some(attribute.join(" x ")),
        CriterionSubject::Gap { attribute, group } if group.is_empty() => Some(attribute.join(" x ")),
        CriterionSubject::Group { .. } | CriterionSubject::Gap { .. } => return false,
    };
    approved.measure.text().map(catalogue::known_as) == Some(criterion.measure.as_str())
        && approved.attribute.text() == attribute.as_deref()
}

/// The comparison of a criterion with one bound.
fn meaning(criterion: &Criterion) -> Option<Comparison> {
    Some(match criterion.comparator {
        Comparator::AtLeast => Comparison::AtLeast,
        Comparator::MoreThan => Comparison::MoreThan,
        Comparator::AtMost => Comparison::AtMost,
        Comparator::LessThan => Comparison::LessThan,
        Comparator::Within => return None,
    })
}
