use jiff::civil::Date;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::findings::v1::Reason;
use crate::findings::words;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Do the people who review decisions sometimes decide otherwise?
    ///
    /// # Why it matters
    /// A review that never changes anything is a second signature, not a second opinion.
    ///
    /// # When it does not apply
    /// Where nobody counts, without an `as_of` day, or where fewer than 100 decisions were reviewed and none was changed:
    /// that may be chance.
    ///
    /// # How to read it
    /// `oversight.reviewed` and `oversight.overridden` are counted until `counted_until`, which lies within the last twelve
    /// months. None reviewed is a fault, and so is none changed among 100 or more: with so many, a share of three in a
    /// hundred would have shown with a probability of 95 %. More changed than reviewed is a contradiction.
    ///
    /// # What to do
    /// Have a sample decided without sight of the score, and compare.
    ///
    /// # References
    /// EU AI Act, Article 14 (4) (b), automation bias; Goddard, Roudsari and Wyatt, "Automation bias: a systematic review of
    /// frequency, effect mediators, and mitigators", 2012.
    id: "oversight/overrides",
    title: "Reviews change decisions",
    dimension: Oversight,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier {
        rests_on: &["oversight.reviewed", "oversight.overridden"],
        asked: Asked::on_the_day(judge),
    },
}

/// Reviewed decisions after which none changed is no chance any more.
const MANY: u64 = 100;
/// Months after which counts no longer count.
const MONTHS: u64 = 12;

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let of = &dossier.oversight;
    let mut review = Review::of("counts of reviewed decisions", "are recent and show a second opinion");
    let (Some(reviewed), Some(overridden)) = (of.reviewed.get(), of.overridden.get()) else { return review };
    let (all, changed) = (words::count(*reviewed), words::count(*overridden));
    if overridden > reviewed {
        let wrong = format!("{changed} decisions were changed, and {all} reviewed");
        review.look_for_contradiction("oversight.overridden", Some(wrong));
    } else if *reviewed == 0 {
        review.look("oversight.reviewed", Some("no decision was reviewed".to_owned()));
    } else if *overridden > 0 {
        review.look("oversight.overridden", None);
    } else if *reviewed >= MANY {
        review.look("oversight.overridden", Some(format!("none of {all} reviewed decisions was changed")));
    } else {
        return Review::not_assessed(Reason::FewRecords);
    }
    review.expect_every("oversight.counted_until", &of.counted_until, MONTHS, day, "the count");
    review
}
