use jiff::civil::Date;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::findings::v1::Reason;
use crate::findings::words;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Is the threat model current, was the model tested by intruders on order, and are its dependencies scanned?
    ///
    /// # Why it matters
    /// Attacks change faster than models do.
    ///
    /// # When it does not apply
    /// What is stated as not applicable is passed over. Nothing of it can be told without an `as_of` day.
    ///
    /// # How to read it
    /// `threat_model` says where it lies, and `threat_model_at` is within twelve months. The `penetration_test` is within
    /// twelve months, says who carried it out, and has no open findings. `dependencies_scanned_at` is within one month. The
    /// intervals are defaults of policy. What nobody states is taken as missing.
    ///
    /// # What to do
    /// Carry out what is due, close what was found, and record the day.
    ///
    /// # References
    /// EU AI Act, Article 15 (5); ISO/IEC 27001:2022, A.8.8 and A.8.29.
    id: "access/security-tests",
    title: "Protection is tested in time",
    dimension: Access,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["security"], asked: Asked::on_the_day(judge) },
}

/// Months until a threat model and a penetration test are due again.
const MONTHS: u64 = 12;
/// Months until dependencies are scanned again.
const SCAN: u64 = 1;

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let of = &dossier.security;
    let mut review = Review::of("tests of the protection", "are there and in time");
    review.expect(
        "security.threat_model",
        &of.threat_model,
        of.threat_model.get().is_some(),
        "no threat model is stated",
    );
    if of.threat_model.get().is_some() {
        review.expect_every("security.threat_model_at", &of.threat_model_at, MONTHS, day, "the threat model");
    }
    match dossier.absence_at("security.penetration_test") {
        None => {
            let test = &of.penetration_test;
            review.expect_every("security.penetration_test.date", &test.date, MONTHS, day, "the penetration test");
            let by = test.by.get().is_some();
            review.expect("security.penetration_test.by", &test.by, by, "nobody is named who tried to intrude");
            let open = test.open_findings.get();
            let said = open.map_or_else(
                || "the penetration test does not say what is open".to_owned(),
                |open| format!("findings of the penetration test that are open: {}", words::count(*open)),
            );
            review.expect("security.penetration_test.open_findings", &test.open_findings, open == Some(&0), &said);
        }
        Some(_) => {
            review.expect("security.penetration_test", &of.penetration_test, false, "no penetration test is stated");
        }
    }
    review.expect_every("security.dependencies_scanned_at", &of.dependencies_scanned_at, SCAN, day, "the scan");
    review.or_not_assessed(Some(Reason::StatedNotApplicable))
}
