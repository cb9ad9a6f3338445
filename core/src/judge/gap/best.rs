//! Every group against the group with the best rate, as US employment rules compare (29 CFR 1607.4(D); New York City's
//! Local Law 144).
//!
//! Which group is the best was found out by looking, so the interval is that of the difference from (the ratio to) the best
//! of all benchmarks, whichever it is: the smallest of the comparisons with each of them, all held at once (the logic of
//! Hsu 1984, "Constrained simultaneous confidence intervals for multiple comparisons with the best", Annals of Statistics
//! 12, 1136-1144, with Bonferroni's bound).

use super::super::estimate::{Rate, Share};
use super::super::facts::GroupFacts;
use super::super::grouping::POOLED;
use super::rates::{Method, estimate, independent, nothing, undefined};
use super::{Compared, Gap, compare};
use crate::findings::v1::Reason;
use crate::stats::Uncertainty;

/// Least share of rows of a benchmark. Rulebooks have their own, such as 2 %; without one every group that is shown is one.
pub(super) const LEAST_SHARE: f64 = 0.0;

/// One gap for every group but the best, which would be compared with itself.
pub(super) fn gaps(compared: &Compared<'_>, rate: Rate, ratio: bool, lowest_is_best: bool) -> Vec<Gap> {
    let benchmarks = benchmarks(compared, rate, LEAST_SHARE);
    let Some(&(best, best_share)) = best_of(&benchmarks, lowest_is_best) else {
        return vec![nothing(Reason::NoRows, rate)];
    };
    let weighted = compared.is_weighted();
    let others: Vec<&GroupFacts> = compared.groups.iter().copied().filter(|group| group.group != best.group).collect();
    if others.is_empty() {
        return vec![nothing(Reason::SingleGroup, rate)];
    }
    let against = |group: &GroupFacts| {
        let share = rate.share(&group.confusion);
        let estimate = match share {
            _ if !rate.is_shown(group) => undefined(Reason::Suppressed, 0, rate),
            None => undefined(rate.empty(), 0, rate),
            Some(share) => match compare(share.value, best_share.value, ratio) {
                None => undefined(Reason::ZeroDenominator, share.rows + best_share.rows, rate),
                Some(value) => {
                    let uncertainty = to_the_best(group, share, &benchmarks, ratio, lowest_is_best);
                    estimate(value, Some(uncertainty), &[share, best_share], rate, weighted)
                }
            },
        };
        Gap { group: group.group.clone(), reference: best.group.clone(), estimate, concerned: group.rows }
    };
    others.into_iter().map(against).collect()
}

/// The groups that may be the best: those that are shown, large enough and groups of people. Rows whose group is not known
/// are none, nor are small groups taken together.
pub(super) fn benchmarks<'a>(compared: &Compared<'a>, rate: Rate, least_share: f64) -> Vec<(&'a GroupFacts, Share)> {
    let rows: u64 = compared.groups.iter().map(|group| group.rows).sum();
    let large = |group: &GroupFacts| group.rows as f64 >= least_share * rows as f64;
    compared
        .groups
        .iter()
        .filter(|group| is_named(group) && large(group))
        .filter_map(|group| Some((*group, rate.share(&group.confusion)?)))
        .filter(|(group, _)| rate.is_shown(group))
        .collect()
}

fn is_named(group: &GroupFacts) -> bool {
    group.group.iter().all(|value| value.as_deref().is_some_and(|value| value != POOLED))
}

/// The first of the groups with the best rate.
pub(super) fn best_of<'b, 'a>(
    benchmarks: &'b [(&'a GroupFacts, Share)],
    lowest_is_best: bool,
) -> Option<&'b (&'a GroupFacts, Share)> {
    let badness = |share: &Share| if lowest_is_best { share.value } else { -share.value };
    benchmarks.iter().min_by(|a, b| badness(&a.1).total_cmp(&badness(&b.1)))
}

/// The sampling model of a group's distance from the best benchmark, which may be the group itself.
fn to_the_best(
    group: &GroupFacts,
    share: Share,
    benchmarks: &[(&GroupFacts, Share)],
    ratio: bool,
    lowest_is_best: bool,
) -> Uncertainty {
    let others = benchmarks.iter().filter(|(other, _)| other.group != group.group);
    let of: Vec<Uncertainty> =
        others.clone().map(|(_, other)| independent(share, *other, ratio, Method::Standard)).collect();
    let may_be_best = of.len() < benchmarks.len();
    let of = Box::new(if lowest_is_best { Uncertainty::Largest { of } } else { Uncertainty::Smallest { of } });
    if !may_be_best {
        return *of;
    }
    let parity = if ratio { 1.0 } else { 0.0 };
    if lowest_is_best {
        Uncertainty::Clamped { of, least: parity, most: f64::INFINITY }
    } else {
        Uncertainty::Clamped { of, least: f64::NEG_INFINITY, most: parity }
    }
}
