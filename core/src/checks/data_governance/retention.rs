use jiff::civil::Date;

use crate::checks::calendar::months_after;
use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::data::DatasetRole;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Is it laid down how long decisions, logs and documents are kept, and is no data set of decisions kept longer?
    ///
    /// # Why it matters
    /// What is deleted too early cannot be audited, and what is kept too long should not be there.
    ///
    /// # When it does not apply
    /// Where `retention` is stated as not applicable, or without an `as_of` day.
    ///
    /// # How to read it
    /// `decisions_months`, `logs_months` and `documents_months` are stated, and logs are kept for 6 months at least. A data
    /// set of the role `production` whose period ended more than `decisions_months` before the `as_of` day has a
    /// `deleted_at`. Data sets that state `delete_by` are the question of `data_governance/deletion`.
    ///
    /// # What to do
    /// Have the periods laid down, and delete what has outlived them.
    ///
    /// # References
    /// EU AI Act, Articles 18, 19 and 26 (6); GDPR, Article 5 (1) (e).
    id: "data_governance/retention",
    title: "Retention is laid down and kept to",
    dimension: DataGovernance,
    severity: Medium,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["retention"], asked: Asked::on_the_day(judge) },
}

/// Months for which logs are kept at least.
const LOGS: u64 = 6;

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let of = &dossier.retention;
    let mut review = Review::of("retention periods and data sets of decisions", "are in order");
    let decisions = of.decisions_months.get();
    let (path, wrong) = ("retention.decisions_months", "nothing says how long decisions are kept");
    review.expect(path, &of.decisions_months, decisions.is_some(), wrong);
    let logs = of.logs_months.get();
    let wrong =
        if logs.is_some() { "logs are kept for less than 6 months" } else { "nothing says how long logs are kept" };
    review.expect("retention.logs_months", &of.logs_months, logs.is_some_and(|months| *months >= LOGS), wrong);
    let (documents, wrong) = (of.documents_months.get(), "nothing says how long documents are kept");
    review.expect("retention.documents_months", &of.documents_months, documents.is_some(), wrong);
    for (index, dataset) in dossier.data.datasets.iter().enumerate() {
        let (Some(end), Some(months)) = (dataset.period_to.get(), decisions) else { continue };
        if dataset.role.get() != Some(&DatasetRole::Production) || dataset.delete_by.get().is_some() {
            continue;
        }
        let name = dataset.id.text().unwrap_or_default();
        let until = months_after(*end, *months).filter(|until| *until < day);
        let kept = until.filter(|_| dataset.deleted_at.get().is_none_or(|deleted| *deleted > day));
        let wrong = kept.map(|until| format!("`{name}` was to be kept until {until}"));
        review.look(format!("data.datasets[{index}]"), wrong);
    }
    review
}
