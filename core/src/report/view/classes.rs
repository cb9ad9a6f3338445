//! The classes of a model of several: how each fares, and what it is taken for.

use crate::findings::v1::{ConfusionMatrix, Measure, TableName};

use super::super::{text, words};
use super::index::{Index, is_overall};

/// Classes shown; a matrix of more does not fit a page.
const SHOWN: usize = 20;
/// What is said of each class.
const COLUMNS: [&str; 6] = ["prevalence", "selection_rate", "recall", "precision", "f1", "roc_auc"];

/// What the report shows of the classes.
pub(in super::super) struct Classes {
    /// What is said of each.
    pub(in super::super) columns: Vec<String>,
    /// The name of a class, and its estimates with what stands under them.
    pub(in super::super) rows: Vec<(String, Vec<(String, String)>)>,
    /// Labels by decisions.
    pub(in super::super) matrix: Option<Matrix>,
    /// What was cut off, in words.
    pub(in super::super) more: Option<String>,
}

/// A confusion matrix.
pub(in super::super) struct Matrix {
    /// Classes that were decided.
    pub(in super::super) decisions: Vec<String>,
    /// The class of the label, and its rows by decision.
    pub(in super::super) rows: Vec<(String, Vec<Entry>)>,
}

/// One entry of it.
pub(in super::super) struct Entry {
    /// Rows.
    pub(in super::super) rows: String,
    /// Their share of the rows of the label; empty where it has none.
    pub(in super::super) share: String,
    /// The share in tenths, for the shade.
    pub(in super::super) shade: u8,
    /// Whether these decisions are right.
    pub(in super::super) right: bool,
}

/// The classes of all rows; `None` for a model without.
pub(in super::super) fn classes(index: &Index<'_>) -> Option<Classes> {
    let mut names: Vec<&str> = Vec::new();
    for measure in index.here().filter(|measure| measure.name == COLUMNS[0] && measure.subject.attribute.is_empty()) {
        names.extend(measure.subject.class.as_deref());
    }
    if names.is_empty() {
        return None;
    }
    let more = names.len().saturating_sub(SHOWN) as u64;
    let row = |name: &&str| {
        let of_class =
            |column: &&str| index.of_class(name, column).map_or_else(|| (text::NONE.to_owned(), String::new()), cell);
        (text::short(name, 40), COLUMNS.iter().map(of_class).collect())
    };
    let matrices = &index.report.confusion;
    let whole = matrices.iter().find(|one| one.table == TableName::Predictions && is_overall(&one.subject));
    Some(Classes {
        columns: COLUMNS.iter().map(|name| words::measure_short(name)).collect(),
        rows: names.iter().take(SHOWN).map(row).collect(),
        matrix: whole.filter(|one| one.classes.len() <= SHOWN).map(matrix),
        more: (more > 0).then(|| format!("{} in the JSON.", text::counted(more, "more class is", "more classes are"))),
    })
}

fn cell(measure: &Measure) -> (String, String) {
    let Some(value) = measure.value else {
        return (text::NONE.to_owned(), measure.undefined.map_or("", words::reason).to_owned());
    };
    let limits = measure.interval.as_ref().map(|interval| text::limits(interval.lower, interval.upper, 4));
    (text::in_table(value), limits.unwrap_or_default())
}

fn matrix(confusion: &ConfusionMatrix) -> Matrix {
    let names: Vec<String> = confusion.classes.iter().map(|class| text::short(class, 40)).collect();
    let row = |(label, rows): (usize, &Vec<u64>)| {
        let total: u64 = rows.iter().sum();
        let entry = |(decision, &count): (usize, &u64)| {
            let share = if total > 0 { count as f64 / total as f64 } else { 0.0 };
            Entry {
                rows: text::count(count),
                share: if total > 0 && count > 0 { text::in_table(share) } else { String::new() },
                shade: (share * 9.0).round() as u8,
                right: label == decision,
            }
        };
        (names.get(label).cloned().unwrap_or_default(), rows.iter().enumerate().map(entry).collect())
    };
    Matrix { rows: confusion.rows.iter().enumerate().map(row).collect(), decisions: names }
}
