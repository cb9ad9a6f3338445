use jiff::civil::Date;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::operations::Risk;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Has every risk an owner and a next look, and every large one a measure, and a rest that somebody else accepted?
    ///
    /// # Why it matters
    /// A risk that its owner accepts alone was never weighed against anything.
    ///
    /// # When it does not apply
    /// Where `risks` is empty or stated as not applicable, or without an `as_of` day.
    ///
    /// # How to read it
    /// `severity` and `likelihood` run from 1 to 5. Every risk has an `owner` and a `review_at` that has not gone by. Where
    /// their product is 10 or more, a default of policy, it also has `measures`, a rating of what remains, and somebody other
    /// than the owner under `accepted_by`, not after the `as_of` day. A rest that is larger than the risk is a contradiction.
    /// Whether a monitor watches the risk is the question of `monitoring/coverage`.
    ///
    /// # What to do
    /// Rate it, do something about it, and have the rest accepted by whoever would bear it.
    ///
    /// # References
    /// EU AI Act, Article 9 (2) and (5); ISO 31000:2018, 6.5; NIST AI RMF 1.0, Manage 1.3 and 1.4.
    id: "risks/treatment",
    title: "Risks are owned, treated and accepted",
    dimension: Risks,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["risks"], asked: Asked::on_the_day(judge) },
}

/// Severity times likelihood from which a risk is large.
const LARGE: u64 = 10;
/// The largest severity and likelihood.
const MOST: u64 = 5;

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let mut review = Review::of("risks", "are owned, treated and accepted");
    for (index, risk) in dossier.risks.iter().enumerate() {
        let id = risk.id.text().unwrap_or_default();
        let path = format!("risks[{index}]");
        let size = rated(risk.severity.get(), risk.likelihood.get());
        let rest = rated(risk.residual_severity.get(), risk.residual_likelihood.get());
        if size.is_some() && rest > size {
            review.look_for_contradiction(path, Some(format!("more of `{id}` remains than there was")));
        } else {
            review.look(path, untreated(risk, size, rest, day).map(|wrong| format!("`{id}` {wrong}")));
        }
    }
    review
}

/// Severity times likelihood, where both are stated and on the scale.
fn rated(severity: Option<&u64>, likelihood: Option<&u64>) -> Option<u64> {
    let on_scale = |grade: &&u64| (1..=MOST).contains(*grade);
    Some(severity.filter(on_scale)? * likelihood.filter(on_scale)?)
}

fn untreated(risk: &Risk, size: Option<u64>, rest: Option<u64>, day: Date) -> Option<String> {
    let Some(size) = size else { return Some("is not rated from 1 to 5".to_owned()) };
    let Some(owner) = risk.owner.get() else { return Some("has no owner".to_owned()) };
    let Some(review) = risk.review_at.get() else { return Some("has no day of its next review".to_owned()) };
    if *review < day {
        return Some(format!("was to be reviewed on {review}"));
    }
    if size < LARGE {
        return None;
    }
    if risk.measures.items().is_empty() {
        return Some("is large, and no measure is stated".to_owned());
    }
    if rest.is_none() {
        return Some("is large, and nothing says what remains".to_owned());
    }
    match (risk.accepted_by.get(), risk.accepted_at.get()) {
        (None, _) => Some("is large, and nobody is named who accepted what remains".to_owned()),
        (Some(by), _) if by == owner => Some(format!("was accepted by its owner, {}", owner.as_str())),
        (_, None) => Some("does not say when it was accepted".to_owned()),
        (_, Some(at)) => (*at > day).then(|| format!("was accepted on {at}, after the day of this audit")),
    }
}
