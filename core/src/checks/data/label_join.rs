use crate::checks::{ANY, Answer, Judge, check};
use crate::findings::v1::{Outcome, Reason};
use crate::findings::words;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Do labels that arrived in another table fit the predictions one to one?
    ///
    /// # Why it matters
    /// Contradicting labels, or labels for rows nobody predicted, mean that the two tables speak of different things;
    /// performance is then measured on whatever happened to match.
    ///
    /// # When it does not apply
    /// When labels stand in the predictions table.
    ///
    /// # How to read it
    /// Not met when one identifier has contradicting labels (none of them is used). Repeats with the same label
    /// count once; labels without a prediction are counted and not used.
    ///
    /// # What to do
    /// Settle which source of labels is authoritative; check that both tables cover the same period and model.
    ///
    /// # References
    /// None: this is bookkeeping of a join.
    id: "data/label-join",
    title: "Labels fit the predictions",
    dimension: Data,
    severity: High,
    needs: [Labels],
    since: "0.1.0",
    judge: Judge::Own { tasks: ANY, judge, words },
}

fn judge(context: &Context<'_>) -> Vec<Answer> {
    match context.facts.measurements.labels {
        None => vec![Answer { outcome: Some(Outcome::NotApplicable), ..Answer::default() }],
        Some(join) if join.rows == 0 => Answer::not_assessed(Reason::NoRows),
        Some(join) => vec![Answer::none_of(join.conflicting, join.rows)],
    }
}

fn words(_: &Answer, context: &Context<'_>) -> String {
    match context.facts.measurements.labels {
        None => "Labels stand in the predictions table.".to_owned(),
        Some(join) => format!(
            "The labels table has {}: {} identifiers with contradicting labels, {} repeated, {} without a prediction, \
             {} rows without an identifier.",
            words::rows(join.rows),
            words::count(join.conflicting),
            words::count(join.duplicates),
            words::count(join.unmatched),
            words::count(join.without_id),
        ),
    }
}
