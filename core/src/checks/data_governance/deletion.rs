use jiff::civil::Date;

use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::judge::{Context, end_of_day};

check! {
    /// # What it asks
    /// Were data sets deleted when they had to be, and does nothing use one that was?
    ///
    /// # Why it matters
    /// Data that were kept for one purpose, such as looking for bias, may not stay when it is served.
    ///
    /// # When it does not apply
    /// Where no data set states a day by which it must be deleted, or has been.
    ///
    /// # How to read it
    /// After `delete_by` a data set needs a `deleted_at` that is not later. A step of lineage that ran after `deleted_at` and
    /// reads the data set contradicts its deletion.
    ///
    /// # What to do
    /// Delete the data and record the day, or have the retention extended by who may do so.
    ///
    /// # References
    /// EU AI Act, Article 4a (data for the detection of bias); GDPR, Article 5 (1) (e).
    id: "data_governance/deletion",
    title: "Data are deleted in time",
    dimension: DataGovernance,
    severity: High,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["data.datasets"], asked: Asked::on_the_day(judge) },
}

fn judge(_: &Context<'_>, dossier: &Dossier, day: Date) -> Review {
    let mut review = Review::of("data sets with a day of deletion", "were deleted in time");
    for (index, dataset) in dossier.data.datasets.iter().enumerate() {
        let (due, deleted) = (dataset.delete_by.get(), dataset.deleted_at.get());
        if due.is_none() && deleted.is_none() {
            continue;
        }
        let name = dataset.id.text().unwrap_or_default();
        let path = format!("data.datasets[{index}]");
        let used_since = deleted.and_then(|deleted| {
            let end = end_of_day(*deleted);
            dossier.data.lineage.iter().find(|step| {
                step.from.get().is_some_and(|from| from.iter().any(|id| id.as_str() == name))
                    && step.run_at.get().is_some_and(|run| run.microseconds > end)
            })
        });
        if let Some(step) = used_since {
            let job = step.job.text().unwrap_or_default();
            review.look_for_contradiction(path, Some(format!("`{name}` was read by `{job}` after its deletion")));
            continue;
        }
        let late = due.and_then(|due| match deleted {
            Some(deleted) if deleted > due => Some(format!("`{name}` was deleted on {deleted}, due {due}")),
            None if *due < day => Some(format!("`{name}` was to be deleted by {due}")),
            _ => None,
        });
        review.look(path, late);
    }
    review
}
