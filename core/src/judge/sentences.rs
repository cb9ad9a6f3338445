//! What a judged criterion says in plain words: the thing, the number, its uncertainty, how many people.

use super::criteria::Judged;
use super::estimate::Estimate;
use super::measures::limits;
use crate::findings::catalogue::{Entry, Shape};
use crate::findings::v1::{Outcome, Subject};
use crate::findings::words::{self, number};
use crate::measure::Group;
use crate::plan::Plan;

/// Fewer subjects than this are said to be few.
const FEW_SUBJECTS: u64 = 10;

/// The summary of a judged criterion.
pub(super) fn criterion(plan: &Plan, judged: &Judged<'_>) -> String {
    let Ok(value) = judged.estimate.value else {
        let reason = judged.reason.map_or("for an unknown reason", words::reason);
        return format!("{}{} was not computed: {reason}.", judged.entry.title, words::of_subject(&judged.subject));
    };
    let title = title(judged.entry, &judged.criterion.convention);
    let mut text = statement(plan, judged.entry, &title, &judged.subject, value, judged.extremes.as_ref());
    text.push_str(&evidence(&judged.estimate, judged.criterion.level, judged.rows, &judged.subject));
    text.push_str(&format!("; the plan requires {}.", judged.criterion.requirement()));
    text.push_str(&consequence(judged));
    if judged.estimate.subjects.is_some_and(|subjects| (2..FEW_SUBJECTS).contains(&subjects)) {
        text.push_str(" So few subjects say little of how subjects vary, and the interval is wide for it.");
    }
    text
}

/// The summary of a measure on which the plan has no criterion.
pub(super) fn uncriticised(
    plan: &Plan,
    entry: &Entry,
    convention: &str,
    subject: &Subject,
    estimate: &Estimate,
) -> String {
    match estimate.value {
        Ok(value) => format!(
            "{}{}; the plan states no criterion for it.",
            statement(plan, entry, &title(entry, convention), subject, value, None),
            evidence(estimate, plan.level, None, subject)
        ),
        Err(reason) => format!("{} was not computed: {}.", entry.title, words::reason(reason)),
    }
}

/// The title of a measure, with its definition where that is not the usual one.
fn title(entry: &Entry, convention: &str) -> String {
    match entry.definition_words(convention) {
        Some(words) => format!("{}, {words},", entry.title),
        None => entry.title.to_owned(),
    }
}

fn statement(
    plan: &Plan,
    entry: &Entry,
    title: &str,
    subject: &Subject,
    value: f64,
    extremes: Option<&(Group, Group)>,
) -> String {
    let base = entry.of.and_then(crate::findings::catalogue::find);
    let of = format!("{}{}", base.map_or(entry.title, |base| base.title), words::of_class(subject));
    let attribute = subject.attribute.join(" and ");
    let group = words::group(&subject.group);
    let reference = if subject.reference.is_empty() { "all rows".to_owned() } else { words::group(&subject.reference) };
    if entry.of.is_none() && entry.compares_groups() {
        let against = if subject.group.is_empty() && subject.reference.is_empty() {
            String::new()
        } else {
            format!(" against {reference}")
        };
        return format!("{title}{}{against} was {}", words::of_subject(subject), number(value));
    }
    if entry.name.ends_with("_change") {
        let name = plan.baseline.as_ref().and_then(|baseline| baseline.name.as_deref());
        let from = name.map_or_else(String::new, |name| format!(" {name}"));
        return format!("{}{} from the baseline{from} was {}", entry.title, words::of_subject(subject), number(value));
    }
    let extremes = extremes.map(|(low, high)| (words::group(low), words::group(high)));
    match (entry.shape, extremes) {
        (Shape::Ratio, Some((low, high))) => {
            format!("{of} of {attribute} {low} was {} times that of {high}, the highest", number(value))
        }
        (Shape::Difference, Some((low, high))) => {
            format!("{of} differed by {} between {attribute} {high} (highest) and {low} (lowest)", number(value))
        }
        (Shape::Ratio, None) if !subject.group.is_empty() => {
            format!("{of} of {attribute} {group} was {} times that of {reference}", number(value))
        }
        (Shape::Difference, None) if !subject.group.is_empty() => {
            format!("{of} of {attribute} {group} minus that of {reference} was {}", number(value))
        }
        _ => format!("{title}{} was {}", words::of_subject(subject), number(value)),
    }
}

/// " (95 % interval 0.62 to 0.81; 1,127 rows, 118 of the group)"
fn evidence(estimate: &Estimate, level: f64, rows: Option<u64>, subject: &Subject) -> String {
    let population = match rows {
        Some(rows) if !subject.reference.is_empty() => {
            format!("{}, {} of the group", words::rows(estimate.n), words::count(rows))
        }
        _ => words::rows(estimate.n),
    };
    let population = match estimate.subjects {
        Some(subjects) => format!("{population}, from {}", words::subjects(subjects)),
        None => population,
    };
    match limits(estimate, level) {
        Some((lower, upper)) if upper.is_finite() => {
            format!(" ({} interval {} to {}; {population})", words::level(level), number(lower), number(upper))
        }
        Some((lower, _)) => {
            format!(" ({} interval from {} upwards; {population})", words::level(level), number(lower))
        }
        None => format!(" ({population})"),
    }
}

fn consequence(judged: &Judged<'_>) -> String {
    let Some(decision) = &judged.decision else {
        return match judged.reason {
            Some(reason) => format!(" It was not judged: {}.", words::reason(reason)),
            None => String::new(),
        };
    };
    match (judged.outcome, decision.decided_by.as_str()) {
        (_, "point") => " The plan reads the point value.".to_owned(),
        (Outcome::Undecided, "holm") => {
            " By itself this would not be met, but it does not survive the adjustment for having looked at several groups."
                .to_owned()
        }
        (Outcome::Undecided, _) if judged.estimate.no_interval.is_some() => {
            let reason = judged.estimate.no_interval.map_or("", words::reason);
            format!(" It has no interval that could decide it: {reason}.")
        }
        (Outcome::Undecided, _) => match (decision.n_needed, judged.estimate.value) {
            (Some(needed), _) => format!(
                " These rows cannot decide it: about {} would be needed if the estimate persists.",
                words::rows(needed)
            ),
            (None, Ok(value)) if judged.criterion.is_bound(value) => {
                " These rows cannot decide it: the estimate lies at the threshold.".to_owned()
            }
            _ => " These rows cannot decide it.".to_owned(),
        },
        _ => String::new(),
    }
}
