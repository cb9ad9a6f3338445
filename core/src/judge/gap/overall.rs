//! Every group against all rows, of which it is a part.
//!
//! With π the group's share of the denominator, the rate of all rows is π p + (1 - π) q, where q is the rate of the rest.
//! So p minus the whole is (1 - π) (p - q), and p over the whole R / (π R + 1 - π) with R = p / q: monotone in a comparison
//! of two sets of different rows, whose interval is mapped. π is taken as given.

use super::super::estimate::{Estimate, Rate, Share};
use super::super::facts::GroupFacts;
use super::rates::{Method, estimate, independent, nothing, undefined};
use super::{Compared, Gap, compare};
use crate::findings::v1::Reason;
use crate::stats::Uncertainty;

/// One gap for every group.
pub(super) fn gaps(compared: &Compared<'_>, rate: Rate, ratio: bool) -> Vec<Gap> {
    let whole = GroupFacts::pooled(compared.groups.iter().copied()).and_then(|all| rate.share(&all));
    let Some(whole) = whole else { return vec![nothing(rate.empty(), rate)] };
    let against = |group: &GroupFacts| {
        let estimate = against_whole(compared, group, whole, rate, ratio);
        Gap { group: group.group.clone(), reference: Vec::new(), estimate, concerned: group.rows }
    };
    compared.groups.iter().copied().map(against).collect()
}

fn against_whole(compared: &Compared<'_>, group: &GroupFacts, whole: Share, rate: Rate, ratio: bool) -> Estimate {
    let others = compared.groups.iter().copied().filter(|other| other.group != group.group);
    let rest = GroupFacts::pooled(others).and_then(|rest| rate.share(&rest));
    let share = rate.share(&group.confusion);
    // What is left of the whole may not be few rows either: they could be worked out.
    let hides = |rest: Share| rest.rows < compared.plan.min_n_shown;
    let (share, rest) = match (share, rest) {
        _ if !rate.is_shown(group) => return undefined(Reason::Suppressed, 0, rate),
        (None, _) => return undefined(rate.empty(), 0, rate),
        (_, None) => return undefined(Reason::SingleGroup, 0, rate),
        (_, Some(rest)) if hides(rest) => return undefined(Reason::Suppressed, 0, rate),
        (Some(share), Some(rest)) => (share, rest),
    };
    let Some(value) = compare(share.value, whole.value, ratio) else {
        return undefined(Reason::ZeroDenominator, whole.rows, rate);
    };
    let part = share.weight / (share.weight + rest.weight);
    let of = Box::new(independent(share, rest, ratio, Method::Standard));
    let uncertainty = if ratio {
        Uncertainty::OverWhole { of, part }
    } else {
        Uncertainty::Linear { of, factor: 1.0 - part, offset: 0.0 }
    };
    estimate(value, Some(uncertainty), &[share, rest], rate, compared.is_weighted())
}
