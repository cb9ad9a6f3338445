//! How far the rates of many groups may lie apart by chance: resampled once for an attribute, and read by all its gaps.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::estimate::{Rate, missing_need, rate};
use super::super::facts::{Dimension, GroupFacts};
use super::{Compared, rates};
use crate::findings::catalogue::{self, MEASURES};
use crate::measure::Measurements;
use crate::parallel;
use crate::plan::Plan;
use crate::stats::max_t::{self, MaxT};
use crate::stats::random::Stream;

/// The largest errors of the rates of an attribute, by the name that a rate and its complement share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resampled(BTreeMap<(u16, u16), OfRate>);

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
            resampled[place].0.extend(of.map(|of| (rate.unsigned().0, of)));
        }
        resampled
    }

    /// Of all pairs of groups, where there is more than one.
    pub(super) fn max_t(&self, rate: Rate) -> Option<MaxT> {
        self.0.get(&rate.unsigned().0).map(|of| of.max_t.clone())
    }

    /// Of all pairs of groups in both of two rates, which rest on different rows.
    pub(super) fn max_t_of_both(&self, first: Rate, second: Rate) -> Option<MaxT> {
        let (a, b) = (self.0.get(&first.unsigned().0)?, self.0.get(&second.unsigned().0)?);
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
            max_t::Group { stream: stream(compared.plan, rate, group), x: x.clamp(0.0, share.trials), n: share.trials }
        })
        .collect();
    let replicates = max_t::resample(&groups)?;
    Some(OfRate { groups: groups.len(), max_t: MaxT::new(replicates.clone(), groups.len()), replicates })
}

/// Random numbers of a group by its labels, never by its place: those of two rates are the same where the rates rest on the
/// same rows. A missing value is the empty text, which no value is.
fn stream(plan: &Plan, rate: Rate, group: &GroupFacts) -> Stream {
    let rows = Stream::new(plan.seed).keyed(rate.population().as_bytes());
    let labels = group.group.iter().map(|value| value.as_deref().unwrap_or_default());
    labels.fold(rows, |stream, label| stream.keyed(label.as_bytes()))
}
