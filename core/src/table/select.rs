//! Finds the columns asked for in a table's header.

use crate::error::{Code, Error, Problem, Result};
use crate::table::ColumnSpec;

/// Names of columns listed in a message.
const LISTED: usize = 30;

/// The position of each column asked for, `None` where an optional one is absent; or everything that is wrong.
pub(super) fn select(specs: &[ColumnSpec], names: &[&str]) -> Result<Vec<Option<usize>>> {
    let mut problems: Vec<Problem> = Vec::new();
    let mut positions = Vec::with_capacity(specs.len());
    for (index, spec) in specs.iter().enumerate() {
        let mut found = names.iter().enumerate().filter(|(_, name)| **name == spec.name).map(|(position, _)| position);
        let (first, second) = (found.next(), found.next());
        let told = specs[..index].iter().any(|earlier| earlier.name == spec.name && !earlier.optional);
        positions.push(first);
        if told {
            continue;
        }
        match (first, second) {
            (Some(first), Some(second)) => problems.push(
                Problem::new(
                    Code::ColumnDuplicate,
                    format!(
                        "the table has several columns named '{}', the first two at positions {} and {}",
                        spec.name,
                        first + 1,
                        second + 1
                    ),
                )
                .hint("rename or remove all but one, so that it is clear which is meant")
                .field(&spec.name),
            ),
            (None, _) if !spec.optional => {
                let is_first = problems.iter().all(|problem| problem.code != Code::ColumnMissing);
                problems.push(
                    Problem::new(Code::ColumnMissing, format!("the table has no column '{}'", spec.name))
                        .hint(missing_hint(&spec.name, names, is_first))
                        .field(&spec.name),
                );
            }
            _ => {}
        }
    }
    if problems.is_empty() { Ok(positions) } else { Err(Error { problems }) }
}

/// The closest name; the first time also all of them.
fn missing_hint(wanted: &str, names: &[&str], is_first: bool) -> String {
    if names.is_empty() {
        return "the table has no columns at all: was it read or written as meant?".to_owned();
    }
    match (closest(wanted, names), is_first) {
        (Some(name), true) => format!("did you mean '{name}'? The columns are: {}", list(names)),
        (Some(name), false) => format!("did you mean '{name}'?"),
        (None, true) => format!("the columns are: {}", list(names)),
        (None, false) => "choose one of the columns".to_owned(),
    }
}

fn closest<'a>(wanted: &str, names: &[&'a str]) -> Option<&'a str> {
    let plain = |name: &str| name.trim().to_lowercase().replace([' ', '-', '.'], "_");
    let similarity = |name: &str| strsim::jaro_winkler(&plain(wanted), &plain(name));
    let mut best: Option<(&str, f64)> = None;
    for name in names.iter().take(1000) {
        let score = similarity(name);
        if score >= 0.8 && best.is_none_or(|(_, highest)| score > highest) {
            best = Some((name, score));
        }
    }
    best.map(|(name, _)| name)
}

fn list(names: &[&str]) -> String {
    let mut listed = names.iter().take(LISTED).map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
    if names.len() > LISTED {
        listed.push_str(&format!(" and {} more", names.len() - LISTED));
    }
    listed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Kind;

    fn spec(name: &str, optional: bool) -> ColumnSpec {
        ColumnSpec { name: name.to_owned(), kind: Kind::Category, optional }
    }

    #[test]
    fn absent_optional_columns_are_none() {
        let positions = select(&[spec("b", false), spec("c", true), spec("b", true)], &["a", "b"]).unwrap();
        assert_eq!(positions, [Some(1), None, Some(1)]);
    }

    #[test]
    fn every_problem_is_told_once() {
        let error =
            select(&[spec("Label", false), spec("Label", false), spec("x", false)], &["label", "x", "x"]).unwrap_err();
        let codes: Vec<_> = error.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::ColumnMissing, Code::ColumnDuplicate]);
        assert!(error.to_string().contains("did you mean 'label'?"), "{error}");
    }
}
