use crate::checks::{Answer, Judge, check};
use crate::findings::v1::{Outcome, Reason};
use crate::findings::words;
use crate::judge::Context;
use crate::plan::Task;

check! {
    /// # What it asks
    /// Is every score a finite number between 0 and 1?
    ///
    /// # Why it matters
    /// A score outside that range is not a probability: log loss, Brier score and calibration have no meaning for it, and
    /// it often is the first sign that raw margins, percentages or a sentinel such as -1 reached the log.
    ///
    /// # When it does not apply
    /// Without a score column.
    ///
    /// # How to read it
    /// Met when no score lies outside. Scores inside the range may still be badly calibrated.
    ///
    /// # What to do
    /// Find where the value is produced: map margins through the model's link, divide percentages by 100, write missing
    /// scores as missing.
    ///
    /// # References
    /// None: this is the definition of a probability.
    id: "predictions/score-range",
    title: "Scores are probabilities",
    dimension: Predictions,
    severity: High,
    needs: [Scores],
    since: "0.1.0",
    judge: Judge::Own { tasks: &[Task::Binary, Task::Multiclass], judge, words },
}

fn judge(context: &Context<'_>) -> Vec<Answer> {
    if let Some(contract) = context.facts.class_contract {
        let wrong = contract.infinite + contract.not_probabilities;
        return if contract.scored == 0 {
            Answer::not_assessed(Reason::NoRows)
        } else {
            vec![Answer::none_of(wrong, contract.scored)]
        };
    }
    let Some(contract) = context.facts.binary().map(|table| &table.contract) else {
        return Answer::not_assessed(Reason::NoRows);
    };
    if contract.scored == 0 {
        return Answer::not_assessed(Reason::NoRows);
    }
    vec![Answer::none_of(contract.infinite + contract.outside_unit, contract.scored)]
}

fn words(answer: &Answer, context: &Context<'_>) -> String {
    if let Some(contract) = context.facts.class_contract {
        let rows = words::count(answer.of);
        return match answer.outcome {
            Some(Outcome::Met) => format!("In all {rows} rows the scores lay between 0 and 1 and added up to 1."),
            _ => format!(
                "In {} of {rows} rows the scores were no probabilities: {} hold an infinite one, {} one outside 0 to 1, and \
                 in {} they do not add up to 1.",
                words::count(answer.concerned.unwrap_or(0)),
                words::count(contract.infinite),
                words::count(contract.outside_unit),
                words::count(contract.not_one),
            ),
        };
    }
    let Some(contract) = context.facts.binary().map(|table| &table.contract) else { return String::new() };
    let range = format!("{} to {}", words::number(contract.lowest), words::number(contract.highest));
    match answer.outcome {
        Some(Outcome::Met) => format!("All {} scores lay between 0 and 1 (from {range}).", words::count(answer.of)),
        _ => format!(
            "{} of {} scores lay outside 0 to 1 (from {range}), {} of them infinite.",
            words::count(answer.concerned.unwrap_or(0)),
            words::count(answer.of),
            words::count(contract.infinite),
        ),
    }
}
