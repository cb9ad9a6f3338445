//! Rates and gaps by group, as dots with whiskers.

use std::collections::{BTreeMap, BTreeSet};

use crate::findings::catalogue::{self, Better, Shape};
use crate::findings::v1::Measure;

use super::super::super::svg::{self, Dots, Line, Paint, Row};
use super::super::super::{text, words};
use super::super::index::{Index, is_plain, natural};
use super::{Figure, Panel, Strip, describe, drawn, interval_note, merged, order, row, skipped, thresholds};

/// Gaps that are drawn without a criterion on them.
const USUAL: [&str; 6] = [
    "selection_rate_ratio",
    "recall_difference",
    "false_positive_rate_difference",
    "mean_absolute_error_difference",
    "mean_error_difference",
    "mean_prediction_difference",
];

/// The rates of each group against that of all rows.
pub(in super::super) fn rates(index: &Index<'_>, attribute: &[String]) -> Option<Figure> {
    let name = words::attribute(attribute);
    let columns = drawn(index, attribute);
    let panels: Vec<_> =
        columns.iter().filter_map(|(rate, measures)| rate_panel(index, &name, rate, measures)).collect();
    let skipped = merged(columns.iter().map(|(rate, measures)| {
        (words::measure_short(rate), skipped(measures.iter().map(|m| (words::group(&m.subject.group), *m))))
    }));
    (!panels.is_empty() || !skipped.is_empty()).then(|| Figure {
        title: if index.is_of_numbers() { "Errors and predictions" } else { "Rates" }.to_owned(),
        note: format!(
            "{} Dashed: all rows. Ordered by estimate; the number at the right is n.",
            interval_note(columns.iter().flat_map(|(_, measures)| measures.iter().copied()))
        ),
        layout: if panels.len() == 4 { "pairs" } else { "" },
        strips: Strip::only(panels),
        skipped,
    })
}

fn rate_panel(index: &Index<'_>, attribute: &str, rate: &str, measures: &[&Measure]) -> Option<Panel> {
    let rows =
        measures.iter().filter_map(|measure| row(index, measure, words::group(&measure.subject.group))).collect();
    let mut lines = thresholds(index, measures);
    if let Some(value) = index.overall(rate).and_then(|measure| measure.value) {
        lines.push(Line { value, label: "all".to_owned(), good: None });
    }
    let title = words::measure(rate);
    panel(format!("{title} by {attribute}"), (title, String::new()), rows, lines, natural(rate))
}

/// Rows in their order, under a heading of two parts; none without rows.
fn panel(
    title: String,
    heading: (String, String),
    mut rows: Vec<Row>,
    lines: Vec<Line>,
    natural: (f64, f64),
) -> Option<Panel> {
    if rows.is_empty() {
        return None;
    }
    let gap = order(&mut rows);
    let chart = Dots { title, description: describe(&rows), rows, gap, lines, natural };
    Some(Panel { title: heading.0, subtitle: heading.1, svg: svg::dot_and_whisker(&chart, Paint::Page) })
}

/// Gaps that a criterion judges, and the usual ones.
pub(in super::super) fn gaps(index: &Index<'_>, attribute: &[String]) -> Option<Figure> {
    let mut kinds: BTreeMap<(usize, &str), Vec<&Measure>> = BTreeMap::new();
    for measure in index.here().filter(|m| m.subject.attribute == attribute && is_plain(&m.subject)) {
        let place = catalogue::MEASURES.iter().position(|entry| entry.name == measure.name && entry.of.is_some());
        if let Some(place) = place {
            kinds.entry((place, measure.convention.as_str())).or_default().push(measure);
        }
    }
    kinds.retain(|_, measures| measures.iter().any(|measure| measure.value.is_some()));
    let referred: BTreeSet<_> =
        kinds.keys().filter(|(_, convention)| *convention == "reference_group").map(|(place, _)| *place).collect();
    let mut chosen: Vec<_> = kinds
        .into_iter()
        .filter_map(|((place, convention), measures)| {
            let entry = &catalogue::MEASURES[place];
            // One definition of a gap is enough, unless a criterion judges another one.
            let main = if referred.contains(&place) { "reference_group" } else { entry.conventions.first()? };
            let judged = measures.iter().any(|measure| !index.judgements(measure).is_empty());
            let shown = judged || (USUAL.contains(&entry.name) && convention == main);
            shown.then_some((!judged, place, entry, convention, measures))
        })
        .collect();
    chosen.sort_by_key(|(rank, place, ..)| (*rank, *place));
    chosen.truncate(6);
    let name = words::attribute(attribute);
    let panels: Vec<_> = chosen
        .iter()
        .filter_map(|(_, _, entry, convention, measures)| {
            let rows = measures.iter().filter_map(|measure| row(index, measure, gap_label(measure))).collect();
            let mut lines = thresholds(index, measures);
            let parity = if entry.shape == Shape::Ratio || entry.better == Better::NearOne { 1.0 } else { 0.0 };
            lines.push(Line { value: parity, label: "parity".to_owned(), good: None });
            let (title, subtitle) = (words::measure_short(entry.name), convention_words(convention, measures));
            let chart = format!("{title}, {subtitle}, by {name}");
            panel(chart, (title, subtitle), rows, lines, natural(entry.name))
        })
        .collect();
    (!panels.is_empty()).then(|| Figure {
        title: "Gaps".to_owned(),
        note: "Dashed: parity. Where a criterion judges the gap, its good side is shaded and the mark is its outcome."
            .to_owned(),
        skipped: merged(chosen.iter().map(|(_, _, entry, _, measures)| {
            (words::measure_short(entry.name), skipped(measures.iter().map(|m| (gap_label(m), *m))))
        })),
        layout: if panels.len() == 4 { "pairs" } else { "" },
        strips: Strip::only(panels),
    })
}

/// The group a gap is about.
pub(in super::super) fn gap_label(measure: &Measure) -> String {
    if measure.subject.group.is_empty() { "all groups".to_owned() } else { words::group(&measure.subject.group) }
}

/// Who is compared with whom under a convention.
pub(in super::super) fn convention_words(convention: &str, measures: &[&Measure]) -> String {
    match convention {
        "reference_group" | "agresti_caffo" => {
            let reference = measures.iter().map(|m| &m.subject.reference).find(|group| !group.is_empty());
            reference.map_or_else(
                || "against the reference group".to_owned(),
                |group| format!("against {}", words::group(group)),
            )
        }
        "max_min" | "max_min_bonferroni" => "largest less smallest".to_owned(),
        "min_max" | "min_max_bonferroni" => "smallest over largest".to_owned(),
        "best_group" => "against the best group".to_owned(),
        "overall" => "against all rows".to_owned(),
        "pooled_reference" => "all others against the reference group".to_owned(),
        other => text::short(other, 40).replace('_', " "),
    }
}
