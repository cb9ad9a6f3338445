//! Curves behind the charts: ROC, calibration and what every threshold would do, or labels and errors against predicted
//! numbers; overall and for every single attribute's groups.

mod calibration;
mod numbers;
mod roc;
mod thresholds;

use super::facts::{Facts, GroupFacts};
use super::measures::group_subject;
use crate::findings::catalogue::Aspect;
use crate::findings::v1::{Curve, Subject, TableName};
use crate::parallel;
use crate::plan::{Plan, Task};

/// Points of a curve at most.
const POINTS: usize = 101;

pub(super) fn curves(plan: &Plan, facts: &Facts<'_>, threads: usize) -> Vec<Curve> {
    let numbers = plan.task == Task::Regression;
    if plan.roles.score.is_none() && plan.roles.scores.is_empty() && !numbers {
        return Vec::new();
    }
    let tried = if numbers { Vec::new() } else { thresholds::tried(plan, facts) };
    let mut subjects = vec![(&facts.overall, facts.subject())];
    if facts.table == TableName::Predictions {
        for dimension in facts.dimensions.iter().filter(|dimension| dimension.attribute.len() == 1) {
            subjects
                .extend(dimension.groups.iter().map(|group| (group, group_subject(facts, dimension, &group.group))));
        }
    }
    subjects.retain(|(group, _)| !group.suppressed);
    let of_scores: [Kind<'_>; 3] = [
        &|about| roc::curve(about).into_iter().collect(),
        &|about| calibration::curve(about, "Share of positive labels").into_iter().collect(),
        &|about| thresholds::curves(about, &tried),
    ];
    let of_numbers: [Kind<'_>; 1] =
        [&|about| about.group.numbers.as_ref().map_or_else(Vec::new, |numbers| numbers::curves(about, numbers))];
    // A model of several classes as a whole is calibrated if its highest score says how often its class is right.
    let of_classes: [Kind<'_>; 1] =
        [&|about| calibration::curve(about, "Share of right classes").into_iter().collect()];
    let kinds = match facts.aspect {
        _ if numbers => of_numbers.as_slice(),
        Aspect::Model(Task::Multiclass) => &of_classes,
        _ => &of_scores,
    };
    let items: Vec<_> = subjects.iter().flat_map(|about| kinds.iter().map(move |kind| (about, kind))).collect();
    let curves = parallel::map(&items, threads, |((group, subject), kind)| {
        kind(&About { plan, table: facts.table, group, subject })
    });
    curves.into_iter().flatten().collect()
}

/// Makes the curves of one kind.
type Kind<'k> = &'k (dyn Fn(&About<'_>) -> Vec<Curve> + Sync);

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
