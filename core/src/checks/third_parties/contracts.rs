use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::operations::ThirdParty;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Does every supplier have to let you audit them and tell you before they change something, and could you do without
    /// them?
    ///
    /// # Why it matters
    /// A supplier who changes a score overnight changes your model, and nobody approved that.
    ///
    /// # When it does not apply
    /// Where `third_parties` is empty or stated as not applicable.
    ///
    /// # How to read it
    /// `audit_right` is `true`, `change_notice_days` is at least 1, and `fallback` says what you would do without them. What
    /// nobody states is taken as missing.
    ///
    /// # What to do
    /// Ask for it at the next renewal, and until then watch what they supply and keep a fallback.
    ///
    /// # References
    /// Regulation (EU) 2022/2554 (DORA), Articles 28 and 30; ISO/IEC 42001:2023, A.10.3.
    id: "third_parties/contracts",
    title: "Suppliers can be audited, announce changes and can be replaced",
    dimension: ThirdParties,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["third_parties"], asked: Asked::anytime(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier) -> Review {
    let mut review = Review::of("suppliers", "are bound and replaceable");
    for (index, party) in dossier.third_parties.iter().enumerate() {
        let lacks = lacking(party);
        let name = party.supplier.text().unwrap_or_default();
        let wrong = (!lacks.is_empty()).then(|| format!("`{name}` lacks {}", lacks.join(", ")));
        review.look(format!("third_parties[{index}]"), wrong);
    }
    review
}

fn lacking(party: &ThirdParty) -> Vec<&'static str> {
    [
        ("a right to audit", party.audit_right.get() != Some(&true)),
        ("notice of changes", party.change_notice_days.get().is_none_or(|days| *days == 0)),
        ("a fallback", party.fallback.get().is_none()),
    ]
    .into_iter()
    .filter_map(|(what, missing)| missing.then_some(what))
    .collect()
}
