//! The groups of an attribute side by side: their rates, their gaps, and what the criteria say of each.

use std::collections::{BTreeMap, BTreeSet};

use crate::findings::catalogue::{self, Entry};
use crate::findings::v1::{Measure, Outcome, Reason};

use super::super::{text, words};
use super::figures::{convention_words, gap_label};
use super::index::{Index, is_plain};

/// The table.
pub(in super::super) struct Disparity {
    /// Name of the row heads.
    pub(in super::super) head: String,
    /// Columns.
    pub(in super::super) columns: Vec<Column>,
    /// All rows, then each group: the reference, then worst first.
    pub(in super::super) rows: Vec<Row>,
    /// The groups compared as a whole.
    pub(in super::super) extremes: Vec<Row>,
    /// Numbers of the attribute that have no column.
    pub(in super::super) others: Vec<(String, Cell)>,
    /// The groups whose numbers are hidden, in a sentence.
    pub(in super::super) hidden: Option<String>,
    /// What was cut off, in words.
    pub(in super::super) more: Option<String>,
}

/// One column.
pub(in super::super) struct Column {
    /// Name of the measure.
    pub(in super::super) title: String,
    /// Which definition of a gap.
    pub(in super::super) note: String,
}

/// One row.
pub(in super::super) struct Row {
    /// Name of the group.
    pub(in super::super) name: String,
    /// What is special about it.
    pub(in super::super) note: &'static str,
    /// How many rows it has.
    pub(in super::super) n: String,
    /// One cell a column.
    pub(in super::super) cells: Vec<Cell>,
}

/// One number.
#[derive(Default)]
pub(in super::super) struct Cell {
    /// The estimate; empty where the column does not concern the row.
    pub(in super::super) value: String,
    /// Its interval.
    pub(in super::super) interval: String,
    /// The rows it rests on, or why there is no estimate.
    pub(in super::super) beside: String,
    /// What the criteria say of it.
    pub(in super::super) verdicts: Vec<Verdict>,
}

/// The answer of one criterion.
pub(in super::super) struct Verdict {
    /// Place of the finding.
    pub(in super::super) place: usize,
    /// The answer.
    pub(in super::super) outcome: Outcome,
    /// Number of the criterion in the plan.
    pub(in super::super) criterion: u64,
}

/// Rates that are always compared.
const BASES: [&str; 5] = ["selection_rate", "recall", "false_positive_rate", "precision", "observed_expected_ratio"];
/// The same of a model of numbers.
const NUMBERS: [&str; 4] = ["mean_absolute_error", "mean_error", "r2", "mean_prediction"];
/// Groups and columns shown.
const ROWS: usize = 24;
const COLUMNS: usize = 12;

/// What a column holds.
struct Source<'a> {
    name: &'a str,
    note: String,
    of_groups: BTreeMap<&'a [Option<String>], &'a Measure>,
    /// The measure whose values are compared where this is a gap.
    is_gap: bool,
}

impl Cell {
    /// The worst of the answers.
    pub(in super::super) fn worst(&self) -> Option<Outcome> {
        self.verdicts.iter().map(|verdict| verdict.outcome).min()
    }
}

impl Disparity {
    /// The columns to keep where there is no room for all: those in which something is not met or undecided for a group,
    /// then the others, in their order.
    pub(in super::super) fn narrowed(&self, most: usize) -> Vec<usize> {
        let is_open = |column: usize| {
            let mut cells = self.rows.iter().skip(1).filter_map(|row| row.cells.get(column));
            cells.any(|cell| cell.worst().is_some_and(is_open))
        };
        let mut places: Vec<_> = (0..self.columns.len()).collect();
        places.sort_by_cached_key(|&column| !is_open(column));
        places.truncate(most);
        places.sort_unstable();
        places
    }
}

fn is_open(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::NotMet | Outcome::Undecided)
}

/// The tables in which a criterion is not met or undecided for some group.
pub(in super::super) fn open_disparities(index: &Index<'_>, most: usize) -> Vec<Disparity> {
    let has_open = |table: &Disparity| {
        let mut cells = table.rows.iter().skip(1).flat_map(|row| &row.cells);
        cells.any(|cell| cell.worst().is_some_and(is_open))
    };
    let tables = index.attributes().into_iter().filter_map(|attribute| disparity(index, attribute));
    tables.filter(has_open).take(most).collect()
}

/// Draws it up; none where no group has a number.
pub(in super::super) fn disparity(index: &Index<'_>, attribute: &[String]) -> Option<Disparity> {
    let own: Vec<_> = index.here().filter(|m| m.subject.attribute == attribute && is_plain(&m.subject)).collect();
    let mut columns = sources(index, attribute, &own);
    columns.truncate(COLUMNS);
    if columns.is_empty() {
        return None;
    }
    let references: BTreeSet<_> =
        own.iter().filter(|m| m.convention == "reference_group").map(|m| m.subject.reference.as_slice()).collect();
    let sizes: BTreeMap<_, _> =
        index.by_group(attribute, "n").into_iter().map(|m| (m.subject.group.as_slice(), m.n)).collect();
    let groups: BTreeSet<_> = columns.iter().flat_map(|column| column.of_groups.keys().copied()).collect();
    let (hidden, mut groups): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| is_hidden(&columns, group));
    groups.sort_by_cached_key(|group| (!references.contains(group), worst(index, &columns, group)));
    let more = groups.len().saturating_sub(ROWS) as u64;

    let mut rows = vec![Row {
        name: "All rows".to_owned(),
        note: "",
        n: index.overall("n").and_then(|measure| measure.n).map_or_else(String::new, text::count),
        cells: columns
            .iter()
            .map(|column| {
                index.overall(column.name).filter(|_| !column.is_gap).map_or_else(Cell::default, |m| cell(index, m))
            })
            .collect(),
    }];
    rows.extend(groups.into_iter().take(ROWS).map(|group| {
        Row {
            name: words::group(group),
            note: if references.contains(group) { "reference" } else { "" },
            n: sizes.get(group).copied().flatten().map_or_else(String::new, text::count),
            cells: columns
                .iter()
                .map(|column| column.of_groups.get(group).map_or_else(Cell::default, |measure| cell(index, measure)))
                .collect(),
        }
    }));
    let (mut compared, mut placed) = (Vec::new(), BTreeSet::new());
    for (label, suffix, convention) in
        [("Largest less smallest", "difference", "max_min"), ("Smallest over largest", "ratio", "min_max")]
    {
        let extremes: Vec<_> = columns.iter().map(|column| extreme(&own, column, suffix, convention)).collect();
        if extremes.iter().flatten().any(|measure| measure.value.is_some()) {
            placed.extend(extremes.iter().flatten().map(|measure| measure.id.as_str()));
            let cells = extremes.into_iter().map(|m| m.map_or_else(Cell::default, |m| cell(index, m))).collect();
            compared.push(Row { name: label.to_owned(), note: "", n: String::new(), cells });
        }
    }
    let others = own
        .iter()
        .filter(|m| m.subject.group.is_empty() && !placed.contains(m.id.as_str()) && !index.judgements(m).is_empty())
        .take(ROWS)
        .map(|measure| {
            let name = words::measure_short(&measure.name);
            let definition = catalogue::find(&measure.name).is_some_and(|entry| entry.conventions.len() > 1);
            let note = if definition {
                format!(", {}", convention_words(&measure.convention, &[*measure]))
            } else {
                String::new()
            };
            (format!("{name}{note}, {}", gap_label(measure)), cell(index, measure))
        })
        .collect();
    Some(Disparity {
        head: words::attribute(attribute),
        columns: columns
            .iter()
            .map(|column| Column { title: words::measure_short(column.name), note: column.note.clone() })
            .collect(),
        rows,
        extremes: compared,
        others,
        hidden: sentence(&hidden),
        more: (more > 0).then(|| format!("{} in the JSON.", text::counted(more, "more group is", "more groups are"))),
    })
}

/// The usual rates and those that a criterion judges, each followed by its gaps.
fn sources<'a>(index: &Index<'a>, attribute: &[String], own: &[&'a Measure]) -> Vec<Source<'a>> {
    let judged = index.judged_of_groups(attribute);
    let usual = if index.is_of_numbers() { NUMBERS.as_slice() } else { BASES.as_slice() };
    let bases = usual.iter().copied().chain(judged.into_iter().filter(|name| !usual.contains(name)));
    let mut columns = Vec::new();
    let mut add = |name, note, measures: Vec<&'a Measure>, is_gap| {
        if measures.iter().any(|measure| measure.value.is_some()) {
            let of_groups = measures.into_iter().map(|m| (m.subject.group.as_slice(), m)).collect();
            columns.push(Source { name, note, of_groups, is_gap });
        }
    };
    for base in bases {
        add(base, String::new(), index.by_group(attribute, base), false);
        // Ratio before difference: the former is what most rules speak of.
        for entry in catalogue::MEASURES.iter().filter(|entry| entry.of == Some(base)).rev() {
            for (convention, measures) in conventions(index, own, entry, base) {
                add(entry.name, convention_words(convention, &measures), measures, true);
            }
        }
    }
    columns
}

/// The definitions of a gap to show: those that a criterion judges; of selection rates, one at least.
fn conventions<'a>(
    index: &Index<'a>,
    own: &[&'a Measure],
    entry: &Entry,
    base: &str,
) -> Vec<(&'a str, Vec<&'a Measure>)> {
    let mut kinds: BTreeMap<&str, Vec<&'a Measure>> = BTreeMap::new();
    for measure in own.iter().filter(|m| m.name == entry.name && !m.subject.group.is_empty()) {
        kinds.entry(measure.convention.as_str()).or_default().push(measure);
    }
    let main = ["reference_group", "best_group"].into_iter().find(|name| kinds.contains_key(name));
    kinds
        .into_iter()
        .filter(|(convention, measures)| {
            let judged = measures.iter().any(|measure| !index.judgements(measure).is_empty());
            judged || (base == BASES[0] && main == Some(*convention))
        })
        .collect()
}

/// Whether everything about a group is suppressed.
fn is_hidden(columns: &[Source<'_>], group: &[Option<String>]) -> bool {
    columns.iter().filter_map(|column| column.of_groups.get(group)).all(|m| m.undefined == Some(Reason::Suppressed))
}

/// The worst answer about a group; what no criterion judges comes after all of these.
fn worst(index: &Index<'_>, columns: &[Source<'_>], group: &[Option<String>]) -> (bool, Option<Outcome>) {
    let measures = columns.iter().filter_map(|column| column.of_groups.get(group));
    let worst = measures.filter_map(|measure| index.worst(measure)).min();
    (worst.is_none(), worst)
}

/// What compares all groups in the measure of a column.
fn extreme<'a>(own: &[&'a Measure], column: &Source<'_>, suffix: &str, convention: &str) -> Option<&'a Measure> {
    let of = |measure: &&&Measure| {
        measure.convention == convention
            && measure.subject.group.is_empty()
            && measure.name.strip_prefix(column.name).and_then(|rest| rest.strip_prefix('_')) == Some(suffix)
    };
    if column.is_gap { None } else { own.iter().find(of).copied() }
}

fn cell(index: &Index<'_>, measure: &Measure) -> Cell {
    let verdicts = index
        .judgements(measure)
        .iter()
        .map(|answer| Verdict {
            place: answer.place,
            outcome: answer.outcome,
            criterion: answer.record.index.saturating_add(1),
        })
        .collect();
    let interval = measure.interval.as_ref();
    let (value, beside) = match (measure.value, measure.undefined) {
        (Some(value), _) => {
            (text::in_text(value), measure.n.map_or_else(String::new, |n| format!("n\u{a0}{}", text::count(n))))
        }
        (None, Some(Reason::Suppressed)) => ("hidden".to_owned(), String::new()),
        (None, reason) => (text::NONE.to_owned(), reason.map_or("", words::reason).to_owned()),
    };
    Cell {
        interval: interval
            .filter(|_| measure.value.is_some())
            .map_or_else(String::new, |limits| text::limits(limits.lower, limits.upper, 3)),
        value,
        beside,
        verdicts,
    }
}

fn sentence(hidden: &[&[Option<String>]]) -> Option<String> {
    let mut names: Vec<_> = hidden.iter().take(ROWS).map(|group| words::group(group)).collect();
    let more = hidden.len().saturating_sub(ROWS);
    if more > 0 {
        names.push(format!("{} more", text::count(more as u64)));
    }
    let few = words::reason(Reason::Suppressed);
    (!names.is_empty()).then(|| format!("Hidden ({few}): {}.", names.join("; ")))
}
