use crate::checks::{Answer, Judge, check};
use crate::findings::v1::{Outcome, Reason};
use crate::findings::words;
use crate::judge::Context;
use crate::plan::Task;

check! {
    /// # What it asks
    /// Do the predicted quantiles rise with their level?
    ///
    /// # Why it matters
    /// A 90th percentile below the 10th is no forecast of anything: an interval between the two is empty, and whoever
    /// plans with it is misled.
    ///
    /// # When it does not apply
    /// To models without at least two columns of quantiles.
    ///
    /// # How to read it
    /// Met when no row has a quantile below one of a lower level. Rows that cross stay in the coverage, where an empty
    /// interval covers nothing.
    ///
    /// # What to do
    /// Sort the quantiles of each row, which never makes the loss larger, or fit them together.
    ///
    /// # References
    /// Chernozhukov, Fernández-Val and Galichon (2010), Quantile and probability curves without crossing, Econometrica 78.
    id: "predictions/quantile-order",
    title: "Quantiles do not cross",
    dimension: Predictions,
    severity: Medium,
    needs: [Quantiles],
    since: "0.1.0",
    judge: Judge::Own { tasks: &[Task::Regression], judge, words },
}

fn judge(context: &Context<'_>) -> Vec<Answer> {
    match context.facts.numbers().map(|table| &table.contract) {
        Some(contract) if contract.with_quantiles > 0 => {
            vec![Answer::none_of(contract.crossing, contract.with_quantiles)]
        }
        _ => Answer::not_assessed(Reason::NoRows),
    }
}

fn words(answer: &Answer, _: &Context<'_>) -> String {
    let rows = words::rows(answer.of);
    match answer.outcome {
        Some(Outcome::Met) => format!("The quantiles rise with their level in all {rows}."),
        _ => format!(
            "In {} of {rows} a quantile lies below one of a lower level.",
            words::count(answer.concerned.unwrap_or(0))
        ),
    }
}
