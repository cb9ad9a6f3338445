use jiff::civil::Date;

use crate::checks::calendar::stale;
use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::operations::ThirdParty;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Was every supplier assessed within twelve months, and does the certificate they hold still count?
    ///
    /// # Why it matters
    /// A certificate speaks until its last day. Most are filed and never looked at again.
    ///
    /// # When it does not apply
    /// Where `third_parties` is empty or stated as not applicable, or without an `as_of` day.
    ///
    /// # How to read it
    /// `assessed_at` lies within twelve months before the `as_of` day, which is a default of policy. A supplier with a
    /// `certificate` also states `certified_until`, and that day has not gone by.
    ///
    /// # What to do
    /// Ask for the new certificate, assess the supplier, and record both days.
    ///
    /// # References
    /// Regulation (EU) 2022/2554 (DORA), Article 28; ISO/IEC 27001:2022, A.5.22.
    id: "third_parties/assurance",
    title: "Suppliers are assessed, and their certificates count",
    dimension: ThirdParties,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["third_parties"], asked: Asked::on_the_day(judge) },
}

/// Months until a supplier is assessed anew.
const MONTHS: u64 = 12;

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let mut review = Review::of("suppliers", "are assessed in time");
    for (index, party) in dossier.third_parties.iter().enumerate() {
        let name = party.supplier.text().unwrap_or_default();
        let wrong = outdated(party, day).map(|wrong| format!("`{name}`: {wrong}"));
        review.look(format!("third_parties[{index}]"), wrong);
    }
    review
}

fn outdated(party: &ThirdParty, day: Date) -> Option<String> {
    if let Some(certificate) = party.certificate.text() {
        let Some(until) = party.certified_until.get() else { return Some(format!("{certificate} has no end")) };
        if *until < day {
            return Some(format!("{certificate} ran out on {until}"));
        }
    }
    let Some(assessed) = party.assessed_at.get() else { return Some("no day of an assessment is stated".to_owned()) };
    stale(*assessed, MONTHS, day).map(|wrong| format!("the assessment {wrong}"))
}
