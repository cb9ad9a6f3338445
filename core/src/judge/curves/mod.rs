//! Curves behind the charts: ROC, calibration and what every threshold would do, overall and for every single
//! attribute's groups.

mod calibration;
mod roc;
mod thresholds;

use super::facts::{Facts, GroupFacts};
use super::measures::group_subject;
use crate::findings::v1::{Curve, Subject, TableName};
use crate::plan::Plan;

/// Points of a curve at most.
const POINTS: usize = 101;

pub(super) fn curves(plan: &Plan, facts: &Facts<'_>) -> Vec<Curve> {
    let mut curves = Vec::new();
    if plan.roles.score.is_none() {
        return curves;
    }
    let tried = thresholds::tried(plan, facts);
    let mut add = |group: &GroupFacts, subject: &Subject| {
        if group.suppressed {
            return;
        }
        let about = About { plan, table: facts.table, group, subject };
        curves.extend(roc::curve(&about));
        curves.extend(calibration::curve(&about));
        curves.extend(thresholds::curves(&about, &tried));
    };
    add(&facts.overall, &Subject::default());
    if facts.table == TableName::Predictions {
        for dimension in facts.dimensions.iter().filter(|dimension| dimension.attribute.len() == 1) {
            for group in &dimension.groups {
                add(group, &group_subject(dimension, &group.group));
            }
        }
    }
    curves
}

/// Whose curve it is.
struct About<'a> {
    plan: &'a Plan,
    table: TableName,
    group: &'a GroupFacts,
    subject: &'a Subject,
}

impl About<'_> {
    /// Whether a share of so many rows may be shown: the whole table is no small cell, and nothing is a share of nothing.
    fn shows(&self, rows: u64) -> bool {
        rows > 0 && (self.group.group.is_empty() || rows >= self.plan.min_n_shown)
    }

    /// A curve without its points.
    fn blank(&self, name: &str, x_label: &str, y_label: &str) -> Curve {
        Curve {
            name: name.to_owned(),
            table: self.table,
            subject: self.subject.clone(),
            x_label: x_label.to_owned(),
            y_label: y_label.to_owned(),
            points: Vec::new(),
        }
    }
}
