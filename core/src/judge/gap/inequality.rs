//! Inequality of benefits within and between groups, and differential fairness.

use super::super::estimate::{Estimate, Inequality, benefits, inequality, rate};
use super::super::facts::GroupFacts;
use super::{Compared, Gap};
use crate::findings::v1::Reason;
use crate::stats::{differential_fairness, inequality as index};

/// Rows added to those of each group, shared by both decisions (Foulds et al. 2020).
const CONCENTRATION: f64 = 1.0;

/// What a measure says of all groups of an attribute.
pub(super) fn gap(compared: &Compared<'_>, name: &str) -> Gap {
    let concerned = compared.groups.iter().map(|group| group.rows).sum();
    let estimate = match Inequality::of(name) {
        None => differential(compared),
        Some(Inequality::Entropy(alpha)) if name.starts_with("between_group") => between(compared, alpha),
        Some(index) => match GroupFacts::pooled(compared.groups.iter().copied()) {
            Some(confusion) => inequality(index, &confusion),
            None => Estimate::undefined(Reason::NoRows, 0, "rows"),
        },
    };
    Gap { group: Vec::new(), reference: Vec::new(), estimate, concerned }
}

/// The inequality that is left when everyone gets the mean benefit of their group.
fn between(compared: &Compared<'_>, alpha: f64) -> Estimate {
    let groups: Vec<_> = compared
        .groups
        .iter()
        .filter(|group| !group.suppressed)
        .map(|group| benefits(&group.confusion))
        .filter(|cells| cells.iter().any(|(_, weight)| *weight > 0.0))
        .collect();
    let n = compared.groups.iter().filter(|group| !group.suppressed).map(|group| group.rows).sum();
    let cells: Vec<&[(f64, f64)]> = groups.iter().map(|cells| cells.as_slice()).collect();
    match index::between_group(&cells, alpha) {
        _ if groups.len() < 2 => Estimate::undefined(Reason::SingleGroup, n, "labelled and decided"),
        None => Estimate::undefined(Reason::ZeroDenominator, n, "labelled and decided"),
        Some(value) => Estimate::new(value, n, "labelled and decided"),
    }
}

fn differential(compared: &Compared<'_>) -> Estimate {
    let Some(rate) = rate("selection_rate", compared.plan.favourable) else {
        return Estimate::undefined(Reason::NoRows, 0, "rows");
    };
    let shares: Vec<_> = compared
        .groups
        .iter()
        .filter_map(|group| rate.share(&group.confusion).filter(|_| rate.is_shown(group)))
        .collect();
    let n = shares.iter().map(|share| share.rows).sum();
    let groups: Vec<_> = shares.iter().map(|share| (share.successes, share.trials)).collect();
    match differential_fairness::differential_fairness(&groups, CONCENTRATION) {
        _ if groups.len() < 2 => Estimate::undefined(Reason::SingleGroup, n, rate.population()),
        None => Estimate::undefined(Reason::ZeroDenominator, n, rate.population()),
        Some(value) => Estimate::new(value, n, rate.population()),
    }
}
