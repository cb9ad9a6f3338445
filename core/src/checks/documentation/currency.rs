use jiff::civil::Date;

use crate::checks::calendar::months_after;
use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Was every document looked at since the last significant change, and within its review interval?
    ///
    /// # Why it matters
    /// An outdated document is the most frequent finding of audits, and the cheapest to prevent.
    ///
    /// # When it does not apply
    /// Without documents. Whether a review is due can only be told on the `as_of` day.
    ///
    /// # How to read it
    /// `updated_at` is compared with the day of the last change that is not recorded as insignificant, and with
    /// `review_every_months` before the `as_of` day (calendar months; the last day of a shorter month). A document without
    /// `updated_at` is not current, and one dated after the `as_of` day is not believed.
    ///
    /// # What to do
    /// Review the document, change what no longer holds, and record the day in `updated_at`.
    ///
    /// # References
    /// ISO/IEC 42001:2023, 7.5; EU AI Act, Article 11 (1).
    id: "documentation/currency",
    title: "Documents are current",
    dimension: Documentation,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["documents"], asked: Asked::on_the_day(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let last_change = dossier.last_significant_change(day);
    let mut review = Review::of("documents", "are current");
    for (index, document) in dossier.documents.iter().enumerate() {
        let wrong = document.updated_at.get().map_or(Some("has no date".to_owned()), |updated| {
            outdated(*updated, day, last_change, document.review_every_months.get().copied())
        });
        let name = document.id.text().unwrap_or_default();
        review.look(format!("documents[{index}].updated_at"), wrong.map(|wrong| format!("`{name}` {wrong}")));
    }
    review
}

fn outdated(updated: Date, day: Date, last_change: Option<Date>, months: Option<u64>) -> Option<String> {
    if updated > day {
        return Some(format!("is dated {updated}, after the day of this audit"));
    }
    if let Some(change) = last_change.filter(|change| updated < *change) {
        return Some(format!("was last changed on {updated}, before the change of {change}"));
    }
    let due = months_after(updated, months?)?;
    (due < day).then(|| format!("was due for review on {due}"))
}
