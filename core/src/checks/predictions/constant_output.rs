use crate::checks::{ANY, Answer, Judge, check};
use crate::findings::v1::{Outcome, Reason};
use crate::findings::words;
use crate::judge::Context;
use crate::measure::counts::Decided;
use crate::measure::{NumberContract, ScoreContract, TaskTable};
use crate::plan::Side;

check! {
    /// # What it asks
    /// Does the model give more than one answer?
    ///
    /// # Why it matters
    /// A constant score or decision is what a broken feature join, a default path or a failed model load looks like from
    /// outside; accuracy may still look good when one class is rare.
    ///
    /// # When it does not apply
    /// Without rows that carry a score, a decision or a predicted number, or with a single such row.
    ///
    /// # How to read it
    /// Not met when all scores or all predicted numbers are equal, or all decisions are the same.
    ///
    /// # What to do
    /// Check the serving log for fallbacks and the feature pipeline for nulls before reading any other measure.
    ///
    /// # References
    /// Breck et al. (2017), The ML Test Score, IEEE Big Data.
    id: "predictions/constant-output",
    title: "Output varies",
    dimension: Predictions,
    severity: Critical,
    needs: [],
    since: "0.1.0",
    judge: Judge::Own { tasks: ANY, judge, words },
}

fn judge(context: &Context<'_>) -> Vec<Answer> {
    match &context.facts.measurements.task {
        TaskTable::Binary(table) => of_classes(context, &table.contract),
        TaskTable::Multiclass(_) => several_classes(context),
        TaskTable::Regression(table) => of_numbers(&table.contract),
    }
}

fn of_numbers(contract: &NumberContract) -> Vec<Answer> {
    let NumberContract { predicted, lowest, highest, .. } = *contract;
    if predicted < 2 {
        return Answer::not_assessed(Reason::NoRows);
    }
    vec![if lowest == highest {
        Answer { names: vec![format!("prediction {}", words::number(lowest))], ..Answer::none_of(predicted, predicted) }
    } else {
        Answer::none_of(0, predicted)
    }]
}

fn of_classes(context: &Context<'_>, contract: &ScoreContract) -> Vec<Answer> {
    let decided = |side| context.decided(side);
    let (positive, negative) = (decided(Side::Positive), decided(Side::Negative));
    let mut names = Vec::new();
    if contract.scored > 1 && contract.lowest == contract.highest {
        names.push(format!("score {}", words::number(contract.lowest)));
    }
    if positive + negative > 1 && (positive == 0 || negative == 0) {
        names.push(format!("{} decision", if positive == 0 { "negative" } else { "positive" }));
    }
    if contract.scored < 2 && positive + negative < 2 {
        return Answer::not_assessed(Reason::NoRows);
    }
    let of = contract.scored.max(positive + negative);
    answer(names, of)
}

fn answer(names: Vec<String>, of: u64) -> Vec<Answer> {
    let outcome = if names.is_empty() { Outcome::Met } else { Outcome::NotMet };
    vec![Answer {
        outcome: Some(outcome),
        concerned: (!names.is_empty()).then_some(of),
        of,
        names,
        ..Answer::default()
    }]
}

/// The decisions and every score of a model of several classes.
fn several_classes(context: &Context<'_>) -> Vec<Answer> {
    let (mut names, mut of, mut decided) = (Vec::new(), 0, Vec::new());
    for class in &context.facts.classes {
        let name = class.class.as_deref().unwrap_or_default();
        let contract = &class.contract;
        of = of.max(contract.scored);
        if contract.scored > 1 && contract.lowest == contract.highest {
            names.push(format!("score {} of class {name}", words::number(contract.lowest)));
        }
        let rows: u64 = class.overall.confusion.rows.column(Decided::Positive as usize).sum();
        decided.extend((rows > 0).then_some((name, rows)));
    }
    let rows = decided.iter().map(|(_, rows)| rows).sum();
    if let [(name, 2..)] = decided[..] {
        names.push(format!("decision {name}"));
    }
    of = of.max(rows);
    if of < 2 {
        return Answer::not_assessed(Reason::NoRows);
    }
    answer(names, of)
}

fn words(answer: &Answer, _: &Context<'_>) -> String {
    let rows = words::rows(answer.of);
    if answer.names.is_empty() {
        format!("The output varied over {rows}.")
    } else {
        format!("The output was the same for all {rows}: {}.", answer.names.join(", "))
    }
}
