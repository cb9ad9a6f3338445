//! Area under the precision-recall curve, two conventions.

use super::{Effect, TieGroup};
use crate::stats::Scored;
use crate::stats::exact_sum::ExactSum;
use crate::stats::scored::class_masses;

/// Average precision Σ (R_k - R_{k-1}) P_k over descending thresholds: no interpolation, as scikit-learn.
///
/// Each tie group enters as one step. `None` without positives.
#[must_use]
pub fn average_precision(groups: &[TieGroup]) -> Option<f64> {
    sum_over_steps(groups, |step| 2.0 * step.precision())
}

/// What a row of each score adds to the error of [`average_precision`], times the weight of the positives; ascending. `None`
/// without positives.
///
/// With W the weight of the positives, p, N and P the weight of the positives at a score, of the rows down to it and their
/// precision: a positive adds its own P less the average, and every row adds (1 or 0 - P) p / N to the precision at
/// each score up to its own. Ties are one step.
#[must_use]
pub fn average_precision_effects(groups: impl DoubleEndedIterator<Item = Scored> + Clone) -> Option<Vec<Effect>> {
    let total = class_masses(groups.clone()).0.weight;
    if total <= 0.0 {
        return None;
    }
    let (mut found, mut called, mut average) = (0.0, 0.0, 0.0);
    let mut steps = Vec::new();
    for group in groups.rev() {
        found += group.positives.weight;
        called += group.positives.weight + group.negatives.weight;
        let precision = if called > 0.0 { found / called } else { 0.0 };
        average += group.positives.weight / total * precision;
        steps.push((group, called, precision));
    }
    let (mut raised, mut lowered) = (0.0, 0.0);
    let effect = |(group, called, precision): (Scored, f64, f64)| {
        let share = if called > 0.0 { group.positives.weight / called } else { 0.0 };
        raised += share;
        lowered += share * precision;
        Effect { score: group.score, of_positive: precision - average + raised - lowered, of_negative: -lowered }
    };
    Some(steps.into_iter().rev().map(effect).collect())
}

/// Area under the precision-recall curve by the trapezoidal rule, from (recall 0, precision 1); the convention of
/// `auc(recall, precision)`.
///
/// Linear interpolation between points is too optimistic (Davis and Goadrich 2006, ICML): average precision is our
/// default. `None` without positives.
#[must_use]
pub fn pr_auc_trapezoid(groups: &[TieGroup]) -> Option<f64> {
    sum_over_steps(groups, |step| step.precision() + step.precision_before())
}

/// The curve just before and just after a tie group is called positive.
struct Step {
    true_positives: u64,
    called: u64,
    true_positives_before: u64,
    called_before: u64,
}

impl Step {
    fn precision(&self) -> f64 {
        self.true_positives as f64 / self.called as f64
    }

    fn precision_before(&self) -> f64 {
        if self.called_before == 0 { 1.0 } else { self.true_positives_before as f64 / self.called_before as f64 }
    }
}

/// Half the mean of `height` over all positives.
fn sum_over_steps(groups: &[TieGroup], height: impl Fn(&Step) -> f64) -> Option<f64> {
    let (mut true_positives, mut called) = (0, 0);
    let mut area = ExactSum::new();
    for group in groups.iter().rev() {
        let (true_positives_before, called_before) = (true_positives, called);
        true_positives += group.positives;
        called += group.positives + group.negatives;
        if group.positives > 0 {
            let step = Step { true_positives, called, true_positives_before, called_before };
            area.add_times(height(&step), group.positives);
        }
    }
    (true_positives > 0).then(|| area.value() / (2.0 * true_positives as f64))
}
