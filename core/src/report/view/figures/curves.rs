//! Curves: of all rows, and as small multiples by group.

use crate::findings::v1::{Curve, Measure, Outcome, TableName};

use super::super::super::svg::{self, Paint};
use super::super::super::{text, words};
use super::super::index::{Index, is_overall, is_plain};
use super::{Figure, Panel, Strip};

/// Small multiples of a kind.
const MULTIPLES: usize = 8;
/// The same for threshold sweeps, of which every group has three.
const SWEEPS: usize = 5;
/// Threshold sweeps, with the rate each is of.
const SWEPT: [(&str, &str); 3] = [
    ("threshold_selection_rate", "selection_rate"),
    ("threshold_recall", "recall"),
    ("threshold_false_positive_rate", "false_positive_rate"),
];

/// ROC and calibration of all rows, or labels, errors and quantiles against predicted numbers.
pub(super) fn overall_curves(index: &Index<'_>) -> Vec<Panel> {
    let roc = overall(index, "roc").map(|curve| roc_panel(index, curve, None, svg::PANEL));
    let calibration = overall(index, "calibration").map(|curve| calibration_panel(index, curve, None, svg::PANEL));
    let numbers = ["observed", "errors"].into_iter().filter_map(|kind| overall(index, kind));
    let numbers = numbers.map(|curve| number_panel(curve, svg::PANEL));
    let quantiles = overall(index, "quantiles").map(|curve| quantile_panel(curve, None, svg::PANEL));
    roc.into_iter().chain(calibration).chain(numbers).chain(quantiles).collect()
}

/// The labels of each group against what was predicted.
pub(in super::super) fn numbers(index: &Index<'_>, attribute: &[String]) -> Option<Figure> {
    multiples(index, attribute, "observed", |curve| number_panel(curve, svg::SMALL)).map(|(panels, skipped)| Figure {
        title: "Labels against predictions".to_owned(),
        note:
            "Mean label against mean prediction, in bins of about equal numbers of rows with their intervals; on the \
               dashed line the predictions are right."
                .to_owned(),
        strips: Strip::only(panels),
        layout: "small",
        skipped,
    })
}

/// How often the label of each group lay at or below a predicted quantile.
pub(in super::super) fn quantiles(index: &Index<'_>, attribute: &[String]) -> Option<Figure> {
    let behind = overall(index, "quantiles");
    multiples(index, attribute, "quantiles", |curve| quantile_panel(curve, behind, svg::SMALL)).map(
        |(panels, skipped)| Figure {
            title: "Quantiles".to_owned(),
            note: "Share of labels at or below each predicted quantile against its level; on the diagonal the quantiles are \
                   right. Dashed curve: all rows."
                .to_owned(),
            strips: Strip::only(panels),
            layout: "small",
            skipped,
        },
    )
}

/// What every threshold would do to each group.
pub(in super::super) fn sweep(index: &Index<'_>, attribute: &[String]) -> Option<Figure> {
    let threshold = index.report.plan.canonical.get("threshold").and_then(serde_json::Value::as_f64);
    let mut more = 0;
    let strips: Vec<Strip> = SWEPT
        .into_iter()
        .map(|(kind, rate)| {
            let behind = overall(index, kind);
            let groups = of_groups(index, attribute, kind);
            more += groups.len().saturating_sub(SWEEPS) as u64;
            let title = words::measure_short(rate);
            let panel = |curve: &&Curve| sweep_panel(curve, behind, &title, threshold);
            Strip { panels: groups.iter().take(SWEEPS).map(panel).collect(), title: title.clone() }
        })
        .filter(|strip| !strip.panels.is_empty())
        .collect();
    let mark = if threshold.is_some() { " The upright line is the threshold of the plan." } else { "" };
    (!strips.is_empty()).then(|| Figure {
        title: "At every threshold".to_owned(),
        note: format!(
            "What each threshold would do if the score alone decided: the group with its interval, over all rows \
             (dashed).{mark}"
        ),
        strips,
        layout: "small",
        skipped: left_out(more),
    })
}

/// How often the positive class occurred where the score said how often it should, for each group.
pub(in super::super) fn calibration(index: &Index<'_>, attribute: &[String]) -> Option<Figure> {
    let behind = overall(index, "calibration");
    multiples(index, attribute, "calibration", |curve| calibration_panel(index, curve, behind, svg::SMALL)).map(
        |(panels, skipped)| Figure {
            title: "Calibration".to_owned(),
            note: "Share of positive labels against the mean score, in bins of about equal numbers of rows with their \
                   intervals; on the diagonal the scores are right. Dashed curve: all rows."
                .to_owned(),
            strips: Strip::only(panels),
            layout: "small",
            skipped,
        },
    )
}

/// How the score ranks within each group.
pub(in super::super) fn ranking(index: &Index<'_>, attribute: &[String]) -> Option<Figure> {
    let behind = overall(index, "roc");
    multiples(index, attribute, "roc", |curve| roc_panel(index, curve, behind, svg::SMALL)).map(|(panels, skipped)| {
        Figure {
            title: "Ranking".to_owned(),
            note: "True positive rate against false positive rate (ROC): the group's curve over that of all rows (dashed)."
                .to_owned(),
            strips: Strip::only(panels),
            layout: "small",
            skipped,
        }
    })
}

fn multiples(
    index: &Index<'_>,
    attribute: &[String],
    kind: &str,
    panel: impl Fn(&Curve) -> Panel,
) -> Option<(Vec<Panel>, Vec<String>)> {
    let groups = of_groups(index, attribute, kind);
    let panels: Vec<_> = groups.iter().take(MULTIPLES).map(|curve| panel(curve)).collect();
    (!panels.is_empty()).then(|| (panels, left_out(groups.len().saturating_sub(MULTIPLES) as u64)))
}

fn left_out(more: u64) -> Vec<String> {
    let line = || format!("{} in the JSON.", text::counted(more, "more curve is", "more curves are"));
    (more > 0).then(line).into_iter().collect()
}

fn curves<'a>(index: &Index<'a>, kind: &str) -> impl Iterator<Item = &'a Curve> {
    index.report.curves.iter().filter(move |curve| {
        curve.name == kind
            && curve.table == TableName::Predictions
            && is_plain(&curve.subject)
            && !curve.points.is_empty()
    })
}

fn overall<'a>(index: &Index<'a>, kind: &str) -> Option<&'a Curve> {
    curves(index, kind).find(|curve| is_overall(&curve.subject))
}

/// The curves of the groups of an attribute; those of which something is not met or undecided come first.
fn of_groups<'a>(index: &Index<'a>, attribute: &[String], kind: &str) -> Vec<&'a Curve> {
    let mut groups: Vec<_> =
        curves(index, kind).filter(|c| c.subject.attribute == attribute && !c.subject.group.is_empty()).collect();
    groups.sort_by_cached_key(|curve| match index.worst_of_group(&curve.subject) {
        Some(Outcome::NotMet) => 0,
        Some(Outcome::Undecided) => 1,
        _ => 2,
    });
    groups
}

fn subject(curve: &Curve) -> String {
    if curve.subject.group.is_empty() { "all rows".to_owned() } else { words::group(&curve.subject.group) }
}

/// The same measure of the rows that a curve is about.
fn measure_of<'a>(index: &Index<'a>, curve: &Curve, name: &str) -> Option<&'a Measure> {
    if curve.subject.group.is_empty() {
        return index.overall(name);
    }
    index.by_group(&curve.subject.attribute, name).into_iter().find(|m| m.subject.group == curve.subject.group)
}

fn labels(curve: &Curve) -> (String, String) {
    (text::short(&curve.x_label, 44), text::short(&curve.y_label, 44))
}

fn roc_panel(index: &Index<'_>, curve: &Curve, behind: Option<&Curve>, width: f64) -> Panel {
    let labels = labels(curve);
    let auc = measure_of(index, curve, "roc_auc").and_then(|measure| measure.value);
    let auc = auc.map_or_else(|| "ROC".to_owned(), |auc| format!("ROC, AUC {}", text::in_text(auc)));
    let title = format!("{auc}, {}", subject(curve));
    let description = format!("{} against {}.", labels.1, labels.0);
    let behind = behind.map(|curve| curve.points.as_slice());
    let axes = (labels.0.as_str(), labels.1.as_str());
    let svg = svg::roc(&title, &description, &curve.points, behind, width, axes, Paint::Page);
    // In small multiples the group comes first.
    let (title, subtitle) = if curve.subject.group.is_empty() { (auc, String::new()) } else { (subject(curve), auc) };
    Panel { title, subtitle, svg }
}

fn calibration_panel(index: &Index<'_>, curve: &Curve, behind: Option<&Curve>, width: f64) -> Panel {
    let labels = labels(curve);
    let title = format!("Calibration, {}", subject(curve));
    let bins = text::counted(curve.points.len() as u64, "bin", "bins");
    let description = format!("{} against {}, in {bins}.", labels.1, labels.0);
    let behind = behind.map(|curve| curve.points.as_slice());
    let axes = (labels.0.as_str(), labels.1.as_str());
    let svg = svg::calibration(&title, &description, &curve.points, behind, width, axes, Paint::Page);
    let ratio = measure_of(index, curve, "observed_expected_ratio");
    let kind = ratio.and_then(|ratio| Some((ratio.value?, ratio.n))).map_or_else(String::new, |(value, n)| {
        let n = n.map_or_else(String::new, |n| format!(", n\u{a0}{}", text::count(n)));
        format!("Observed over expected {}{n}", text::in_text(value))
    });
    let heading = if curve.subject.group.is_empty() { "Calibration".to_owned() } else { subject(curve) };
    Panel { title: heading, subtitle: kind, svg }
}

fn number_panel(curve: &Curve, width: f64) -> Panel {
    let labels = labels(curve);
    let (kind, against) = match curve.name.as_str() {
        "errors" => ("Error against prediction", svg::Against::Zero),
        _ => ("Label against prediction", svg::Against::Diagonal),
    };
    let title = format!("{kind}, {}", subject(curve));
    let bins = text::counted(curve.points.len() as u64, "bin", "bins");
    let description = format!("{} against {}, in {bins}.", labels.1, labels.0);
    let axes = (labels.0.as_str(), labels.1.as_str());
    let svg = svg::binned(&title, &description, &curve.points, against, width, axes, Paint::Page);
    let heading = if curve.subject.group.is_empty() { kind.to_owned() } else { subject(curve) };
    Panel { title: heading, subtitle: String::new(), svg }
}

fn quantile_panel(curve: &Curve, behind: Option<&Curve>, width: f64) -> Panel {
    let labels = labels(curve);
    let title = format!("Quantiles, {}", subject(curve));
    let description = format!("{} against {}.", labels.1, labels.0);
    let behind = behind.map(|curve| curve.points.as_slice());
    let axes = (labels.0.as_str(), labels.1.as_str());
    let svg = svg::calibration(&title, &description, &curve.points, behind, width, axes, Paint::Page);
    let heading = if curve.subject.group.is_empty() { "Quantiles".to_owned() } else { subject(curve) };
    Panel { title: heading, subtitle: String::new(), svg }
}

fn sweep_panel(curve: &Curve, behind: Option<&Curve>, rate: &str, threshold: Option<f64>) -> Panel {
    let there = threshold.and_then(|threshold| curve.points.iter().find(|point| point.x == threshold));
    let n = curve.points.first().and_then(|point| point.n).map(|n| format!("n\u{a0}{}", text::count(n)));
    let there = there.map(|point| format!("{} at {}", text::in_text(point.y), text::threshold(point.x)));
    let subtitle = there.into_iter().chain(n).collect::<Vec<_>>().join(", ");
    let chart = svg::Sweep {
        title: format!("{rate} at every threshold, {}", subject(curve)),
        description: if subtitle.is_empty() { String::new() } else { format!("{subtitle}.") },
        curve: &curve.points,
        behind: behind.map_or(&[], |curve| curve.points.as_slice()),
        threshold,
    };
    Panel { title: subject(curve), subtitle, svg: svg::sweep(&chart, svg::SMALL, Paint::Page) }
}
