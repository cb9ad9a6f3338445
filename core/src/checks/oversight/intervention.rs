use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::identity::Autonomy;
use crate::findings::v1::Reason;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Is it laid down how people watch over the decisions, when they may decide otherwise, and how they stop the model?
    ///
    /// # Why it matters
    /// Oversight without the power to decide otherwise is watching.
    ///
    /// # When it does not apply
    /// Where `oversight`, or one of its fields, is stated as not applicable.
    ///
    /// # How to read it
    /// `mode`, `override_policy`, `stop_procedure` and `automation_bias_measures` are stated. Unless the model only assists
    /// or recommends, `escalation` also says what makes people look up.
    ///
    /// # What to do
    /// Write down who may override and stop, and how, and give them the means.
    ///
    /// # References
    /// EU AI Act, Article 14 (4); ISO/IEC 42001:2023, A.9.2.
    id: "oversight/intervention",
    title: "People can decide otherwise and stop it",
    dimension: Oversight,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["oversight"], asked: Asked::anytime(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    let of = &dossier.oversight;
    let mut review = Review::of("means of oversight", "are laid down");
    review.expect("oversight.mode", &of.mode, of.mode.get().is_some(), "nothing says how people watch");
    let policy = of.override_policy.get().is_some();
    review.expect(
        "oversight.override_policy",
        &of.override_policy,
        policy,
        "nothing says when people may decide otherwise",
    );
    let stop = of.stop_procedure.get().is_some();
    review.expect("oversight.stop_procedure", &of.stop_procedure, stop, "nothing says how to stop the model");
    let measures = &of.automation_bias_measures;
    let path = "oversight.automation_bias_measures";
    review.expect(
        path,
        measures,
        !measures.items().is_empty(),
        "nothing says what keeps people from trusting it too much",
    );
    if !matches!(dossier.classification.autonomy.get(), Some(Autonomy::Assist | Autonomy::Recommend)) {
        let escalation = !of.escalation.items().is_empty();
        review.expect("oversight.escalation", &of.escalation, escalation, "nothing says what makes people look up");
    }
    review.or_not_assessed(Some(Reason::StatedNotApplicable))
}
