use crate::checks::{ANY, Answer, Judge, check};
use crate::findings::v1::{Outcome, Reason};
use crate::findings::words;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Does every row identifier occur once?
    ///
    /// # Why it matters
    /// Repeated rows count some people twice, narrow every interval without reason, and are the usual trace of a join
    /// that fanned out or a log that was replayed.
    ///
    /// # When it does not apply
    /// Without an id column. Rows without an identifier are counted as missing values.
    ///
    /// # How to read it
    /// Not met when any identifier repeats. All rows are still counted in every measure.
    ///
    /// # What to do
    /// Keep one row per decision; if one subject rightly has several, use an identifier of the decision instead.
    ///
    /// # References
    /// None: identifiers identify.
    id: "data/duplicate-ids",
    title: "Identifiers are unique",
    dimension: Data,
    severity: High,
    needs: [Ids],
    since: "0.1.0",
    judge: Judge::Own { tasks: ANY, judge, words },
}

fn judge(context: &Context<'_>) -> Vec<Answer> {
    let measurements = context.facts.measurements;
    if measurements.rows == 0 {
        return Answer::not_assessed(Reason::NoRows);
    }
    vec![Answer::none_of(measurements.duplicate_rows, measurements.rows)]
}

fn words(answer: &Answer, context: &Context<'_>) -> String {
    let rows = words::rows(answer.of);
    match answer.outcome {
        Some(Outcome::Met) => format!("Every identifier occurred once, over {rows}."),
        _ => {
            let repeated = context.facts.measurements.repeated_ids;
            format!(
                "{} occurred more than once: {} of {rows} repeat one that came before.",
                if repeated == 1 {
                    "1 identifier".to_owned()
                } else {
                    format!("{} identifiers", words::count(repeated))
                },
                words::count(answer.concerned.unwrap_or(0)),
            )
        }
    }
}
