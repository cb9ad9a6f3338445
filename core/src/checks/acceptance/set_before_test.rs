use jiff::civil::Date;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Was every acceptance criterion defined and approved before this test of it?
    ///
    /// # Why it matters
    /// A bound that is set when the number is known can always be met.
    ///
    /// # When it does not apply
    /// Without criteria in the dossier. The day of the test is the `as_of` day.
    ///
    /// # How to read it
    /// `defined_at` and `approved_at` are both before the `as_of` day. A criterion that lacks one of them was not shown to be.
    ///
    /// # What to do
    /// Set and approve criteria when the model is planned, and record both days. A criterion that was changed after a test
    /// needs a new test on new data.
    ///
    /// # References
    /// EU AI Act, Article 9 (8): testing against prior defined metrics and thresholds.
    id: "acceptance/set-before-test",
    title: "Criteria were set before the test",
    dimension: Acceptance,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["acceptance.criteria"], asked: Asked::on_the_day(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let mut review = Review::of("criteria", "were defined and approved before this test");
    for (index, criterion) in dossier.acceptance.criteria.iter().enumerate() {
        let days = [("defined", criterion.defined_at.get()), ("approved", criterion.approved_at.get())];
        let wrong = days.into_iter().find_map(|(what, at)| match at {
            None => Some(format!("no day on which it was {what}")),
            Some(at) => (*at >= day).then(|| format!("{what} on {at}")),
        });
        let name = criterion.id.text().unwrap_or_default();
        review.look(format!("acceptance.criteria[{index}]"), wrong.map(|wrong| format!("`{name}`: {wrong}")));
    }
    review
}
