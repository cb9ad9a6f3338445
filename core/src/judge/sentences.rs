//! What a judged criterion says in plain words: the thing, the number, its uncertainty, how many people.

use super::criteria::Judged;
use super::estimate::Estimate;
use super::measures::limits;
use crate::findings::catalogue::{Entry, Shape};
use crate::findings::v1::{Outcome, Subject};
use crate::findings::words::{self, number};
use crate::measure::Group;

/// The summary of a judged criterion.
pub(super) fn criterion(judged: &Judged<'_>) -> String {
    let Ok(value) = judged.estimate.value else {
        let reason = judged.reason.map_or("for an unknown reason", words::reason);
        return format!("{}{} was not computed: {reason}.", judged.entry.title, words::of_subject(&judged.subject));
    };
    let mut text = statement(judged.entry, &judged.subject, value, judged.extremes.as_ref());
    text.push_str(&evidence(&judged.estimate, judged.criterion.level, judged.rows, &judged.subject));
    text.push_str(&format!("; the plan requires {}.", judged.criterion.requirement()));
    text.push_str(&consequence(judged));
    text
}

/// The summary of a measure on which the plan has no criterion.
pub(super) fn uncriticised(entry: &Entry, subject: &Subject, estimate: &Estimate, level: f64) -> String {
    match estimate.value {
        Ok(value) => format!(
            "{}{}; the plan states no criterion for it.",
            statement(entry, subject, value, None),
            evidence(estimate, level, None, subject)
        ),
        Err(reason) => format!("{} was not computed: {}.", entry.title, words::reason(reason)),
    }
}

fn statement(entry: &Entry, subject: &Subject, value: f64, extremes: Option<&(Group, Group)>) -> String {
    let of = entry.of.and_then(crate::findings::catalogue::find).map_or(entry.title, |base| base.title);
    let attribute = subject.attribute.join(" and ");
    let group = words::group(&subject.group);
    let reference = if subject.reference.is_empty() { "all rows".to_owned() } else { words::group(&subject.reference) };
    if entry.of.is_none() && entry.compares_groups() {
        let against = if subject.group.is_empty() && subject.reference.is_empty() {
            String::new()
        } else {
            format!(" against {reference}")
        };
        return format!("{}{}{against} was {}", entry.title, words::of_subject(subject), number(value));
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
        _ => format!("{}{} was {}", entry.title, words::of_subject(subject), number(value)),
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
        (Outcome::Undecided, _) => match (decision.n_needed, judged.estimate.value) {
            (Some(needed), _) => format!(
                " These rows cannot decide it: about {} would be needed if the estimate persists.",
                words::rows(needed)
            ),
            (None, Ok(value)) if value == judged.criterion.threshold => {
                " These rows cannot decide it: the estimate lies at the threshold.".to_owned()
            }
            _ => " These rows cannot decide it.".to_owned(),
        },
        _ => String::new(),
    }
}
