//! How far the measures of many groups may lie apart by chance: resampled once for an attribute, and read by all its gaps.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::super::estimate::{Rate, missing_need, rate};
use super::super::facts::{Dimension, GroupFacts};
use super::{Compared, rates};
use crate::findings::catalogue::{self, MEASURES};
use crate::measure::Measurements;
use crate::parallel;
use crate::plan::Plan;
use crate::stats::max_t::{self, MaxT};
use crate::stats::random::Stream;

/// The largest errors of the measures of an attribute; those of rates by the name that a rate and its complement share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resampled {
    rates: BTreeMap<(u16, u16), OfRate>,
    /// Normal errors of every group that is compared, in their order: made when a gap of estimates asks for them.
    normal: OnceLock<Vec<Vec<f64>>>,
}

#[derive(Clone, Debug)]
struct OfRate {
    groups: usize,
    /// In the order of the replicates, to be joined with those of another rate.
    replicates: Vec<f64>,
    max_t: MaxT,
}

impl Resampled {
    /// Resamples every rate whose gaps the plan can have, for each of some attributes. Two groups are one pair, which needs
    /// no adjustment.
    pub(crate) fn of_dimensions(
        plan: &Plan,
        measurements: &Measurements,
        dimensions: &[Dimension],
        threads: usize,
    ) -> Vec<Self> {
        let compare = MEASURES.iter().filter(|entry| entry.compares_groups());
        let names: BTreeSet<&str> = compare.filter_map(|entry| entry.of).collect();
        let joined = measurements.labels.is_some();
        let possible = names.into_iter().filter_map(catalogue::find);
        let possible = possible.filter(|entry| missing_need(plan, entry.needs, joined).is_none());
        let mut rates: BTreeMap<_, Rate> = BTreeMap::new();
        for rate in possible.filter_map(|entry| rate(entry.name, plan.favourable)) {
            rates.entry(rate.unsigned().0).or_insert(rate);
        }
        let compared: Vec<Compared<'_>> = dimensions.iter().map(|dimension| Compared::new(plan, dimension)).collect();
        let mut items: Vec<(usize, Rate)> =
            (0..dimensions.len()).flat_map(|place| rates.values().map(move |rate| (place, *rate))).collect();
        items.sort_by_key(|(place, _)| Reverse(dimensions[*place].groups.len()));
        let found = parallel::map(&items, threads, |(place, rate)| of_rate(&compared[*place], *rate));
        let mut resampled = vec![Self::default(); dimensions.len()];
        for ((place, rate), of) in items.into_iter().zip(found) {
            resampled[place].rates.extend(of.map(|of| (rate.unsigned().0, of)));
        }
        resampled
    }

    /// Of all pairs of groups, where there is more than one.
    pub(super) fn max_t(&self, rate: Rate) -> Option<MaxT> {
        self.rates.get(&rate.unsigned().0).map(|of| of.max_t.clone())
    }

    /// Of all pairs of some of the groups, by their places among those compared and the standard errors of their estimates,
    /// where there is more than one pair.
    pub(super) fn max_t_of_estimates(&self, compared: &Compared<'_>, errors: &[(usize, f64)]) -> Option<MaxT> {
        if errors.len() < 3 {
            return None;
        }
        let normal = self.normal.get_or_init(|| {
            let errors = |group: &&GroupFacts| max_t::normal_errors(stream(compared.plan, "estimates", group));
            compared.groups.iter().map(errors).collect()
        });
        let estimates: Vec<(f64, &[f64])> =
            errors.iter().map(|&(place, error)| (error, normal[place].as_slice())).collect();
        Some(MaxT::new(max_t::of_estimates(&estimates)?, errors.len()))
    }

    /// Of all pairs of groups in both of two rates, which rest on different rows.
    pub(super) fn max_t_of_both(&self, first: Rate, second: Rate) -> Option<MaxT> {
        let (a, b) = (self.rates.get(&first.unsigned().0)?, self.rates.get(&second.unsigned().0)?);
        Some(MaxT::of_both((&a.replicates, a.groups), (&b.replicates, b.groups)))
    }
}

fn of_rate(compared: &Compared<'_>, rate: Rate) -> Option<OfRate> {
    let defined = rates::defined(compared, rate);
    if defined.len() < 3 {
        return None;
    }
    let exchanged = rate.unsigned().1;
    let groups: Vec<max_t::Group> = defined
        .iter()
        .map(|(group, share)| {
            let x = if exchanged { share.trials - share.successes } else { share.successes };
            max_t::Group {
                stream: stream(compared.plan, rate.population(), group),
                x: x.clamp(0.0, share.trials),
                n: share.trials,
            }
        })
        .collect();
    let replicates = max_t::resample(&groups)?;
    Some(OfRate { groups: groups.len(), max_t: MaxT::new(replicates.clone(), groups.len()), replicates })
}

/// Random numbers of a group by its labels, never by its place: those of two measures are the same where they rest on the
/// same rows. A missing value is the empty text, which no value is.
fn stream(plan: &Plan, rows: &str, group: &GroupFacts) -> Stream {
    let rows = Stream::new(plan.seed).keyed(rows.as_bytes());
    let labels = group.group.iter().map(|value| value.as_deref().unwrap_or_default());
    labels.fold(rows, |stream, label| stream.keyed(label.as_bytes()))
}
