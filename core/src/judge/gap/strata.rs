//! Selection compared within strata: what is left of a difference when like is compared with like.

use super::super::estimate::{Estimate, Rate, rate};
use super::super::facts::{Dimension, GroupFacts};
use super::{Compared, Gap};
use crate::findings::v1::Reason;
use crate::stats::Uncertainty;
use crate::stats::association::{self, TwoByTwo};

/// One number for each group against the declared reference group.
pub(super) fn gaps(compared: &Compared<'_>, name: &str, dimension: &Dimension) -> Vec<Gap> {
    let Some(rate) = rate("selection_rate", compared.plan.favourable) else { return Vec::new() };
    let (reference, others) = match compared.against_reference() {
        Err(reason) => return vec![Gap::nothing(reason, rate.population())],
        Ok(found) => found,
    };
    let against = |group: &GroupFacts| {
        let estimate = match tables(dimension, group, reference, rate) {
            Err(reason) => Estimate::undefined(reason, 0, rate.population()),
            Ok(tables) => measure(name, &tables, rate),
        };
        Gap { group: group.group.clone(), reference: reference.group.clone(), estimate, concerned: group.rows }
    };
    others.into_iter().map(against).collect()
}

/// Selected and not selected of a group and of the reference group, in every stratum.
pub(crate) fn tables(
    dimension: &Dimension,
    group: &GroupFacts,
    reference: &GroupFacts,
    rate: Rate,
) -> Result<Vec<TwoByTwo>, Reason> {
    if group.suppressed || reference.suppressed {
        return Err(Reason::Suppressed);
    }
    if group.uncertain {
        return Err(Reason::GroupUncertain);
    }
    if group.confusion.weights.is_some() {
        return Err(Reason::WeightsNotSupported);
    }
    if group.confusion.clustered().is_some() {
        return Err(Reason::ClustersNotSupported);
    }
    let place = |group: &GroupFacts| dimension.groups.iter().position(|other| other.group == group.group);
    let (Some(first), Some(second)) = (place(group), place(reference)) else { return Err(Reason::GroupAbsent) };
    let tables = dimension.strata.iter().map(|stratum| {
        let counts = |place: usize| {
            let share = stratum.groups[place].as_ref().and_then(|confusion| rate.share(confusion));
            share.map_or((0, 0), |share| (share.successes as u64, share.rows - share.successes as u64))
        };
        let ((a, b), (c, d)) = (counts(first), counts(second));
        TwoByTwo { a, b, c, d }
    });
    Ok(tables.collect())
}

fn measure(name: &str, tables: &[TwoByTwo], rate: Rate) -> Estimate {
    let n = tables.iter().map(|table| table.a + table.b + table.c + table.d).sum();
    let undefined = |reason| Estimate::undefined(reason, n, rate.population());
    let defined = |value: f64| Estimate::new(value, n, rate.population());
    match name {
        "conditional_selection_rate_difference" => match association::mantel_haenszel_difference(tables) {
            None => undefined(Reason::NoRows),
            Some(found) => {
                defined(found.difference).with(Uncertainty::Wald { value: found.difference, variance: found.variance })
            }
        },
        "strata_homogeneity_p_value" => {
            association::breslow_day(tables).map_or(undefined(Reason::ZeroVariance), |test| defined(test.p))
        }
        _ => match association::mantel_haenszel(tables) {
            None => undefined(Reason::ZeroVariance),
            Some(found) if name == "conditional_independence_p_value" => defined(found.test.p),
            Some(found) => defined(found.odds_ratio)
                .with(found.log_error.map(|log_error| Uncertainty::LogWald { value: found.odds_ratio, log_error })),
        },
    }
}
