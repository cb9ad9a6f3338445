use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Is there a procedure for incidents, and do people fill its roles whom the dossier knows?
    ///
    /// # Why it matters
    /// On the night on which a model fails nobody has time to find out who may stop it.
    ///
    /// # When it does not apply
    /// Where `incidents.procedure` is stated as not applicable.
    ///
    /// # How to read it
    /// `incidents.procedure` says where the procedure lies. `incidents.responders` names at least two people, so that one may
    /// be away, and all of them stand under `people.persons`.
    ///
    /// # What to do
    /// Write down who does what in an incident, and name a deputy.
    ///
    /// # References
    /// ISO/IEC 27001:2022, A.5.24; NIST AI RMF 1.0, Manage 4.3.
    id: "incidents/procedure",
    title: "Incidents have a procedure and people",
    dimension: Incidents,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["incidents.procedure"], asked: Asked::anytime(judge) },
}

/// People who have to fill the roles at least.
const RESPONDERS: usize = 2;

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    let mut review = Review::of("parts of the procedure for incidents", "are in place");
    review.look("incidents.procedure", None);
    let responders = &dossier.incidents.responders;
    let wrong = if responders.items().is_empty() {
        "nobody is named for its roles"
    } else {
        "one person alone is named for its roles"
    };
    review.expect("incidents.responders", responders, responders.items().len() >= RESPONDERS, wrong);
    for (index, responder) in responders.items().iter().enumerate() {
        review.look(format!("incidents.responders[{index}]"), dossier.stranger(responder));
    }
    review
}
