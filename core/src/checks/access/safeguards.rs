use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::findings::v1::Reason;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Are the secrets kept safe, is the endpoint closed to strangers and to floods, and is the artefact signed?
    ///
    /// # Why it matters
    /// An open endpoint lets anybody copy the model by asking it. An unsigned artefact can be exchanged unnoticed.
    ///
    /// # When it does not apply
    /// A safeguard that is stated as not applicable is passed over: a model that runs in batches has no endpoint.
    ///
    /// # How to read it
    /// `secrets_managed`, `endpoint_authenticated` and `rate_limited` are `true`, and `artifact_signature` is stated. What
    /// nobody states is taken as missing.
    ///
    /// # What to do
    /// Put the safeguard in place, or state why there can be none.
    ///
    /// # References
    /// EU AI Act, Article 15 (5); MITRE ATLAS, AML.T0024 (exfiltration via an inference interface).
    id: "access/safeguards",
    title: "Safeguards are in place",
    dimension: Access,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["security"], asked: Asked::anytime(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    let of = &dossier.security;
    let mut review = Review::of("safeguards", "are in place");
    for (path, flag, question, no) in [
        (
            "security.secrets_managed",
            &of.secrets_managed,
            "secrets are kept in a vault and rotated",
            "secrets are not kept in a vault and rotated",
        ),
        (
            "security.endpoint_authenticated",
            &of.endpoint_authenticated,
            "the endpoint asks who is calling",
            "the endpoint does not ask who is calling",
        ),
        ("security.rate_limited", &of.rate_limited, "calls are limited", "calls are not limited"),
    ] {
        let wrong = if flag.get().is_some() { no.to_owned() } else { format!("nothing says whether {question}") };
        review.expect(path, flag, flag.get() == Some(&true), &wrong);
    }
    let signed = of.artifact_signature.get().is_some();
    review.expect(
        "security.artifact_signature",
        &of.artifact_signature,
        signed,
        "no signature of the artefact is stated",
    );
    review.or_not_assessed(Some(Reason::StatedNotApplicable))
}
