//! Whether selection and group go together: odds ratio, z, exact and chi-square tests.

use super::super::estimate::{Estimate, Rate, Share, rate};
use super::super::facts::{Confusion, GroupFacts};
use super::{Compared, Gap};
use crate::findings::v1::Reason;
use crate::stats::Uncertainty;
use crate::stats::association::{self, TwoByTwo};

/// The answers of a measure under a convention; `reference_group` gives one for each group.
pub(super) fn gaps(compared: &Compared<'_>, name: &str, convention: &str) -> Vec<Gap> {
    let Some(rate) = rate("selection_rate", compared.plan.favourable) else { return Vec::new() };
    if convention == "all_groups" {
        return vec![homogeneity(compared, name, rate)];
    }
    let (reference, others) = match compared.against_reference() {
        Err(reason) => return vec![Gap::nothing(reason, rate.population())],
        Ok(found) => found,
    };
    let theirs = rate.share(&reference.confusion);
    if convention == "pooled_reference" {
        let pooled = GroupFacts::pooled(others.iter().copied());
        let estimate = match pooled {
            None => Estimate::undefined(Reason::SingleGroup, 0, rate.population()),
            Some(_) if reference.suppressed => Estimate::undefined(Reason::Suppressed, 0, rate.population()),
            Some(pooled) => pair(name, rate, rate.share(&pooled), theirs, counted_otherwise(&pooled)),
        };
        let concerned = others.iter().map(|group| group.rows).sum();
        return vec![Gap { group: Vec::new(), reference: reference.group.clone(), estimate, concerned }];
    }
    let against = |group: &GroupFacts| {
        let mine = rate.share(&group.confusion);
        let shown = rate.is_shown(group) && rate.is_shown(reference);
        let estimate = if shown {
            pair(name, rate, mine, theirs, counted_otherwise(&group.confusion))
        } else {
            Estimate::undefined(Reason::Suppressed, 0, rate.population())
        };
        Gap { group: group.group.clone(), reference: reference.group.clone(), estimate, concerned: group.rows }
    };
    others.into_iter().map(against).collect()
}

/// Why rows cannot be counted as independent ones: these tests count people.
fn counted_otherwise(confusion: &Confusion) -> Option<Reason> {
    if confusion.weights.is_some() {
        Some(Reason::WeightsNotSupported)
    } else {
        confusion.clustered().map(|_| Reason::ClustersNotSupported)
    }
}

fn pair(name: &str, rate: Rate, a: Option<Share>, b: Option<Share>, otherwise: Option<Reason>) -> Estimate {
    let (Some(a), Some(b)) = (a, b) else { return Estimate::undefined(rate.empty(), 0, rate.population()) };
    let n = a.rows + b.rows;
    let undefined = |reason| Estimate::undefined(reason, n, rate.population());
    if let Some(reason) = otherwise {
        return undefined(reason);
    }
    let defined = |value: f64| Estimate::new(value, n, rate.population());
    let counts = |share: Share| (share.successes as u64, share.rows - share.successes as u64);
    let (first, second) = (counts(a), counts(b));
    let table = TwoByTwo { a: first.0, b: first.1, c: second.0, d: second.1 };
    let z = || association::two_proportion_z(table);
    let exact = || association::fisher_exact(table);
    match name {
        "selection_rate_z" => z().map_or(undefined(Reason::ZeroVariance), |test| defined(test.z)),
        "selection_rate_z_p_value" => z().map_or(undefined(Reason::ZeroVariance), |test| defined(test.p)),
        "selection_rate_fisher_p_value" => exact().map_or(undefined(Reason::NoRows), |test| defined(test.two_sided)),
        "selection_rate_fisher_mid_p_value" => exact().map_or(undefined(Reason::NoRows), |test| defined(test.mid_p)),
        "selection_rate_boschloo_p_value" if n > association::BOSCHLOO_MAX_ROWS => undefined(Reason::TooManyRows),
        "selection_rate_boschloo_p_value" => {
            association::boschloo_exact(table).map_or(undefined(Reason::NoRows), defined)
        }
        _ => match association::odds_ratio(table) {
            None => undefined(Reason::ZeroDenominator),
            Some(value) => defined(value).with(Uncertainty::OddsRatio { table }),
        },
    }
}

/// Pearson's chi-square over all groups that are shown.
fn homogeneity(compared: &Compared<'_>, name: &str, rate: Rate) -> Gap {
    let mut concerned = 0;
    let mut rows: Vec<[u64; 2]> = Vec::new();
    for group in &compared.groups {
        if let Some(reason) = counted_otherwise(&group.confusion) {
            return Gap::nothing(reason, rate.population());
        }
        let Some(share) = rate.share(&group.confusion) else { continue };
        if rate.is_shown(group) {
            rows.push([share.successes as u64, share.rows - share.successes as u64]);
            concerned += group.rows;
        }
    }
    let n = rows.iter().flatten().sum();
    let estimate = match association::chi_squared_homogeneity(&rows) {
        _ if rows.len() < 2 => Estimate::undefined(Reason::SingleGroup, n, rate.population()),
        None => Estimate::undefined(Reason::ZeroVariance, n, rate.population()),
        Some(test) => {
            let value = if name.ends_with("p_value") { test.p } else { test.statistic };
            Estimate::new(value, n, rate.population())
        }
    };
    Gap { group: Vec::new(), reference: Vec::new(), estimate, concerned }
}
