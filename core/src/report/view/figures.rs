//! Which charts a dimension shows, and the tables behind them.

use std::collections::{BTreeMap, BTreeSet};

use crate::findings::catalogue::{self, Better, Shape};
use crate::findings::v1::{Curve, Measure, Reason, TableName, Task};

use super::super::svg::{self, Dots, Line, Matrix, Paint, Row};
use super::super::{text, words};
use super::index::{Index, higher_is_good, is_overall, is_plain, natural};

/// Charts that belong together, with the table behind them.
pub(in super::super) struct Figure {
    /// Heading.
    pub(in super::super) title: String,
    /// How to read it.
    pub(in super::super) note: String,
    /// The charts.
    pub(in super::super) panels: Vec<Panel>,
    /// How the panels are laid out: `small` for small multiples, `pairs` for two columns.
    pub(in super::super) layout: &'static str,
    /// What is not drawn, and why.
    pub(in super::super) skipped: Vec<String>,
    /// The numbers.
    pub(in super::super) table: Option<Pivot>,
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

/// Numbers by row and column.
pub(in super::super) struct Pivot {
    /// Name of the row heads.
    pub(in super::super) head: String,
    /// Column heads.
    pub(in super::super) columns: Vec<String>,
    /// Row head and cells: the estimate, and what stands under it.
    pub(in super::super) rows: Vec<(String, Vec<(String, String)>)>,
    /// What was cut off, in words.
    pub(in super::super) more: Option<String>,
}

/// Groups drawn in a chart at most: so many of the lowest and of the highest.
const HALF: usize = 12;
/// Rows of a table behind a chart.
const TABLE_ROWS: usize = 40;
/// Small multiples of a kind.
const MULTIPLES: usize = 12;
/// Attributes and intersections drawn.
const ATTRIBUTES: usize = 8;
/// What is drawn by group of a model of classes.
const RATES: [&str; 4] = ["selection_rate", "recall", "false_positive_rate", "precision"];
/// The same of a model of numbers.
const ERRORS: [&str; 4] = ["mean_absolute_error", "mean_error", "r2", "mean_prediction"];
/// Gaps that are drawn without a criterion on them.
const GAPS: [&str; 6] = [
    "selection_rate_ratio",
    "recall_difference",
    "false_positive_rate_difference",
    "mean_absolute_error_difference",
    "mean_error_difference",
    "mean_prediction_difference",
];
/// Measures of performance on one axis: shares, then what is at most 1, then errors in the unit of the label.
const SHOWN: [(&str, &[&str]); 3] = [
    (
        "Measures",
        &["accuracy", "balanced_accuracy", "precision", "recall", "specificity", "f1", "roc_auc", "average_precision"],
    ),
    (
        "Fit",
        &[
            "r2",
            "explained_variance",
            "d2_absolute_error",
            "pearson_correlation",
            "spearman_correlation",
            "interval_coverage",
        ],
    ),
    (
        "Errors, in the unit of the label",
        &["mean_absolute_error", "median_absolute_error", "root_mean_squared_error", "mean_error"],
    ),
];

/// Charts of how well the model predicts.
pub(super) fn performance(index: &Index<'_>) -> Vec<Figure> {
    let mut panels = Vec::new();
    let (mut measures, mut judged) = (Vec::new(), false);
    for (title, names) in SHOWN {
        let found: Vec<_> = names.iter().filter_map(|name| index.overall(name)).collect();
        let rows: Vec<_> = found
            .iter()
            .filter_map(|measure| {
                let threshold = index.judgement(measure).map(|(_, record)| record.criterion.threshold);
                Some(Row { threshold, ..row(index, measure, words::measure_short(&measure.name))? })
            })
            .collect();
        judged |= rows.iter().any(|row| row.threshold.is_some());
        measures.extend(found);
        if !rows.is_empty() {
            let chart = Dots {
                title: "Performance on all rows".to_owned(),
                description: describe(&rows),
                rows,
                gap: None,
                lines: Vec::new(),
                natural: natural(names[0]),
            };
            panels.push(Panel {
                title: title.to_owned(),
                subtitle: String::new(),
                svg: svg::dot_and_whisker(&chart, Paint::Page),
            });
        }
    }
    for curve in curves(index).filter(|curve| is_overall(&curve.subject)) {
        if let Some(panel) = curve_panel(index, curve, None, svg::PANEL) {
            panels.push(panel);
        }
    }
    if panels.is_empty() {
        return Vec::new();
    }
    vec![Figure {
        title: "On all rows".to_owned(),
        note: format!(
            "{}{}",
            interval_note(measures.iter().copied()),
            if judged { " Where a criterion judges a measure, the upright line is its threshold." } else { "" }
        ),
        panels,
        layout: "",
        skipped: skipped(measures.iter().map(|measure| (words::measure_short(&measure.name), *measure))),
        table: None,
    }]
}

/// Charts of whether groups are treated alike: rates, gaps, intersections and curves for each attribute.
pub(super) fn fairness(index: &Index<'_>) -> (Vec<Figure>, Option<String>) {
    let attributes = index.attributes();
    let figures = attributes
        .iter()
        .take(ATTRIBUTES)
        .flat_map(|attribute| [rates(index, attribute), gaps(index, attribute), multiples(index, attribute)])
        .flatten()
        .collect();
    let more = attributes.len().saturating_sub(ATTRIBUTES) as u64;
    let note = format!("{} in the JSON.", text::counted(more, "more attribute is", "more attributes are"));
    (figures, (more > 0).then_some(note))
}

fn rates(index: &Index<'_>, attribute: &[String]) -> Option<Figure> {
    let name = words::attribute(attribute);
    let numbers = index.report.task == Task::Regression;
    let columns: Vec<_> = if numbers { ERRORS } else { RATES }
        .into_iter()
        .map(|rate| (rate, index.by_group(attribute, rate)))
        .filter(|(_, measures)| !measures.is_empty())
        .collect();
    let mut panels: Vec<_> =
        columns.iter().filter_map(|(rate, measures)| rate_panel(index, &name, rate, measures)).collect();
    if let Some((rate, measures)) = columns.first()
        && attribute.len() == 2
        && let Some(chart) = intersection(&name, rate, measures)
    {
        panels.insert(
            0,
            Panel {
                title: format!("{} by {name}", words::measure_short(rate)),
                subtitle: String::new(),
                svg: svg::matrix(&chart, svg::PANEL, Paint::Page),
            },
        );
    }
    if panels.is_empty() && columns.is_empty() {
        return None;
    }
    let all = || columns.iter().flat_map(|(_, measures)| measures.iter().copied());
    Some(Figure {
        title: format!("{} by {name}", if numbers { "Errors and predictions" } else { "Rates" }),
        note: format!("{} Dashed: all rows. Ordered by estimate.", interval_note(all())),
        layout: if panels.len() == 4 { "pairs" } else { "" },
        panels,
        skipped: merged(columns.iter().map(|(rate, measures)| {
            (words::measure_short(rate), skipped(measures.iter().map(|m| (words::group(&m.subject.group), *m))))
        })),
        table: Some(pivot(name, &columns)),
    })
}

fn rate_panel(index: &Index<'_>, attribute: &str, rate: &str, measures: &[&Measure]) -> Option<Panel> {
    let mut rows: Vec<_> =
        measures.iter().filter_map(|measure| row(index, measure, words::group(&measure.subject.group))).collect();
    if rows.is_empty() {
        return None;
    }
    let mut lines = thresholds(index, measures);
    if let Some(value) = index.overall(rate).and_then(|measure| measure.value) {
        lines.push(Line { value, label: "all".to_owned(), higher_is_good: None });
    }
    let gap = order(&mut rows);
    let title = words::measure(rate);
    let chart = Dots {
        title: format!("{title} by {attribute}"),
        description: describe(&rows),
        rows,
        gap,
        lines,
        natural: natural(rate),
    };
    Some(Panel { title, subtitle: String::new(), svg: svg::dot_and_whisker(&chart, Paint::Page) })
}

/// Gaps that a criterion judges, and the usual ones.
fn gaps(index: &Index<'_>, attribute: &[String]) -> Option<Figure> {
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
            let judged = measures.iter().any(|measure| index.judgement(measure).is_some());
            let shown = judged || (GAPS.contains(&entry.name) && convention == main);
            shown.then_some((!judged, place, entry, convention, measures))
        })
        .collect();
    chosen.sort_by_key(|(rank, place, ..)| (*rank, *place));
    chosen.truncate(6);
    let name = words::attribute(attribute);
    let panels: Vec<_> = chosen
        .iter()
        .filter_map(|(_, _, entry, convention, measures)| {
            let mut rows: Vec<_> =
                measures.iter().filter_map(|measure| row(index, measure, gap_label(measure))).collect();
            if rows.is_empty() {
                return None;
            }
            let mut lines = thresholds(index, measures);
            let parity = if entry.shape == Shape::Ratio || entry.better == Better::NearOne { 1.0 } else { 0.0 };
            lines.push(Line { value: parity, label: "parity".to_owned(), higher_is_good: None });
            let gap = order(&mut rows);
            let (title, subtitle) = (words::measure_short(entry.name), convention_words(convention, measures));
            let chart = Dots {
                title: format!("{title}, {subtitle}, by {name}"),
                description: describe(&rows),
                rows,
                gap,
                lines,
                natural: natural(entry.name),
            };
            Some(Panel { title, subtitle, svg: svg::dot_and_whisker(&chart, Paint::Page) })
        })
        .collect();
    (!panels.is_empty()).then(|| Figure {
        title: format!("Gaps by {name}"),
        note: "Dashed: parity. Where a criterion judges the gap, its good side is shaded and the mark is its outcome."
            .to_owned(),
        skipped: merged(chosen.iter().map(|(_, _, entry, _, measures)| {
            (words::measure_short(entry.name), skipped(measures.iter().map(|m| (gap_label(m), *m))))
        })),
        layout: if panels.len() == 4 { "pairs" } else { "" },
        panels,
        table: None,
    })
}

fn gap_label(measure: &Measure) -> String {
    if measure.subject.group.is_empty() { "all groups".to_owned() } else { words::group(&measure.subject.group) }
}

fn convention_words(convention: &str, measures: &[&Measure]) -> String {
    match convention {
        "reference_group" => {
            let reference = measures.iter().map(|m| &m.subject.reference).find(|group| !group.is_empty());
            reference.map_or_else(
                || "against the reference group".to_owned(),
                |group| format!("against {}", words::group(group)),
            )
        }
        "max_min" => "largest less smallest".to_owned(),
        "min_max" => "smallest over largest".to_owned(),
        "pooled_reference" => "against all others".to_owned(),
        other => text::short(other, 40),
    }
}

/// Curves for each group of an attribute.
fn multiples(index: &Index<'_>, attribute: &[String]) -> Option<Figure> {
    let mut panels = Vec::new();
    let mut more = 0;
    for kind in ["roc", "calibration", "observed", "quantiles"] {
        let overall = curves(index).find(|curve| curve.name == kind && is_overall(&curve.subject));
        let groups: Vec<_> = curves(index)
            .filter(|c| c.name == kind && c.subject.attribute == attribute && !c.subject.group.is_empty())
            .collect();
        more += groups.len().saturating_sub(MULTIPLES) as u64;
        panels.extend(groups.iter().take(MULTIPLES).filter_map(|curve| curve_panel(index, curve, overall, svg::SMALL)));
    }
    let name = words::attribute(attribute);
    let numbers = index.report.task == Task::Regression;
    (!panels.is_empty()).then(|| Figure {
        title: if numbers {
            format!("Labels against predictions by {name}")
        } else {
            format!("Ranking and calibration by {name}")
        },
        note: if numbers {
            "Mean label against mean prediction in bins of about equal count; dashed: equal. Quantiles: share of labels at or \
             below each."
        } else {
            "ROC: the group's curve over that of all rows (dashed). Calibration: share of positive labels against mean score."
        }
        .to_owned(),
        panels,
        layout: "small",
        skipped: if more > 0 {
            vec![format!("{} in the JSON.", text::counted(more, "more curve is", "more curves are"))]
        } else {
            Vec::new()
        },
        table: None,
    })
}

fn curves<'a>(index: &Index<'a>) -> impl Iterator<Item = &'a Curve> + use<'a> {
    index
        .report
        .curves
        .iter()
        .filter(|curve| curve.table == TableName::Predictions && is_plain(&curve.subject) && !curve.points.is_empty())
}

fn curve_panel(index: &Index<'_>, curve: &Curve, overall: Option<&Curve>, width: f64) -> Option<Panel> {
    let subject =
        if curve.subject.group.is_empty() { "all rows".to_owned() } else { words::group(&curve.subject.group) };
    let labels = (text::short(&curve.x_label, 44), text::short(&curve.y_label, 44));
    let labels = (labels.0.as_str(), labels.1.as_str());
    match curve.name.as_str() {
        "roc" => {
            let auc = if curve.subject.group.is_empty() {
                index.overall("roc_auc").and_then(|measure| measure.value)
            } else {
                let measures = index.by_group(&curve.subject.attribute, "roc_auc");
                measures.iter().find(|m| m.subject.group == curve.subject.group).and_then(|m| m.value)
            };
            let auc = auc.map_or_else(|| "ROC".to_owned(), |auc| format!("ROC, AUC {}", text::in_text(auc)));
            let title = format!("{auc}, {subject}");
            let behind = overall.map(|curve| curve.points.as_slice());
            let description = format!("{} against {}.", labels.1, labels.0);
            let svg = svg::roc(&title, &description, &curve.points, behind, width, labels, Paint::Page);
            let (title, subtitle) = caption(curve, auc, subject);
            Some(Panel { title, subtitle, svg })
        }
        "calibration" => {
            let title = format!("Calibration, {subject}");
            let description = format!("{} against {}, in {} bins.", labels.1, labels.0, curve.points.len());
            let svg = svg::calibration(&title, &description, &curve.points, width, labels, Paint::Page);
            let (title, subtitle) = caption(curve, "Calibration".to_owned(), subject);
            Some(Panel { title, subtitle, svg })
        }
        "observed" | "errors" => {
            let (kind, against) = match curve.name.as_str() {
                "observed" => ("Label against prediction", svg::Against::Diagonal),
                _ => ("Error against prediction", svg::Against::Zero),
            };
            let title = format!("{kind}, {subject}");
            let description = format!("{} against {}, in {} bins.", labels.1, labels.0, curve.points.len());
            let svg = svg::binned(&title, &description, &curve.points, against, width, labels, Paint::Page);
            let (title, subtitle) = caption(curve, kind.to_owned(), subject);
            Some(Panel { title, subtitle, svg })
        }
        "quantiles" => {
            let title = format!("Quantiles, {subject}");
            let description = format!("{} against {}.", labels.1, labels.0);
            let svg = svg::calibration(&title, &description, &curve.points, width, labels, Paint::Page);
            let (title, subtitle) = caption(curve, "Quantiles".to_owned(), subject);
            Some(Panel { title, subtitle, svg })
        }
        _ => None,
    }
}

/// In small multiples the group comes first.
fn caption(curve: &Curve, kind: String, subject: String) -> (String, String) {
    if curve.subject.group.is_empty() { (kind, String::new()) } else { (subject, kind) }
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

fn intersection(name: &str, rate: &str, measures: &[&Measure]) -> Option<Matrix> {
    let side = |place: usize| {
        let mut names: Vec<Option<String>> = Vec::new();
        for measure in measures {
            let level = measure.subject.group.get(place).cloned().unwrap_or_default();
            if !names.contains(&level) {
                names.push(level);
            }
            if names.len() > 12 {
                break;
            }
        }
        names.sort_by_key(|level| (level.is_none(), level.clone()));
        names
    };
    let (rows, columns) = (side(0), side(1));
    if rows.len() > 12 || columns.len() > 6 || rows.is_empty() || columns.is_empty() {
        return None;
    }
    let cells = rows
        .iter()
        .map(|row| {
            let cell = |column: &Option<String>| {
                measures
                    .iter()
                    .find(|m| m.subject.group.first() == Some(row) && m.subject.group.get(1) == Some(column))
                    .map(|measure| svg::Cell { value: measure.value, n: measure.n })
                    .unwrap_or_default()
            };
            columns.iter().map(cell).collect()
        })
        .collect();
    let names = |levels: &[Option<String>]| levels.iter().map(|level| words::level_of(level.as_deref())).collect();
    Some(Matrix {
        title: format!("{} by {name}", words::measure_short(rate)),
        description: "The number is in each cell; darker is larger.".to_owned(),
        rows: names(&rows),
        columns: names(&columns),
        cells,
    })
}

fn row(index: &Index<'_>, measure: &Measure, label: String) -> Option<Row> {
    Some(Row {
        label,
        value: measure.value.filter(|value| value.is_finite())?,
        interval: measure.interval.as_ref().map(|interval| (interval.lower, interval.upper)),
        n: measure.n,
        outcome: index.judgement(measure).map(|(outcome, _)| outcome),
        threshold: None,
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

/// Thresholds of the criteria that judge these measures.
fn thresholds(index: &Index<'_>, measures: &[&Measure]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (_, record) in measures.iter().filter_map(|measure| index.judgement(measure)) {
        let criterion = &record.criterion;
        if criterion.threshold.is_finite() && !lines.iter().any(|line| line.value == criterion.threshold) {
            lines.push(Line {
                value: criterion.threshold,
                label: format!("{} {}", words::comparator(criterion.comparator), text::threshold(criterion.threshold)),
                higher_is_good: Some(higher_is_good(criterion.comparator)),
            });
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

fn pivot(head: String, columns: &[(&str, Vec<&Measure>)]) -> Pivot {
    let mut rows: BTreeMap<&[Option<String>], Vec<_>> = BTreeMap::new();
    for (place, (_, measures)) in columns.iter().enumerate() {
        for measure in measures {
            let cells = rows
                .entry(&measure.subject.group)
                .or_insert_with(|| vec![(String::new(), String::new()); columns.len()]);
            cells[place] = cell(measure);
        }
    }
    let more = rows.len().saturating_sub(TABLE_ROWS) as u64;
    Pivot {
        head,
        columns: columns.iter().map(|(rate, _)| words::measure_short(rate)).collect(),
        rows: rows.into_iter().take(TABLE_ROWS).map(|(group, cells)| (words::group(group), cells)).collect(),
        more: (more > 0).then(|| format!("{} in the JSON.", text::counted(more, "more group is", "more groups are"))),
    }
}

fn cell(measure: &Measure) -> (String, String) {
    let Some(value) = measure.value else {
        return (text::NONE.to_owned(), measure.undefined.map_or("", words::reason).to_owned());
    };
    let mut beside = Vec::new();
    if let Some(interval) = &measure.interval {
        beside.push(text::limits(interval.lower, interval.upper, 4));
    }
    if let Some(n) = measure.n {
        beside.push(format!("n\u{a0}{}", text::count(n)));
    }
    (text::in_table(value), beside.join("; "))
}
