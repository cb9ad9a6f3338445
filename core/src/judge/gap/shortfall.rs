//! How many more favourable decisions a group would need to be where others are.
//!
//! The group's decided rows (or their weight) times the difference between the rate aimed at and its own; negative where it
//! has more than that. The group's size is taken as given.

use super::super::estimate::{Estimate, Rate, Share, rate};
use super::super::facts::GroupFacts;
use super::{Compared, Gap, best, overall, rates};
use crate::findings::v1::Reason;
use crate::stats::{Part, Uncertainty};

/// The share of the best rate that 29 CFR 1607.4(D) asks for.
const FOUR_FIFTHS: f64 = 0.8;

/// One shortfall for each group that is compared.
pub(super) fn gaps(compared: &Compared<'_>, convention: &str) -> Vec<Gap> {
    let Some(rate) = rate("selection_rate", compared.plan.favourable) else { return Vec::new() };
    let differences = match convention {
        "four_fifths" => return four_fifths(compared, rate),
        "best_group" => best::gaps(compared, rate, false, false),
        "overall" => overall::gaps(compared, rate, false),
        _ => rates::gaps(compared, "reference_group", rate, false),
    };
    differences.into_iter().map(|gap| lacking(compared, rate, gap)).collect()
}

/// A difference of rates in selections.
fn lacking(compared: &Compared<'_>, rate: Rate, gap: Gap) -> Gap {
    let group = compared.groups.iter().find(|group| group.group == gap.group);
    let size = group.and_then(|group| rate.share(&group.confusion)).map_or(0.0, |share| share.weight);
    let difference = gap.estimate;
    let uncertainty = difference.uncertainty.map(|of| scaled(of, -size));
    // 0 - x, so that no shortfall is written as minus zero.
    let value = difference.value.map(|value| 0.0 - size * value);
    Gap { estimate: Estimate { value, uncertainty, ..difference }, ..gap }
}

fn scaled(of: Uncertainty, factor: f64) -> Uncertainty {
    Uncertainty::Linear { of: Box::new(of), factor, offset: 0.0 }
}

/// Against four fifths of the best rate, whichever group has it.
fn four_fifths(compared: &Compared<'_>, rate: Rate) -> Vec<Gap> {
    let benchmarks = best::benchmarks(compared, rate, best::LEAST_SHARE);
    let Some(&(best, best_share)) = best::best_of(&benchmarks, false) else {
        return vec![rates::nothing(Reason::NoRows, rate)];
    };
    let others: Vec<&GroupFacts> = compared.groups.iter().copied().filter(|group| group.group != best.group).collect();
    if others.is_empty() {
        return vec![rates::nothing(Reason::SingleGroup, rate)];
    }
    let against = |group: &GroupFacts| {
        let share = rate.share(&group.confusion);
        let estimate = match share {
            _ if !rate.is_shown(group) => rates::undefined(Reason::Suppressed, 0, rate),
            None => rates::undefined(rate.empty(), 0, rate),
            Some(share) => {
                let value = share.weight * (FOUR_FIFTHS * best_share.value - share.value);
                let of = benchmarks.iter().map(|(other, aim)| short_of(group, share, other, *aim)).collect();
                let largest = Uncertainty::Largest { of };
                rates::estimate(value, Some(largest), &[share, best_share], rate, compared.is_weighted())
            }
        };
        Gap { group: group.group.clone(), reference: best.group.clone(), estimate, concerned: group.rows }
    };
    others.into_iter().map(against).collect()
}

/// The sampling model of a group's shortfall from four fifths of one benchmark, which may be the group itself.
fn short_of(group: &GroupFacts, share: Share, benchmark: &GroupFacts, aim: Share) -> Uncertainty {
    if group.group == benchmark.group {
        return scaled(share.wilson(), share.weight * (FOUR_FIFTHS - 1.0));
    }
    let part = |factor: f64, of: Share| Part { factor, value: of.value, of: of.wilson() };
    Uncertainty::Sum { parts: vec![part(share.weight * FOUR_FIFTHS, aim), part(-share.weight, share)] }
}
