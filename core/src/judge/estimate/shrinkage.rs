//! Rates of groups drawn towards the rate of all, the more so the fewer rows they have: beside the raw ones, not instead.

use super::super::facts::GroupFacts;
use super::{Estimate, asked, of_subjects, rate};
use crate::findings::catalogue::{self, Aspect};
use crate::findings::v1::Reason;
use crate::plan::Plan;
use crate::stats::{Uncertainty, empirical_bayes};

/// The convention under which rates are drawn together.
pub(in super::super) const SHRUNKEN: &str = "empirical_bayes";

/// Adds the shrunken rates that the plan asks for, fitted over the groups of one attribute that may be shown.
pub(in super::super) fn shrink(plan: &Plan, aspect: Aspect, groups: &mut [GroupFacts]) {
    let wanted = |entry: &&catalogue::Entry| asked(plan, entry, aspect).contains(&SHRUNKEN);
    for entry in catalogue::of_task(plan.task).filter(wanted) {
        let Some(rate) = rate(entry.name, plan.favourable) else { continue };
        let raw: Vec<Estimate> = groups.iter().map(|group| group.estimates.get(entry, "standard")).collect();
        let counts: Vec<Option<(f64, f64)>> = groups
            .iter()
            .zip(&raw)
            .map(|(group, raw)| {
                let share = raw.value.ok().and_then(|_| rate.share(&group.confusion))?;
                Some((share.successes, share.trials))
            })
            .collect();
        let shown: Vec<(f64, f64)> = counts.iter().copied().flatten().collect();
        let prior = empirical_bayes::fit(&shown);
        let missing = if shown.len() < empirical_bayes::MIN_GROUPS { Reason::FewGroups } else { Reason::ZeroVariance };
        for ((group, raw), counts) in groups.iter_mut().zip(raw).zip(counts) {
            let estimate = match (counts, prior) {
                (None, _) => raw,
                (Some((x, n)), prior) => match prior.and_then(|prior| prior.posterior(x, n)) {
                    None => Estimate { value: Err(missing), uncertainty: None, ..raw },
                    Some(posterior) => Estimate {
                        value: Ok(posterior.mean),
                        uncertainty: Some(Uncertainty::EmpiricalBayes { posterior }),
                        ..raw
                    },
                },
            };
            let clustered = group.confusion.clustered().is_some();
            let estimate = if clustered { of_subjects(entry, estimate) } else { estimate };
            group.estimates.insert(entry, SHRUNKEN, estimate);
        }
    }
}
