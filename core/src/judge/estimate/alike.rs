//! Consistency: whether people who are alike get the same decision.

use super::Estimate;
use crate::findings::v1::Reason;
use crate::measure::{BinaryTable, Sample};
use crate::plan::Plan;
use crate::stats::consistency::{Itself, Point, consistency};

const ALL: &str = "decided, alike in known features";
const SAMPLED: &str = "sample of the decided, alike in known features";

/// The estimate under a convention, of all rows; it has no interval, as neighbours depend on each other.
pub(super) fn estimate(plan: &Plan, table: &BinaryTable, convention: &str) -> Estimate {
    let (Some(plan), Some(sample)) = (&plan.consistency, &table.alike) else {
        return Estimate::undefined(Reason::NoSimilarity, 0, ALL);
    };
    let n = sample.count();
    let population = if n < sample.of { SAMPLED } else { ALL };
    let itself = if convention == "aif360" { Itself::Included } else { Itself::LeftOut };
    match consistency(&points(sample), plan.neighbours, itself) {
        Some(value) => Estimate::new(value, n, population),
        None if n <= plan.neighbours => Estimate::undefined(Reason::NoRows, n, population),
        None => Estimate::undefined(Reason::ZeroVariance, n, population),
    }
}

/// Rows with the same features, taken together.
fn points(sample: &Sample) -> Vec<Point> {
    let mut points: Vec<(&[u64], Point)> = Vec::new();
    for (row, count) in &sample.rows {
        let Some((decision, features)) = row.split_last() else { continue };
        if points.last().is_none_or(|(last, _)| *last != features) {
            let values = features.iter().map(|&bits| f64::from_bits(bits)).collect();
            points.push((features, Point { features: values, positives: 0, negatives: 0 }));
        }
        if let Some((_, point)) = points.last_mut() {
            let side = if *decision == 1 { &mut point.positives } else { &mut point.negatives };
            *side += count;
        }
    }
    points.into_iter().map(|(_, point)| point).collect()
}
