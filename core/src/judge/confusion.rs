//! Confusion matrices of a model of several classes, overall and for every group that may be shown.

use super::facts::{Facts, GroupFacts};
use super::measures::group_subject;
use crate::findings::v1::{ConfusionMatrix, Subject, TableName};
use crate::plan::Plan;

pub(super) fn matrices(plan: &Plan, facts: &Facts<'_>) -> Vec<ConfusionMatrix> {
    if plan.roles.label.is_none() {
        return Vec::new();
    }
    let mut matrices: Vec<ConfusionMatrix> = matrix(plan, facts, facts.subject(), &facts.overall).into_iter().collect();
    if facts.table == TableName::Predictions {
        for dimension in &facts.dimensions {
            for group in &dimension.groups {
                matrices.extend(matrix(plan, facts, group_subject(facts, dimension, &group.group), group));
            }
        }
    }
    matrices
}

/// The matrix of a group; of a group with an entry of too few rows none, as its margins would give that entry away.
fn matrix(plan: &Plan, facts: &Facts<'_>, subject: Subject, group: &GroupFacts) -> Option<ConfusionMatrix> {
    let counts = group.classes.as_ref()?;
    let classes: Vec<String> = facts.classes.iter().filter_map(|facts| facts.class.clone()).collect();
    let entry = |label: usize, decision: usize| counts.matrix[[label, decision]];
    let rows: Vec<Vec<u64>> = (0..classes.len())
        .map(|label| (0..classes.len()).map(|decision| entry(label, decision).rows).collect())
        .collect();
    let few = |rows: &u64| *rows > 0 && *rows < plan.min_n_shown;
    if group.suppressed || (!group.group.is_empty() && rows.iter().flatten().any(few)) {
        return None;
    }
    let weights = counts.weighted.then(|| {
        let row = |label| (0..classes.len()).map(|decision| entry(label, decision).weight).collect();
        (0..classes.len()).map(row).collect()
    });
    Some(ConfusionMatrix { table: facts.table, subject, classes, rows, weights })
}
