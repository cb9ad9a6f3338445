//! How well the model predicts, on all rows.

use super::super::super::svg::{self, Dots, Paint, Row};
use super::super::super::words;
use super::super::index::{Index, natural};
use super::curves::overall_curves;
use super::{Figure, Panel, Strip, bounds, describe, interval_note, row, skipped};

/// Measures that share an axis: shares, then what is at most 1, then errors in the unit of the label.
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
pub(in super::super) fn performance(index: &Index<'_>) -> Vec<Figure> {
    let mut panels = Vec::new();
    let (mut measures, mut judged) = (Vec::new(), false);
    for (title, names) in SHOWN {
        let found: Vec<_> = names.iter().filter_map(|name| index.overall(name)).collect();
        let rows: Vec<_> = found
            .iter()
            .filter_map(|measure| {
                let judged = index.judgements(measure).first();
                let thresholds = judged.map_or_else(Vec::new, |answer| bounds(&answer.record.criterion));
                Some(Row { thresholds, ..row(index, measure, words::measure_short(&measure.name))? })
            })
            .collect();
        judged |= rows.iter().any(|row| !row.thresholds.is_empty());
        measures.extend(found);
        if !rows.is_empty() {
            let chart = Dots {
                title: "Performance on all rows".to_owned(),
                description: describe(&rows),
                rows,
                gap: None,
                lines: Vec::new(),
                natural: names.first().map_or((0.0, 1.0), |name| natural(name)),
            };
            panels.push(Panel {
                title: title.to_owned(),
                subtitle: String::new(),
                svg: svg::dot_and_whisker(&chart, Paint::Page),
            });
        }
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
