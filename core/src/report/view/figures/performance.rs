//! How well the model predicts, on all rows.

use super::super::super::svg::{self, Dots, Paint, Row};
use super::super::super::words;
use super::super::index::Index;
use super::curves::overall_curves;
use super::{Figure, Panel, Strip, bounds, describe, interval_note, row, skipped};

/// Charts of how well the model predicts.
pub(in super::super) fn performance(index: &Index<'_>) -> Vec<Figure> {
    const SHOWN: [&str; 8] =
        ["accuracy", "balanced_accuracy", "precision", "recall", "specificity", "f1", "roc_auc", "average_precision"];
    let measures: Vec<_> = SHOWN.iter().filter_map(|name| index.overall(name)).collect();
    let mut panels = Vec::new();
    let rows: Vec<_> = measures
        .iter()
        .filter_map(|measure| {
            let judged = index.judgements(measure).first();
            let thresholds = judged.map_or_else(Vec::new, |answer| bounds(&answer.record.criterion));
            Some(Row { thresholds, ..row(index, measure, words::measure_short(&measure.name))? })
        })
        .collect();
    let judged = rows.iter().any(|row| !row.thresholds.is_empty());
    if !rows.is_empty() {
        let chart = Dots {
            title: "Performance on all rows".to_owned(),
            description: describe(&rows),
            rows,
            gap: None,
            lines: Vec::new(),
            natural: (0.0, 1.0),
        };
        panels.push(Panel {
            title: "Measures".to_owned(),
            subtitle: String::new(),
            svg: svg::dot_and_whisker(&chart, Paint::Page),
        });
    }
    panels.extend(overall_curves(index));
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
        strips: Strip::only(panels),
        layout: "",
        skipped: skipped(measures.iter().map(|measure| (words::measure_short(&measure.name), *measure))),
    }]
}
