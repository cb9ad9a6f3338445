//! Label and decision texts that the plan does not explain: collected, then reported all at once.

use std::collections::BTreeMap;

use crate::error::{Code, Error, Problem, Result};

/// Distinct unknown texts shown for one column.
const SHOWN: usize = 5;

/// Unknown texts by role, with their number of rows.
#[derive(Clone, Debug, Default)]
pub(super) struct UnknownValues {
    rows: BTreeMap<(&'static str, String), u64>,
}

impl UnknownValues {
    /// Notes the rows of a batch that carry an unknown dictionary entry.
    pub(super) fn note(&mut self, role: &'static str, text: &str, codes: &[u32], code: usize) {
        let rows = codes.iter().filter(|&&other| other as usize == code).count() as u64;
        if rows > 0 {
            *self.rows.entry((role, text.to_owned())).or_default() += rows;
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (value, rows) in other.rows {
            *self.rows.entry(value).or_default() += rows;
        }
    }

    /// The texts of a column that is cut into bins and that are no numbers, if there are any.
    pub(super) fn unplaced(&self, source: &str, column: &str) -> Option<Problem> {
        let values: Vec<_> = self.rows.iter().collect();
        let (texts, rows) = shown(&values)?;
        let message = format!("the column {column} is cut into bins and holds what is no number: {texts} ({rows})");
        let hint = "name these texts in `missing_values`, or list the attribute without `bins`";
        Some(Problem::new(Code::ValueUnknown, message).source(source).field("bins").hint(hint))
    }

    /// An error that names every role with unknown texts, if there are any.
    pub(super) fn check(&self, source: &str) -> Result<()> {
        let mut problems = Vec::new();
        for role in ["label", "prediction", "baseline.prediction"] {
            let values: Vec<_> = self.rows.iter().filter(|((other, _), _)| *other == role).collect();
            let Some((texts, rows)) = shown(&values) else { continue };
            let hint = if role == "label" {
                "labels are read as 0/1 or true/false; for other values set `positive` to the value of the positive class"
            } else {
                "name each value in `decisions` as positive, negative or excluded"
            };
            problems.push(
                Problem::new(
                    Code::ValueUnknown,
                    format!(
                        "the {role} column holds {} the plan does not explain: {texts} ({rows})",
                        if values.len() == 1 { "a value" } else { "values" },
                    ),
                )
                .source(source)
                .field(role)
                .hint(hint),
            );
        }
        if problems.is_empty() { Ok(()) } else { Err(Error { problems }) }
    }
}

/// The first of some texts in words, and the number of their rows.
fn shown(values: &[(&(&'static str, String), &u64)]) -> Option<(String, String)> {
    if values.is_empty() {
        return None;
    }
    let rows: u64 = values.iter().map(|(_, rows)| **rows).sum();
    let mut shown: Vec<_> = values.iter().take(SHOWN).map(|((_, text), _)| format!("\"{text}\"")).collect();
    if values.len() > SHOWN {
        shown.push(format!("and {} more", values.len() - SHOWN));
    }
    Some((shown.join(", "), format!("{rows} row{}", if rows == 1 { "" } else { "s" })))
}
