use jiff::civil::Date;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::security::AccessReview;
use crate::findings::words;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Was access reviewed in the last three months, in full, by a known person, and was what it revoked taken away?
    ///
    /// # Why it matters
    /// Rights pile up: everybody keeps what they once needed.
    ///
    /// # When it does not apply
    /// Where `security.access_review` is stated as not applicable, or without an `as_of` day.
    ///
    /// # How to read it
    /// The `date` lies within three months before the `as_of` day, which is a default of policy. `by` is one of the people,
    /// and `reviewed` is at least the number of accounts under `security.access`. An account among `revoked_principals` that
    /// still stands under `security.access` is a contradiction, and so is a number `revoked` that differs from the number of
    /// them.
    ///
    /// # What to do
    /// Review every account, take away what is not needed, and record both.
    ///
    /// # References
    /// ISO/IEC 27001:2022, A.5.18; NIST SP 800-53 Rev. 5, AC-2.
    id: "access/review",
    title: "Access is reviewed, and revoked access is gone",
    dimension: Access,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["security.access_review"], asked: Asked::on_the_day(judge) },
}

/// Months until access is reviewed anew.
const MONTHS: u64 = 3;

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let of = &dossier.security.access_review;
    let mut review = Review::of("parts of the review of access", "hold");
    review.expect_every("security.access_review.date", &of.date, MONTHS, day, "the review");
    let unnamed = || Some("nobody is named who reviewed".to_owned());
    review.look("security.access_review.by", of.by.get().map_or_else(unnamed, |by| dossier.stranger(by)));
    let accounts = dossier.security.access.len() as u64;
    let missed = match of.reviewed.get() {
        None => Some("it does not say how many accounts were looked at".to_owned()),
        Some(reviewed) => (*reviewed < accounts)
            .then(|| format!("{} of {} accounts were looked at", words::count(*reviewed), words::count(accounts))),
    };
    review.look("security.access_review.reviewed", missed);
    let path = "security.access_review.revoked_principals";
    for name in of.revoked_principals.items() {
        let still = dossier.security.access.iter().any(|account| account.principal.get() == Some(name));
        review.look_for_contradiction(path, still.then(|| format!("`{name}` was revoked and still has access")));
    }
    review.look_for_contradiction("security.access_review.revoked", miscounted(of));
    review
}

fn miscounted(of: &AccessReview) -> Option<String> {
    let (revoked, named) = (*of.revoked.get()?, of.revoked_principals.get()?.len() as u64);
    (revoked != named)
        .then(|| format!("{} accounts were revoked, and {} are named", words::count(revoked), words::count(named)))
}
