//! Curves behind the charts: ROC and calibration, overall and for every single attribute's groups.

use super::facts::{Facts, GroupFacts};
use super::measures::group_subject;
use super::number_curves;
use crate::findings::v1::{Curve, CurvePoint, Subject, TableName};
use crate::plan::Plan;
use crate::stats::{Uncertainty, ranking};

/// Points of a ROC curve at most.
const ROC_POINTS: usize = 101;
/// Bins of a calibration curve at most; each has about as many rows as the others.
const BINS: u64 = 10;
/// Rows a bin has at least.
const MIN_BIN: u64 = 20;

pub(super) fn curves(plan: &Plan, facts: &Facts<'_>) -> Vec<Curve> {
    if facts.numbers().is_some() {
        return number_curves::curves(plan, facts);
    }
    let mut curves = Vec::new();
    if plan.roles.score.is_none() || plan.roles.label.is_none() || plan.roles.weight.is_some() {
        return curves;
    }
    for (group, subject) in shown(facts) {
        curves.extend(roc(facts.table, group, &subject));
        curves.extend(calibration(plan, facts.table, group, &subject));
    }
    curves
}

/// What has curves: all rows, and of the predictions every single attribute's groups that are not hidden.
pub(super) fn shown<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = (&'f GroupFacts, Subject)> {
    let of_groups = facts.table == TableName::Predictions;
    let single = facts.dimensions.iter().filter(move |dimension| of_groups && dimension.attribute.len() == 1);
    let groups = single.flat_map(|dimension| {
        dimension.groups.iter().map(move |group| (group, group_subject(dimension, &group.group)))
    });
    std::iter::once((&facts.overall, Subject::default())).chain(groups).filter(|(group, _)| !group.suppressed)
}

fn roc(table: TableName, group: &GroupFacts, subject: &Subject) -> Option<Curve> {
    let points = ranking::roc_curve(&group.scores.ties, ROC_POINTS)?;
    Some(Curve {
        name: "roc".to_owned(),
        table,
        subject: subject.clone(),
        x_label: "False positive rate".to_owned(),
        y_label: "True positive rate".to_owned(),
        points: points
            .into_iter()
            .map(|point| CurvePoint {
                x: point.false_positive_rate,
                y: point.true_positive_rate,
                lower: None,
                upper: None,
                n: None,
            })
            .collect(),
    })
}

/// Observed share of positives against the mean score, in bins of equal count; equal scores stay in one bin.
fn calibration(plan: &Plan, table: TableName, group: &GroupFacts, subject: &Subject) -> Option<Curve> {
    let total = group.scores.rows();
    if total < MIN_BIN || group.losses.rows != total {
        return None;
    }
    let size = total.div_ceil(BINS).max(MIN_BIN);
    let mut points = Vec::new();
    let (mut rows, mut positives, mut scores) = (0_u64, 0_u64, 0.0_f64);
    let mut left = total;
    for tie in &group.scores.ties {
        let count = tie.positives + tie.negatives;
        rows += count;
        left -= count;
        positives += tie.positives;
        scores += tie.score * count as f64;
        // The last bin takes what would be too few rows for one of their own.
        if left == 0 || (rows >= size && left >= MIN_BIN) {
            let (x, n) = (positives as f64, rows as f64);
            let interval = Uncertainty::Wilson { x, n }.interval(plan.level);
            points.push(CurvePoint {
                x: scores / n,
                y: x / n,
                lower: interval.map(|limits| limits.0),
                upper: interval.map(|limits| limits.1),
                n: Some(rows),
            });
            (rows, positives, scores) = (0, 0, 0.0);
        }
    }
    Some(Curve {
        name: "calibration".to_owned(),
        table,
        subject: subject.clone(),
        x_label: "Mean score".to_owned(),
        y_label: "Share of positive labels".to_owned(),
        points,
    })
}
