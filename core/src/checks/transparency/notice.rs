use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::findings::v1::Reason;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Are the people whom the model affects named, told, and given a way to answer back?
    ///
    /// # Why it matters
    /// Who does not know that a model was at work cannot contest what it said.
    ///
    /// # When it does not apply
    /// Where `classification.affects_persons` is `false`.
    ///
    /// # How to read it
    /// `purpose.affected_groups`, `explainability.user_notice` and `monitoring.feedback_channel` are stated.
    ///
    /// # What to do
    /// Tell people before or with the decision, and say where they can complain.
    ///
    /// # References
    /// EU AI Act, Articles 26 (11) and 50; GDPR, Articles 13 (2) (f) and 22.
    id: "transparency/notice",
    title: "People are told",
    dimension: Transparency,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["classification.affects_persons"], asked: Asked::anytime(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    if dossier.classification.affects_persons.get() == Some(&false) {
        return Review::not_assessed(Reason::StatedNotApplicable);
    }
    let mut review = Review::of("parts of the notice", "are in place");
    let groups = &dossier.purpose.affected_groups;
    review.expect("purpose.affected_groups", groups, !groups.items().is_empty(), "nothing says whom it affects");
    let notice = &dossier.explainability.user_notice;
    review.expect("explainability.user_notice", notice, notice.get().is_some(), "nothing says how people are told");
    let channel = &dossier.monitoring.feedback_channel;
    review.expect(
        "monitoring.feedback_channel",
        channel,
        channel.get().is_some(),
        "nothing says how people answer back",
    );
    review.or_not_assessed(Some(Reason::StatedNotApplicable))
}
