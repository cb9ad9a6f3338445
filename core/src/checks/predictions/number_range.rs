use crate::checks::{Answer, Judge, check};
use crate::findings::v1::{Outcome, Reason};
use crate::findings::words;
use crate::judge::Context;
use crate::plan::Task;

check! {
    /// # What it asks
    /// Is every prediction and every label a number that can be computed with?
    ///
    /// # Why it matters
    /// One infinite prediction makes every mean infinite. Such rows are left out of all measures of errors, so they have
    /// to be named: a model that fails on its hardest rows would look better for it.
    ///
    /// # When it does not apply
    /// To models that do not predict a number, and without rows that have a prediction or a label.
    ///
    /// # How to read it
    /// Met when no prediction, label or quantile is infinite or larger than 2^200 (1.6e60) in size. The range of the
    /// predictions stands beside that of the labels: a prediction far outside it is an extrapolation, or a wrong unit.
    /// Texts such as NaN count as missing values.
    ///
    /// # What to do
    /// Find where the value is produced: a division by zero, the exponential of an unscaled score, a sentinel.
    ///
    /// # References
    /// None: this is what arithmetic needs.
    id: "predictions/number-range",
    title: "Predictions are finite",
    dimension: Predictions,
    severity: High,
    needs: [Predictions],
    since: "0.1.0",
    judge: Judge::Own { tasks: &[Task::Regression], judge, words },
}

fn judge(context: &Context<'_>) -> Vec<Answer> {
    let Some(contract) = context.facts.numbers().map(|table| &table.contract) else {
        return Answer::not_assessed(Reason::NoRows);
    };
    let of = contract.predicted + contract.labelled + contract.with_quantiles;
    if of == 0 {
        return Answer::not_assessed(Reason::NoRows);
    }
    vec![Answer::none_of(contract.unusable_predictions + contract.unusable_labels + contract.unusable_quantiles, of)]
}

fn words(answer: &Answer, context: &Context<'_>) -> String {
    let Some(contract) = context.facts.numbers().map(|table| &table.contract) else { return String::new() };
    if answer.outcome != Some(Outcome::Met) {
        return format!(
            "{} of {} predictions, {} of {} labels and the quantiles of {} rows were infinite or beyond 1.6e60; they are in \
             no measure.",
            words::count(contract.unusable_predictions),
            words::count(contract.predicted),
            words::count(contract.unusable_labels),
            words::count(contract.labelled),
            words::count(contract.unusable_quantiles),
        );
    }
    let range = |name: &str, lowest: f64, highest: f64| {
        if lowest <= highest {
            format!(" {name} from {} to {}.", words::number(lowest), words::number(highest))
        } else {
            String::new()
        }
    };
    format!(
        "Every number is finite.{}{}",
        range("Predictions", contract.lowest, contract.highest),
        range("Labels", contract.lowest_label, contract.highest_label)
    )
}
