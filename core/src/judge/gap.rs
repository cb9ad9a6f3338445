//! Gaps between groups: differences and ratios, each under its named convention.

use super::estimate::{Estimate, Rate, Share, missing_need, rate};
use super::facts::{Dimension, Facts, GroupFacts};
use crate::findings::catalogue::{self, Entry, Shape};
use crate::findings::v1::Reason;
use crate::measure::Group;
use crate::plan::{MissingGroup, Plan};
use crate::stats::Uncertainty;

/// One gap: who is compared with whom, and the estimate.
#[derive(Clone, Debug)]
pub(crate) struct Gap {
    /// The group compared; empty when all of them are.
    pub(crate) group: Group,
    /// The group it is compared with; empty when it is not one group.
    pub(crate) reference: Group,
    /// The estimate.
    pub(crate) estimate: Estimate,
    /// Rows of the group compared, or of the group with the lowest rate.
    pub(crate) concerned: u64,
}

/// The conventions to report of a gap: the overall one, comparisons with a declared reference, and those asked for.
pub(crate) fn conventions<'e>(plan: &Plan, entry: &'e Entry, dimension: &Dimension) -> Vec<&'e str> {
    let declared = reference_group(plan, &dimension.attribute).is_some();
    entry
        .conventions
        .iter()
        .copied()
        .filter(|&convention| match convention {
            "max_min" | "min_max" => true,
            "reference_group" => declared,
            "pooled_reference" => declared && plan.conventions.iter().any(|name| name == convention),
            _ => plan.conventions.iter().any(|name| name == convention),
        })
        .collect()
}

/// The declared reference group of an attribute or intersection.
pub(crate) fn reference_group(plan: &Plan, attribute: &[String]) -> Option<Group> {
    attribute.iter().map(|name| plan.reference_groups.get(name).cloned().map(Some)).collect()
}

/// The gaps of one measure over one attribute under one convention; `reference_group` gives one for each group.
pub(crate) fn gaps(plan: &Plan, facts: &Facts<'_>, entry: &Entry, convention: &str, dimension: &Dimension) -> Vec<Gap> {
    let base = entry.of.and_then(catalogue::find);
    let Some((base, rate)) = base.and_then(|base| Some((base, rate(base.name, plan.favourable)?))) else {
        return Vec::new();
    };
    let ratio = entry.shape == Shape::Ratio;
    if let Some(reason) = missing_need(plan, base.needs, facts.measurements.labels.is_some()) {
        return vec![nothing(reason, rate)];
    }
    let compared: Vec<&GroupFacts> = dimension
        .groups
        .iter()
        .filter(|group| plan.missing_group == MissingGroup::AsGroup || group.group.iter().all(Option::is_some))
        .collect();
    match convention {
        "reference_group" | "pooled_reference" => {
            let Some(reference) = reference_group(plan, &dimension.attribute) else {
                return vec![nothing(Reason::NoReferenceGroup, rate)];
            };
            let Some(place) = compared.iter().position(|group| group.group == reference) else {
                return vec![nothing(Reason::GroupAbsent, rate)];
            };
            let others = compared.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, group)| *group);
            if convention == "pooled_reference" {
                return vec![pooled(compared[place], others.collect(), rate, ratio)];
            }
            others.map(|group| against(plan, compared[place], group, rate, ratio)).collect()
        }
        "fairlearn" => vec![fairlearn(&compared, rate, ratio)],
        "fairlearn_to_overall" => vec![fairlearn_to_overall(&compared, rate, ratio)],
        _ => vec![extremes(plan, &compared, rate, ratio)],
    }
}

fn nothing(reason: Reason, rate: Rate) -> Gap {
    Gap { group: Vec::new(), reference: Vec::new(), estimate: undefined(reason, 0, rate), concerned: 0 }
}

fn undefined(reason: Reason, n: u64, rate: Rate) -> Estimate {
    Estimate {
        value: Err(reason),
        uncertainty: None,
        n,
        n_effective: None,
        population: rate.population(),
        bounds: None,
    }
}

fn estimate(value: f64, uncertainty: Option<Uncertainty>, shares: &[Share], rate: Rate, weighted: bool) -> Estimate {
    Estimate {
        value: if value.is_finite() { Ok(value) } else { Err(Reason::Infinite) },
        uncertainty,
        n: shares.iter().map(|share| share.rows).sum(),
        n_effective: weighted.then(|| shares.iter().map(|share| share.trials).sum()),
        population: rate.population(),
        bounds: None,
    }
}

/// `a - b` or `a / b`; `None` is 0 / 0.
fn compare(a: f64, b: f64, ratio: bool) -> Option<f64> {
    if !ratio {
        Some(a - b)
    } else if a == 0.0 && b == 0.0 {
        None
    } else {
        Some(a / b)
    }
}

fn pair(a: Share, b: Share, rate: Rate, ratio: bool, weighted: bool) -> Estimate {
    let Some(value) = compare(a.value, b.value, ratio) else {
        return undefined(Reason::ZeroDenominator, a.rows + b.rows, rate);
    };
    let (x1, n1, x2, n2) = (a.successes, a.trials, b.successes, b.trials);
    let uncertainty =
        if ratio { Uncertainty::Koopman { x1, n1, x2, n2 } } else { Uncertainty::Newcombe { x1, n1, x2, n2 } };
    estimate(value, Some(uncertainty), &[a, b], rate, weighted)
}

/// Whether the rate of a group may be shown: the group is, and enough rows are in the denominator.
fn shown(plan: &Plan, group: &GroupFacts, share: Option<Share>) -> bool {
    !group.suppressed && share.is_none_or(|share| share.rows >= plan.min_n_shown)
}

fn against(plan: &Plan, reference: &GroupFacts, group: &GroupFacts, rate: Rate, ratio: bool) -> Gap {
    let shares = (rate.share(&group.confusion), rate.share(&reference.confusion));
    let estimate = match shares {
        (a, b) if !shown(plan, group, a) || !shown(plan, reference, b) => undefined(Reason::Suppressed, 0, rate),
        (Some(a), Some(b)) => pair(a, b, rate, ratio, group.confusion.weights.is_some()),
        _ => undefined(rate.empty(), 0, rate),
    };
    Gap { group: group.group.clone(), reference: reference.group.clone(), estimate, concerned: group.rows }
}

fn pooled(reference: &GroupFacts, others: Vec<&GroupFacts>, rate: Rate, ratio: bool) -> Gap {
    let concerned = others.iter().map(|group| group.rows).sum();
    let weighted = reference.confusion.weights.is_some();
    let pooled = GroupFacts::pooled(others.into_iter());
    let estimate = match pooled {
        None => undefined(Reason::SingleGroup, 0, rate),
        Some(_) if reference.suppressed => undefined(Reason::Suppressed, 0, rate),
        Some(pooled) => match (rate.share(&pooled), rate.share(&reference.confusion)) {
            (Some(a), Some(b)) => pair(a, b, rate, ratio, weighted),
            _ => undefined(rate.empty(), 0, rate),
        },
    };
    Gap { group: Vec::new(), reference: reference.group.clone(), estimate, concerned }
}

/// Largest against smallest, over the groups that are shown and whose rate is defined.
fn extremes(plan: &Plan, compared: &[&GroupFacts], rate: Rate, ratio: bool) -> Gap {
    let defined: Vec<(&GroupFacts, Share)> = compared
        .iter()
        .filter_map(|group| Some((*group, rate.share(&group.confusion)?)))
        .filter(|(group, share)| shown(plan, group, Some(*share)))
        .collect();
    let lowest = defined.iter().min_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let highest = defined.iter().max_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let (Some(lowest), Some(highest)) = (lowest, highest) else { return nothing(Reason::NoRows, rate) };
    if defined.len() < 2 {
        return nothing(Reason::SingleGroup, rate);
    }
    let value =
        if ratio { compare(lowest.1.value, highest.1.value, true) } else { Some(highest.1.value - lowest.1.value) };
    let shares: Vec<Share> = defined.iter().map(|(_, share)| *share).collect();
    let groups: Vec<(f64, f64)> = shares.iter().map(|share| (share.successes, share.trials)).collect();
    let uncertainty =
        if ratio { Uncertainty::PairwiseMinRatio { groups } } else { Uncertainty::PairwiseMaxDifference { groups } };
    let weighted = lowest.0.confusion.weights.is_some();
    Gap {
        group: lowest.0.group.clone(),
        reference: highest.0.group.clone(),
        estimate: match value {
            Some(value) => estimate(value, Some(uncertainty), &shares, rate, weighted),
            None => undefined(Reason::ZeroDenominator, shares.iter().map(|share| share.rows).sum(), rate),
        },
        concerned: lowest.0.rows,
    }
}

/// Fairlearn's `between_groups`: a group rate without a denominator counts as 0. Point values only, as Fairlearn gives
/// no interval.
fn fairlearn(compared: &[&GroupFacts], rate: Rate, ratio: bool) -> Gap {
    let values = zero_filled(compared, rate);
    let lowest = values.iter().copied().min_by(f64::total_cmp);
    let highest = values.iter().copied().max_by(f64::total_cmp);
    point(
        lowest.zip(highest).and_then(|(low, high)| if ratio { compare(low, high, true) } else { Some(high - low) }),
        compared,
        rate,
    )
}

/// Fairlearn's `to_overall`: the largest distance of a group from the rate of all compared rows.
fn fairlearn_to_overall(compared: &[&GroupFacts], rate: Rate, ratio: bool) -> Gap {
    let overall = GroupFacts::pooled(compared.iter().copied())
        .and_then(|confusion| rate.share(&confusion))
        .map_or(0.0, |share| share.value);
    let distances = zero_filled(compared, rate).into_iter().map(|value| {
        if !ratio {
            return (value - overall).abs();
        }
        let quotient = value / overall;
        if quotient > 1.0 { 1.0 / quotient } else { quotient }
    });
    let worst = if ratio { distances.min_by(f64::total_cmp) } else { distances.max_by(f64::total_cmp) };
    point(worst.filter(|value| !value.is_nan()), compared, rate)
}

fn zero_filled(compared: &[&GroupFacts], rate: Rate) -> Vec<f64> {
    compared
        .iter()
        .filter(|group| !group.suppressed)
        .map(|group| rate.share(&group.confusion).map_or(0.0, |share| share.value))
        .collect()
}

fn point(value: Option<f64>, compared: &[&GroupFacts], rate: Rate) -> Gap {
    let shares: Vec<Share> = compared.iter().filter_map(|group| rate.share(&group.confusion)).collect();
    let weighted = compared.iter().any(|group| group.confusion.weights.is_some());
    Gap {
        group: Vec::new(),
        reference: Vec::new(),
        estimate: match value {
            Some(value) => estimate(value, None, &shares, rate, weighted),
            None => undefined(Reason::ZeroDenominator, 0, rate),
        },
        concerned: compared.iter().map(|group| group.rows).sum(),
    }
}
