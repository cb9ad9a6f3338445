use crate::checks::{ANY, Answer, Judge, check};
use crate::findings::v1::{Outcome, Reason};
use crate::findings::words;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Do labels arrive within the time the plan allows, and is none overdue?
    ///
    /// # Why it matters
    /// Performance is known only for rows whose label has come. If late labels differ from early ones (a default takes
    /// longer than a repayment), everything measured before they come is biased.
    ///
    /// # When it does not apply
    /// Without times of predictions and labels, or without `max_label_delay` in the plan.
    ///
    /// # How to read it
    /// Late: the label came after the limit; it is still used. Overdue: no label yet although the limit has passed on the
    /// `as_of` date. Without an `as_of` date overdue rows cannot be told.
    ///
    /// # What to do
    /// Wait for the overdue labels, or report what share of decisions the measures rest on and why the rest is missing.
    ///
    /// # References
    /// None: the limit is the plan's own.
    id: "data/label-delay",
    title: "Labels arrive in time",
    dimension: Data,
    severity: Low,
    needs: [Labels, LabelTimes],
    since: "0.1.0",
    judge: Judge::Own { tasks: ANY, judge, words },
}

/// Rows without a label whose time is up on the `as_of` date; `None` without such a date.
fn overdue(context: &Context<'_>, limit: i64) -> Option<u64> {
    let due = context.as_of?.saturating_sub(limit);
    let times = &context.facts.measurements.unlabelled_times;
    Some(times.iter().filter(|(time, _)| *time < due).map(|(_, rows)| rows).sum())
}

fn judge(context: &Context<'_>) -> Vec<Answer> {
    let measurements = context.facts.measurements;
    let Some(limit) = context.plan.max_label_delay else {
        return Answer::not_assessed(Reason::NoCriterion);
    };
    let waiting: u64 = measurements.unlabelled_times.iter().map(|(_, rows)| rows).sum();
    let timed: u64 = measurements.delays.iter().map(|(_, rows)| rows).sum();
    if timed + waiting == 0 {
        return Answer::not_assessed(Reason::NoRows);
    }
    let mut answer = Answer::none_of(measurements.late + overdue(context, limit).unwrap_or(0), timed + waiting);
    if answer.outcome == Some(Outcome::Met) && waiting > 0 && context.as_of.is_none() {
        answer.outcome = Some(Outcome::NotAssessed);
        answer.reason = Some(Reason::AsOfMissing);
    }
    vec![answer]
}

fn words(answer: &Answer, context: &Context<'_>) -> String {
    let measurements = context.facts.measurements;
    let Some(limit) = context.plan.max_label_delay else {
        return "The plan states no `max_label_delay`.".to_owned();
    };
    let waiting: u64 = measurements.unlabelled_times.iter().map(|(_, rows)| rows).sum();
    let overdue = match overdue(context, limit) {
        Some(overdue) => format!("{} of them overdue", words::count(overdue)),
        None => "whether overdue cannot be told without an as_of date".to_owned(),
    };
    format!(
        "Of {}, {} got their label later than {} after the prediction; {} have none yet, {overdue}.",
        words::rows(answer.of),
        words::count(measurements.late),
        words::duration(limit),
        words::count(waiting),
    )
}
