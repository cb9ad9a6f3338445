use jiff::civil::Date;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::documents::Attestation;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Does every attestation come from a known person, say something, and still count on the day?
    ///
    /// # Why it matters
    /// Somebody's word holds for a while and for what they know. Without a name and an end it holds for nothing.
    ///
    /// # When it does not apply
    /// Where `attestations` is empty or stated as not applicable, or without an `as_of` day.
    ///
    /// # How to read it
    /// `control` and `statement` are stated, `by` is one of the people, `at` is not after the `as_of` day, and `expires` has
    /// not gone by. Whether the statement is true is not asked here: this is the weakest kind of evidence.
    ///
    /// # What to do
    /// Have it attested anew by somebody who knows, or replace it by a record.
    ///
    /// # References
    /// ISO/IEC 42001:2023, 7.5; NIST AI RMF 1.0, Govern 2.1.
    id: "documentation/attestations",
    title: "Attestations count",
    dimension: Documentation,
    severity: Medium,
    needs: [Dossier],
    evidence: Attestation,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["attestations"], asked: Asked::on_the_day(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let mut review = Review::of("attestations", "count");
    for (index, attestation) in dossier.attestations.iter().enumerate() {
        let control = attestation.control.text().unwrap_or_default();
        let wrong = void(dossier, attestation, day).map(|wrong| format!("the one of `{control}` {wrong}"));
        review.look(format!("attestations[{index}]"), wrong);
    }
    review
}

fn void(dossier: &Dossier, attestation: &Attestation, day: Date) -> Option<String> {
    if attestation.control.get().is_none() || attestation.statement.get().is_none() {
        return Some("does not say what it attests".to_owned());
    }
    let Some(by) = attestation.by.get() else { return Some("is by nobody".to_owned()) };
    if let Some(stranger) = dossier.stranger(by) {
        return Some(format!("is by a stranger: {stranger}"));
    }
    let Some(at) = attestation.at.get() else { return Some("has no day".to_owned()) };
    if *at > day {
        return Some(format!("is dated {at}, after the day of this audit"));
    }
    let Some(expires) = attestation.expires.get() else { return Some("has no end".to_owned()) };
    (*expires < day).then(|| format!("ran out on {expires}"))
}
