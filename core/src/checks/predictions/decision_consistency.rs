use crate::checks::{Answer, Judge, check};
use crate::findings::v1::{Outcome, Reason};
use crate::findings::words;
use crate::judge::Context;
use crate::plan::Task;

check! {
    /// # What it asks
    /// Does every decision follow from its score and the declared threshold?
    ///
    /// # Why it matters
    /// Where decisions and scores disagree, something else decides: an override, another threshold, another model
    /// version, or a join gone wrong. Measures of the score then say little about the decisions people received.
    ///
    /// # When it does not apply
    /// Without a decision column of its own, or without scores. Without a declared threshold the check only asks whether
    /// any single threshold could explain the decisions, and answers undecided when none can.
    ///
    /// # How to read it
    /// A row counts when its decision is positive below the threshold or negative at or above it. Excluded decisions
    /// (referred, overridden) do not count.
    ///
    /// # What to do
    /// Compare the threshold in the plan with the one deployed; map overrides and referrals in `decisions`; check that
    /// scores and decisions come from the same model version.
    ///
    /// # References
    /// None: this compares two columns with a declared rule.
    id: "predictions/decision-consistency",
    title: "Decisions follow from scores",
    dimension: Predictions,
    severity: High,
    needs: [Decisions, Scores],
    since: "0.1.0",
    judge: Judge::Own { tasks: &[Task::Binary, Task::Multiclass], judge, words },
}

fn judge(context: &Context<'_>) -> Vec<Answer> {
    if context.plan.roles.prediction.is_none() {
        return vec![Answer {
            outcome: Some(Outcome::NotApplicable),
            reason: Some(Reason::NoDecisions),
            ..Answer::default()
        }];
    }
    if let Some(contract) = context.facts.class_contract {
        return if contract.decided == 0 {
            Answer::not_assessed(Reason::NoRows)
        } else {
            vec![Answer::none_of(contract.inconsistent, contract.decided)]
        };
    }
    let Some(contract) = context.facts.binary().map(|table| &table.contract) else {
        return Answer::not_assessed(Reason::NoRows);
    };
    if contract.decided == 0 {
        return Answer::not_assessed(Reason::NoRows);
    }
    if context.plan.threshold.is_some() {
        return vec![Answer::none_of(contract.inconsistent, contract.decided)];
    }
    let separable = contract.highest_negative < contract.lowest_positive;
    let outcome = if separable { Outcome::Met } else { Outcome::Undecided };
    vec![Answer { outcome: Some(outcome), of: contract.decided, ..Answer::default() }]
}

fn words(answer: &Answer, context: &Context<'_>) -> String {
    let decided = words::count(answer.of);
    if context.facts.class_contract.is_some() && answer.outcome != Some(Outcome::NotApplicable) {
        return match answer.concerned.unwrap_or(0) {
            0 => format!("All {decided} decisions are the class with the highest score."),
            some => format!(
                "{} of {decided} decisions are not the class with the highest score (of equal ones the first counts).",
                words::count(some)
            ),
        };
    }
    if answer.outcome == Some(Outcome::NotApplicable) {
        return "Decisions are derived from the scores, so they cannot disagree with them.".to_owned();
    }
    let Some(contract) = context.facts.binary().map(|table| &table.contract) else { return String::new() };
    match (answer.outcome, context.plan.threshold) {
        (Some(Outcome::Met), Some(threshold)) => {
            format!("All {decided} decisions follow from the score and the threshold {}.", words::threshold(threshold))
        }
        (_, Some(threshold)) => format!(
            "{} of {decided} decisions contradict the score and the threshold {}.",
            words::count(answer.concerned.unwrap_or(0)),
            words::threshold(threshold)
        ),
        (Some(Outcome::Met), None) => format!(
            "One threshold explains all {decided} decisions: negative up to {}, positive from {}.",
            words::number(contract.highest_negative),
            words::number(contract.lowest_positive)
        ),
        (_, None) => format!(
            "No single threshold explains the {decided} decisions: a negative one has score {}, a positive one {}.",
            words::number(contract.highest_negative),
            words::number(contract.lowest_positive)
        ),
    }
}
