//! What the inputs of a model tell of the group: their association with each protected attribute.

use std::collections::BTreeMap;

use super::super::estimate::Estimate;
use super::super::facts::{Dimension, Facts};
use super::Gap;
use crate::findings::v1::Reason;
use crate::measure::{Feature, FeatureValues};
use crate::stats::Uncertainty;
use crate::stats::association;

const POPULATION: &str = "rows with the feature, in groups that are shown";
/// Distinct numbers up to which each is a value of its own; more count by tenths.
const MAX_NUMBERS: usize = 20;
/// Parts of equally many rows that numbers count by.
const TENTHS: u128 = 10;

/// One answer for each feature.
pub(super) fn gaps(facts: &Facts<'_>, name: &str, dimension: &Dimension) -> Vec<Gap> {
    let gap = |feature: &Feature| {
        let estimate = match table(feature, dimension) {
            Err(reason) => Estimate::undefined(reason, 0, POPULATION),
            Ok(table) => measure(name, &table),
        };
        let concerned = estimate.n;
        Gap { group: vec![Some(feature.name.clone())], reference: Vec::new(), estimate, concerned }
    };
    facts.measurements.features.iter().filter(|feature| !dimension.attribute.contains(&feature.name)).map(gap).collect()
}

/// Rows by value of the feature and group.
fn table(feature: &Feature, dimension: &Dimension) -> Result<Vec<Vec<u64>>, Reason> {
    if dimension.groups.iter().any(|group| group.uncertain) {
        return Err(Reason::GroupUncertain);
    }
    let empty = || vec![0; dimension.groups.len()];
    let count = |row: &mut Vec<u64>, cell: u32, rows: u64| {
        let group = dimension.of_cell[cell as usize];
        if !dimension.groups[group].suppressed {
            row[group] += rows;
        }
    };
    match &feature.values {
        FeatureValues::TooMany => Err(Reason::TooManyValues),
        FeatureValues::Categories(categories) => {
            let row = |cells: &BTreeMap<u32, u64>| {
                let mut row = empty();
                cells.iter().for_each(|(&cell, &rows)| count(&mut row, cell, rows));
                row
            };
            Ok(categories.values().map(row).collect())
        }
        FeatureValues::Numbers { runs, .. } => {
            let total: u128 = runs.iter().map(|run| u128::from(run.count)).sum();
            let distinct = runs.chunk_by(|a, b| a.key == b.key).count();
            let mut table: BTreeMap<u128, Vec<u64>> = BTreeMap::new();
            let mut below = 0_u128;
            for (place, number) in runs.chunk_by(|a, b| a.key == b.key).enumerate() {
                let part = if distinct <= MAX_NUMBERS { place as u128 } else { below * TENTHS / total };
                let row = table.entry(part).or_insert_with(empty);
                for run in number {
                    count(row, run.slot, run.count);
                    below += u128::from(run.count);
                }
            }
            Ok(table.into_values().collect())
        }
    }
}

fn measure(name: &str, table: &[Vec<u64>]) -> Estimate {
    let n = table.iter().flatten().sum();
    let defined = |value: f64| Estimate::new(value, n, POPULATION);
    let undefined = if n == 0 { Reason::NoRows } else { Reason::ZeroVariance };
    let found = match name {
        "proxy_goodman_kruskal_tau" => association::goodman_kruskal_tau(table).map(defined),
        "proxy_p_value" => association::cramers_v(table).map(|of| defined(of.test.p)),
        _ => association::cramers_v(table).map(|of| defined(of.value).with(Uncertainty::CramersV { of })),
    };
    found.unwrap_or_else(|| Estimate::undefined(undefined, n, POPULATION))
}
