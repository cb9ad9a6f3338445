//! The groups' shares of the rows against their declared shares of the population.

use super::super::estimate::{Estimate, Share};
use super::super::facts::{Dimension, GroupFacts};
use super::{Compared, Gap};
use crate::findings::v1::Reason;
use crate::stats::Uncertainty;

const POPULATION: &str = "rows with a known group";

/// One number for each group with a declared share; a group of which there is no row has a share of 0.
pub(super) fn gaps(compared: &Compared<'_>, dimension: &Dimension, ratio: bool) -> Vec<Gap> {
    let [attribute] = dimension.attribute.as_slice() else { return Vec::new() };
    let Some(declared) = compared.plan.population.get(attribute) else {
        return vec![Gap::nothing(Reason::NoPopulationShare, POPULATION)];
    };
    let known = dimension.groups.iter().filter(|group| group.group.iter().all(Option::is_some));
    let total = known.clone().map(|group| group.rows).sum();
    declared
        .iter()
        .map(|(name, &share)| {
            let group = vec![Some(name.clone())];
            let found = known.clone().find(|facts| facts.group == group);
            Gap {
                concerned: found.map_or(0, |facts| facts.rows),
                estimate: one(found, total, share, ratio),
                group,
                reference: Vec::new(),
            }
        })
        .collect()
}

fn one(group: Option<&GroupFacts>, total: u64, declared: f64, ratio: bool) -> Estimate {
    if group.is_some_and(|group| group.suppressed) {
        return Estimate::undefined(Reason::Suppressed, 0, POPULATION);
    }
    if total == 0 {
        return Estimate::undefined(Reason::NoRows, 0, POPULATION);
    }
    let (rows, trials) = (group.map_or(0, |group| group.rows) as f64, total as f64);
    let share = Share { successes: rows, trials, value: rows / trials, weight: trials, rows: total };
    let (factor, offset) = if ratio { (1.0 / declared, 0.0) } else { (1.0, -declared) };
    let value = if ratio { share.value / declared } else { share.value - declared };
    Estimate::new(value, total, POPULATION).with(Uncertainty::Linear { of: Box::new(share.wilson()), factor, offset })
}
