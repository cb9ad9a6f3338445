//! Differences and ratios of rates, from the counts of the groups.

use super::super::estimate::{Estimate, Rate, Share, by_subject};
use super::super::facts::GroupFacts;
use super::{Compared, Gap, compare};
use crate::findings::v1::Reason;
use crate::stats::Uncertainty;

/// How the interval of a gap of rates is made, where there is a choice.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Method {
    /// Newcombe's and Koopman's intervals, for many pairs at the max-T critical value.
    Standard,
    /// Agresti and Caffo's interval.
    AgrestiCaffo,
    /// For many pairs at Bonferroni's critical value.
    Bonferroni,
}

/// The gaps of a rate under a convention; `reference_group` gives one for each group.
pub(super) fn gaps(compared: &Compared<'_>, convention: &str, rate: Rate, ratio: bool) -> Vec<Gap> {
    match convention {
        "reference_group" | "agresti_caffo" | "pooled_reference" => match compared.against_reference() {
            Err(reason) => vec![nothing(reason, rate)],
            Ok((reference, others)) if convention == "pooled_reference" => {
                vec![pooled(reference, &others, rate, ratio)]
            }
            Ok((reference, others)) => {
                let method = if convention == "agresti_caffo" { Method::AgrestiCaffo } else { Method::Standard };
                let against = |group| against(reference, group, rate, ratio, method);
                others.into_iter().map(against).collect()
            }
        },
        "fairlearn" => vec![fairlearn(&compared.groups, rate, ratio)],
        "fairlearn_to_overall" => vec![fairlearn_to_overall(&compared.groups, rate, ratio)],
        "max_min_bonferroni" | "min_max_bonferroni" => vec![extremes(compared, rate, ratio, Method::Bonferroni)],
        _ => vec![extremes(compared, rate, ratio, Method::Standard)],
    }
}

pub(super) fn undefined(reason: Reason, n: u64, rate: Rate) -> Estimate {
    Estimate::undefined(reason, n, rate.population())
}

pub(super) fn nothing(reason: Reason, rate: Rate) -> Gap {
    Gap::nothing(reason, rate.population())
}

pub(super) fn estimate(
    value: f64,
    uncertainty: Option<Uncertainty>,
    shares: &[Share],
    rate: Rate,
    weighted: bool,
) -> Estimate {
    let rows = shares.iter().map(|share| share.rows).sum();
    // Of the groups the one with the fewest subjects says least of how they vary.
    let uncertainty = uncertainty.and_then(|of| if is_of_shares(&of) { by_subject(of, shares) } else { Some(of) });
    let estimate = Estimate::new(value, rows, rate.population()).with(uncertainty);
    let counts = || shares.iter().filter_map(|share| share.subjects).map(|subjects| subjects.count);
    let estimate = estimate.of_subjects(counts().min());
    let subjects = counts().min().map(|_| counts().sum());
    let estimate = Estimate { subjects, ..estimate };
    if weighted { estimate.effective(shares.iter().map(|share| share.trials).sum()) } else { estimate }
}

/// Whether it rests on effective counts of independent groups, and on nothing else.
fn is_of_shares(of: &Uncertainty) -> bool {
    matches!(
        of,
        Uncertainty::Newcombe { .. }
            | Uncertainty::AgrestiCaffo { .. }
            | Uncertainty::Koopman { .. }
            | Uncertainty::PairwiseMaxDifference { .. }
            | Uncertainty::PairwiseMinRatio { .. }
    )
}

fn pair(a: Share, b: Share, rate: Rate, ratio: bool, method: Method, weighted: bool) -> Estimate {
    let Some(value) = compare(a.value, b.value, ratio) else {
        return undefined(Reason::ZeroDenominator, a.rows + b.rows, rate);
    };
    estimate(value, Some(independent(a, b, ratio, method)), &[a, b], rate, weighted)
}

/// The sampling model of a comparison of two rates of different rows.
pub(super) fn independent(a: Share, b: Share, ratio: bool, method: Method) -> Uncertainty {
    let (x1, n1, x2, n2) = (a.successes, a.trials, b.successes, b.trials);
    match method {
        _ if ratio => Uncertainty::Koopman { x1, n1, x2, n2 },
        Method::AgrestiCaffo => Uncertainty::AgrestiCaffo { x1, n1, x2, n2 },
        Method::Standard | Method::Bonferroni => Uncertainty::Newcombe { x1, n1, x2, n2 },
    }
}

pub(super) fn against(reference: &GroupFacts, group: &GroupFacts, rate: Rate, ratio: bool, method: Method) -> Gap {
    let shares = (rate.share(&group.confusion), rate.share(&reference.confusion));
    let estimate = match shares {
        _ if !rate.is_shown(group) || !rate.is_shown(reference) => undefined(Reason::Suppressed, 0, rate),
        (Some(a), Some(b)) => pair(a, b, rate, ratio, method, group.confusion.has_effective_rows()),
        _ => undefined(rate.empty(), 0, rate),
    };
    Gap { group: group.group.clone(), reference: reference.group.clone(), estimate, concerned: group.rows }
}

pub(super) fn pooled(reference: &GroupFacts, others: &[&GroupFacts], rate: Rate, ratio: bool) -> Gap {
    let concerned = others.iter().map(|group| group.rows).sum();
    let weighted = reference.confusion.has_effective_rows();
    let pooled = GroupFacts::pooled(others.iter().copied());
    let estimate = match pooled {
        None => undefined(Reason::SingleGroup, 0, rate),
        Some(_) if !rate.is_shown(reference) => undefined(Reason::Suppressed, 0, rate),
        Some(pooled) => match (rate.share(&pooled), rate.share(&reference.confusion)) {
            (Some(a), Some(b)) => pair(a, b, rate, ratio, Method::Standard, weighted),
            _ => undefined(rate.empty(), 0, rate),
        },
    };
    Gap { group: Vec::new(), reference: reference.group.clone(), estimate, concerned }
}

/// The groups that are shown and whose rate is defined.
pub(super) fn defined<'a>(compared: &Compared<'a>, rate: Rate) -> Vec<(&'a GroupFacts, Share)> {
    compared
        .groups
        .iter()
        .filter_map(|group| Some((*group, rate.share(&group.confusion)?)))
        .filter(|(group, _)| rate.is_shown(group))
        .collect()
}

/// Largest against smallest.
pub(super) fn extremes(compared: &Compared<'_>, rate: Rate, ratio: bool, method: Method) -> Gap {
    let defined = defined(compared, rate);
    let lowest = defined.iter().min_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let highest = defined.iter().max_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let (Some(lowest), Some(highest)) = (lowest, highest) else {
        let hidden = compared.groups.iter().any(|group| !rate.is_shown(group));
        return nothing(if hidden { Reason::Suppressed } else { Reason::NoRows }, rate);
    };
    if defined.len() < 2 {
        return nothing(Reason::SingleGroup, rate);
    }
    let value =
        if ratio { compare(lowest.1.value, highest.1.value, true) } else { Some(highest.1.value - lowest.1.value) };
    let shares: Vec<Share> = defined.iter().map(|(_, share)| *share).collect();
    let groups: Vec<(f64, f64)> = shares.iter().map(|share| (share.successes, share.trials)).collect();
    // Resampled counts are those of independent rows.
    let clustered = shares.iter().any(|share| share.subjects.is_some());
    let max_t = if method == Method::Bonferroni || clustered { None } else { compared.resampled.max_t(rate) };
    let uncertainty = match (max_t, ratio) {
        (Some(max_t), true) => Uncertainty::MaxTRatio { rates: vec![groups], max_t },
        (Some(max_t), false) => Uncertainty::MaxTDifference { rates: vec![groups], max_t },
        (None, true) => Uncertainty::PairwiseMinRatio { groups },
        (None, false) => Uncertainty::PairwiseMaxDifference { groups },
    };
    let weighted = lowest.0.confusion.has_effective_rows();
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
pub(super) fn fairlearn(compared: &[&GroupFacts], rate: Rate, ratio: bool) -> Gap {
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
pub(super) fn fairlearn_to_overall(compared: &[&GroupFacts], rate: Rate, ratio: bool) -> Gap {
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

/// The rates of the groups that Fairlearn would see: it is given complete rows, so a group without any is no group there.
fn zero_filled(compared: &[&GroupFacts], rate: Rate) -> Vec<f64> {
    compared
        .iter()
        .filter(|group| !group.suppressed && rate.reads_any(&group.confusion))
        .map(|group| rate.share(&group.confusion).map_or(0.0, |share| share.value))
        .collect()
}

fn point(value: Option<f64>, compared: &[&GroupFacts], rate: Rate) -> Gap {
    let shares: Vec<Share> = compared.iter().filter_map(|group| rate.share(&group.confusion)).collect();
    let weighted = compared.iter().any(|group| group.confusion.has_effective_rows());
    Gap {
        group: Vec::new(),
        reference: Vec::new(),
        estimate: match value {
            Some(value) => estimate(value, None, &shares, rate, weighted),
            None if shares.is_empty() => undefined(Reason::NoRows, 0, rate),
            None => undefined(Reason::ZeroDenominator, 0, rate),
        },
        concerned: compared.iter().map(|group| group.rows).sum(),
    }
}
