//! That a measure can take the value it is compared with.

use super::Requirement;
use crate::error::{Code, Problem};
use crate::findings::catalogue::{self, Aspect, Entry as Measure, Shape};
use crate::plan::model::{Comparator, Task};
use crate::yaml::reader::{Fields, Reader};

/// Largest threshold of a ratio: what is above it is a percentage.
const MAX_RATIO: f64 = 10.0;

/// The values that a measure can take.
fn range(measure: &Measure, aspect: Aspect, convention: &str) -> (f64, f64) {
    let one_sided = !catalogue::is_signed(convention);
    match measure.shape {
        Shape::Rate | Shape::Index | Shape::PValue => (0.0, 1.0),
        Shape::Coefficient | Shape::Change => (-1.0, 1.0),
        Shape::Statistic => (f64::NEG_INFINITY, f64::INFINITY),
        Shape::Skill => (f64::NEG_INFINITY, 1.0),
        // Squared errors of several classes add up to 2 at most.
        Shape::Loss if measure.name == "brier" && aspect == Aspect::Model(Task::Multiclass) => (0.0, 2.0),
        Shape::Loss if measure.name == "brier" => (0.0, 1.0),
        Shape::Loss | Shape::Count | Shape::Positive => (0.0, f64::INFINITY),
        Shape::Difference if is_unbounded(measure) => (if one_sided { 0.0 } else { f64::NEG_INFINITY }, f64::INFINITY),
        // Changes of a gap reach twice as far as the gap.
        Shape::Difference if is_of_changes(measure) => (if one_sided { 0.0 } else { -2.0 }, 2.0),
        Shape::Difference => (if one_sided { 0.0 } else { -1.0 }, 1.0),
        Shape::Ratio => (0.0, if one_sided { 1.0 } else { f64::INFINITY }),
    }
}

/// A difference of measures that have no upper or no lower limit.
fn is_unbounded(measure: &Measure) -> bool {
    let base = measure.of.and_then(catalogue::find);
    base.is_some_and(|base| {
        matches!(base.shape, Shape::Loss | Shape::Positive | Shape::Statistic | Shape::Skill) && base.name != "brier"
    })
}

/// A difference of changes between two models.
fn is_of_changes(measure: &Measure) -> bool {
    measure.of.and_then(catalogue::find).is_some_and(|base| base.shape == Shape::Change)
}

pub(super) fn in_range(
    reader: &mut Reader,
    fields: &Fields<'_>,
    (measure, aspect, convention): (&Measure, Aspect, &str),
    requirement: Requirement,
) -> bool {
    let Requirement { comparator, threshold, threshold_upper } = requirement;
    let Some(field) = fields.get("within").or_else(|| fields.get("threshold")) else { return false };
    let mut both = std::iter::once(threshold).chain(threshold_upper);
    let (low, high) = range(measure, aspect, convention);
    let limit = if measure.shape == Shape::Ratio { high.min(MAX_RATIO) } else { high };
    let under = if measure.compares_groups() { format!(" with the convention `{convention}`") } else { String::new() };
    if let Some(threshold) = both.find(|value| *value < low || *value > limit) {
        let values = match (low.is_finite(), high.is_finite()) {
            (true, true) => format!("between {low} and {high}"),
            (false, true) => format!("at most {high}"),
            _ => format!("at least {low}"),
        };
        let message = match high.is_finite() || threshold < low {
            true => format!("`{}` is {values}{under}, so it cannot be compared with {threshold}", measure.name),
            false => format!("a ratio of {threshold} cannot be meant"),
        };
        let hint = if measure.shape == Shape::Ratio && threshold > limit && threshold <= MAX_RATIO {
            format!(
                "`{convention}` divides the lower by the higher; to compare with one group, in either direction, \
                 declare it in `reference_groups`"
            )
        } else if threshold > limit && threshold <= 100.0 && measure.shape != Shape::Count {
            format!("write {} for {threshold} %", threshold / 100.0)
        } else if measure.shape == Shape::Difference && threshold < low && threshold >= -1.0 {
            format!("write `<= {}`, or use the convention `reference_group`, whose differences have a sign", -threshold)
        } else if threshold < 0.0 {
            "write a number that is not negative".to_owned()
        } else {
            format!("write a number {values}")
        };
        reader.wrong(&field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
        return false;
    }
    let impossible = match comparator {
        Comparator::MoreThan => threshold >= high,
        Comparator::LessThan => threshold <= low,
        _ => false,
    };
    if impossible {
        let word = if comparator == Comparator::MoreThan { "more" } else { "less" };
        let message =
            format!("`{}` is never {word} than {threshold}{under}: nothing could meet the criterion", measure.name);
        let hint = if comparator == Comparator::MoreThan {
            "use `>=`, or a lower threshold"
        } else {
            "use `<=`, or a higher threshold"
        };
        reader.wrong(&field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
        return false;
    }
    true
}
