use jiff::civil::Date;

use crate::checks::calendar::stale;
use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::{Dossier, PersonId};
use crate::findings::v1::Reason;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Was it assessed before deployment what the model could do to people, by somebody who did not build it, and since then?
    ///
    /// # Why it matters
    /// After deployment an assessment can only explain what was done.
    ///
    /// # When it does not apply
    /// Where `classification.affects_persons` is `false` or `impact` is stated as not applicable, or without an `as_of` day.
    ///
    /// # How to read it
    /// `dpia` or `fria` says where the assessment lies. `assessed_by` is one of the people and not under `people.developers`.
    /// `assessed_at` is not after `identity.deployed_at`; where something significant changed after deployment, it is not
    /// before the last such change. It is never older than twelve months, which is a default of policy. A change that is not
    /// recorded as insignificant counts as significant.
    ///
    /// # What to do
    /// Assess anew, with somebody who has nothing to defend.
    ///
    /// # References
    /// GDPR, Article 35 (1) and (11); EU AI Act, Article 27; ISO/IEC 42001:2023, A.5.
    id: "risks/impact",
    title: "The impact on people was assessed in time",
    dimension: Risks,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier {
        rests_on: &["impact", "classification.affects_persons"],
        asked: Asked::on_the_day(judge),
    },
}

/// Months until the impact is assessed anew.
const MONTHS: u64 = 12;

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    if dossier.classification.affects_persons.get() == Some(&false) {
        return Review::not_assessed(Reason::StatedNotApplicable);
    }
    let of = &dossier.impact;
    let mut review = Review::of("parts of the impact assessment", "hold");
    let lies = of.dpia.get().is_some() || of.fria.get().is_some();
    review.look("impact", (!lies).then(|| "nothing says where it lies".to_owned()));
    review.look("impact.assessed_by", biased(dossier, of.assessed_by.get()));
    review.look("impact.assessed_at", mistimed(dossier, of.assessed_at.get(), day));
    review
}

fn biased(dossier: &Dossier, assessor: Option<&PersonId>) -> Option<String> {
    let Some(assessor) = assessor else { return Some("nobody is named who assessed".to_owned()) };
    if assessor.is_among(&dossier.people.developers) {
        return Some(format!("it was assessed by a developer, {}", assessor.as_str()));
    }
    dossier.stranger(assessor)
}

fn mistimed(dossier: &Dossier, assessed: Option<&Date>, day: Date) -> Option<String> {
    let Some(assessed) = assessed else { return Some("it has no day".to_owned()) };
    let deployed = dossier.identity.deployed_at.get();
    let change =
        dossier.last_significant_change(day).filter(|change| deployed.is_none_or(|deployed| change > deployed));
    match (change, deployed) {
        (Some(change), _) if *assessed < change => Some(format!("it is of {assessed}, before the change of {change}")),
        (None, Some(deployed)) if assessed > deployed => {
            Some(format!("it is of {assessed}, after the deployment of {deployed}"))
        }
        _ => stale(*assessed, MONTHS, day).map(|wrong| format!("it {wrong}")),
    }
}
