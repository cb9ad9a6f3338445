//! What changed from a baseline model that predicts a number too, from rows that both answered.

use super::super::{Estimate, linked};
use crate::findings::v1::Reason;
use crate::judge::linked::LinkedRows;
use crate::judge::numbers::{GroupNumbers, NumberRow};

const BOTH: &str = "labelled, predicted by both models";
const NONZERO: &str = "labelled other than 0, predicted by both models";

/// The estimate of the change of a measure.
pub(super) fn estimate(group: &GroupNumbers, of: &str, convention: &str) -> Estimate {
    let Some(rows) = group.linked.as_deref() else { return Estimate::undefined(Reason::NoBaseline, 0, "rows") };
    let mean = |population, loss: &dyn Fn(&NumberRow) -> Option<f64>| {
        linked::mean_of_rows(rows, population, |row| Some(loss(row)? - loss(&row.of_baseline()?)?))
    };
    match of {
        "mean_absolute_error" => mean(BOTH, &|row| Some(row.error()?.abs())),
        "mean_error" => mean(BOTH, &NumberRow::error),
        "mean_squared_error" => mean(BOTH, &squared_error),
        "mean_absolute_percentage_error" => mean(NONZERO, &NumberRow::percentage),
        "pinball_loss" => mean(BOTH, &|row| row.pinball_loss(super::alpha(convention))),
        "root_mean_squared_error" => root(rows),
        _ => r2(rows),
    }
}

fn squared_error(row: &NumberRow) -> Option<f64> {
    row.error().map(|error| error * error)
}

/// The squared error of the audited model, on rows that both answered.
fn audited(row: &NumberRow) -> Option<f64> {
    row.of_baseline()?;
    squared_error(row)
}

/// The squared error of the baseline model, on the same rows.
fn baseline(row: &NumberRow) -> Option<f64> {
    squared_error(&row.of_baseline()?)
}

/// The delta method: to first order √a errs by 1 / 2√a of what a does.
fn root(rows: &LinkedRows<NumberRow>) -> Estimate {
    let Some(((first, mine), (second, theirs))) = linked::mean(rows, audited).zip(linked::mean(rows, baseline)) else {
        return linked::undefined(rows, BOTH, audited);
    };
    let (first, second) = (first.sqrt(), second.sqrt());
    if first == 0.0 || second == 0.0 {
        return Estimate::new(first - second, rows.tally(|row| audited(row).is_some()).rows, BOTH);
    }
    let influence = linked::sum(&[(0.5 / first, &mine), (-0.5 / second, &theirs)]);
    linked::student_t(rows, BOTH, first - second, influence)
}

/// Both models are measured against the same variance of the labels, so the change is (MSE of the baseline - MSE) / Var(y),
/// a ratio of two means: to first order it errs by (d - R v) / Var(y) of a row's difference d and squared deviation v.
fn r2(rows: &LinkedRows<NumberRow>) -> Estimate {
    let difference = |row: &NumberRow| Some(baseline(row)? - audited(row)?);
    let label = |row: &NumberRow| audited(row).and(row.label);
    let means = linked::mean(rows, difference).zip(linked::mean(rows, label));
    let Some(((gained, mine), (middle, _))) = means else { return linked::undefined(rows, BOTH, audited) };
    let deviation = |row: &NumberRow| label(row).map(|label| (label - middle) * (label - middle));
    match linked::mean(rows, deviation) {
        Some((variance, spread)) if variance > 0.0 => {
            let value = gained / variance;
            let influence = linked::sum(&[(1.0 / variance, &mine), (-value / variance, &spread)]);
            linked::student_t(rows, BOTH, value, influence)
        }
        _ => Estimate::undefined(Reason::ZeroVariance, rows.tally(|row| audited(row).is_some()).rows, BOTH),
    }
}
