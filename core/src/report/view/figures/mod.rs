//! Which charts a part of the report shows.

mod curves;
mod lattice;
mod performance;
mod rates;

use std::collections::BTreeMap;

use crate::findings::v1::{Criterion, Measure, Reason};

use super::super::svg::{Line, Row};
use super::super::{text, words};
use super::index::Index;

pub(super) use curves::{calibration, numbers, quantiles, ranking, sweep};
pub(super) use lattice::lattice;
pub(super) use performance::performance;
pub(super) use rates::{convention_words, gap_label, gaps, rates};

/// Charts that belong together.
pub(in super::super) struct Figure {
    /// Heading.
    pub(in super::super) title: String,
    /// How to read it.
    pub(in super::super) note: String,
    /// The charts.
    pub(in super::super) strips: Vec<Strip>,
    /// How the panels are laid out: `small` for small multiples, `pairs` for two columns, `wide` for one.
    pub(in super::super) layout: &'static str,
    /// What is not drawn, and why.
    pub(in super::super) skipped: Vec<String>,
}

/// Charts of one kind.
pub(in super::super) struct Strip {
    /// What they have in common; empty where the figure's heading says it.
    pub(in super::super) title: String,
    /// The charts.
    pub(in super::super) panels: Vec<Panel>,
}

impl Strip {
    /// The only charts of a figure.
    fn only(panels: Vec<Panel>) -> Vec<Self> {
        vec![Self { title: String::new(), panels }]
    }
}

/// One chart.
pub(in super::super) struct Panel {
    /// Heading.
    pub(in super::super) title: String,
    /// What else tells it from its neighbours.
    pub(in super::super) subtitle: String,
    /// The drawing.
    pub(in super::super) svg: String,
}

/// Groups drawn in a chart at most: so many of the lowest and of the highest.
const HALF: usize = 12;
/// Rates drawn by group.
const RATES: [&str; 4] = ["selection_rate", "recall", "false_positive_rate", "precision"];
/// The same of a model of numbers.
const ERRORS: [&str; 4] = ["mean_absolute_error", "mean_error", "r2", "mean_prediction"];
/// Measures of groups drawn at most.
const DRAWN: usize = 8;

/// The measures of each group to draw: the usual rates, and what a criterion judges.
fn drawn<'a>(index: &Index<'a>, attribute: &[String]) -> Vec<(&'a str, Vec<&'a Measure>)> {
    let usual = if index.is_of_numbers() { ERRORS } else { RATES };
    usual
        .into_iter()
        .chain(index.judged_of_groups(attribute).into_iter().filter(|name| !usual.contains(name)))
        .map(|name| (name, index.by_group(attribute, name)))
        .filter(|(_, measures)| !measures.is_empty())
        .take(DRAWN)
        .collect()
}

/// What is not drawn, said once for all the measures it holds for.
fn merged(lines: impl Iterator<Item = (String, Vec<String>)>) -> Vec<String> {
    let mut seen: Vec<(String, Vec<String>)> = Vec::new();
    for (measure, lines) in lines {
        for line in lines {
            match seen.iter_mut().find(|(known, _)| *known == line) {
                Some((_, measures)) => measures.push(measure.clone()),
                None => seen.push((line, vec![measure.clone()])),
            }
        }
    }
    seen.into_iter().map(|(line, measures)| format!("{}: {line}", measures.join(", "))).collect()
}

fn row(index: &Index<'_>, measure: &Measure, label: String) -> Option<Row> {
    Some(Row {
        label,
        value: measure.value.filter(|value| value.is_finite())?,
        interval: measure.interval.as_ref().map(|interval| (interval.lower, interval.upper)),
        n: measure.n,
        outcome: index.worst(measure),
        thresholds: Vec::new(),
    })
}

/// Orders by estimate and keeps both ends of a long list.
fn order(rows: &mut Vec<Row>) -> Option<(usize, u64)> {
    rows.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.label.cmp(&b.label)));
    if rows.len() <= 2 * HALF + 1 {
        return None;
    }
    let left_out = rows.len() - 2 * HALF;
    rows.drain(HALF..HALF + left_out);
    Some((HALF, left_out as u64))
}

/// The threshold of a criterion, or its two.
fn bounds(criterion: &Criterion) -> Vec<f64> {
    let (lower, upper) = criterion.bounds();
    [lower, upper].into_iter().flatten().collect()
}

/// Thresholds of the criteria that judge these measures.
fn thresholds(index: &Index<'_>, measures: &[&Measure]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for answer in measures.iter().flat_map(|measure| index.judgements(measure)) {
        let criterion = &answer.record.criterion;
        for value in bounds(criterion) {
            if !lines.iter().any(|line| line.value == value) {
                let sign = words::comparator(criterion.comparator);
                let label = text::threshold(value);
                lines.push(Line {
                    value,
                    label: if sign.is_empty() { label } else { format!("{sign} {label}") },
                    good: Some(criterion.bounds()),
                });
            }
        }
    }
    lines.truncate(2);
    lines
}

fn describe(rows: &[Row]) -> String {
    let parts: Vec<_> = rows
        .iter()
        .take(8)
        .map(|row| format!("{} {}", text::short(&row.label, 40), text::in_text(row.value)))
        .collect();
    let more = if rows.len() > 8 { "; the rest is in the table" } else { "" };
    format!("{}{more}.", parts.join("; "))
}

fn interval_note<'a>(mut measures: impl Iterator<Item = &'a Measure>) -> String {
    measures
        .find_map(|measure| measure.interval.as_ref())
        .map_or_else(String::new, |interval| format!("Dots with {} intervals.", text::level(interval.level)))
}

/// What is not drawn, by reason.
fn skipped<'a>(measures: impl Iterator<Item = (String, &'a Measure)>) -> Vec<String> {
    let mut reasons: BTreeMap<Option<Reason>, Vec<String>> = BTreeMap::new();
    for (label, measure) in measures.filter(|(_, measure)| measure.value.is_none()) {
        reasons.entry(measure.undefined).or_default().push(label);
    }
    reasons
        .into_iter()
        .map(|(reason, mut labels)| {
            let more = labels.len().saturating_sub(10);
            if more > 0 {
                labels.truncate(10);
                labels.push(format!("{} more", text::count(more as u64)));
            }
            format!("{}: {}.", text::list(&labels), reason.map_or("no value was given", words::reason))
        })
        .collect()
}
